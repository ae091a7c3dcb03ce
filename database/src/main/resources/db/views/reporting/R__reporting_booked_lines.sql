-- What every report of sales is made of: each line that was captured, each refund, and the tax given back with it, on its
-- business day. One definition, so that no two reports can count differently. A UNION ALL, so that a range of days
-- reaches the indexes on business_day; all arms have the very same types, so that the planner takes it apart, and the left joins fall
-- away where a report asks for nothing of theirs.
-- Owned by techcourse_reader, not security_invoker: the reports that stand on it are; nobody else may read it.
create or replace view reporting.booked_lines as
select p.business_day as day,
       l.course_id,
       l.currency::text as currency,
       o.country::text as country,
       coalesce(l.coupon_id, l.released_coupon_id) as coupon_id,
       l.tax_rate,
       l.quantity as units,
       l.discount_amount::numeric as discount_amount,
       l.amount::numeric as gross_amount,
       l.tax_amount::numeric as tax_amount,
       0::numeric as refund_amount,
       0::numeric as refunded_tax_amount
  from sales.payments p
  join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
  left join sales.orders o on o.student_id = l.student_id and o.id = l.order_id
 where p.status = 'captured'
 union all
select r.business_day, r.course_id, r.currency::text, o.country::text, coalesce(l.coupon_id, l.released_coupon_id), l.tax_rate,
       0, 0::numeric, 0::numeric, 0::numeric, r.amount::numeric, 0::numeric
  from sales.refunds r
  left join sales.order_lines l on l.student_id = r.student_id and l.order_id = r.order_id and l.course_id = r.course_id
  left join sales.orders o on o.student_id = r.student_id and o.id = r.order_id
 union all
select e.business_day, e.course_id, e.currency::text, o.country::text, coalesce(l.coupon_id, l.released_coupon_id), l.tax_rate,
       0, 0::numeric, 0::numeric, 0::numeric, 0::numeric, e.amount::numeric
  from sales.ledger_entries e
  join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'taxes'
  left join sales.order_lines l on l.student_id = e.student_id and l.order_id = e.order_id and l.course_id = e.course_id
  left join sales.orders o on o.student_id = e.student_id and o.id = e.order_id
 where e.kind in ('refund', 'chargeback');
comment on view reporting.booked_lines is
  'Captured lines, refunds and taxes given back, each on its business day: what the reports of sales add up. For these views only.';
comment on column reporting.booked_lines.day is 'Business day of the capture or refund.';
comment on column reporting.booked_lines.course_id is 'The course.';
comment on column reporting.booked_lines.currency is 'Currency of the amounts, ISO 4217.';
comment on column reporting.booked_lines.country is 'Country of the buyer at the order; null when not told.';
comment on column reporting.booked_lines.coupon_id is 'Coupon of the line, also one that was given back since; null without one.';
comment on column reporting.booked_lines.tax_rate is 'Tax rate frozen in the line, 0 to 1.';
comment on column reporting.booked_lines.units is 'Places in the course that were sold; 0 for a refund.';
comment on column reporting.booked_lines.discount_amount is 'What the coupon took off the list price.';
comment on column reporting.booked_lines.gross_amount is 'What was paid, with tax.';
comment on column reporting.booked_lines.tax_amount is 'The tax in it.';
comment on column reporting.booked_lines.refund_amount is 'What was given back, with tax.';
comment on column reporting.booked_lines.refunded_tax_amount is 'The tax that was given back, by the ledger.';
call platform.give_view('reporting.booked_lines', 'techcourse_reader');
