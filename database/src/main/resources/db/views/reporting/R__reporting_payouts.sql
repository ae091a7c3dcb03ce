-- Every payout to an instructor: planned, approved, paid or cancelled.
-- Owned by techcourse_reader, not security_invoker: an accountant sees whom the academy pays, and not who bought what.
create or replace view reporting.payouts as
select p.period_start,
       p.period_end,
       p.instructor_id,
       i.display_name as instructor_name,
       p.status,
       p.currency::text as currency,
       p.amount::numeric(14, 2) as amount,
       p.created_at as planned_at,
       p.paid_at,
       p.id as payout_id
  from sales.payouts p
  join identity.users i on i.id = p.instructor_id;
comment on view reporting.payouts is 'Payouts to instructors with their period and state, one row for each currency.';
comment on column reporting.payouts.period_start is 'First day of the period.';
comment on column reporting.payouts.period_end is 'The day after its last one.';
comment on column reporting.payouts.instructor_id is 'The instructor.';
comment on column reporting.payouts.instructor_name is 'Name of the instructor. Personal data.';
comment on column reporting.payouts.status is 'planned, approved, paid or cancelled.';
comment on column reporting.payouts.currency is 'ISO 4217 code of the amount; amounts of different currencies must never be added.';
comment on column reporting.payouts.amount is 'What is paid out.';
comment on column reporting.payouts.planned_at is 'When the payout was planned.';
comment on column reporting.payouts.paid_at is 'When it was paid; null before.';
comment on column reporting.payouts.payout_id is 'Key of the payout.';
call platform.give_view('reporting.payouts', 'techcourse_reader');
grant select on reporting.payouts to accountant;
