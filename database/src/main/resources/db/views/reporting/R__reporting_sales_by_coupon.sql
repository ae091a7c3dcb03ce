-- Sales with each coupon, and without one, day by day.
-- Owned by techcourse_reader, not security_invoker: accountants and marketing see these sums, and no student.
create or replace view reporting.sales_by_coupon as
select b.day,
       date_trunc('month', b.day)::date as month,
       k.code::text as coupon_code,
       b.currency,
       sum(b.units)::bigint as units_sold,
       sum(b.gross_amount)::numeric(14, 2) as gross_amount,
       sum(b.refund_amount)::numeric(14, 2) as refund_amount,
       sum(b.gross_amount - b.refund_amount)::numeric(14, 2) as net_amount,
       sum(b.discount_amount)::numeric(14, 2) as discount_amount,
       sum(b.tax_amount)::numeric(14, 2) as tax_amount,
       sum(b.refunded_tax_amount)::numeric(14, 2) as refunded_tax_amount
  from reporting.booked_lines b
  left join sales.coupons k on k.id = b.coupon_id
 group by b.day, k.id, b.currency;
comment on view reporting.sales_by_coupon is
  'Sales with each coupon on each business day, one row for each currency, those without one as well; a coupon that an order gave back still counts where it gave a discount. Adds up to daily_sales.';
comment on column reporting.sales_by_coupon.day is 'Business day in the accounting time zone.';
comment on column reporting.sales_by_coupon.month is 'First day of its month.';
comment on column reporting.sales_by_coupon.coupon_code is 'The code that students type; null for sales without a coupon.';
comment on column reporting.sales_by_coupon.currency is 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';
comment on column reporting.sales_by_coupon.units_sold is 'Places in courses that were sold; refunds do not lower it.';
comment on column reporting.sales_by_coupon.gross_amount is 'What was paid for them, after discounts, with tax.';
comment on column reporting.sales_by_coupon.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.sales_by_coupon.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
comment on column reporting.sales_by_coupon.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.sales_by_coupon.tax_amount is 'The tax in the gross amount.';
comment on column reporting.sales_by_coupon.refunded_tax_amount is 'The tax in the refunds of the day.';
call platform.give_view('reporting.sales_by_coupon', 'techcourse_reader');
grant select on reporting.sales_by_coupon to accountant, marketing;
