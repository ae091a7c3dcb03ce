-- The books of the sample academy were posted with its sales; last month's earnings wait to be approved.
insert into sales.payouts (id, instructor_id, period_start, period_end, amount, currency, created_at)
select platform.uuid_v7_of(clock.ends_at, 'academy.payout.' || e.earner_id || '.' || e.currency || '.' || m.first_day),
       e.earner_id, m.first_day, (m.first_day + interval '1 month')::date, sum(e.amount), e.currency, clock.ends_at
  from clock
  cross join lateral (select (date_trunc('month', clock.day) - interval '1 month')::date as first_day) m
  join (select a.instructor_id as earner_id, e.currency, e.business_day, e.amount::numeric
          from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.credit_account_id and a.kind = 'instructor_earned'
        union all
        select a.instructor_id, e.currency, e.business_day, -e.amount
          from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'instructor_earned') e
    on e.business_day >= m.first_day and e.business_day < m.first_day + interval '1 month'
 group by e.earner_id, e.currency, m.first_day, clock.ends_at
having sum(e.amount) > 0;
