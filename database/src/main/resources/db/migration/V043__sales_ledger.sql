-- The books. An entry moves an amount from one account to another, so each is balanced by its very shape:
-- what is debited is credited, in one currency, in one row.
create table sales.ledger_accounts (
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  instructor_id uuid,
  currency platform.currency_code not null,
  opened_at timestamptz not null default clock_timestamp(),
  constraint ledger_accounts_id_pkey primary key (id),
  constraint ledger_accounts_id_currency_key unique (id, currency),
  -- one account of a kind for each instructor and currency
  constraint ledger_accounts_kind_instructor_id_currency_key unique nulls not distinct (kind, instructor_id, currency),
  constraint ledger_accounts_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'bank', 'student_refunds', 'platform_revenue',
    'instructor_earned', 'instructor_payable', 'taxes', 'gateway_fees')),
  constraint ledger_accounts_instructor_kinds_have_one_check check (
    (kind in ('instructor_earned', 'instructor_payable')) = (instructor_id is not null))
);
comment on table sales.ledger_accounts is
  'Accounts of the double-entry ledger, one for each kind, instructor and currency. Shard class: reference.';
create index ledger_accounts_instructor_id_idx on sales.ledger_accounts (instructor_id) where instructor_id is not null;

create table sales.ledger_entries (
  id uuid not null default platform.uuid_v7(),
  transaction_id uuid not null,
  posted_at timestamptz not null default clock_timestamp(),
  business_day date not null,
  kind text not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  student_id uuid,
  order_id uuid,
  course_id uuid,
  refund_id uuid,
  payout_id uuid,
  constraint ledger_entries_id_pkey primary key (id),
  constraint ledger_entries_debit_account_fkey foreign key (debit_account_id, currency)
    references sales.ledger_accounts (id, currency) on delete restrict,
  constraint ledger_entries_credit_account_fkey foreign key (credit_account_id, currency)
    references sales.ledger_accounts (id, currency) on delete restrict,
  constraint ledger_entries_kind_check check (kind in ('sale', 'refund', 'chargeback', 'release', 'payout', 'fee', 'tax', 'correction')),
  constraint ledger_entries_amount_positive_check check (amount > 0),
  constraint ledger_entries_two_accounts_check check (debit_account_id <> credit_account_id)
);
comment on table sales.ledger_entries is
  'Double-entry ledger: each row debits one account and credits another. Append only. Shard class: local.';
create index ledger_entries_debit_account_idx on sales.ledger_entries (debit_account_id, currency, posted_at);
create index ledger_entries_credit_account_idx on sales.ledger_entries (credit_account_id, currency, posted_at);
create index ledger_entries_transaction_id_idx on sales.ledger_entries (transaction_id);
create index ledger_entries_business_day_idx on sales.ledger_entries (business_day, kind);

create function sales.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'Rows of %.% are never changed or removed.', tg_table_schema, tg_table_name using errcode = 'TC401',
    hint = 'Post a correcting row instead.', schema = tg_table_schema, table = tg_table_name;
end
$$;
comment on function sales.refuse_change() is 'Trigger: keeps a table append only (TC401).';
create trigger ledger_entries_append_only before update or delete on sales.ledger_entries
  for each row execute function sales.refuse_change();
create trigger ledger_entries_never_truncated before truncate on sales.ledger_entries
  for each statement execute function sales.refuse_change();
alter table sales.ledger_entries enable always trigger ledger_entries_append_only;
alter table sales.ledger_entries enable always trigger ledger_entries_never_truncated;
create trigger refunds_append_only before update or delete on sales.refunds
  for each row execute function sales.refuse_change();
create trigger refunds_never_truncated before truncate on sales.refunds
  for each statement execute function sales.refuse_change();
alter table sales.refunds enable always trigger refunds_append_only;
alter table sales.refunds enable always trigger refunds_never_truncated;

create table sales.payouts (
  id uuid not null default platform.uuid_v7(),
  instructor_id uuid not null,
  period_start date not null,
  period_end date not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  status text not null default 'planned',
  paid_at timestamptz,
  approved_by uuid,
  created_at timestamptz not null default clock_timestamp(),
  constraint payouts_id_pkey primary key (id),
  -- one payout for an instructor, period and currency, however often the run is repeated
  constraint payouts_instructor_id_period_start_currency_key unique (instructor_id, period_start, currency),
  constraint payouts_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint payouts_approved_by_fkey foreign key (approved_by) references identity.users (id) on delete restrict,
  constraint payouts_period_end_after_start_check check (period_end > period_start),
  constraint payouts_status_check check (status in ('planned', 'approved', 'paid', 'cancelled')),
  constraint payouts_paid_has_a_time_check check ((status = 'paid') = (paid_at is not null)),
  -- four eyes: nobody approves the own payout, and none is paid without approval
  constraint payouts_approved_by_another_check check (approved_by <> instructor_id),
  constraint payouts_approved_has_an_approver_check check (status not in ('approved', 'paid') or approved_by is not null)
);
comment on table sales.payouts is 'What is paid to an instructor for a period. Shard class: local.';
create index payouts_approved_by_idx on sales.payouts (approved_by) where approved_by is not null;

call platform.protect('sales.ledger_accounts');
call platform.protect('sales.ledger_entries');
call platform.protect('sales.payouts');
revoke update on sales.ledger_entries from techcourse_loader;
grant select on sales.payouts to techcourse_app;
create policy payouts_instructor_reads_policy on sales.payouts for select to techcourse_app
  using (instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class) values
  ('sales.ledger_accounts', 'reference'), ('sales.ledger_entries', 'local'), ('sales.payouts', 'local');
