-- What the ledger says of the sales of each day: the other side of every report of sales.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and no student.
create or replace view reporting.ledger_by_day as
select e.business_day as day,
       e.currency::text as currency,
       -- a sale comes in by the gateway; a refund is owed to the student from its day on
       coalesce(sum(e.amount) filter (where e.kind = 'sale' and d.kind = 'gateway_clearing'), 0)::numeric(14, 2) as gross_amount,
       coalesce(sum(e.amount) filter (where e.kind <> 'sale' and k.kind = 'student_refunds'), 0)::numeric(14, 2) as refund_amount,
       coalesce(sum(e.amount) filter (where e.kind = 'sale' and k.kind = 'taxes'), 0)::numeric(14, 2) as tax_amount,
       coalesce(sum(e.amount) filter (where e.kind <> 'sale' and d.kind = 'taxes'), 0)::numeric(14, 2) as refunded_tax_amount
  from sales.ledger_entries e
  join sales.ledger_accounts d on d.id = e.debit_account_id
  join sales.ledger_accounts k on k.id = e.credit_account_id
 where e.kind in ('sale', 'refund', 'chargeback')
 group by e.business_day, e.currency;
comment on view reporting.ledger_by_day is
  'Sales, refunds and their taxes by the ledger, for each business day and currency: what the reports of sales must agree with.';
comment on column reporting.ledger_by_day.day is 'Business day in the accounting time zone.';
comment on column reporting.ledger_by_day.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';
comment on column reporting.ledger_by_day.gross_amount is 'Sales posted to the gateway''s account.';
comment on column reporting.ledger_by_day.refund_amount is 'Refunds and chargebacks owed to students.';
comment on column reporting.ledger_by_day.tax_amount is 'Taxes of these sales.';
comment on column reporting.ledger_by_day.refunded_tax_amount is 'Taxes of these refunds.';
call platform.give_view('reporting.ledger_by_day', 'techcourse_reader');
grant select on reporting.ledger_by_day to accountant;
