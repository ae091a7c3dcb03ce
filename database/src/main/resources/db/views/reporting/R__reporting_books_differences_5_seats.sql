-- Does every payment for others have its seats, and every seat its payment and enrolment? One of the parts of
-- reporting.books_differences.
create or replace function reporting.seat_differences(first_day date, last_day date)
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with paid as (
    select p.student_id, p.order_id, p.business_day, l.course_id, l.currency::text as currency,
           case when l.refunded_amount < l.amount or l.amount = 0 then l.quantity else 0 end as bought
      from sales.orders o
      join sales.payments p on p.student_id = o.student_id and p.order_id = o.id and p.status = 'captured'
      join sales.order_lines l on l.student_id = o.student_id and l.order_id = o.id
     where o.purpose <> 'self' and p.business_day between first_day and last_day
  ), made as (
    select s.buyer_id, s.order_id, s.course_id, count(*) filter (where s.revoked_at is null) as seats
      from sales.seats s group by s.buyer_id, s.order_id, s.course_id
  )
  select 'a captured payment for others has its seats', p.business_day, p.currency, p.order_id, p.bought::numeric, coalesce(m.seats, 0)::numeric
    from paid p
    left join made m on m.buyer_id = p.student_id and m.order_id = p.order_id and m.course_id = p.course_id
   where p.bought <> coalesce(m.seats, 0)
   union all
  select 'a seat has a captured payment', null, null, m.order_id, 0, m.seats
    from made m
    left join sales.payments p on p.student_id = m.buyer_id and p.order_id = m.order_id and p.status = 'captured'
   where p.id is null
   union all
  select 'a seat that somebody has is an enrolment', null, null, s.order_id, 1, 0
    from sales.seats s
    left join learning.enrollments e on e.student_id = s.holder_id and e.course_id = s.course_id and e.seat_id = s.id
   where s.holder_id is not null and e.student_id is null
   union all
  select 'a seat that somebody has is an enrolment', null, null, null, 0, 1
    from learning.enrollments e
    left join sales.seats s on s.id = e.seat_id and s.holder_id = e.student_id
   where e.seat_id is not null and s.id is null;
end;
comment on function reporting.seat_differences(date, date) is
  'Where payments for others, seats and the enrolments on them differ; for reporting.books_differences.';
call platform.give_function('reporting.seat_differences(date,date)', 'techcourse_reader');
