-- The accountants' daily sales report: a sale on the day of its capture, a refund on the day it happens.
-- A UNION ALL under one GROUP BY, so that a range of days reaches the indexes on business_day.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.daily_sales as
with movements as (
  select p.business_day as day, l.course_id, l.currency, 1 as units, l.amount::numeric as gross, 0::numeric as refund
    from sales.payments p
    join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where p.status = 'captured'
   union all
  select r.business_day, r.course_id, r.currency, 0, 0, r.amount
    from sales.refunds r
), days as (
  select m.day, m.course_id, m.currency, sum(m.units) as units_sold, sum(m.gross) as gross_amount, sum(m.refund) as refund_amount
    from movements m
   group by m.day, m.course_id, m.currency
)
select d.day,
       d.course_id,
       c.title as course_title,
       i.display_name as instructor_name,
       d.currency::text as currency,
       d.units_sold,
       d.gross_amount::numeric(14, 2) as gross_amount,
       d.refund_amount::numeric(14, 2) as refund_amount,
       (d.gross_amount - d.refund_amount)::numeric(14, 2) as net_amount
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
comment on column reporting.daily_sales.units_sold is 'Lines of orders captured on the day; refunds do not lower it.';
comment on column reporting.daily_sales.gross_amount is 'What was paid for them, after discounts.';
comment on column reporting.daily_sales.refund_amount is 'What was given back on the day, whenever it had been sold.';
comment on column reporting.daily_sales.net_amount is 'Gross less refunds; negative on a day with more refunds than sales.';
