-- Who is enrolled: everyone who paid (by the payment), and those who took a free course. A few leave a free course again.
create temp table enrollment_plan on commit drop as
select l.student_no, l.student_id, l.course_id, l.course_no, l.instructor_id, l.order_id, l.captured_at as enrolled_at,
       (select min(r.refunded_at) from refund_plan r
         where r.order_no = l.order_no and r.course_id = l.course_id and r.refund_amount = r.amount) as refunded_at,
       null::timestamptz as withdrawn_at
  from line_plan l
 where l.outcome <> 'abandoned';

insert into enrollment_plan (student_no, student_id, course_id, course_no, instructor_id, enrolled_at, withdrawn_at)
select distinct on (s.n, f.id) s.n, s.id, f.id, f.course_no, f.instructor_id, t.enrolled_at,
       case when pg_temp.draw(k.key || '.leaves') < 0.06 and t.enrolled_at + interval '9 days' < clock.ends_at
         then t.enrolled_at + interval '9 days' * (0.2 + 0.8 * pg_temp.draw(k.key || '.leaving')) end
  from clock
  join student s on pg_temp.draw('free.' || s.n) < 0.62
  cross join lateral generate_series(1, 1 + (pg_temp.draw('free.more.' || s.n) < 0.35)::int) nth
  cross join lateral (select 'free.' || s.n || '.' || nth as key) k
  join offer f on f.free
   and f.offer_no = 1 + width_bucket(pg_temp.draw(k.key || '.course'),
     (select array_agg(w.cumulative_weight::double precision order by w.offer_no) from offer w where w.free))
  -- newcomers soon after they sign up, older students at any time
  cross join lateral (select pg_temp.moment(greatest(clock.first_trading_day, s.signed_up_on + 1)
    + floor(pg_temp.draw(k.key || '.day') ^ 1.3 * (clock.day - greatest(clock.first_trading_day, s.signed_up_on + 1)))::int,
      k.key) as enrolled_at) t
 where t.enrolled_at between greatest(f.published_at, s.created_at) and clock.ends_at
 order by s.n, f.id, t.enrolled_at;
analyze enrollment_plan;

insert into learning.enrollments (student_id, course_id, instructor_id, enrolled_at, ended_at, end_reason)
select e.student_id, e.course_id, e.instructor_id, e.enrolled_at, e.withdrawn_at,
       case when e.withdrawn_at is not null then 'withdrawn' end
  from enrollment_plan e where e.order_id is null order by e.enrolled_at, e.student_no;

-- a refund posts itself, and of the whole line ends its enrolment
insert into sales.gateway_refunds (student_id, id, payment_id, amount, currency, status, reference, tries, next_try_at, created_at, done_at)
select r.student_id, platform.uuid_v7_of(r.refunded_at, 'academy.given.' || r.key), p.id, r.refund_amount, r.currency, 'done',
       'sandbox-' || substr(md5('academy.given.' || r.key), 1, 20), 1, null, r.refunded_at, r.refunded_at
  from refund_plan r
  join payment_plan p on p.order_no = r.order_no and p.status = 'captured';
insert into sales.refunds (student_id, id, payment_id, order_id, course_id, amount, currency, kind, reason, requested_by, refunded_at,
                           gateway_refund_id)
select r.student_id, r.id, p.id, r.order_id, r.course_id, r.refund_amount, r.currency, r.kind, r.reason,
       case r.kind when 'student' then r.student_id when 'staff' then (select id from staff where role = 'accountant' limit 1) end,
       r.refunded_at, platform.uuid_v7_of(r.refunded_at, 'academy.given.' || r.key)
  from refund_plan r
  join payment_plan p on p.order_no = r.order_no and p.status = 'captured'
 order by r.refunded_at, r.id;
select sales.post_to_gateway(p, 'refund', 'student_refunds', 'gateway_clearing', g.amount, g.id, g.done_at)
  from sales.gateway_refunds g join sales.payments p on p.student_id = g.student_id and p.id = g.payment_id
 where g.reference like 'sandbox-%';
