-- The accountants' daily sales report: a sale on the day of its capture, a refund on the day it happens.
-- Grouped below the joins, so that a range of days reaches the indexes on business_day.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.daily_sales as
with days as (
  select b.day, b.course_id, b.currency, sum(b.units) as units_sold, sum(b.gross_amount) as gross_amount,
         sum(b.refund_amount) as refund_amount, sum(b.discount_amount) as discount_amount, sum(b.tax_amount) as tax_amount,
         sum(b.refunded_tax_amount) as refunded_tax_amount
    from reporting.booked_lines b
   group by b.day, b.course_id, b.currency
)
select d.day,
       d.course_id,
       c.title as course_title,
       i.display_name as instructor_name,
       d.currency,
       d.units_sold,
       d.gross_amount::numeric(14, 2) as gross_amount,
       d.refund_amount::numeric(14, 2) as refund_amount,
       (d.gross_amount - d.refund_amount)::numeric(14, 2) as net_amount,
       d.discount_amount::numeric(14, 2) as discount_amount,
       d.tax_amount::numeric(14, 2) as tax_amount,
       d.refunded_tax_amount::numeric(14, 2) as refunded_tax_amount
  from days d
  join catalog.courses c on c.id = d.course_id
  join identity.users i on i.id = c.instructor_id;
comment on view reporting.daily_sales is
  'Sales of each course on each business day (setting accounting_time_zone), one row for each currency: units sold, gross, refunds of that day, net. Amounts of different currencies must never be added.';
call platform.give_view('reporting.daily_sales', 'techcourse_reader');
grant select on reporting.daily_sales to accountant;
comment on column reporting.daily_sales.day is 'Business day in the accounting time zone; a refund stands on the day that it happened.';
comment on column reporting.daily_sales.course_id is 'The course.';
comment on column reporting.daily_sales.course_title is 'Its title today.';
comment on column reporting.daily_sales.instructor_name is 'Name of who leads it today. Personal data.';
comment on column reporting.daily_sales.currency is 'Currency of the three amounts, ISO 4217.';
comment on column reporting.daily_sales.units_sold is 'Places in the course that were sold on the day; refunds do not lower it.';
comment on column reporting.daily_sales.gross_amount is 'What was paid for them, after discounts, with tax.';
comment on column reporting.daily_sales.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.daily_sales.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
comment on column reporting.daily_sales.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.daily_sales.tax_amount is 'The tax in the gross amount.';
comment on column reporting.daily_sales.refunded_tax_amount is 'The tax in the refunds of the day.';
