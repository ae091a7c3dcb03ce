-- Sales of each course, day by day, with more columns than the daily sales.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.sales_by_course as
select b.day,
       date_trunc('month', b.day)::date as month,
       b.course_id,
       c.slug as course_slug,
       c.title as course_title,
       k.name as category_name,
       u.display_name as instructor_name,
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
  join identity.users u on u.id = c.instructor_id
 group by b.day, b.course_id, c.id, k.id, u.id, b.currency;
comment on view reporting.sales_by_course is
  'Sales of each course on each business day, one row for each currency. Adds up to daily_sales.';
comment on column reporting.sales_by_course.day is 'Business day in the accounting time zone.';
comment on column reporting.sales_by_course.month is 'First day of its month.';
comment on column reporting.sales_by_course.course_id is 'The course.';
comment on column reporting.sales_by_course.course_slug is 'Short name of the course, as in addresses.';
comment on column reporting.sales_by_course.course_title is 'Its title today.';
comment on column reporting.sales_by_course.category_name is 'Name of its category today.';
comment on column reporting.sales_by_course.instructor_name is 'Name of who leads it today. Personal data.';
comment on column reporting.sales_by_course.currency is 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';
comment on column reporting.sales_by_course.units_sold is 'Places in courses that were sold; refunds do not lower it.';
comment on column reporting.sales_by_course.gross_amount is 'What was paid for them, after discounts, with tax.';
comment on column reporting.sales_by_course.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.sales_by_course.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
comment on column reporting.sales_by_course.discount_amount is 'What coupons took off the list prices.';
comment on column reporting.sales_by_course.tax_amount is 'The tax in the gross amount.';
comment on column reporting.sales_by_course.refunded_tax_amount is 'The tax in the refunds of the day.';
call platform.give_view('reporting.sales_by_course', 'techcourse_reader');
grant select on reporting.sales_by_course to accountant;
