-- Payouts as their readers see them: accountants and admins all, an instructor the own ones.
-- Owned by techcourse_reader, not security_invoker: it names the instructors, and says itself who sees which row.
create or replace view sales.listed_payouts as
select p.id as payout_id,
       p.instructor_id,
       u.display_name as instructor_name,
       p.period_start,
       p.period_end,
       p.amount::numeric(14, 2) as amount,
       p.currency::text as currency,
       p.status,
       p.reference,
       p.created_at,
       p.created_by,
       p.approved_at,
       p.approved_by,
       p.paid_at,
       p.paid_by,
       p.cancelled_at,
       p.cancelled_by
  from sales.payouts p
  join identity.users u on u.id = p.instructor_id
 where current_user = 'accountant'
    or current_setting('app.role', true) in ('accountant', 'admin')
    or current_setting('app.role', true) = 'instructor'
       and p.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid;
comment on view sales.listed_payouts is
  'Payouts with the name of who is paid and who did what: all for accountants and admins, the own ones for an instructor.';
comment on column sales.listed_payouts.payout_id is 'The payout.';
comment on column sales.listed_payouts.instructor_id is 'Who is paid.';
comment on column sales.listed_payouts.instructor_name is 'Name of who is paid. Personal data.';
comment on column sales.listed_payouts.period_start is 'First day of the month that is paid for.';
comment on column sales.listed_payouts.period_end is 'First day of the month after.';
comment on column sales.listed_payouts.amount is 'What is paid out.';
comment on column sales.listed_payouts.currency is 'ISO 4217 code of the amount; amounts of different currencies must never be added.';
comment on column sales.listed_payouts.status is 'planned, approved by a second person, paid, or cancelled.';
comment on column sales.listed_payouts.reference is 'The bank''s reference of the transfer; null until it is paid.';
comment on column sales.listed_payouts.created_at is 'When it was planned.';
comment on column sales.listed_payouts.created_by is 'Who ran the month; null when nobody is known.';
comment on column sales.listed_payouts.approved_at is 'When it was approved; null before.';
comment on column sales.listed_payouts.approved_by is 'Who approved it; null before.';
comment on column sales.listed_payouts.paid_at is 'When it was noted as paid; null before.';
comment on column sales.listed_payouts.paid_by is 'Who noted it; null before.';
comment on column sales.listed_payouts.cancelled_at is 'When it was cancelled; null otherwise.';
comment on column sales.listed_payouts.cancelled_by is 'Who cancelled it; null otherwise.';
call platform.give_view('sales.listed_payouts', 'techcourse_reader');
grant select on sales.listed_payouts to accountant, techcourse_app;
