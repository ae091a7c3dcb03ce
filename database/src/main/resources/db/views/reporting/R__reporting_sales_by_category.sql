-- Sales of each category of courses, day by day.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.sales_by_category as
select b.day,
       date_trunc('month', b.day)::date as month,
       k.slug as category_slug,
       k.name as category_name,
       b.currency,
       sum(b.units)::bigint as units_sold,
       sum(b.gross_amount)::numeric(14, 2) as gross_amount,
       sum(b.refund_amount)::numeric(14, 2) as refund_amount,
       sum(b.gross_amount - b.refund_amount)::numeric(14, 2) as net_amount,
       sum(b.discount_amount)::numeric(14, 2) as discount_amount,
       sum(b.tax_amount)::numeric(14, 2) as tax_amount,
       sum(b.refunded_tax_amount)::numeric(14, 2) as refunded_tax_amount
  from reporting.booked_lines b
  join catalog.courses c on c.id = b.course_id
  join catalog.categories k on k.id = c.category_id
 group by b.day, k.id, b.currency;
comment on view reporting.sales_by_category is
  'Sales of each category on each business day, one row for each currency; the category is the one of the course today. Adds up to daily_sales.';
comment on column reporting.sales_by_category.day is 'Business day in the accounting time zone.';
comment on column reporting.sales_by_category.month is 'First day of its month.';
comment on column reporting.sales_by_category.category_slug is 'Short name of the category, as in addresses.';
comment on column reporting.sales_by_category.category_name is 'Name of the category.';
comment on column reporting.sales_by_category.currency is 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';
comment on column reporting.sales_by_category.units_sold is 'Places in courses that were sold; refunds do not lower it.';
comment on column reporting.sales_by_category.gross_amount is 'What was paid for them, after discounts, with tax.';
comment on column reporting.sales_by_category.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.sales_by_category.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
comment on column reporting.sales_by_category.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.sales_by_category.tax_amount is 'The tax in the gross amount.';
comment on column reporting.sales_by_category.refunded_tax_amount is 'The tax in the refunds of the day.';
call platform.give_view('reporting.sales_by_category', 'techcourse_reader');
grant select on reporting.sales_by_category to accountant;
