-- The sales go through the same checks and triggers as a purchase on the page.
insert into sales.orders (student_id, id, placed_at, currency, country, idempotency_key)
select o.student_id, o.id, o.placed_at, o.currency, o.country, 'academy-' || o.key from order_plan o order by o.order_no;

insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id, taken_at)
select u.id, u.slot_no, u.max_redemptions, o.student_id, o.id, o.placed_at
  from coupon_use u join order_plan o using (order_no) order by u.order_no;
insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id, redeemed_at)
select o.student_id, u.id, u.use_no, u.max_per_student, o.id, o.placed_at
  from coupon_use u join order_plan o using (order_no) order by u.order_no;

-- the tax of some countries, from the first day on; prices hold it
insert into sales.tax_rates (country, valid_from, rate, name)
select r.country, clock.first_day, r.rate, r.name
  from clock, (values ('DE', 0.19, 'MwSt'), ('AT', 0.20, 'USt'), ('ES', 0.21, 'IVA'), ('FR', 0.20, 'TVA'), ('IT', 0.22, 'IVA'),
                      ('PT', 0.23, 'IVA'), ('NL', 0.21, 'btw'), ('GB', 0.20, 'VAT')) r (country, rate, name)
on conflict on constraint tax_rates_country_valid_from_pkey do nothing;
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, discount_amount, currency,
                               instructor_share, coupon_id, tax_rate)
select l.student_id, l.order_id, l.course_id, l.instructor_id, l.list_price, l.discount_amount, l.currency,
       -- who comes by the instructor's own coupon
       case when k.instructor_id = l.instructor_id then clock.instructor_share_own_coupon else clock.instructor_share end,
       l.coupon_id, coalesce(t.rate, 0)
  from clock cross join line_plan l
  join order_plan o using (order_no)
  left join sales.tax_rates t on t.country = o.country
  left join sales.coupons k on k.id = l.coupon_id
 order by l.order_no, l.course_id;
insert into sales.line_shares (student_id, order_id, course_id, instructor_id, share_percent)
select l.student_id, l.order_id, l.course_id, i.instructor_id, i.share_percent
  from line_plan l join catalog.course_instructors i on i.course_id = l.course_id
 where i.share_percent > 0 order by l.order_no, l.course_id, i.instructor_id;
update sales.orders o set closed_at = p.placed_at + interval '1 hour', close_reason = 'expired'
  from order_plan p where p.outcome = 'abandoned' and o.student_id = p.student_id and o.id = p.id;

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
-- each captured payment enrols its student and posts the sale
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, created_at, captured_at)
select p.student_id, p.id, p.order_id, o.total_amount, p.currency, p.status, 'sandbox', p.reference, p.created_at, p.captured_at
  from payment_plan p
  join sales.orders o on o.student_id = p.student_id and o.id = p.order_id
 order by p.order_no, p.created_at;
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select 'sandbox', p.reference, p.student_id, p.id from payment_plan p order by p.order_no, p.created_at;
