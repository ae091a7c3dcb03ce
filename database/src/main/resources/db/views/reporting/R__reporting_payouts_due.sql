-- What the academy owes its instructors: earned less given back less paid out, which part of it may still be taken back
-- by students, and what of the rest is under way.
-- Owned by techcourse_reader, not security_invoker: an accountant sees these sums, and not who bought what.
create or replace view reporting.payouts_due as
with earnings as (
  select a.instructor_id, a.currency, a.kind, e.amount::numeric as amount
    from sales.ledger_accounts a
    join sales.ledger_entries e on e.credit_account_id = a.id
   where a.kind in ('instructor_earned', 'instructor_payable')
   union all
  select a.instructor_id, a.currency, a.kind, -e.amount
    from sales.ledger_accounts a
    join sales.ledger_entries e on e.debit_account_id = a.id
   where a.kind in ('instructor_earned', 'instructor_payable')
), owed as (
  select e.instructor_id, e.currency, sum(e.amount) as amount,
         coalesce(sum(e.amount) filter (where e.kind = 'instructor_earned'), 0) as earned,
         coalesce(sum(e.amount) filter (where e.kind = 'instructor_payable'), 0) as payable
    from earnings e
   group by e.instructor_id, e.currency
), under_way as (
  select p.instructor_id, p.currency,
         sum(p.amount) filter (where p.status = 'planned') as planned,
         sum(p.amount) filter (where p.status = 'approved') as approved
    from sales.payouts p
   where p.status in ('planned', 'approved')
   group by p.instructor_id, p.currency
)
select o.instructor_id,
       i.display_name as instructor_name,
       i.email::text as instructor_email,
       o.currency::text as currency,
       o.amount::numeric(14, 2) as owed_amount,
       coalesce(u.planned, 0)::numeric(14, 2) as planned_amount,
       coalesce(u.approved, 0)::numeric(14, 2) as approved_amount,
       (o.amount - coalesce(u.planned, 0) - coalesce(u.approved, 0))::numeric(14, 2) as unplanned_amount,
       o.earned::numeric(14, 2) as earned_amount,
       o.payable::numeric(14, 2) as payable_amount
  from owed o
  join identity.users i on i.id = o.instructor_id
  left join under_way u on u.instructor_id = o.instructor_id and u.currency = o.currency
 where o.amount <> 0 or o.earned <> 0 or u.instructor_id is not null;
comment on view reporting.payouts_due is
  'What is owed to each instructor by the ledger, one row for each currency, and which part of it payouts already plan or approve.';
comment on column reporting.payouts_due.instructor_id is 'The instructor.';
comment on column reporting.payouts_due.instructor_name is 'Name of the instructor.';
comment on column reporting.payouts_due.instructor_email is 'E-mail address of the instructor, to write about the payout.';
comment on column reporting.payouts_due.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';
comment on column reporting.payouts_due.owed_amount is 'Earned less given back less paid out, by the ledger.';
comment on column reporting.payouts_due.planned_amount is 'Part of it in payouts that wait for approval.';
comment on column reporting.payouts_due.approved_amount is 'Part of it in payouts that are approved and not yet paid.';
comment on column reporting.payouts_due.unplanned_amount is 'The rest, in no payout yet; negative when more is planned than owed.';
comment on column reporting.payouts_due.earned_amount is 'Part of what is owed that students may still take back: the refund window of its sales is open.';
comment on column reporting.payouts_due.payable_amount is 'Part of what is owed that is released: what payouts are planned from; negative after a late refund, and then carried over.';
call platform.give_view('reporting.payouts_due', 'techcourse_reader');
grant select on reporting.payouts_due to accountant;
