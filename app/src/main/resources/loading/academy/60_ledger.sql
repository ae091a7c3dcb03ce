-- The books of the sample academy were posted with its sales. What nobody can take back any more becomes payable, and
-- last month's payouts wait to be approved.
insert into sales.ledger_accounts (id, kind, instructor_id, currency, opened_at)
select platform.uuid_v7_of(clock.first_day::timestamptz, 'academy.account.instructor_payable.' || a.instructor_id || '.' || a.currency),
       'instructor_payable', a.instructor_id, a.currency, clock.first_day::timestamptz
  from clock, sales.ledger_accounts a where a.kind = 'instructor_earned'
on conflict on constraint ledger_accounts_kind_instructor_id_currency_key do nothing;

select sales.release_earnings(clock.day, 1000000) from clock;

insert into sales.payouts (id, instructor_id, period_start, period_end, amount, currency, created_at)
select platform.uuid_v7_of(clock.ends_at, 'academy.payout.' || b.instructor_id || '.' || b.currency || '.' || m.first_day),
       b.instructor_id, m.first_day, (m.first_day + interval '1 month')::date, b.payout_amount, b.currency, clock.ends_at
  from clock
  cross join lateral (select (date_trunc('month', clock.day) - interval '1 month')::date as first_day) m
  cross join lateral sales.payable_balances(m.first_day) b
 where b.outcome = 'to_pay';
