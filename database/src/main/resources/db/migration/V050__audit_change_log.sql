-- The change log: who changed what, when, from which value to which. Ids and amounts only, never a name or an
-- e-mail address, so that erasing a person leaves every proof valid.
create table audit.change_log (
  changed_at timestamptz not null default clock_timestamp(),
  id uuid not null default platform.uuid_v7(),
  origin bigint not null,
  transaction_id xid8 not null,
  relation text not null,
  action text not null,
  row_key jsonb not null,
  old_values jsonb,
  new_values jsonb,
  changed_by uuid,
  acting_role text,
  database_role text not null,
  constraint change_log_changed_at_id_pkey primary key (changed_at, id),
  constraint change_log_relation_is_qualified_check check (relation ~ '^[a-z_]+\.[a-z_]+$'),
  constraint change_log_row_key_is_object_check check (jsonb_typeof(row_key) = 'object'),
  -- a login may set app.role to anything
  constraint change_log_acting_role_length_check check (length(acting_role) <= 63),
  constraint change_log_action_check check (action in ('insert', 'update', 'delete', 'truncate')),
  constraint change_log_values_fit_the_action_check check (
    case action when 'insert' then old_values is null and new_values is not null
      when 'update' then old_values is not null and new_values is not null
      when 'delete' then old_values is not null and new_values is null
      else old_values is null and new_values is null end)
) partition by range (changed_at);
comment on table audit.change_log is
  'Every privileged change, append only and sealed: one row for each changed row, written by triggers. Shard class: local.';
-- the history of one row
create index change_log_relation_row_key_idx on audit.change_log (relation, ((row_key ->> 'id')::uuid), changed_at desc);
-- the price history, newest first
create index change_log_prices_idx on audit.change_log (changed_at desc)
  where relation = 'catalog.courses' and action = 'update' and old_values ? 'price';
-- what one person did
create index change_log_changed_by_idx on audit.change_log (changed_by, changed_at desc);
-- the rows of a seal
create index change_log_transaction_id_idx on audit.change_log (origin, transaction_id);
insert into platform.partition_plan (table_name) values ('audit.change_log');

create table audit.seals (
  seal_no bigint not null,
  origin bigint not null,
  from_transaction xid8 not null,
  to_transaction xid8 not null,
  open_transaction xid8 not null,
  row_count bigint not null,
  first_changed_at timestamptz,
  last_changed_at timestamptz,
  rows_hash bytea not null,
  previous_hash bytea not null,
  seal_hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp(),
  constraint seals_seal_no_pkey primary key (seal_no),
  -- a chain, not a tree
  constraint seals_previous_hash_key unique (previous_hash),
  constraint seals_seal_no_positive_check check (seal_no > 0),
  constraint seals_from_before_to_check check (from_transaction < to_transaction),
  constraint seals_open_not_before_to_check check (open_transaction >= to_transaction),
  constraint seals_row_count_not_negative_check check (row_count >= 0),
  constraint seals_hashes_are_sha256_check
    check (length(rows_hash) = 32 and length(previous_hash) = 32 and length(seal_hash) = 32)
);
comment on table audit.seals is
  'Blocks of the change log, each hashed together with the one before (SHA-256), so that nothing in it can be changed unnoticed. Shard class: local.';

create function audit.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'The log %.% is append only.', tg_table_schema, tg_table_name using errcode = 'TC501',
    hint = 'Nothing in it is ever changed or removed, by anyone.', schema = tg_table_schema, table = tg_table_name;
end
$$;
comment on function audit.refuse_change() is 'Trigger: keeps the log append only for everyone, the owner too (TC501).';
do $$
declare
  target regclass;
  name text;
begin
  foreach target in array array['audit.change_log', 'audit.seals']::regclass[] loop
    name := (select relname from pg_catalog.pg_class where oid = target);
    execute format('create trigger %I before update or delete on %s for each row execute function audit.refuse_change()',
      name || '_append_only', target);
    execute format('create trigger %I before truncate on %s for each statement execute function audit.refuse_change()',
      name || '_never_truncated', target);
    -- also when a session calls itself a replica
    execute format('alter table %s enable always trigger %I', target, name || '_append_only');
    execute format('alter table %s enable always trigger %I', target, name || '_never_truncated');
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy %I on %s to techcourse_recorder using (true) with check (true)', name || '_recorder_policy', target);
    execute format('create policy %I on %s for select to techcourse_reader, auditor using (true)', name || '_readers_policy', target);
    execute format('grant select, insert on %s to techcourse_recorder', target);
    execute format('grant select on %s to techcourse_reader, auditor', target);
  end loop;
end
$$;
insert into platform.shard_plan (table_name, class) values ('audit.change_log', 'local'), ('audit.seals', 'local');

create function audit.origin() returns bigint
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (select system_identifier from pg_control_system());
exception when insufficient_privilege then
  -- where a provider hides it: the numbers of the database and of the log, which a restore gives anew
  return (select d.oid::bigint << 32 from pg_database d where d.datname = current_database())
    | 'audit.change_log'::regclass::oid::bigint;
end
$$;
comment on function audit.origin() is
  'The system identifier of this database cluster: transaction numbers are comparable only within one.';

create function audit.is_recorded_here() returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
  return true;
comment on function audit.is_recorded_here() is
  'Whether this node writes the change log: always on one machine; replaced on the workers of a sharded academy.';
