-- What each coupon brought and cost. A coupon by percent may be used in several currencies: one row for each.
-- Owned by techcourse_reader, not security_invoker: marketing sees these sums, and no student or order.
create or replace view reporting.coupon_performance as
with lines as (
  select l.coupon_id, l.currency, l.student_id, l.order_id, l.list_price, l.discount_amount, l.amount, l.refunded_amount
    from sales.order_lines l
    join sales.payments p on p.student_id = l.student_id and p.order_id = l.order_id and p.status = 'captured'
   where l.coupon_id is not null
), sums as (
  select l.coupon_id, l.currency,
         count(distinct (l.student_id, l.order_id)) as paid_orders,
         count(distinct l.student_id) as students,
         sum(l.list_price) as list_amount,
         sum(l.discount_amount) as discount_amount,
         sum(l.amount) as paid_amount,
         sum(l.refunded_amount) as refunded_amount
    from lines l
   group by l.coupon_id, l.currency
), slots as (
  select s.coupon_id, count(*) as redemptions
    from sales.coupon_slots s
   group by s.coupon_id
)
select c.code::text as coupon_code,
       c.scope,
       c.percent_off,
       c.amount_off::numeric(14, 2) as amount_off,
       c.valid_from,
       c.valid_until,
       c.active,
       coalesce(slots.redemptions, 0) as redemptions,
       c.max_redemptions,
       coalesce(sums.currency, c.currency)::text as currency,
       coalesce(sums.paid_orders, 0) as paid_orders,
       coalesce(sums.students, 0) as students,
       coalesce(sums.list_amount, 0)::numeric(14, 2) as list_amount,
       coalesce(sums.discount_amount, 0)::numeric(14, 2) as discount_amount,
       coalesce(sums.paid_amount, 0)::numeric(14, 2) as paid_amount,
       coalesce(sums.refunded_amount, 0)::numeric(14, 2) as refunded_amount
  from sales.coupons c
  left join slots on slots.coupon_id = c.id
  left join sums on sums.coupon_id = c.id;
comment on view reporting.coupon_performance is
  'Coupons with their redemptions and what the orders that used them paid, one row for each coupon and currency.';
comment on column reporting.coupon_performance.coupon_code is 'The code that students type.';
comment on column reporting.coupon_performance.scope is 'platform, instructor or course: what the coupon is good for.';
comment on column reporting.coupon_performance.percent_off is 'Discount in percent; null for a discount by amount.';
comment on column reporting.coupon_performance.amount_off is 'Discount by amount, in the currency of the row; null for a discount in percent.';
comment on column reporting.coupon_performance.valid_from is 'When the coupon begins to be good.';
comment on column reporting.coupon_performance.valid_until is 'When it ends.';
comment on column reporting.coupon_performance.active is 'False when it was switched off by hand.';
comment on column reporting.coupon_performance.redemptions is 'Slots taken in all currencies, also by orders that were never paid.';
comment on column reporting.coupon_performance.max_redemptions is 'Limit of redemptions.';
comment on column reporting.coupon_performance.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added. Null for a percent coupon never used.';
comment on column reporting.coupon_performance.paid_orders is 'Paid orders with the coupon, in this currency.';
comment on column reporting.coupon_performance.students is 'Students behind these orders.';
comment on column reporting.coupon_performance.list_amount is 'What their discounted lines would have cost.';
comment on column reporting.coupon_performance.discount_amount is 'What the coupon took off.';
comment on column reporting.coupon_performance.paid_amount is 'What was paid for them.';
comment on column reporting.coupon_performance.refunded_amount is 'What of it was given back since.';
call platform.give_view('reporting.coupon_performance', 'techcourse_reader');
grant select on reporting.coupon_performance to marketing;
