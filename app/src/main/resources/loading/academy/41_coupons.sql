-- Who used which coupon: one of those that fit the order, within its window, its limit, and its limit per student.
create temp table coupon_use on commit drop as
with fitting as (
  select distinct on (o.order_no) o.order_no, o.student_id, o.student_no, o.placed_at, c.*
    from order_plan o
    join line_draft l on l.order_no = o.order_no
    join coupon_plan c on o.placed_at >= c.valid_from and o.placed_at < c.valid_until
     and (c.currency is null or c.currency = l.currency)
     and case c.scope when 'platform' then true when 'instructor' then l.instructor_id = c.instructor_id
           else l.course_id = c.course_id end
     and (o.first_purchase or not c.first_purchase_only)
   where o.outcome <> 'abandoned'
     and pg_temp.draw(o.key || '.coupon') < 0.34
   order by o.order_no, pg_temp.draw(o.key || '.coupon.' || c.code)
), allowed as (
  select f.*, row_number() over (partition by f.id, f.student_no order by f.placed_at, f.order_no) as use_no from fitting f
), counted as (
  select a.*, row_number() over (partition by a.id order by a.placed_at, a.order_no) as slot_no
    from allowed a where a.use_no <= a.max_per_student
)
select * from counted where slot_no <= max_redemptions;

create temp table line_plan on commit drop as
with discounted as (
  select l.*, u.id as coupon_id, u.percent_off, u.amount_off,
         row_number() over (partition by l.order_no, u.id is null order by l.list_price desc, l.course_id) as nth
    from line_draft l
    left join coupon_use u on u.order_no = l.order_no
     and case u.scope when 'platform' then true when 'instructor' then l.instructor_id = u.instructor_id
           else l.course_id = u.course_id end
     and (u.currency is null or u.currency = l.currency)
), lines as (
  select d.*, case when d.percent_off is not null then round(d.list_price * d.percent_off / 100, 2)
           -- an amount is taken off the dearest line
           when d.amount_off is not null and d.nth = 1 then least(d.amount_off, d.list_price)
           else 0 end as discount_amount
    from discounted d
)
select o.student_id, o.student_no, o.id as order_id, l.order_no, l.course_id, l.course_no, l.instructor_id, l.currency, o.placed_at, o.captured_at, l.outcome,
       l.list_price, l.discount_amount, l.list_price - l.discount_amount as amount,
       case when l.discount_amount > 0 then l.coupon_id end as coupon_id
  from lines l join order_plan o using (order_no);
analyze line_plan;
