-- Sales to the buyers of each country, day by day.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.sales_by_country as
select b.day,
       date_trunc('month', b.day)::date as month,
       b.country,
       b.currency,
       sum(b.units)::bigint as units_sold,
       sum(b.gross_amount)::numeric(14, 2) as gross_amount,
       sum(b.refund_amount)::numeric(14, 2) as refund_amount,
       sum(b.gross_amount - b.refund_amount)::numeric(14, 2) as net_amount,
       sum(b.discount_amount)::numeric(14, 2) as discount_amount,
       sum(b.tax_amount)::numeric(14, 2) as tax_amount,
       sum(b.refunded_tax_amount)::numeric(14, 2) as refunded_tax_amount
  from reporting.booked_lines b
 group by b.day, b.country, b.currency;
comment on view reporting.sales_by_country is
  'Sales to buyers of each country on each business day, one row for each currency. Adds up to daily_sales.';
comment on column reporting.sales_by_country.day is 'Business day in the accounting time zone.';
comment on column reporting.sales_by_country.month is 'First day of its month.';
comment on column reporting.sales_by_country.country is 'ISO 3166-1 alpha-2 code at the order; null when the buyer did not tell.';
comment on column reporting.sales_by_country.currency is 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';
comment on column reporting.sales_by_country.units_sold is 'Places in courses that were sold; refunds do not lower it.';
comment on column reporting.sales_by_country.gross_amount is 'What was paid for them, after discounts, with tax.';
comment on column reporting.sales_by_country.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.sales_by_country.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
comment on column reporting.sales_by_country.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.sales_by_country.tax_amount is 'The tax in the gross amount.';
comment on column reporting.sales_by_country.refunded_tax_amount is 'The tax in the refunds of the day.';
call platform.give_view('reporting.sales_by_country', 'techcourse_reader');
grant select on reporting.sales_by_country to accountant;
