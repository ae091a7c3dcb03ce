-- The life of a payout: planned, approved by another person, paid or cancelled; each step with who took it, and the
-- money in the books in the moment in which it is paid.
alter table sales.payouts
  add column created_by uuid,
  add column approved_at timestamptz,
  add column paid_by uuid,
  add column reference text,
  add column cancelled_by uuid,
  add column cancelled_at timestamptz,
  add constraint payouts_created_by_fkey foreign key (created_by) references identity.users (id) on delete restrict,
  add constraint payouts_paid_by_fkey foreign key (paid_by) references identity.users (id) on delete restrict,
  add constraint payouts_cancelled_by_fkey foreign key (cancelled_by) references identity.users (id) on delete restrict,
  add constraint payouts_amount_positive_check check (amount > 0),
  -- four eyes: who planned it does not approve it, and nobody pays oneself
  add constraint payouts_approved_by_another_than_planned_check check (approved_by <> created_by),
  add constraint payouts_paid_by_another_check check (paid_by <> instructor_id),
  add constraint payouts_paid_names_reference_and_payer_check check (
    num_nonnulls(reference, paid_by) = case when status = 'paid' then 2 else 0 end),
  add constraint payouts_bank_reference_check check (length(reference) between 1 and 140 and reference ~ '[^[:space:]]'),
  add constraint payouts_cancelled_has_a_time_check check ((status = 'cancelled') = (cancelled_at is not null));
create index payouts_created_by_idx on sales.payouts (created_by) where created_by is not null;
create index payouts_paid_by_idx on sales.payouts (paid_by) where paid_by is not null;
create index payouts_cancelled_by_idx on sales.payouts (cancelled_by) where cancelled_by is not null;
-- the payouts of a month, and the latest month
create index payouts_period_start_idx on sales.payouts (period_start, id);
-- a payout is posted once
create unique index ledger_entries_payout_once_key on sales.ledger_entries (payout_id) where kind = 'payout';

create function sales.payable_balance(instructor uuid, currency text) returns numeric
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select coalesce((select sum(e.amount) from sales.ledger_entries e where e.credit_account_id = a.id), 0)
       - coalesce((select sum(e.amount) from sales.ledger_entries e where e.debit_account_id = a.id), 0)
    from sales.ledger_accounts a
   where a.kind = 'instructor_payable' and a.instructor_id = payable_balance.instructor and a.currency = payable_balance.currency;
end;
comment on function sales.payable_balance(uuid, text) is
  'What the books owe an instructor at this moment in a currency, released and not paid; negative after a late refund, null without an account. For the functions of this room.';

create function sales.guard_payout() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid;
  balance numeric;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'planned' then
      raise exception 'A payout begins as planned, not as %.', new.status using errcode = 'TC452',
        hint = 'Plan it, have it approved, then pay it.', schema = 'sales', table = 'payouts', column = 'status';
    end if;
    return new;
  end if;
  if (old.id, old.instructor_id, old.period_start, old.period_end, old.amount, old.currency, old.created_by, old.created_at)
     is distinct from (new.id, new.instructor_id, new.period_start, new.period_end, new.amount, new.currency, new.created_by, new.created_at)
    or old.status <> 'planned' and (old.approved_by, old.approved_at) is distinct from (new.approved_by, new.approved_at)
    or old.status in ('paid', 'cancelled')
    or old.status <> new.status and (old.status, new.status) in (('planned', 'paid'), ('approved', 'planned')) then
    raise exception 'The payout % is %; this cannot be done with it any more.', old.id, old.status using errcode = 'TC452',
      hint = 'Approve what is planned, pay what is approved, cancel what is not paid.',
      schema = 'sales', table = 'payouts', column = 'status';
  end if;
  if old.status <> new.status and new.status in ('approved', 'paid') then
    -- refunds and other payouts of the instructor wait here, and what they wrote before is seen below
    account := sales.ledger_account('instructor_payable', new.instructor_id, new.currency);
    perform from sales.ledger_accounts a where a.id = account for update;
    balance := sales.payable_balance(new.instructor_id, new.currency);
    if new.status = 'approved' then
      balance := balance - coalesce((select sum(p.amount) from sales.payouts p
        where p.instructor_id = new.instructor_id and p.currency = new.currency and p.status = 'approved' and p.id <> new.id), 0);
    end if;
    if new.amount > balance then
      raise exception 'The payout % is more than its instructor may be paid at this moment.', new.id using errcode = 'TC451',
        hint = 'Cancel it; the next run pays what is left.', schema = 'sales', table = 'payouts', column = 'amount';
    end if;
  end if;
  return new;
end
$$;
comment on function sales.guard_payout() is
  'Trigger: a payout goes from planned to approved to paid, is cancelled before that, and otherwise never changes (TC452); when it is approved and when it is paid the books owe it (TC451).';
create trigger payouts_guard before insert or update on sales.payouts for each row execute function sales.guard_payout();

create function sales.post_payout() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, payout_id)
  values (platform.uuid_v7_of(new.paid_at, 'payout.' || new.id), new.id, new.paid_at, platform.business_day(new.paid_at), 'payout',
          sales.ledger_account('instructor_payable', new.instructor_id, new.currency),
          sales.ledger_account('bank', null, new.currency), new.amount, new.currency, new.id);
  return null;
end
$$;
comment on function sales.post_payout() is 'Trigger: posts a payout in the moment in which it is paid.';
create trigger payouts_post after update on sales.payouts
  for each row when (new.status = 'paid' and old.status <> 'paid') execute function sales.post_payout();

create function sales.check_payout_entry() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from sales.payouts p where p.id = new.payout_id and p.status = 'paid'
                    and p.amount = new.amount and p.currency = new.currency) then
    raise exception 'The entry % is not of a payout that is paid, and its amount.', new.id using errcode = 'TC453',
      hint = 'Mark the payout as paid; that posts it.', schema = 'sales', table = 'ledger_entries', column = 'payout_id';
  end if;
  return null;
end
$$;
comment on function sales.check_payout_entry() is 'Trigger: the books hold the payment of no payout that is not paid (TC453).';
create trigger ledger_entries_check_payout after insert on sales.ledger_entries
  for each row when (new.kind = 'payout') execute function sales.check_payout_entry();
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.guard_payout()', 'sales.post_payout()', 'sales.check_payout_entry()']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.payable_balance(uuid, text) to techcourse_loader, techcourse_reader;

-- the log keeps every step
drop trigger payouts_audit on sales.payouts;
drop trigger payouts_audit_truncate on sales.payouts;
call audit.watch('sales.payouts', 'id',
  'instructor_id,period_start,period_end,amount,currency,status,created_by,approved_by,paid_by,reference,cancelled_by');
