-- The trial balance: every account with its debits and credits. For each currency the balances add up to zero.
-- Owned by techcourse_reader, not security_invoker: an accountant sees sums, and not which student paid them.
create or replace view reporting.ledger_balances as
with postings as (
  select e.debit_account_id as account_id, e.amount::numeric as debit, 0::numeric as credit from sales.ledger_entries e
   union all
  select e.credit_account_id, 0, e.amount from sales.ledger_entries e
), sums as (
  select p.account_id, sum(p.debit) as debit, sum(p.credit) as credit, count(*) as entries
    from postings p
   group by p.account_id
)
select a.kind as account,
       i.display_name as instructor_name,
       a.currency::text as currency,
       coalesce(s.entries, 0) as entries,
       coalesce(s.debit, 0)::numeric(14, 2) as debit_amount,
       coalesce(s.credit, 0)::numeric(14, 2) as credit_amount,
       coalesce(s.debit - s.credit, 0)::numeric(14, 2) as balance,
       a.id as account_id
  from sales.ledger_accounts a
  left join sums s on s.account_id = a.id
  left join identity.users i on i.id = a.instructor_id;
comment on view reporting.ledger_balances is
  'Every ledger account with the sum of its debits and credits. The balances of one currency add up to zero.';
comment on column reporting.ledger_balances.account is 'Kind of the account: gateway_clearing, bank, instructor_earned, platform_revenue and so on.';
comment on column reporting.ledger_balances.instructor_name is 'Whose account it is; null for accounts of the academy.';
comment on column reporting.ledger_balances.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';
comment on column reporting.ledger_balances.entries is 'How many entries touch the account.';
comment on column reporting.ledger_balances.debit_amount is 'Sum of its debits.';
comment on column reporting.ledger_balances.credit_amount is 'Sum of its credits.';
comment on column reporting.ledger_balances.balance is 'Debits less credits: what the academy owns is positive, what it owes or has earned is negative.';
comment on column reporting.ledger_balances.account_id is 'Key of the account.';
call platform.give_view('reporting.ledger_balances', 'techcourse_reader');
grant select on reporting.ledger_balances to accountant;
