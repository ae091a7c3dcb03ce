-- The daily sales added up by month: one row for each currency, never across them.
-- Owned by techcourse_reader, not security_invoker: it stands on daily_sales, which is.
create or replace view reporting.sales_by_month as
select date_trunc('month', d.day)::date as month,
       d.currency,
       count(distinct d.course_id) filter (where d.units_sold > 0) as courses_sold,
       sum(d.units_sold)::bigint as units_sold,
       sum(d.gross_amount)::numeric(14, 2) as gross_amount,
       sum(d.refund_amount)::numeric(14, 2) as refund_amount,
       sum(d.net_amount)::numeric(14, 2) as net_amount,
       sum(d.discount_amount)::numeric(14, 2) as discount_amount,
       sum(d.tax_amount)::numeric(14, 2) as tax_amount,
       sum(d.refunded_tax_amount)::numeric(14, 2) as refunded_tax_amount
  from reporting.daily_sales d
 group by 1, 2;
comment on view reporting.sales_by_month is
  'Sales of each calendar month of business days, one row for each currency; refunds in the month in which they happen.';
comment on column reporting.sales_by_month.month is 'First day of the month.';
comment on column reporting.sales_by_month.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';
comment on column reporting.sales_by_month.courses_sold is 'How many different courses were sold.';
comment on column reporting.sales_by_month.units_sold is 'How many places in courses were sold.';
comment on column reporting.sales_by_month.gross_amount is 'What was paid.';
comment on column reporting.sales_by_month.refund_amount is 'What was given back.';
comment on column reporting.sales_by_month.net_amount is 'Gross less refunds.';
comment on column reporting.sales_by_month.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.sales_by_month.tax_amount is 'The tax in the gross amount.';
comment on column reporting.sales_by_month.refunded_tax_amount is 'The tax in the refunds.';
call platform.give_view('reporting.sales_by_month', 'techcourse_reader');
grant select on reporting.sales_by_month to accountant;
