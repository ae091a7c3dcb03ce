-- The sales go through the same checks and triggers as a purchase on the page.
insert into sales.orders (student_id, id, placed_at, currency, country, idempotency_key)
select o.student_id, o.id, o.placed_at, o.currency, o.country, 'academy-' || o.key from order_plan o order by o.order_no;

insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id, taken_at)
select u.id, u.slot_no, u.max_redemptions, o.student_id, o.id, o.placed_at
  from coupon_use u join order_plan o using (order_no) order by u.order_no;
insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id, redeemed_at)
select o.student_id, u.id, u.use_no, u.max_per_student, o.id, o.placed_at
  from coupon_use u join order_plan o using (order_no) order by u.order_no;

insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, discount_amount, currency,
                               instructor_share, coupon_id)
select l.student_id, l.order_id, l.course_id, l.instructor_id, l.list_price, l.discount_amount, l.currency,
       clock.instructor_share, l.coupon_id
  from line_plan l, clock order by l.order_no, l.course_id;

create temp table payment_plan on commit drop as
with tries as (
  select o.*, t.try, t.status
    from order_plan o
    join (values ('paid', 1, 'captured'), ('second_try', 1, 'failed'), ('second_try', 2, 'captured'),
                 ('abandoned', 1, 'failed')) t (outcome, try, status) using (outcome)
)
select t.order_no, t.student_id, t.id as order_id, t.currency, t.status,
       case when t.status = 'captured' then t.captured_at end as captured_at,
       case when t.status = 'captured' then t.captured_at - interval '3 seconds'
         else t.placed_at + interval '3 seconds' end as created_at,
       platform.uuid_v7_of(t.placed_at, 'academy.payment.' || t.order_no || '.' || t.try) as id,
       'sandbox-' || substr(md5('academy.payment.' || t.order_no || '.' || t.try), 1, 20) as reference
  from tries t;
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, created_at, captured_at)
select p.student_id, p.id, p.order_id, o.total_amount, p.currency, p.status, 'sandbox', p.reference, p.created_at, p.captured_at
  from payment_plan p
  join sales.orders o on o.student_id = p.student_id and o.id = p.order_id
 order by p.order_no, p.created_at;
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select 'sandbox', p.reference, p.student_id, p.id from payment_plan p order by p.order_no, p.created_at;
