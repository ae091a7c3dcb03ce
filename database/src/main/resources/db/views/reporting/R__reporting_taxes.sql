-- What the academy owes in taxes, day by day: by country of the buyer and rate.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.taxes as
select b.day,
       date_trunc('month', b.day)::date as month,
       b.country,
       b.tax_rate,
       b.currency,
       sum(b.gross_amount - b.tax_amount)::numeric(14, 2) as taxable_amount,
       sum(b.tax_amount)::numeric(14, 2) as tax_amount,
       sum(b.refund_amount - b.refunded_tax_amount)::numeric(14, 2) as refunded_taxable_amount,
       sum(b.refunded_tax_amount)::numeric(14, 2) as refunded_tax_amount,
       sum(b.tax_amount - b.refunded_tax_amount)::numeric(14, 2) as net_tax_amount
  from reporting.booked_lines b
 group by b.day, b.country, b.tax_rate, b.currency;
comment on view reporting.taxes is
  'Taxes on the sales of each business day, one row for each country of buyers, rate and currency; sales without a tax stand under the rate 0. Taxable and tax add up to daily_sales.';
comment on column reporting.taxes.day is 'Business day in the accounting time zone; a refund stands on the day that it happened.';
comment on column reporting.taxes.month is 'First day of its month.';
comment on column reporting.taxes.country is 'ISO 3166-1 alpha-2 code at the order; null when the buyer did not tell.';
comment on column reporting.taxes.tax_rate is 'Rate of the tax, 0 to 1; frozen at the order.';
comment on column reporting.taxes.currency is 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';
comment on column reporting.taxes.taxable_amount is 'What was paid less the tax.';
comment on column reporting.taxes.tax_amount is 'The tax.';
comment on column reporting.taxes.refunded_taxable_amount is 'What was given back less the tax.';
comment on column reporting.taxes.refunded_tax_amount is 'The tax that was given back.';
comment on column reporting.taxes.net_tax_amount is 'Tax less the tax that was given back: what is owed for the day.';
call platform.give_view('reporting.taxes', 'techcourse_reader');
grant select on reporting.taxes to accountant;
