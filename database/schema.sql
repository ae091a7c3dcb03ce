CREATE SCHEMA analytics;

ALTER SCHEMA analytics OWNER TO techcourse_owner;

COMMENT ON SCHEMA analytics IS 'Views for data scientists, free of names and e-mail addresses but for the instructors'' own.';

CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO techcourse_owner;

COMMENT ON SCHEMA audit IS 'Proof: change log, seals, price history. Append only.';

CREATE SCHEMA catalog;

ALTER SCHEMA catalog OWNER TO techcourse_owner;

COMMENT ON SCHEMA catalog IS 'What is taught: categories, courses, sections, lessons, quizzes, prices.';

CREATE SCHEMA extensions;

ALTER SCHEMA extensions OWNER TO techcourse_owner;

COMMENT ON SCHEMA extensions IS 'Types, operators and functions of PostgreSQL extensions; nothing of our own.';

CREATE SCHEMA identity;

ALTER SCHEMA identity OWNER TO techcourse_owner;

COMMENT ON SCHEMA identity IS 'People: users, roles, credentials, sessions, tokens.';

CREATE SCHEMA learning;

ALTER SCHEMA learning OWNER TO techcourse_owner;

COMMENT ON SCHEMA learning IS 'Who learns what: enrollments, progress, attempts, certificates, reviews, events.';

CREATE SCHEMA platform;

ALTER SCHEMA platform OWNER TO techcourse_owner;

COMMENT ON SCHEMA platform IS 'Technical room: request context, settings, jobs, outbox, partitions, shard plan.';

CREATE SCHEMA reporting;

ALTER SCHEMA reporting OWNER TO techcourse_owner;

COMMENT ON SCHEMA reporting IS 'Views for people who do not write joins: accountants and marketing.';

CREATE SCHEMA sales;

ALTER SCHEMA sales OWNER TO techcourse_owner;

COMMENT ON SCHEMA sales IS 'Money: orders, payments, refunds, coupons, double-entry ledger, payouts.';

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE DOMAIN identity.role_name AS text
	CONSTRAINT role_name_is_known_check CHECK ((VALUE = ANY (ARRAY['student'::text, 'instructor'::text, 'accountant'::text, 'marketing'::text, 'auditor'::text, 'analyst'::text, 'admin'::text])));

ALTER DOMAIN identity.role_name OWNER TO techcourse_owner;

COMMENT ON DOMAIN identity.role_name IS 'A role that a person can act as, one at a time.';

CREATE DOMAIN learning.attempt_status AS text
	CONSTRAINT attempt_status_is_known_check CHECK ((VALUE = ANY (ARRAY['in_progress'::text, 'submitted'::text, 'graded'::text])));

ALTER DOMAIN learning.attempt_status OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.attempt_status IS 'Where an attempt stands: in_progress, submitted (waits for a grade), graded.';

CREATE DOMAIN learning.event_kind AS text
	CONSTRAINT event_kind_is_known_check CHECK ((VALUE = ANY (ARRAY['enrolled'::text, 'viewed'::text, 'answered'::text, 'completed'::text, 'passed'::text, 'failed'::text, 'searched'::text])));

ALTER DOMAIN learning.event_kind OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.event_kind IS 'What a learner did.';

CREATE DOMAIN learning.json_object AS jsonb
	CONSTRAINT json_object_is_object_check CHECK ((jsonb_typeof(VALUE) = 'object'::text));

ALTER DOMAIN learning.json_object OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.json_object IS 'A JSON object.';

CREATE DOMAIN learning.percentage AS numeric(5,2)
	CONSTRAINT percentage_from_0_to_100_check CHECK (((VALUE >= (0)::numeric) AND (VALUE <= (100)::numeric)));

ALTER DOMAIN learning.percentage OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.percentage IS 'Percent, 0 to 100, two decimals.';

CREATE DOMAIN learning.positive_count AS integer
	CONSTRAINT positive_count_is_positive_check CHECK ((VALUE > 0));

ALTER DOMAIN learning.positive_count OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.positive_count IS 'A count from 1.';

CREATE DOMAIN platform.country_code AS character(2)
	CONSTRAINT country_code_iso_3166_check CHECK ((VALUE ~ '^[A-Z]{2}$'::text));

ALTER DOMAIN platform.country_code OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.country_code IS 'ISO 3166-1 alpha-2 code, upper case.';

CREATE DOMAIN platform.currency_code AS character(3)
	CONSTRAINT currency_code_iso_4217_check CHECK ((VALUE ~ '^[A-Z]{3}$'::text));

ALTER DOMAIN platform.currency_code OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.currency_code IS 'ISO 4217 alphabetic code, upper case.';

CREATE DOMAIN platform.money_amount AS numeric(14,2)
	CONSTRAINT money_amount_not_negative_check CHECK ((VALUE >= (0)::numeric));

ALTER DOMAIN platform.money_amount OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.money_amount IS 'An amount of money, never negative; its currency stands in the column beside it.';

CREATE TABLE audit.seals (
    seal_no bigint NOT NULL,
    origin bigint NOT NULL,
    from_transaction xid8 NOT NULL,
    to_transaction xid8 NOT NULL,
    open_transaction xid8 NOT NULL,
    row_count bigint NOT NULL,
    first_changed_at timestamp with time zone,
    last_changed_at timestamp with time zone,
    rows_hash bytea NOT NULL,
    previous_hash bytea NOT NULL,
    seal_hash bytea NOT NULL,
    sealed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT seals_from_before_to_check CHECK ((from_transaction < to_transaction)),
    CONSTRAINT seals_hashes_are_sha256_check CHECK (((length(rows_hash) = 32) AND (length(previous_hash) = 32) AND (length(seal_hash) = 32))),
    CONSTRAINT seals_open_not_before_to_check CHECK ((open_transaction >= to_transaction)),
    CONSTRAINT seals_row_count_not_negative_check CHECK ((row_count >= 0)),
    CONSTRAINT seals_seal_no_positive_check CHECK ((seal_no > 0))
);

ALTER TABLE ONLY audit.seals FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.seals OWNER TO techcourse_owner;

COMMENT ON TABLE audit.seals IS 'Blocks of the change log, each hashed together with the one before (SHA-256), so that nothing in it can be changed unnoticed. Shard class: local.';

COMMENT ON COLUMN audit.seals.seal_no IS 'Number in the chain, from 1 without gaps.';

COMMENT ON COLUMN audit.seals.origin IS 'System identifier of the database cluster whose transactions are sealed.';

COMMENT ON COLUMN audit.seals.from_transaction IS 'First transaction of the block.';

COMMENT ON COLUMN audit.seals.to_transaction IS 'First transaction after the block: the oldest one still open at the sealing.';

COMMENT ON COLUMN audit.seals.open_transaction IS 'First transaction not yet begun at the sealing: no later row may claim to be older than the seal.';

COMMENT ON COLUMN audit.seals.row_count IS 'How many rows of the change log are in the block.';

COMMENT ON COLUMN audit.seals.first_changed_at IS 'Time of the first of them.';

COMMENT ON COLUMN audit.seals.last_changed_at IS 'Time of the last of them.';

COMMENT ON COLUMN audit.seals.rows_hash IS 'SHA-256 over the rows'' SHA-256 in order of time and id.';

COMMENT ON COLUMN audit.seals.previous_hash IS 'seal_hash of the seal before; SHA-256 of "techcourse" for the first.';

COMMENT ON COLUMN audit.seals.seal_hash IS 'SHA-256 of all the above: keep a copy outside, and the whole past is pinned.';

COMMENT ON COLUMN audit.seals.sealed_at IS 'When the seal was made.';

CREATE FUNCTION audit.add_seal(origin bigint, to_transaction xid8, open_transaction xid8, sealed_at timestamp with time zone, even_if_empty boolean) RETURNS audit.seals
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  last audit.seals;
  fresh audit.seals;
begin
  select * into last from audit.seals s order by s.seal_no desc limit 1;
  fresh.seal_no := coalesce(last.seal_no, 0) + 1;
  fresh.previous_hash := coalesce(last.seal_hash, sha256('techcourse'::bytea));
  fresh.origin := add_seal.origin;
  fresh.from_transaction := coalesce(
    (select max(s.to_transaction) from audit.seals s where s.origin = add_seal.origin), '0'::xid8);
  fresh.to_transaction := add_seal.to_transaction;
  fresh.open_transaction := add_seal.open_transaction;
  fresh.sealed_at := add_seal.sealed_at;
  if fresh.to_transaction <= fresh.from_transaction then
    return null;
  end if;
  select b.row_count, b.first_changed_at, b.last_changed_at, b.rows_hash
    into fresh.row_count, fresh.first_changed_at, fresh.last_changed_at, fresh.rows_hash
    from audit.block(fresh.origin, fresh.from_transaction, fresh.to_transaction) b;
  if fresh.row_count = 0 and not even_if_empty then
    return null;
  end if;
  fresh.seal_hash := audit.seal_hash(fresh);
  insert into audit.seals select fresh.*;
  return fresh;
end
$$;

ALTER FUNCTION audit.add_seal(origin bigint, to_transaction xid8, open_transaction xid8, sealed_at timestamp with time zone, even_if_empty boolean) OWNER TO techcourse_recorder;

COMMENT ON FUNCTION audit.add_seal(origin bigint, to_transaction xid8, open_transaction xid8, sealed_at timestamp with time zone, even_if_empty boolean) IS 'Adds the next seal to the chain; null when there is nothing to seal. Only audit.seal() calls it.';

CREATE FUNCTION audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select count(*)
    from audit.change_log l
   where l.origin = backdated.origin
     and l.transaction_id >= backdated.from_transaction
     and l.transaction_id < backdated.to_transaction
     -- the clocks of a primary and its successor may differ by some seconds
     and l.changed_at < (select max(s.sealed_at) - interval '10 seconds' from audit.seals s
                          where s.origin = l.origin and s.open_transaction <= l.transaction_id)
$$;

ALTER FUNCTION audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) IS 'How many rows of a range of transactions claim a time before a seal that was made before their transaction began.';

CREATE FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) RETURNS TABLE(row_count bigint, first_changed_at timestamp with time zone, last_changed_at timestamp with time zone, rows_hash bytea)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select count(*), min(l.changed_at), max(l.changed_at),
         sha256(coalesce(string_agg(audit.row_hash(l), ''::bytea order by l.changed_at, l.id), ''::bytea))
    from audit.change_log l
   where l.origin = block.origin
     and l.transaction_id >= block.from_transaction
     and l.transaction_id < block.to_transaction
$$;

ALTER FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) IS 'Count, times and SHA-256 of the log''s rows in a range of transactions of one database cluster.';

CREATE FUNCTION audit.is_recorded_here() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN true;

ALTER FUNCTION audit.is_recorded_here() OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.is_recorded_here() IS 'Whether this node writes the change log: always on one machine; replaced on the workers of a sharded academy.';

CREATE FUNCTION audit.origin() RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select system_identifier from pg_control_system());
exception when insufficient_privilege then
  -- where a provider hides it: the numbers of the database and of the log, which a restore gives anew
  return (select d.oid::bigint << 32 from pg_database d where d.datname = current_database())
    | 'audit.change_log'::regclass::oid::bigint;
end
$$;

ALTER FUNCTION audit.origin() OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.origin() IS 'The system identifier of this database cluster: transaction numbers are comparable only within one.';

CREATE FUNCTION audit.price_differences() RETURNS TABLE(course_id uuid, price numeric, currency text, logged_price numeric, logged_currency text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select c.id, c.price, c.currency::text, logged.price, logged.currency
    from catalog.courses c
    left join lateral (
      select (l.new_values ->> 'price')::numeric as price, l.new_values ->> 'currency' as currency
        from audit.change_log l
       where l.relation = 'catalog.courses' and (l.row_key ->> 'id')::uuid = c.id and l.new_values ? 'price'
       order by l.changed_at desc, l.id desc limit 1) logged on true
   where c.price is distinct from logged.price or c.currency is distinct from logged.currency
$$;

ALTER FUNCTION audit.price_differences() OWNER TO techcourse_reader;

COMMENT ON FUNCTION audit.price_differences() IS 'Courses whose price is not the last one in the change log: it was changed while the audit was switched off. No row: every price is on record.';

CREATE FUNCTION audit.record_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  key_columns constant text[] := string_to_array(tg_argv[0], ',');
  kept_columns constant text[] := string_to_array(tg_argv[1], ',');
  old_row constant jsonb := case when tg_op in ('UPDATE', 'DELETE') then to_jsonb(old) end;
  new_row constant jsonb := case when tg_op in ('UPDATE', 'INSERT') then to_jsonb(new) end;
  kept_old jsonb;
  kept_new jsonb;
begin
  if not audit.is_recorded_here() then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(c, old_row -> c), jsonb_object_agg(c, new_row -> c) into kept_old, kept_new
      from unnest(kept_columns || key_columns) c
     where old_row -> c is distinct from new_row -> c
        -- an amount says nothing without its currency
        or c in ('price', 'currency') and (old_row -> 'price', old_row -> 'currency')
                                           is distinct from (new_row -> 'price', new_row -> 'currency');
    if kept_old is null then
      return null;
    end if;
  elsif tg_op = 'INSERT' then
    select jsonb_object_agg(c, new_row -> c) into kept_new from unnest(kept_columns) c;
  elsif tg_op = 'DELETE' then
    select jsonb_object_agg(c, old_row -> c) into kept_old from unnest(kept_columns) c;
  end if;
  insert into audit.change_log (origin, transaction_id, relation, action, row_key, old_values, new_values,
                                changed_by, acting_role, database_role)
  values (audit.origin(), pg_current_xact_id(), tg_table_schema || '.' || tg_table_name, lower(tg_op),
          coalesce((select jsonb_object_agg(c, coalesce(new_row, old_row) -> c) from unnest(key_columns) c), '{}'),
          kept_old, kept_new,
          nullif(current_setting('app.user_id', true), '')::uuid, nullif(current_setting('app.role', true), ''), session_user);
  return null;
end
$$;

ALTER FUNCTION audit.record_change() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION audit.record_change() IS 'Trigger: writes a change into audit.change_log. Arguments: key columns, kept columns, both separated by commas.';

CREATE FUNCTION audit.record_inserts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  key_columns constant text[] := string_to_array(tg_argv[0], ',');
  kept_columns constant text[] := string_to_array(tg_argv[1], ',');
  origin constant bigint := audit.origin();
begin
  if audit.is_recorded_here() then
    insert into audit.change_log (origin, transaction_id, relation, action, row_key, new_values,
                                  changed_by, acting_role, database_role)
    select origin, pg_current_xact_id(), tg_table_schema || '.' || tg_table_name, 'insert',
           (select jsonb_object_agg(c, n.new_row -> c) from unnest(key_columns) c),
           (select jsonb_object_agg(c, n.new_row -> c) from unnest(kept_columns) c),
           nullif(current_setting('app.user_id', true), '')::uuid, nullif(current_setting('app.role', true), ''), session_user
      from (select to_jsonb(r) as new_row from new_rows r) n;
  end if;
  return null;
end
$$;

ALTER FUNCTION audit.record_inserts() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION audit.record_inserts() IS 'Trigger for each statement: writes its new rows into audit.change_log. Arguments: key columns, kept columns, both separated by commas.';

CREATE FUNCTION audit.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception 'The log %.% is append only.', tg_table_schema, tg_table_name using errcode = 'TC501',
    hint = 'Nothing in it is ever changed or removed, by anyone.', schema = tg_table_schema, table = tg_table_name;
end
$$;

ALTER FUNCTION audit.refuse_change() OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.refuse_change() IS 'Trigger: keeps the log append only for everyone, the owner too (TC501).';

CREATE FUNCTION platform.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;

ALTER FUNCTION platform.uuid_v7() OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.uuid_v7() IS 'A new UUID version 7 (RFC 9562): milliseconds since 1970 in the first 48 bits, then random bits.';

CREATE TABLE audit.change_log (
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    origin bigint NOT NULL,
    transaction_id xid8 NOT NULL,
    relation text NOT NULL,
    action text NOT NULL,
    row_key jsonb NOT NULL,
    old_values jsonb,
    new_values jsonb,
    changed_by uuid,
    acting_role text,
    database_role text NOT NULL,
    CONSTRAINT change_log_acting_role_length_check CHECK ((length(acting_role) <= 63)),
    CONSTRAINT change_log_action_check CHECK ((action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text, 'truncate'::text]))),
    CONSTRAINT change_log_relation_is_qualified_check CHECK ((relation ~ '^[a-z_]+\.[a-z_]+$'::text)),
    CONSTRAINT change_log_row_key_is_object_check CHECK ((jsonb_typeof(row_key) = 'object'::text)),
    CONSTRAINT change_log_values_fit_the_action_check CHECK (
CASE action
    WHEN 'insert'::text THEN ((old_values IS NULL) AND (new_values IS NOT NULL))
    WHEN 'update'::text THEN ((old_values IS NOT NULL) AND (new_values IS NOT NULL))
    WHEN 'delete'::text THEN ((old_values IS NOT NULL) AND (new_values IS NULL))
    ELSE ((old_values IS NULL) AND (new_values IS NULL))
END)
)
PARTITION BY RANGE (changed_at);

ALTER TABLE ONLY audit.change_log FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.change_log OWNER TO techcourse_owner;

COMMENT ON TABLE audit.change_log IS 'Every privileged change, append only and sealed: one row for each changed row, written by triggers. Shard class: local.';

COMMENT ON COLUMN audit.change_log.changed_at IS 'When, by the database''s clock; decides the partition.';

COMMENT ON COLUMN audit.change_log.id IS 'Key, UUIDv7, together with the time.';

COMMENT ON COLUMN audit.change_log.origin IS 'System identifier of the database cluster that wrote the row (of database and table, where a provider hides it): transaction numbers count within it.';

COMMENT ON COLUMN audit.change_log.transaction_id IS 'Transaction that made the change, 64 bits, never used twice; seals are made by ranges of it.';

COMMENT ON COLUMN audit.change_log.relation IS 'Table that was changed, as schema.table.';

COMMENT ON COLUMN audit.change_log.action IS 'insert, update, delete, or truncate (one row for the whole table).';

COMMENT ON COLUMN audit.change_log.row_key IS 'Key columns of the changed row by name; an empty object for truncate.';

COMMENT ON COLUMN audit.change_log.old_values IS 'Watched columns before, by name; of an update only those that changed. Null for insert and truncate.';

COMMENT ON COLUMN audit.change_log.new_values IS 'Watched columns after, by name; of an update only those that changed. Null for delete and truncate.';

COMMENT ON COLUMN audit.change_log.changed_by IS 'User who acted through the application; null for a database login.';

COMMENT ON COLUMN audit.change_log.acting_role IS 'Role that the user acted as; null for a database login.';

COMMENT ON COLUMN audit.change_log.database_role IS 'Database login of the session; SET ROLE does not change it.';

CREATE FUNCTION audit.row_hash(entry audit.change_log) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select sha256(convert_to(jsonb_build_array(
    entry.changed_at at time zone 'UTC', entry.id, entry.origin::text, entry.transaction_id::text,
    entry.relation, entry.action, entry.row_key, entry.old_values, entry.new_values,
    entry.changed_by, entry.acting_role, entry.database_role)::text, 'UTF8'))
$$;

ALTER FUNCTION audit.row_hash(entry audit.change_log) OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.row_hash(entry audit.change_log) IS 'SHA-256 of a row of the change log, over a JSON array of all its columns; the same in any time zone or locale.';

CREATE FUNCTION audit.seal() RETURNS audit.seals
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  here constant bigint := audit.origin();
  sealed_at timestamptz;
  snapshot pg_snapshot;
  last_here timestamptz;
  elsewhere record;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'Sealing needs the isolation level read committed, not %.', current_setting('transaction_isolation')
      using errcode = 'TC502', hint = 'Seal in a transaction of its own with the default isolation level.';
  end if;
  -- sealers take turns; writers are not concerned
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  -- the clock first: a transaction that is not in the snapshot yet can only write later times than this one
  sealed_at := clock_timestamp();
  snapshot := pg_current_snapshot();
  select max(s.sealed_at) into last_here from audit.seals s where s.origin = here;
  -- The first seal after a restore into this cluster: the rows that came unsealed from elsewhere are closed in.
  if last_here is null then
    for elsewhere in
      select l.origin, (max(l.transaction_id)::text::bigint + 1)::text::xid8 as to_transaction
        from audit.change_log l where l.origin <> here group by l.origin order by l.origin
    loop
      perform audit.add_seal(elsewhere.origin, elsewhere.to_transaction, elsewhere.to_transaction, sealed_at, false);
    end loop;
  end if;
  -- An empty block once an hour: it proves that nothing happened, so nothing can be slipped into a quiet time.
  return audit.add_seal(here, pg_snapshot_xmin(snapshot), pg_snapshot_xmax(snapshot), sealed_at,
    last_here < sealed_at - interval '1 hour');
end
$$;

ALTER FUNCTION audit.seal() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION audit.seal() IS 'Seals all rows of finished transactions that are not sealed yet, and returns the seal; null when there are none. In a quiet time it seals an empty block every hour. Error: TC502 wrong isolation level.';

CREATE FUNCTION audit.seal_hash(seal audit.seals) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select sha256(convert_to(jsonb_build_array(
    seal.seal_no, seal.origin::text, seal.from_transaction::text, seal.to_transaction::text, seal.open_transaction::text,
    seal.row_count, seal.first_changed_at at time zone 'UTC', seal.last_changed_at at time zone 'UTC',
    seal.sealed_at at time zone 'UTC', encode(seal.rows_hash, 'hex'), encode(seal.previous_hash, 'hex'))::text, 'UTF8'))
$$;

ALTER FUNCTION audit.seal_hash(seal audit.seals) OWNER TO techcourse_owner;

COMMENT ON FUNCTION audit.seal_hash(seal audit.seals) IS 'SHA-256 of a seal: its number, range, count, times, the hash of its rows, and the hash of the seal before.';

CREATE FUNCTION audit.verify() RETURNS TABLE(seal_no bigint, fault text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  here constant bigint := audit.origin();
  seal audit.seals;
  previous audit.seals;
  same_origin audit.seals;
  found record;
  stray bigint;
begin
  for seal in select * from audit.seals s order by s.seal_no loop
    verify.seal_no := seal.seal_no;
    if seal.seal_no is distinct from coalesce(previous.seal_no, 0) + 1 then
      fault := format('the seals between %s and %s are missing', coalesce(previous.seal_no, 0), seal.seal_no);
      return next;
    elsif seal.previous_hash is distinct from coalesce(previous.seal_hash, sha256('techcourse'::bytea)) then
      fault := 'the seal does not follow from the one before it';
      return next;
    end if;
    if seal.seal_hash is distinct from audit.seal_hash(seal) then
      fault := 'the seal itself was changed';
      return next;
    end if;
    same_origin := null;
    select * into same_origin from audit.seals s
     where s.origin = seal.origin and s.seal_no < seal.seal_no order by s.seal_no desc limit 1;
    if seal.from_transaction is distinct from coalesce(same_origin.to_transaction, '0'::xid8) then
      fault := 'transactions between this seal and the one before it are not covered';
      return next;
    end if;
    select * into found from audit.block(seal.origin, seal.from_transaction, seal.to_transaction);
    if found.row_count is distinct from seal.row_count then
      fault := format('%s rows were sealed, %s are there', seal.row_count, found.row_count);
      return next;
    elsif found.rows_hash is distinct from seal.rows_hash then
      fault := 'a row was changed';
      return next;
    end if;
    if found.first_changed_at < same_origin.sealed_at then
      stray := audit.backdated(seal.origin, seal.from_transaction, seal.to_transaction);
      if stray > 0 then
        fault := format('%s rows claim to be older than a seal that was made before them', stray);
        return next;
      end if;
    end if;
    previous := seal;
  end loop;

  -- what no seal covers may only be rows of this cluster since its last seal
  verify.seal_no := null;
  select * into same_origin from audit.seals s where s.origin = here order by s.seal_no desc limit 1;
  if same_origin is null then
    return;
  end if;
  select count(*) into stray
    from audit.change_log l
    left join (select s.origin, max(s.to_transaction) as to_transaction from audit.seals s group by s.origin) sealed
      on sealed.origin = l.origin
   where l.origin is null or l.transaction_id is null
      or l.origin <> here and (sealed.to_transaction is null or l.transaction_id >= sealed.to_transaction);
  if stray > 0 then
    fault := format('%s rows belong to no block: they name a database cluster that was closed, or none', stray);
    return next;
  end if;
  select count(*) into stray
    from audit.change_log l
   where l.origin = here and l.transaction_id >= same_origin.to_transaction
     and (l.changed_at > clock_timestamp() + interval '10 seconds'
       or l.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
          and l.transaction_id is distinct from pg_current_xact_id_if_assigned());
  if stray > 0 then
    fault := format('%s rows not sealed yet claim a time or a transaction that is still to come', stray);
    return next;
  end if;
  stray := audit.backdated(here, same_origin.to_transaction, '18446744073709551615'::xid8);
  if stray > 0 then
    fault := format('%s rows not sealed yet claim to be older than a seal that was made before them', stray);
    return next;
  end if;
end
$$;

ALTER FUNCTION audit.verify() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION audit.verify() IS 'Checks every seal against the log; each row names a seal that does not hold (null: rows outside of every seal), and why. No row: nothing was changed, removed or slipped in. A chain that was rewritten as a whole, or cut at its end, is found by a seal kept elsewhere.';

CREATE PROCEDURE audit.watch(IN target regclass, IN key_columns text, IN kept_columns text, IN inserts boolean DEFAULT true)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  name constant text := (select relname from pg_class where oid = target);
begin
  execute format('create trigger %I after %s update or delete on %s for each row execute function audit.record_change(%L, %L)',
    name || '_audit', case when inserts then 'insert or' else '' end, target, key_columns, kept_columns);
  execute format('create trigger %I after truncate on %s for each statement execute function audit.record_change(%L, %L)',
    name || '_audit_truncate', target, key_columns, kept_columns);
  -- also when a session calls itself a replica
  execute format('alter table %s enable always trigger %I', target, name || '_audit');
  execute format('alter table %s enable always trigger %I', target, name || '_audit_truncate');
end
$$;

ALTER PROCEDURE audit.watch(IN target regclass, IN key_columns text, IN kept_columns text, IN inserts boolean) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE audit.watch(IN target regclass, IN key_columns text, IN kept_columns text, IN inserts boolean) IS 'For migrations: puts a table under audit. Key columns and kept columns are separated by commas; none of them may hold personal data.';

CREATE PROCEDURE audit.watch_inserts(IN target regclass, IN key_columns text, IN kept_columns text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  name constant text := (select relname || '_audit_inserts' from pg_class where oid = target);
begin
  execute format('create trigger %I after insert on %s referencing new table as new_rows for each statement execute function audit.record_inserts(%L, %L)',
    name, target, key_columns, kept_columns);
  -- also when a session calls itself a replica
  execute format('alter table %s enable always trigger %I', target, name);
end
$$;

ALTER PROCEDURE audit.watch_inserts(IN target regclass, IN key_columns text, IN kept_columns text) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE audit.watch_inserts(IN target regclass, IN key_columns text, IN kept_columns text) IS 'For migrations: like audit.watch(), for the inserts of a table of which thousands of rows are written at a time.';

CREATE FUNCTION catalog.check_quiz() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  faults text;
begin
  if tg_op = 'UPDATE' and new.metadata is not distinct from old.metadata then
    return new;
  end if;
  select string_agg(format('%s: %s', f.pointer, f.fault), E'\n') into faults
    from (select q.pointer, q.fault from catalog.quiz_faults(new.metadata) q limit 20) f;
  if faults is not null then
    raise exception 'The quiz document is not valid: %.', replace(faults, E'\n', '; ')
      using errcode = 'TC210', detail = faults, hint = 'Each fault names its place as a JSON Pointer; mend them all and save again.',
            schema = tg_table_schema, table = tg_table_name, column = 'metadata', constraint = 'quizzes_metadata_is_valid_quiz_check';
  end if;
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
  end if;
  return new;
end
$$;

ALTER FUNCTION catalog.check_quiz() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.check_quiz() IS 'Trigger: refuses an invalid quiz document (TC210, every fault with its JSON Pointer) and counts its versions.';

CREATE FUNCTION catalog.copy_course_columns() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  select c.instructor_id, c.status into new.instructor_id, new.course_status
    from catalog.courses c where c.id = new.course_id;
  if not found then
    raise exception 'There is no course %.', new.course_id using errcode = 'TC201',
      hint = 'Create the course first, or act as its instructor.';
  end if;
  return new;
end
$$;

ALTER FUNCTION catalog.copy_course_columns() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.copy_course_columns() IS 'Trigger: copies instructor and status of the course into a row that hangs on it; from then on the foreign key keeps them equal. Error: TC201 no such course.';

CREATE FUNCTION catalog.course_changes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
  end if;
  if new.status = 'published' and new.published_at is null then
    new.published_at := clock_timestamp();
  end if;
  return new;
end
$$;

ALTER FUNCTION catalog.course_changes() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.course_changes() IS 'Trigger: counts the version (the ETag of a course) and stamps its first publication.';

CREATE FUNCTION catalog.quiz_faults(document jsonb) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  whole_number constant text := '^[0-9]{1,9}$';
begin
  if document is null or jsonb_typeof(document) <> 'object' then
    return query select '', 'must be an object';
    return;
  end if;
  if document -> 'schema_version' is distinct from '1'::jsonb then
    return query select '/schema_version', 'must be 1';
  end if;
  if coalesce(jsonb_typeof(document -> 'title'), '') <> 'string' or length(btrim(document ->> 'title')) not between 1 and 200 then
    return query select '/title', 'must be a text of 1 to 200 characters';
  end if;
  if (case when jsonb_typeof(document -> 'passing_score') = 'number'
      then (document ->> 'passing_score')::numeric not between 0 and 100 else true end) then
    return query select '/passing_score', 'must be a number from 0 to 100';
  end if;
  if document ? 'time_limit_seconds' and (case when document ->> 'time_limit_seconds' ~ whole_number
      and jsonb_typeof(document -> 'time_limit_seconds') = 'number'
      then (document ->> 'time_limit_seconds')::int not between 10 and 864000 else true end) then
    return query select '/time_limit_seconds', 'must be a whole number from 10 to 864000';
  end if;
  if document ? 'max_attempts' and (case when document ->> 'max_attempts' ~ whole_number
      and jsonb_typeof(document -> 'max_attempts') = 'number'
      then (document ->> 'max_attempts')::int not between 1 and 1000 else true end) then
    return query select '/max_attempts', 'must be a whole number from 1 to 1000';
  end if;
  return query select '/' || k, 'must be true or false' from unnest(array['shuffle_questions', 'shuffle_options']) k
    where document ? k and jsonb_typeof(document -> k) <> 'boolean';
  return query select '/' || replace(replace(k, '~', '~0'), '/', '~1'), 'is not a member of a quiz'
    from jsonb_object_keys(document) k
    where k not in ('schema_version', 'title', 'passing_score', 'time_limit_seconds', 'max_attempts',
      'shuffle_questions', 'shuffle_options', 'questions');
  if (case when jsonb_typeof(document -> 'questions') = 'array'
      then jsonb_array_length(document -> 'questions') not between 1 and 500 else true end) then
    return query select '/questions', 'must be a list of 1 to 500 questions';
    return;
  end if;
  return query select f.pointer, f.fault
    from jsonb_array_elements(document -> 'questions') with ordinality q (question, n),
         catalog.quiz_question_faults(q.question, format('/questions/%s', q.n - 1)) f;
  return query select format('/questions/%s/id', d.n - 1), format('"%s" is used twice', d.id)
    from (select q.question ->> 'id' as id, q.n, row_number() over (partition by q.question ->> 'id' order by q.n) as nth
            from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)
           where jsonb_typeof(q.question) = 'object' and q.question ? 'id') d
   where d.nth > 1;
end
$_$;

ALTER FUNCTION catalog.quiz_faults(document jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_faults(document jsonb) IS 'All faults of a quiz document (schema_version 1), each with its JSON Pointer (RFC 6901); no row for a valid one.';

CREATE FUNCTION catalog.is_quiz(document jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (NOT (EXISTS (SELECT FROM catalog.quiz_faults(is_quiz.document) quiz_faults(pointer, fault))));

ALTER FUNCTION catalog.is_quiz(document jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.is_quiz(document jsonb) IS 'Whether a document is a valid quiz: catalog.quiz_faults() finds nothing.';

CREATE FUNCTION catalog.keep_quiz_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into catalog.quiz_versions (quiz_id, version, course_id, metadata)
  values (new.id, new.version, new.course_id, new.metadata);
  return null;
end
$$;

ALTER FUNCTION catalog.keep_quiz_version() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.keep_quiz_version() IS 'Trigger: keeps each version of a quiz document.';

CREATE FUNCTION catalog.quiz_texts(texts jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (jsonb_typeof(texts) = 'array'::text) THEN ARRAY(SELECT (t.value #>> '{}'::text[]) FROM jsonb_array_elements(quiz_texts.texts) t(value) WHERE (jsonb_typeof(t.value) = 'string'::text) ORDER BY (t.value #>> '{}'::text[])) ELSE '{}'::text[] END;

ALTER FUNCTION catalog.quiz_texts(texts jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_texts(texts jsonb) IS 'The strings of a JSON list, in alphabetical order.';

CREATE FUNCTION catalog.quiz_accepts_texts(texts jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN COALESCE(((jsonb_typeof(texts) = 'array'::text) AND ((jsonb_array_length(texts) >= 1) AND (jsonb_array_length(texts) <= 50)) AND (cardinality(catalog.quiz_texts(texts)) = jsonb_array_length(texts)) AND (NOT (''::text = ANY (catalog.quiz_texts(texts))))), false);

ALTER FUNCTION catalog.quiz_accepts_texts(texts jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) IS 'Whether a key is a list of 1 to 50 non-empty strings.';

CREATE FUNCTION catalog.quiz_ids(entries jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (jsonb_typeof(entries) = 'array'::text) THEN ARRAY(SELECT (e.value ->> 'id'::text) FROM jsonb_array_elements(quiz_ids.entries) e(value) ORDER BY (e.value ->> 'id'::text)) ELSE '{}'::text[] END;

ALTER FUNCTION catalog.quiz_ids(entries jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_ids(entries jsonb) IS 'The ids of a list of options, in alphabetical order.';

CREATE FUNCTION catalog.quiz_key_fault(question jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  key constant jsonb := question -> 'answer';
  kind constant text := coalesce(jsonb_typeof(question -> 'answer'), 'absent');
begin
  case question ->> 'type'
    when 'single_choice' then
      if kind <> 'string' or not key #>> '{}' = any (catalog.quiz_ids(question -> 'options')) then
        return 'must be the id of one option';
      end if;
    when 'multiple_choice' then
      if kind <> 'array' or jsonb_array_length(key) < 1
        or cardinality(catalog.quiz_texts(key)) <> jsonb_array_length(key)
        or not catalog.quiz_texts(key) <@ catalog.quiz_ids(question -> 'options')
        or (select count(distinct t) from unnest(catalog.quiz_texts(key)) t) <> jsonb_array_length(key) then
        return 'must be a list of different option ids';
      end if;
    when 'true_false' then
      if kind <> 'boolean' then
        return 'must be true or false';
      end if;
    when 'numeric' then
      if kind <> 'number' then
        return 'must be a number';
      end if;
    when 'short_text' then
      if not catalog.quiz_accepts_texts(key) then
        return 'must be a list of 1 to 50 accepted texts';
      end if;
    when 'matching' then
      if kind <> 'object'
        or array(select k from jsonb_object_keys(key) k order by 1) <> catalog.quiz_ids(question -> 'left')
        or exists (select from jsonb_each(key) e
                    where jsonb_typeof(e.value) <> 'string'
                       or not e.value #>> '{}' = any (catalog.quiz_ids(question -> 'right'))) then
        return 'must give every left id one right id';
      end if;
    when 'ordering' then
      if kind <> 'array' or catalog.quiz_texts(key) <> catalog.quiz_ids(question -> 'items') then
        return 'must name every item id once, in the right order';
      end if;
    when 'fill_in' then
      if kind <> 'object' or key = '{}'::jsonb
        or exists (select from jsonb_each(key) e where not catalog.quiz_accepts_texts(e.value))
        or array(select k from jsonb_object_keys(key) k order by 1)
           <> array(select distinct m[1] from regexp_matches(coalesce(question ->> 'text', ''), '\{\{([a-z0-9_-]{1,40})\}\}', 'g') m
                     order by 1) then
        return 'must give every {{gap}} of the text a list of accepted texts';
      end if;
    when 'essay' then
      if kind <> 'absent' then
        return 'must be absent, because a person grades an essay';
      end if;
    else
      return null; -- the type itself is reported
  end case;
  return null;
end
$$;

ALTER FUNCTION catalog.quiz_key_fault(question jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_key_fault(question jsonb) IS 'What is wrong with the answer key of a question, or null: single_choice, multiple_choice, true_false, numeric, short_text, matching, ordering, fill_in; an essay has none.';

CREATE FUNCTION catalog.quiz_option_faults(options jsonb, place text) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if options is null or jsonb_typeof(options) <> 'array' or jsonb_array_length(options) not between 2 and 50 then
    return query select place, 'must be a list of 2 to 50 entries with id and text';
    return;
  end if;
  return query
    select format('%s/%s', place, o.n - 1), 'must have an id (a-z, 0-9, _, -) and a text'
      from jsonb_array_elements(options) with ordinality o (entry, n)
     where jsonb_typeof(o.entry) <> 'object'
        or coalesce(o.entry ->> 'id', '') !~ '^[a-z0-9_-]{1,40}$'
        or coalesce(jsonb_typeof(o.entry -> 'text'), '') <> 'string'
        or length(o.entry ->> 'text') not between 1 and 2000;
  return query
    select format('%s/%s/id', place, d.n - 1), format('"%s" is used twice', d.id)
      from (select o.entry ->> 'id' as id, o.n, row_number() over (partition by o.entry ->> 'id' order by o.n) as nth
              from jsonb_array_elements(options) with ordinality o (entry, n)) d
     where d.nth > 1;
end
$_$;

ALTER FUNCTION catalog.quiz_option_faults(options jsonb, place text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) IS 'Faults of a list of options, items or sides of a question: each entry needs a unique id and a text.';

CREATE FUNCTION catalog.quiz_question_faults(question jsonb, place text) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  kind constant text := question ->> 'type';
  known constant text[] := array['id', 'type', 'text', 'points', 'feedback', 'answer'] || case kind
    when 'single_choice' then array['options'] when 'multiple_choice' then array['options']
    when 'numeric' then array['tolerance', 'unit'] when 'short_text' then array['case_sensitive']
    when 'matching' then array['left', 'right'] when 'ordering' then array['items']
    when 'essay' then array['rubric'] else '{}' end;
begin
  if jsonb_typeof(question) <> 'object' then
    return query select place, 'must be an object';
    return;
  end if;
  if coalesce(kind not in ('single_choice', 'multiple_choice', 'true_false', 'numeric', 'short_text',
      'matching', 'ordering', 'fill_in', 'essay'), true) then
    return query select place || '/type', 'must be single_choice, multiple_choice, true_false, numeric, short_text, matching, ordering, fill_in or essay';
  end if;
  if coalesce(jsonb_typeof(question -> 'id'), '') <> 'string' or question ->> 'id' !~ '^[a-z0-9_-]{1,40}$' then
    return query select place || '/id', 'must be 1 to 40 of a-z, 0-9, _ and -';
  end if;
  if coalesce(jsonb_typeof(question -> 'text'), '') <> 'string' or length(question ->> 'text') not between 1 and 5000 then
    return query select place || '/text', 'must be a text of 1 to 5000 characters';
  end if;
  if (case when jsonb_typeof(question -> 'points') = 'number'
      then (question ->> 'points')::numeric <= 0 or (question ->> 'points')::numeric > 1000 else true end) then
    return query select place || '/points', 'must be a number above 0, at most 1000';
  end if;
  if kind = 'numeric' and (case when question ? 'tolerance'
      then case when jsonb_typeof(question -> 'tolerance') = 'number' then (question ->> 'tolerance')::numeric < 0 else true end
      else false end) then
    return query select place || '/tolerance', 'must be a number, not negative';
  end if;
  if kind in ('single_choice', 'multiple_choice') then
    return query select * from catalog.quiz_option_faults(question -> 'options', place || '/options');
  elsif kind = 'matching' then
    return query select * from catalog.quiz_option_faults(question -> 'left', place || '/left');
    return query select * from catalog.quiz_option_faults(question -> 'right', place || '/right');
  elsif kind = 'ordering' then
    return query select * from catalog.quiz_option_faults(question -> 'items', place || '/items');
  end if;
  return query select place || '/answer', k.fault
    from (select catalog.quiz_key_fault(question) as fault) k where k.fault is not null;
  return query select place || '/' || replace(replace(k, '~', '~0'), '/', '~1'), 'is not a member of this type of question'
    from jsonb_object_keys(question) k where k <> all (known);
end
$_$;

ALTER FUNCTION catalog.quiz_question_faults(question jsonb, place text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) IS 'All faults of one question, each with its JSON Pointer.';

CREATE FUNCTION catalog.quiz_without_keys(document jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_set(document, '{questions}'::text[], (SELECT jsonb_agg(((q.question - ARRAY['answer'::text, 'tolerance'::text, 'feedback'::text, 'rubric'::text, 'case_sensitive'::text]) || CASE WHEN (q.question ? 'items'::text) THEN jsonb_build_object('items', (SELECT jsonb_agg(i.item ORDER BY (md5((i.item)::text))) AS jsonb_agg FROM jsonb_array_elements((q.question -> 'items'::text)) i(item))) ELSE '{}'::jsonb END) ORDER BY q.n) AS jsonb_agg FROM jsonb_array_elements((quiz_without_keys.document -> 'questions'::text)) WITH ORDINALITY q(question, n)));

ALTER FUNCTION catalog.quiz_without_keys(document jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_without_keys(document jsonb) IS 'A quiz document as a student may see it: no answers, tolerances, feedback or rubrics; items to be ordered lie in an order of their own.';

CREATE TABLE identity.sessions (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    acting_role identity.role_name NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    address inet,
    CONSTRAINT sessions_expire_after_creation_check CHECK ((expires_at > created_at)),
    CONSTRAINT sessions_token_hash_is_sha256_check CHECK ((length(token_hash) = 32)),
    CONSTRAINT sessions_user_agent_length_check CHECK ((length(user_agent) <= 300))
);

ALTER TABLE ONLY identity.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.sessions OWNER TO techcourse_owner;

COMMENT ON TABLE identity.sessions IS 'Signed-in browsers, found by the SHA-256 of their token, on any node. Shard class: local.';

COMMENT ON COLUMN identity.sessions.token_hash IS 'SHA-256 of the cookie''s token; the token itself is only in the browser. Secret.';

COMMENT ON COLUMN identity.sessions.user_id IS 'Who is signed in.';

COMMENT ON COLUMN identity.sessions.acting_role IS 'The one role that this browser acts as; losing the role ends the session.';

COMMENT ON COLUMN identity.sessions.created_at IS 'Moment of the sign-in.';

COMMENT ON COLUMN identity.sessions.expires_at IS 'From here on the token stands for nobody.';

COMMENT ON COLUMN identity.sessions.user_agent IS 'What the browser says of itself, cut at 300 characters, so that a person knows the own sessions. Personal data.';

COMMENT ON COLUMN identity.sessions.address IS 'Network address of the sign-in; null when unknown. Personal data.';

CREATE FUNCTION identity.close_session(token_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM identity.sessions s
   WHERE ((s.token_hash = close_session.token_hash) OR (s.expires_at <= clock_timestamp()));
END;

ALTER FUNCTION identity.close_session(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.close_session(token_hash bytea) IS 'Signs a browser out, and clears away what has expired.';

CREATE TABLE identity.sign_in_failures (
    subject_kind text NOT NULL,
    subject_hash bytea NOT NULL,
    failures integer DEFAULT 1 NOT NULL,
    last_failed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    blocked_until timestamp with time zone,
    CONSTRAINT sign_in_failures_failures_positive_check CHECK ((failures > 0)),
    CONSTRAINT sign_in_failures_subject_hash_is_sha256_check CHECK ((length(subject_hash) = 32)),
    CONSTRAINT sign_in_failures_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['account'::text, 'address'::text])))
);

ALTER TABLE ONLY identity.sign_in_failures FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.sign_in_failures OWNER TO techcourse_owner;

COMMENT ON TABLE identity.sign_in_failures IS 'Wrong guesses per account and per network address, both as SHA-256, so that neither a restart nor another node forgets them. Shard class: local.';

COMMENT ON COLUMN identity.sign_in_failures.subject_kind IS 'What was guessed at: an account, or from where: an address.';

COMMENT ON COLUMN identity.sign_in_failures.subject_hash IS 'SHA-256 of the e-mail address or network address, so that the table names nobody.';

COMMENT ON COLUMN identity.sign_in_failures.failures IS 'Wrong guesses in a row; begins anew after a day without one.';

COMMENT ON COLUMN identity.sign_in_failures.last_failed_at IS 'The latest of them.';

COMMENT ON COLUMN identity.sign_in_failures.blocked_until IS 'No guess is looked at before this moment; null while there is no wait.';

CREATE FUNCTION identity.forget_sign_in_failures(subject_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM identity.sign_in_failures f
   WHERE (f.subject_hash = forget_sign_in_failures.subject_hash);
END;

ALTER FUNCTION identity.forget_sign_in_failures(subject_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.forget_sign_in_failures(subject_hash bytea) IS 'Forgets wrong guesses after a right one.';

CREATE FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO identity.sessions (token_hash, user_id, acting_role, expires_at, user_agent, address)
   VALUES (open_session.token_hash, open_session.user_id, open_session.acting_role, (clock_timestamp() + open_session.lifetime), "left"(open_session.user_agent, 300), open_session.address);
END;

ALTER FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) IS 'Keeps a new session under the SHA-256 of its token. Fails where the user does not hold the role.';

CREATE TABLE identity.user_roles (
    user_id uuid NOT NULL,
    role identity.role_name NOT NULL,
    granted_by uuid,
    granted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY identity.user_roles FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.user_roles OWNER TO techcourse_owner;

COMMENT ON TABLE identity.user_roles IS 'Which roles a user may act as, and who allowed it. Shard class: reference.';

COMMENT ON COLUMN identity.user_roles.user_id IS 'Who may act.';

COMMENT ON COLUMN identity.user_roles.role IS 'As what; a request acts as one role at a time.';

COMMENT ON COLUMN identity.user_roles.granted_by IS 'Admin who gave the role; null where the academy itself did (sign-up, import, seed).';

COMMENT ON COLUMN identity.user_roles.granted_at IS 'Since when; the change log keeps earlier grants and withdrawals.';

CREATE TABLE identity.users (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    email extensions.citext NOT NULL,
    display_name text NOT NULL,
    bio text DEFAULT ''::text NOT NULL,
    country platform.country_code,
    locale text DEFAULT 'en'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    email_verified_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    erased_at timestamp with time zone,
    external_id text,
    CONSTRAINT users_bio_length_check CHECK ((length(bio) <= 2000)),
    CONSTRAINT users_display_name_length_check CHECK (((length(btrim(display_name)) >= 1) AND (length(btrim(display_name)) <= 120))),
    CONSTRAINT users_email_looks_like_an_address_check CHECK ((((email)::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (strpos((email)::text, '@'::text) <= 65) AND ((length((email)::text) - strpos((email)::text, '@'::text)) <= 189))),
    CONSTRAINT users_erased_has_a_time_check CHECK (((status = 'erased'::text) = (erased_at IS NOT NULL))),
    CONSTRAINT users_erased_keeps_no_personal_data_check CHECK (((status <> 'erased'::text) OR (((email)::text ~~ 'erased-%@erased.invalid'::text) AND (display_name = 'Erased user'::text) AND (bio = ''::text) AND (country IS NULL) AND (external_id IS NULL)))),
    CONSTRAINT users_external_id_length_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
    CONSTRAINT users_locale_is_a_language_tag_check CHECK ((locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
    CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'erased'::text])))
);

ALTER TABLE ONLY identity.users FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.users OWNER TO techcourse_owner;

COMMENT ON TABLE identity.users IS 'Everyone who has an account. A user with history is never deleted, only erased: the row stays without personal data. Shard class: reference.';

COMMENT ON COLUMN identity.users.id IS 'Key, UUIDv7; stays the same for ever, after an erasure too.';

COMMENT ON COLUMN identity.users.email IS 'Address for sign-in and mail, compared without regard to case; erased-<id>@erased.invalid after an erasure. Personal data.';

COMMENT ON COLUMN identity.users.display_name IS 'Name as the person wants to be called; "Erased user" after an erasure. Personal data.';

COMMENT ON COLUMN identity.users.bio IS 'A few words about oneself, plain text; empty when there are none. Personal data.';

COMMENT ON COLUMN identity.users.country IS 'Country of residence as the person says; null when unsaid. Personal data.';

COMMENT ON COLUMN identity.users.locale IS 'Language of pages and mails, a tag such as en or pt-BR.';

COMMENT ON COLUMN identity.users.status IS 'active; suspended: may not sign in; erased: personal data is gone for good.';

COMMENT ON COLUMN identity.users.email_verified_at IS 'When the person last proved to read mail at the address; null before.';

COMMENT ON COLUMN identity.users.created_at IS 'Moment of the sign-up; the month of a cohort.';

COMMENT ON COLUMN identity.users.updated_at IS 'Last change of the row, stamped by a trigger.';

COMMENT ON COLUMN identity.users.erased_at IS 'Moment of the erasure; set exactly when status is erased.';

COMMENT ON COLUMN identity.users.external_id IS 'The person in an imported source, as <source>:<id there>; null for own sign-ups. Personal data.';

CREATE FUNCTION identity.session_of(token_hash bytea) RETURNS TABLE(user_id uuid, display_name text, acting_role text, roles text[], expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.user_id,
     u.display_name,
     (s.acting_role)::text AS acting_role,
     ARRAY( SELECT (r.role)::text AS role
            FROM identity.user_roles r
           WHERE (r.user_id = u.id)
           ORDER BY r.role) AS "array",
     s.expires_at
    FROM (identity.sessions s
      JOIN identity.users u ON (((u.id = s.user_id) AND (u.status = 'active'::text))))
   WHERE ((s.token_hash = session_of.token_hash) AND (s.expires_at > clock_timestamp()));
END;

ALTER FUNCTION identity.session_of(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.session_of(token_hash bytea) IS 'Who a browser''s token stands for, and as which role; no row when it is unknown or has expired.';

CREATE FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT f.blocked_until
    FROM identity.sign_in_failures f
   WHERE ((f.subject_kind = sign_in_blocked_until.kind) AND (f.subject_hash = sign_in_blocked_until.subject_hash) AND (f.blocked_until > clock_timestamp()));
END;

ALTER FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) IS 'Until when an account or an address must wait after wrong guesses; null when it need not.';

CREATE TABLE identity.credentials (
    user_id uuid NOT NULL,
    password_hash text NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT credentials_password_hash_is_argon2id_check CHECK (((password_hash ~ '^\$argon2id\$v=19\$.{20,}$'::text) AND (length(password_hash) <= 320)))
);

ALTER TABLE ONLY identity.credentials FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.credentials OWNER TO techcourse_owner;

COMMENT ON TABLE identity.credentials IS 'The password of a user as an Argon2id hash (RFC 9106). Shard class: local.';

COMMENT ON COLUMN identity.credentials.user_id IS 'Whose password.';

COMMENT ON COLUMN identity.credentials.password_hash IS 'Argon2id in PHC format with salt and cost; the password itself is nowhere. Secret.';

COMMENT ON COLUMN identity.credentials.changed_at IS 'When the password was last set.';

CREATE FUNCTION identity.sign_in_candidate(email text) RETURNS TABLE(user_id uuid, display_name text, password_hash text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT u.id,
     u.display_name,
     c.password_hash,
     ARRAY( SELECT (r.role)::text AS role
            FROM identity.user_roles r
           WHERE (r.user_id = u.id)
           ORDER BY r.role) AS "array"
    FROM (identity.users u
      JOIN identity.credentials c ON ((c.user_id = u.id)))
   WHERE (((u.email)::text = ((sign_in_candidate.email)::extensions.citext)::text) AND (u.status = 'active'::text));
END;

ALTER FUNCTION identity.sign_in_candidate(email text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.sign_in_candidate(email text) IS 'What a sign-in with a password needs to know of an active user: id, name, Argon2id hash, roles. No row for an unknown e-mail.';

CREATE FUNCTION learning.check_certificate() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (
      select from learning.attempts a
       where a.student_id = new.student_id and a.started_at = new.attempt_started_at and a.id = new.attempt_id
         and a.course_id = new.course_id and a.passed and a.score = new.score) then
    raise exception 'The course % is not passed by this attempt.', new.course_id using errcode = 'TC320',
      hint = 'A certificate rests on a graded attempt that reached the passing score.', schema = 'learning', table = 'certificates';
  end if;
  return new;
end
$$;

ALTER FUNCTION learning.check_certificate() OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.check_certificate() IS 'Trigger: a certificate needs a passed attempt of its course (TC320).';

CREATE FUNCTION learning.check_entitlement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  course record;
begin
  select c.instructor_id, c.status, c.price, c.currency into course from catalog.courses c where c.id = new.course_id;
  if not found or course.status <> 'published' then
    raise exception 'The course % is not open for enrolment.', new.course_id using errcode = 'TC301',
      hint = 'Enrol in a published course.', schema = 'learning', table = 'enrollments';
  end if;
  new.instructor_id := course.instructor_id;
  if new.order_id is null then
    if course.price > 0 then
      raise exception 'The course % costs % %, and no payment was given.', new.course_id, course.price, course.currency
        using errcode = 'TC302', hint = 'Buy the course; the enrolment follows from the captured payment.',
              schema = 'learning', table = 'enrollments';
    end if;
    return new;
  end if;
  -- the payment is held still, so that a refund at the same moment waits and then ends this enrolment
  perform from sales.payments p
    where p.student_id = new.student_id and p.order_id = new.order_id and p.status = 'captured'
    for share;
  if not found or not exists (
      select from sales.order_lines l
       where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
         and (l.refunded_amount < l.amount or l.amount = 0)) then
    raise exception 'The order % holds no captured payment for the course %.', new.order_id, new.course_id
      using errcode = 'TC303', hint = 'Capture the payment first, in the same transaction.',
            schema = 'learning', table = 'enrollments';
  end if;
  return new;
end
$$;

ALTER FUNCTION learning.check_entitlement() OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.check_entitlement() IS 'Trigger: an enrolment needs a published course (TC301) and either price 0 (TC302) or a captured, not refunded payment (TC303).';

CREATE TABLE catalog.quizzes (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    course_status text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    metadata jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    external_id text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT quizzes_external_id_length_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
    CONSTRAINT quizzes_metadata_is_valid_quiz_check CHECK (catalog.is_quiz(metadata)),
    CONSTRAINT quizzes_metadata_size_check CHECK ((pg_column_size(metadata) <= 1048576)),
    CONSTRAINT quizzes_position_not_negative_check CHECK (("position" >= 0)),
    CONSTRAINT quizzes_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY catalog.quizzes FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.quizzes OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.quizzes IS 'Quizzes of a course; metadata is the whole document with questions and keys. Shard class: reference.';

COMMENT ON COLUMN catalog.quizzes.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.quizzes.course_id IS 'The course that the quiz belongs to.';

COMMENT ON COLUMN catalog.quizzes.instructor_id IS 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.quizzes.course_status IS 'Copy of the course''s status, kept equal by the foreign key.';

COMMENT ON COLUMN catalog.quizzes."position" IS 'Order in the course, from 0.';

COMMENT ON COLUMN catalog.quizzes.metadata IS 'The whole quiz: document of schema_version 1 with passing_score in percent, questions, points and answer keys. Secret from students: they get learning.quiz_paper().';

COMMENT ON COLUMN catalog.quizzes.version IS 'Counts changes of the document; every one is kept in quiz_versions.';

COMMENT ON COLUMN catalog.quizzes.external_id IS 'The quiz in an imported source, as <source>:<id there>; null for own quizzes.';

COMMENT ON COLUMN catalog.quizzes.created_at IS 'When the first version was saved.';

COMMENT ON COLUMN catalog.quizzes.updated_at IS 'When the newest version was saved.';

CREATE TABLE learning.enrollments (
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    order_id uuid,
    enrolled_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    completed_at timestamp with time zone,
    CONSTRAINT enrollments_complete_after_start_check CHECK ((completed_at >= enrolled_at)),
    CONSTRAINT enrollments_end_after_start_check CHECK ((ended_at >= enrolled_at)),
    CONSTRAINT enrollments_end_has_a_reason_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT enrollments_end_reason_check CHECK ((end_reason = ANY (ARRAY['refunded'::text, 'withdrawn'::text, 'expired'::text, 'removed'::text])))
);

ALTER TABLE ONLY learning.enrollments FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.enrollments OWNER TO techcourse_owner;

COMMENT ON TABLE learning.enrollments IS 'Who is enrolled in which course: the students-courses pivot. An enrolment ends, it is never deleted. Shard class: student-keyed.';

COMMENT ON COLUMN learning.enrollments.student_id IS 'Who learns.';

COMMENT ON COLUMN learning.enrollments.course_id IS 'What.';

COMMENT ON COLUMN learning.enrollments.instructor_id IS 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN learning.enrollments.order_id IS 'The order that paid for it; null for a free course.';

COMMENT ON COLUMN learning.enrollments.enrolled_at IS 'Since when.';

COMMENT ON COLUMN learning.enrollments.ended_at IS 'Until when; null while it lasts. Progress outlives it.';

COMMENT ON COLUMN learning.enrollments.end_reason IS 'Why it ended: refunded, withdrawn by the student, expired, removed by staff.';

COMMENT ON COLUMN learning.enrollments.completed_at IS 'When all of the course was done; said by the database or staff, never by the client.';

CREATE FUNCTION learning.quiz_paper(quiz_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT catalog.quiz_without_keys(q.metadata) AS quiz_without_keys FROM (catalog.quizzes q JOIN learning.enrollments e ON (((e.course_id = q.course_id) AND (e.ended_at IS NULL) AND (e.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WHERE (q.id = quiz_paper.quiz_id));

ALTER FUNCTION learning.quiz_paper(quiz_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.quiz_paper(quiz_id uuid) IS 'The questions of a quiz without keys, for the acting student who is enrolled in its course; else null.';

CREATE TABLE catalog.lesson_contents (
    lesson_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    markdown text,
    video_url text,
    attachment_key text,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT lesson_contents_attachment_key_length_check CHECK (((length(attachment_key) >= 1) AND (length(attachment_key) <= 300))),
    CONSTRAINT lesson_contents_markdown_length_check CHECK ((length(markdown) <= 200000)),
    CONSTRAINT lesson_contents_video_url_is_https_check CHECK (((video_url ~ '^https://'::text) AND (length(video_url) <= 2000)))
);

ALTER TABLE ONLY catalog.lesson_contents FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.lesson_contents OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.lesson_contents IS 'What a lesson teaches: Markdown, video address, or key of a stored file. Students read it through learning.read_lesson(). Shard class: reference.';

COMMENT ON COLUMN catalog.lesson_contents.lesson_id IS 'The lesson.';

COMMENT ON COLUMN catalog.lesson_contents.instructor_id IS 'Copy of the lesson''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.lesson_contents.markdown IS 'Text of the lesson, CommonMark; null when there is none. Paid for.';

COMMENT ON COLUMN catalog.lesson_contents.video_url IS 'https address of the video; null when there is none. Paid for.';

COMMENT ON COLUMN catalog.lesson_contents.attachment_key IS 'Key of the file in the object store, not an address; null when there is none. Paid for.';

COMMENT ON COLUMN catalog.lesson_contents.updated_at IS 'Last change of the row, stamped by a trigger.';

CREATE TABLE catalog.lessons (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    course_id uuid NOT NULL,
    section_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    course_status text NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    minutes integer NOT NULL,
    preview boolean DEFAULT false NOT NULL,
    CONSTRAINT lessons_kind_check CHECK ((kind = ANY (ARRAY['article'::text, 'video'::text, 'file'::text]))),
    CONSTRAINT lessons_minutes_check CHECK (((minutes >= 0) AND (minutes <= 1440))),
    CONSTRAINT lessons_position_not_negative_check CHECK (("position" >= 0)),
    CONSTRAINT lessons_title_length_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 160)))
);

ALTER TABLE ONLY catalog.lessons FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.lessons OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.lessons IS 'Lessons of a section, in order: what the public outline shows. Shard class: reference.';

COMMENT ON COLUMN catalog.lessons.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.lessons.course_id IS 'The course, the same as the section''s.';

COMMENT ON COLUMN catalog.lessons.section_id IS 'The section that it belongs to.';

COMMENT ON COLUMN catalog.lessons.instructor_id IS 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.lessons.course_status IS 'Copy of the course''s status, kept equal by the foreign key.';

COMMENT ON COLUMN catalog.lessons."position" IS 'Order in the section, from 0.';

COMMENT ON COLUMN catalog.lessons.title IS 'Line in the outline, public with the course.';

COMMENT ON COLUMN catalog.lessons.kind IS 'What is mainly taught with: article, video or file.';

COMMENT ON COLUMN catalog.lessons.minutes IS 'Minutes that a student is expected to need.';

COMMENT ON COLUMN catalog.lessons.preview IS 'Whether everyone may read the lesson without buying the course.';

CREATE FUNCTION learning.read_lesson(lesson_id uuid) RETURNS TABLE(markdown text, video_url text, attachment_key text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT c.markdown,
     c.video_url,
     c.attachment_key
    FROM (catalog.lesson_contents c
      JOIN catalog.lessons l ON ((l.id = c.lesson_id)))
   WHERE ((c.lesson_id = read_lesson.lesson_id) AND (l.course_status <> 'draft'::text) AND (l.preview OR (EXISTS ( SELECT
            FROM learning.enrollments e
           WHERE ((e.course_id = l.course_id) AND (e.ended_at IS NULL) AND (e.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))))));
END;

ALTER FUNCTION learning.read_lesson(lesson_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.read_lesson(lesson_id uuid) IS 'What a lesson teaches, for everyone when it is a free preview, else for the acting student who is enrolled; no row otherwise.';

CREATE FUNCTION learning.stamp_attempt() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if old.status <> 'in_progress' and new.answers is distinct from old.answers then
      raise exception 'The attempt % is handed in; its answers stay as they are.', old.id using errcode = 'TC311',
        hint = 'Start a new attempt if the quiz allows one.', schema = 'learning', table = 'attempts';
    end if;
    if old.status = 'in_progress' and new.status <> 'in_progress' then
      new.submitted_at := clock_timestamp();
    else
      new.submitted_at := old.submitted_at;
    end if;
  end if;
  return new;
end
$$;

ALTER FUNCTION learning.stamp_attempt() OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.stamp_attempt() IS 'Trigger: stamps the hand-in with the database''s clock and freezes the answers after it (TC311).';

CREATE FUNCTION learning.start_attempt(quiz_id uuid) RETURNS TABLE(started_at timestamp with time zone, attempt_id uuid, attempt_no integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  quiz record;
begin
  select q.id, q.course_id, q.instructor_id, v.version, v.passing_score, v.attempt_limit,
         (v.metadata ->> 'time_limit_seconds')::integer as time_limit
    into quiz
    from catalog.quizzes q
    join catalog.quiz_versions v on v.quiz_id = q.id and v.version = q.version
    join learning.enrollments e on e.course_id = q.course_id and e.student_id = student and e.ended_at is null
   where q.id = start_attempt.quiz_id;
  if not found then
    raise exception 'The quiz % is open only to students of its course.', start_attempt.quiz_id using errcode = 'TC310',
      hint = 'Enrol in the course first.', schema = 'learning', table = 'attempts';
  end if;
  start_attempt.started_at := clock_timestamp();
  start_attempt.attempt_id := platform.uuid_v7();
  select coalesce(max(s.attempt_no), 0) + 1 into start_attempt.attempt_no
    from learning.attempt_slots s where s.student_id = student and s.quiz_id = quiz.id;
  -- two tabs at once collide here, on the primary key of the slots; one attempt too many on its limit
  insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  values (student, quiz.id, start_attempt.attempt_no, quiz.course_id, quiz.version, quiz.attempt_limit,
          start_attempt.started_at, start_attempt.attempt_id);
  insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no,
                                 passing_score, deadline_at)
  values (student, start_attempt.started_at, start_attempt.attempt_id, quiz.id, quiz.version, quiz.course_id,
          quiz.instructor_id, start_attempt.attempt_no, quiz.passing_score,
          start_attempt.started_at + make_interval(secs => quiz.time_limit));
  return next;
end
$$;

ALTER FUNCTION learning.start_attempt(quiz_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.start_attempt(quiz_id uuid) IS 'Starts the next attempt of the acting student at a quiz. Errors: TC310 not enrolled; attempt_slots_attempt_no_within_limit_check when none is left; attempt_slots_student_id_quiz_id_attempt_no_pkey when another tab was faster.';

CREATE FUNCTION platform.act_as(user_id uuid, role text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if role is null or role not in
    ('visitor', 'student', 'instructor', 'accountant', 'marketing', 'auditor', 'analyst', 'admin') then
    raise exception 'There is no role "%".', role using errcode = 'TC001',
      hint = 'Act as visitor, student, instructor, accountant, marketing, auditor, analyst or admin.';
  end if;
  if user_id is null and role in ('student', 'instructor', 'admin') then
    raise exception 'The role "%" needs a signed-in user.', role using errcode = 'TC002',
      hint = 'Sign in, then act.';
  end if;
  -- SET LOCAL, not set_config(): only the statement reaches the nodes of a sharded academy.
  execute format('set local app.user_id = %L', coalesce(user_id::text, ''));
  execute format('set local app.role = %L', role);
  if role in ('accountant', 'marketing', 'auditor', 'analyst') then
    execute format('set local role %I', role);
  end if;
end
$$;

ALTER FUNCTION platform.act_as(user_id uuid, role text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.act_as(user_id uuid, role text) IS 'Says for the rest of the transaction who acts, and as which role: row security and the audit read it. Errors: TC001 unknown role, TC002 no user.';

CREATE TABLE platform.settings (
    name text NOT NULL,
    value jsonb NOT NULL,
    description text NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT settings_accounting_time_zone_is_known_check CHECK (((name <> 'accounting_time_zone'::text) OR ((jsonb_typeof(value) = 'string'::text) AND ((now() AT TIME ZONE (value #>> '{}'::text[])) IS NOT NULL)))),
    CONSTRAINT settings_description_length_check CHECK (((length(description) >= 1) AND (length(description) <= 500))),
    CONSTRAINT settings_name_is_snake_case_check CHECK ((name ~ '^[a-z][a-z0-9_]{1,62}$'::text))
);

ALTER TABLE ONLY platform.settings FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.settings OWNER TO techcourse_owner;

COMMENT ON TABLE platform.settings IS 'Settings of the academy, each with its meaning. Shard class: reference.';

COMMENT ON COLUMN platform.settings.name IS 'Name in snake_case, known to the application.';

COMMENT ON COLUMN platform.settings.value IS 'Value as JSON: a string, a number, true or false.';

COMMENT ON COLUMN platform.settings.description IS 'What it decides, for the admin who changes it.';

COMMENT ON COLUMN platform.settings.updated_at IS 'Last change of the row, stamped by a trigger; the change log has the earlier values.';

CREATE FUNCTION platform.business_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN ((at AT TIME ZONE (SELECT (settings.value #>> '{}'::text[]) FROM platform.settings WHERE (settings.name = 'accounting_time_zone'::text))))::date;

ALTER FUNCTION platform.business_day(at timestamp with time zone) OWNER TO techcourse_reader;

COMMENT ON FUNCTION platform.business_day(at timestamp with time zone) IS 'The day in the academy''s accounting time zone (setting accounting_time_zone) on which a moment falls.';

CREATE FUNCTION platform.ensure_partitions(parent regclass, from_time timestamp with time zone, to_time timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  month timestamp := date_trunc('month', from_time at time zone 'UTC');
  room constant text := (select relnamespace::regnamespace::text from pg_class where oid = parent);
  parent_name constant text := (select relname from pg_class where oid = parent);
  partition_name text;
  made integer := 0;
  guard record;
begin
  if to_time < from_time then
    raise exception 'Partitions from % to % make no sense.', from_time, to_time using errcode = 'TC010',
      hint = 'Give the earlier time first.';
  end if;
  while month <= to_time at time zone 'UTC' loop
    partition_name := format('%s_p%s', parent_name, to_char(month, 'YYYYMM'));
    if not exists (select from pg_class where relnamespace = room::regnamespace and relname = partition_name) then
      -- one at a time, so that two nodes do not make the same partition; where nothing is missing, nobody waits
      perform pg_advisory_xact_lock(hashtext('platform.ensure_partitions'));
    end if;
    -- asked again by a query: to_regclass() may still remember that there was none
    if not exists (select from pg_class where relnamespace = room::regnamespace and relname = partition_name) then
      execute format('create table %s.%I partition of %s for values from (%L) to (%L)', room, partition_name, parent,
        month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      execute format('comment on table %s.%I is %L', room, partition_name,
        format('Partition of %s for %s (UTC).', parent, to_char(month, 'YYYY-MM')));
      -- triggers for TRUNCATE are not handed down to partitions by PostgreSQL, so we do it
      for guard in
        select t.tgname, t.tgfoid::regproc as function, t.tgenabled from pg_trigger t
         where t.tgrelid = parent and not t.tgisinternal and t.tgtype & 32 <> 0 and t.tgnargs = 0
      loop
        execute format('create trigger %I before truncate on %s.%I for each statement execute function %s()',
          guard.tgname, room, partition_name, guard.function);
        if guard.tgenabled = 'A' then
          execute format('alter table %s.%I enable always trigger %I', room, partition_name, guard.tgname);
        end if;
      end loop;
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end
$$;

ALTER FUNCTION platform.ensure_partitions(parent regclass, from_time timestamp with time zone, to_time timestamp with time zone) OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.ensure_partitions(parent regclass, from_time timestamp with time zone, to_time timestamp with time zone) IS 'Makes the missing monthly partitions of a table between two times, and says how many. Error: TC010 times in the wrong order.';

CREATE TABLE platform.partition_plan (
    table_name text NOT NULL,
    months_ahead integer DEFAULT 3 NOT NULL,
    CONSTRAINT partition_plan_months_ahead_check CHECK (((months_ahead >= 1) AND (months_ahead <= 60))),
    CONSTRAINT partition_plan_table_name_is_qualified_check CHECK ((table_name ~ '^[a-z_]+\.[a-z_]+$'::text))
);

ALTER TABLE platform.partition_plan OWNER TO techcourse_owner;

COMMENT ON TABLE platform.partition_plan IS 'Tables with one partition a month (UTC), and how many months are kept ready. Shard class: local.';

COMMENT ON COLUMN platform.partition_plan.table_name IS 'The table, as schema.table.';

COMMENT ON COLUMN platform.partition_plan.months_ahead IS 'How many coming months have their partition ready.';

CREATE FUNCTION platform.ensure_partitions() RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (COALESCE(sum(platform.ensure_partitions((p.table_name)::regclass, now(), (now() + make_interval(months => p.months_ahead)))), (0)::bigint))::integer AS "coalesce"
    FROM platform.partition_plan p;
END;

ALTER FUNCTION platform.ensure_partitions() OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.ensure_partitions() IS 'Makes this month''s and the coming months'' partitions of every planned table, and says how many were missing.';

CREATE PROCEDURE platform.give_function(IN target regprocedure, IN new_owner text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  room constant text := (select pronamespace::regnamespace::text from pg_proc where oid = target);
begin
  execute format('grant create on schema %s to %I', room, new_owner);
  execute format('alter routine %s owner to %I', target, new_owner);
  execute format('revoke create on schema %s from %I', room, new_owner);
end
$$;

ALTER PROCEDURE platform.give_function(IN target regprocedure, IN new_owner text) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE platform.give_function(IN target regprocedure, IN new_owner text) IS 'For migrations: gives a function to a nologin role, whose narrow rights it then runs with.';

CREATE PROCEDURE platform.give_view(IN target regclass, IN new_owner text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  room constant text := (select relnamespace::regnamespace::text from pg_class where oid = target);
begin
  execute format('grant create on schema %s to %I', room, new_owner);
  execute format('alter view %s owner to %I', target, new_owner);
  execute format('revoke create on schema %s from %I', room, new_owner);
end
$$;

ALTER PROCEDURE platform.give_view(IN target regclass, IN new_owner text) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE platform.give_view(IN target regclass, IN new_owner text) IS 'For migrations: gives a view to a nologin role, with whose narrow rights it then reads.';

CREATE PROCEDURE platform.protect(IN target regclass)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  table_name constant text := (select relname from pg_class where oid = target);
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy %I on %s for select to techcourse_reader using (true)',
    table_name || '_reader_policy', target);
  execute format('create policy %I on %s to techcourse_loader using (true) with check (true)',
    table_name || '_loader_policy', target);
  execute format('grant select on %s to techcourse_reader', target);
  execute format('grant select, insert, update on %s to techcourse_loader', target);
end
$$;

ALTER PROCEDURE platform.protect(IN target regclass) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE platform.protect(IN target regclass) IS 'For migrations: forces row security on a table and lets in only the owner of the persona views (to read) and the loader. Everyone else needs a policy.';

CREATE FUNCTION platform.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;

ALTER FUNCTION platform.touch_updated_at() OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.touch_updated_at() IS 'Trigger: stamps updated_at with the database''s clock.';

CREATE FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(OVERLAY(decode(md5(name), 'hex'::text) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM (at - '1970-01-01 00:00:00+00'::timestamp with time zone)) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), (55)::bigint, 0), (54)::bigint, 1), (53)::bigint, 1), (52)::bigint, 1), (71)::bigint, 1), (70)::bigint, 0), 'hex'::text))::uuid;

ALTER FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) IS 'A UUID version 7 for a moment and a name, the same each time: the MD5 of the name after the 48-bit time.';

CREATE FUNCTION reporting.books_differences() RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  return query
  with lines as (
    select l.student_id, l.order_id, min(l.currency)::text as currency, sum(l.amount) as amount, sum(l.refunded_amount) as refunded
      from sales.order_lines l
     group by l.student_id, l.order_id
  ), refunds_of_line as (
    select r.student_id, r.order_id, r.course_id, sum(r.amount) as amount
      from sales.refunds r
     group by r.student_id, r.order_id, r.course_id
  ), refunds_of_payment as (
    select r.student_id, r.payment_id, sum(r.amount) as amount
      from sales.refunds r
     group by r.student_id, r.payment_id
  ), paid_by_day as (
    select p.business_day, p.currency::text as currency, sum(p.amount) as amount
      from sales.payments p
     where p.status = 'captured'
     group by p.business_day, p.currency
  ), refunded_by_day as (
    select r.business_day, r.currency::text as currency, sum(r.amount) as amount
      from sales.refunds r
     group by r.business_day, r.currency
  ), reported_by_day as (
    select d.day as business_day, d.currency, sum(d.gross_amount) as gross, sum(d.refund_amount) as refund
      from reporting.daily_sales d
     group by d.day, d.currency
  ), ledger_by_day as (
    select e.business_day, e.currency::text as currency,
           -- a sale comes in by the gateway; a refund is owed to the student from its day on
           sum(e.amount) filter (where e.kind = 'sale' and debit.kind = 'gateway_clearing') as sale,
           sum(e.amount) filter (where e.kind in ('refund', 'chargeback') and credit.kind = 'student_refunds') as refund
      from sales.ledger_entries e
      join sales.ledger_accounts debit on debit.id = e.debit_account_id
      join sales.ledger_accounts credit on credit.id = e.credit_account_id
     where e.kind in ('sale', 'refund', 'chargeback')
     group by e.business_day, e.currency
  )
  select 'the total of an order is the sum of its lines', null::date, o.currency::text, o.id, o.total_amount::numeric, coalesce(l.amount, 0)
    from sales.orders o
    left join lines l on l.student_id = o.student_id and l.order_id = o.id
   where o.total_amount <> coalesce(l.amount, 0)
   union all
  select 'a captured payment pays the sum of the lines', p.business_day, p.currency::text, p.order_id, p.amount, coalesce(l.amount, 0)
    from sales.payments p
    left join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where p.status = 'captured' and (p.amount <> coalesce(l.amount, 0) or p.currency::text is distinct from l.currency)
   union all
  select 'what a payment says is given back is the sum of its refunds', p.business_day, p.currency::text, p.order_id,
         p.refunded_amount, coalesce(r.amount, 0)
    from sales.payments p
    left join refunds_of_payment r on r.student_id = p.student_id and r.payment_id = p.id
   where p.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'what a line says is given back is the sum of its refunds', null, l.currency::text, l.order_id,
         l.refunded_amount, coalesce(r.amount, 0)
    from sales.order_lines l
    left join refunds_of_line r on r.student_id = l.student_id and r.order_id = l.order_id and r.course_id = l.course_id
   where l.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'the daily sales report is the sum of the payments', business_day, currency, null, p.amount, coalesce(d.gross, 0)
    from paid_by_day p full join reported_by_day d using (business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(d.gross, 0)
   union all
  select 'the daily sales report is the sum of the refunds', business_day, currency, null, r.amount, coalesce(d.refund, 0)
    from refunded_by_day r full join reported_by_day d using (business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(d.refund, 0)
   union all
  select 'the ledger holds every sale', business_day, currency, null, p.amount, coalesce(e.sale, 0)
    from paid_by_day p full join ledger_by_day e using (business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(e.sale, 0)
   union all
  select 'the ledger holds every refund', business_day, currency, null, r.amount, coalesce(e.refund, 0)
    from refunded_by_day r full join ledger_by_day e using (business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(e.refund, 0);
end
$$;

ALTER FUNCTION reporting.books_differences() OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.books_differences() IS 'Where orders, payments, refunds, ledger and daily sales differ by a cent or more; no row: the books agree.';

CREATE FUNCTION sales.add_line_to_total() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update sales.orders o set total_amount = o.total_amount + new.amount
   where o.student_id = new.student_id and o.id = new.order_id;
  return null;
end
$$;

ALTER FUNCTION sales.add_line_to_total() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.add_line_to_total() IS 'Trigger: adds a new line to the total of its order. Once a payment points at the total, its foreign key refuses.';

CREATE FUNCTION sales.count_refund() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- the row locks make two refunds at once wait for each other; the checks then refuse the second
  update sales.payments p set refunded_amount = p.refunded_amount + new.amount
   where p.student_id = new.student_id and p.id = new.payment_id;
  update sales.order_lines l set refunded_amount = l.refunded_amount + new.amount
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id;
  -- a line that is given back whole ends its enrolment; progress stays
  update learning.enrollments e set ended_at = greatest(new.refunded_at, e.enrolled_at), end_reason = 'refunded'
    from sales.order_lines l
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
     and l.refunded_amount = l.amount
     and e.student_id = new.student_id and e.course_id = new.course_id and e.order_id = new.order_id and e.ended_at is null;
  return null;
end
$$;

ALTER FUNCTION sales.count_refund() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.count_refund() IS 'Trigger: counts a refund on its payment and line (never more than paid), and ends the enrolment of a line given back whole.';

CREATE FUNCTION sales.coupon_watermark(coupon uuid) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  dense integer := coalesce((select w.dense_up_to from sales.coupon_watermarks w where w.coupon_id = coupon), 0);
begin
  if not exists (select from sales.coupon_slots s where s.coupon_id = coupon and s.slot_no = dense + 32) then
    return dense;
  end if;
  insert into sales.coupon_watermarks (coupon_id, dense_up_to)
    select coupon, 0 where not exists (select from sales.coupon_watermarks w where w.coupon_id = coupon)
       and pg_try_advisory_xact_lock(hashtext(coupon::text), 0)
    on conflict do nothing;
  -- whoever finds it busy leaves it to the other
  select w.dense_up_to into dense from sales.coupon_watermarks w where w.coupon_id = coupon for update skip locked;
  if not found then
    return coalesce((select w.dense_up_to from sales.coupon_watermarks w where w.coupon_id = coupon), 0);
  end if;
  update sales.coupon_watermarks w set dense_up_to = dense + (
      select count(*) from (
        select s.slot_no - row_number() over (order by s.slot_no) as start from sales.coupon_slots s
         where s.coupon_id = coupon and s.slot_no > dense) run
       where run.start = dense)
   where w.coupon_id = coupon
  returning w.dense_up_to into dense;
  return dense;
end
$$;

ALTER FUNCTION sales.coupon_watermark(coupon uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.coupon_watermark(coupon uuid) IS 'Up to which slot of a coupon all are given out; moves the kept number on when it has fallen 32 behind.';

CREATE TABLE sales.coupons (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    code extensions.citext NOT NULL,
    percent_off numeric(5,2),
    amount_off platform.money_amount,
    currency platform.currency_code,
    scope text NOT NULL,
    course_id uuid,
    instructor_id uuid,
    valid_from timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    max_redemptions integer NOT NULL,
    max_per_student integer DEFAULT 1 NOT NULL,
    first_purchase_only boolean DEFAULT false NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT coupons_amount_has_a_currency_check CHECK ((((amount_off IS NULL) = (currency IS NULL)) AND ((amount_off)::numeric > (0)::numeric))),
    CONSTRAINT coupons_code_format_check CHECK (((code)::text ~ '^[A-Za-z0-9-]{3,40}$'::text)),
    CONSTRAINT coupons_max_per_student_check CHECK (((max_per_student >= 1) AND (max_per_student <= 100))),
    CONSTRAINT coupons_max_redemptions_check CHECK (((max_redemptions >= 1) AND (max_redemptions <= 10000000))),
    CONSTRAINT coupons_percent_from_0_to_100_check CHECK (((percent_off > (0)::numeric) AND (percent_off <= (100)::numeric))),
    CONSTRAINT coupons_percent_or_amount_check CHECK (((percent_off IS NULL) <> (amount_off IS NULL))),
    CONSTRAINT coupons_scope_check CHECK (
CASE scope
    WHEN 'platform'::text THEN ((course_id IS NULL) AND (instructor_id IS NULL))
    WHEN 'instructor'::text THEN ((course_id IS NULL) AND (instructor_id IS NOT NULL))
    WHEN 'course'::text THEN (course_id IS NOT NULL)
    ELSE false
END),
    CONSTRAINT coupons_valid_until_after_from_check CHECK ((valid_until > valid_from))
);

ALTER TABLE ONLY sales.coupons FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.coupons OWNER TO techcourse_owner;

COMMENT ON TABLE sales.coupons IS 'Discounts by percent or amount, within a window and a limit. Shard class: reference.';

COMMENT ON COLUMN sales.coupons.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN sales.coupons.code IS 'What a student types, compared without regard to case.';

COMMENT ON COLUMN sales.coupons.percent_off IS 'Percent off the list price, above 0, at most 100; null for an amount.';

COMMENT ON COLUMN sales.coupons.amount_off IS 'Amount off the list price, in the currency beside it; null for a percentage.';

COMMENT ON COLUMN sales.coupons.currency IS 'Currency of amount_off; an order in another one cannot use the coupon. Null for a percentage.';

COMMENT ON COLUMN sales.coupons.scope IS 'For what: platform (every course), instructor (all of one instructor''s) or course (one).';

COMMENT ON COLUMN sales.coupons.course_id IS 'The one course of the scope course; else null.';

COMMENT ON COLUMN sales.coupons.instructor_id IS 'The instructor of the scope instructor, or whose part pays for the scope course; null for the platform''s own.';

COMMENT ON COLUMN sales.coupons.valid_from IS 'First moment of the window.';

COMMENT ON COLUMN sales.coupons.valid_until IS 'End of the window, itself outside.';

COMMENT ON COLUMN sales.coupons.max_redemptions IS 'How many times all students together may use it.';

COMMENT ON COLUMN sales.coupons.max_per_student IS 'How many times one student may use it.';

COMMENT ON COLUMN sales.coupons.first_purchase_only IS 'Whether it is good only in a student''s first order.';

COMMENT ON COLUMN sales.coupons.active IS 'False stops it before the window ends.';

COMMENT ON COLUMN sales.coupons.created_by IS 'Admin or instructor who made it.';

COMMENT ON COLUMN sales.coupons.created_at IS 'When it was made.';

COMMENT ON COLUMN sales.coupons.updated_at IS 'Last change of the row, stamped by a trigger.';

CREATE FUNCTION sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id)
  values (coupon.id, slot, coupon.max_redemptions, student, for_order)
  on conflict on constraint coupon_slots_coupon_id_slot_no_pkey do nothing;
  return found;
end
$$;

ALTER FUNCTION sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) IS 'Gives one slot of a coupon to an order; false when another order has it.';

CREATE FUNCTION sales.redeem_coupon(order_id uuid, code text) RETURNS TABLE(coupon_id uuid, percent_off numeric, amount_off numeric, currency text, scope text, course_id uuid, instructor_id uuid, slot_no integer, use_no integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'extensions', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  coupon sales.coupons;
begin
  if student is null or not exists (
      select from sales.orders o where o.student_id = student and o.id = redeem_coupon.order_id)
    or exists (select from sales.payments p where p.student_id = student and p.order_id = redeem_coupon.order_id) then
    raise exception 'The order % is not open.', redeem_coupon.order_id using errcode = 'TC415',
      hint = 'Redeem a coupon on your own order, before it is paid.', schema = 'sales', table = 'orders';
  end if;
  -- the same student takes turns with oneself, so that two tabs are not two first purchases
  perform pg_advisory_xact_lock(hashtext('sales.redeem_coupon'), hashtext(student::text));
  select c.* into coupon from sales.coupons c where c.code = redeem_coupon.code::extensions.citext and c.active;
  if not found then
    raise exception 'There is no coupon "%".', redeem_coupon.code using errcode = 'TC410',
      hint = 'Check the spelling of the code.', schema = 'sales', table = 'coupons', column = 'code';
  end if;
  if clock_timestamp() not between coupon.valid_from and coupon.valid_until then
    raise exception 'The coupon "%" is not valid today.', coupon.code using errcode = 'TC411',
      hint = 'Order without it, or use another.', schema = 'sales', table = 'coupons', column = 'code';
  end if;
  select u.use_no, s.slot_no into redeem_coupon.use_no, redeem_coupon.slot_no
    from sales.coupon_redemptions u
    join sales.coupon_slots s on s.coupon_id = u.coupon_id and s.order_id = u.order_id
   where u.student_id = student and u.order_id = redeem_coupon.order_id and u.coupon_id = coupon.id;
  -- a retried request finds what it did before
  if not found then
    if coupon.first_purchase_only and (
        exists (select from sales.payments p where p.student_id = student and p.status = 'captured')
        or exists (select from sales.coupon_redemptions u join sales.coupons c on c.id = u.coupon_id and c.first_purchase_only
                    where u.student_id = student and u.order_id <> redeem_coupon.order_id)) then
      raise exception 'The coupon "%" is for a first purchase only.', coupon.code using errcode = 'TC414',
        hint = 'Order without it.', schema = 'sales', table = 'coupons', column = 'code';
    end if;
    select min(n) into redeem_coupon.use_no from generate_series(1, coupon.max_per_student) n
     where not exists (select from sales.coupon_redemptions u
                        where u.student_id = student and u.coupon_id = coupon.id and u.use_no = n);
    if redeem_coupon.use_no is null then
      raise exception 'You have used the coupon "%" % times, as often as it allows.', coupon.code, coupon.max_per_student
        using errcode = 'TC413', hint = 'Order without it.', schema = 'sales', table = 'coupon_redemptions',
              constraint = 'coupon_redemptions_use_no_within_limit_check';
    end if;
    redeem_coupon.slot_no := sales.take_coupon_slot(coupon, student, redeem_coupon.order_id);
    if redeem_coupon.slot_no is null then
      raise exception 'The coupon "%" is used up.', coupon.code using errcode = 'TC412',
        hint = 'Order without it.', schema = 'sales', table = 'coupon_slots',
        constraint = 'coupon_slots_slot_no_within_limit_check';
    end if;
    insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id)
    values (student, coupon.id, redeem_coupon.use_no, coupon.max_per_student, redeem_coupon.order_id);
  end if;
  return query select coupon.id, coupon.percent_off, coupon.amount_off::numeric, coupon.currency::text, coupon.scope,
    coupon.course_id, coupon.instructor_id, redeem_coupon.slot_no, redeem_coupon.use_no;
end
$$;

ALTER FUNCTION sales.redeem_coupon(order_id uuid, code text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.redeem_coupon(order_id uuid, code text) IS 'Redeems a coupon on an open order of the acting student, once however often asked, and says what it gives. Errors: TC410 unknown, TC411 not valid today, TC412 used up, TC413 the student''s limit, TC414 first purchase only, TC415 no open order.';

CREATE FUNCTION sales.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception 'Rows of %.% are never changed or removed.', tg_table_schema, tg_table_name using errcode = 'TC401',
    hint = 'Post a correcting row instead.', schema = tg_table_schema, table = tg_table_name;
end
$$;

ALTER FUNCTION sales.refuse_change() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.refuse_change() IS 'Trigger: keeps a table append only (TC401).';

CREATE FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  delete from sales.coupon_redemptions u
   where u.student_id = student and u.order_id = release_coupon.order_id and u.coupon_id = release_coupon.coupon_id;
  if not found then
    return false;
  end if;
  delete from sales.coupon_slots s where s.coupon_id = release_coupon.coupon_id and s.order_id = release_coupon.order_id;
  return true;
end
$$;

ALTER FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) IS 'Gives the slot of a coupon back that the acting student redeemed on an order; refused by order_lines_redemption_fkey once a line was discounted with it.';

CREATE FUNCTION sales.return_coupon_slot() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into sales.coupon_returned_slots (coupon_id, slot_no) values (old.coupon_id, old.slot_no) on conflict do nothing;
  return null;
end
$$;

ALTER FUNCTION sales.return_coupon_slot() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.return_coupon_slot() IS 'Trigger: keeps the number of a slot that came back, to be given out again.';

CREATE FUNCTION sales.stamp_business_day() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_table_name = 'refunds' then
    new.business_day := platform.business_day(new.refunded_at);
  elsif tg_op = 'INSERT' or new.captured_at is distinct from old.captured_at then
    new.business_day := platform.business_day(new.captured_at);
  end if;
  return new;
end
$$;

ALTER FUNCTION sales.stamp_business_day() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.stamp_business_day() IS 'Trigger: the business day of a capture or refund, in the accounting time zone of that moment.';

CREATE FUNCTION sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  dense integer;
  returned integer;
  patient boolean;
begin
  foreach patient in array array[false, true] loop
    returned := sales.take_returned_slot(coupon.id, coupon.max_redemptions, patient);
    if returned is not null and sales.give_out_slot(coupon, returned, student, for_order) then
      return returned;
    end if;
    dense := sales.coupon_watermark(coupon.id);
    for candidate in dense + 1 .. coupon.max_redemptions loop
      continue when exists (
        select from sales.coupon_slots s where s.coupon_id = coupon.id and s.slot_no = candidate);
      -- somebody is taking this one: try the next
      continue when not patient and not pg_try_advisory_xact_lock(hashtext(coupon.id::text), candidate);
      if sales.give_out_slot(coupon, candidate, student, for_order) then
        return candidate;
      end if;
    end loop;
  end loop;
  return null;
end
$$;

ALTER FUNCTION sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) IS 'Takes a free slot of a coupon for an order and returns its number; null when none is left.';

CREATE FUNCTION sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  slot integer;
begin
  if patient then
    select r.slot_no into slot from sales.coupon_returned_slots r
     where r.coupon_id = coupon and r.slot_no <= up_to order by r.slot_no limit 1 for update;
  else
    select r.slot_no into slot from sales.coupon_returned_slots r
     where r.coupon_id = coupon and r.slot_no <= up_to order by r.slot_no limit 1 for update skip locked;
  end if;
  delete from sales.coupon_returned_slots r where r.coupon_id = coupon and r.slot_no = slot;
  return slot;
end
$$;

ALTER FUNCTION sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) IS 'A slot of a coupon that came back, or null; the patient wait for those that others are taking.';

CREATE TABLE analytics.student_key_salt (
    only_one boolean DEFAULT true NOT NULL,
    salt bytea NOT NULL,
    CONSTRAINT student_key_salt_length_check CHECK ((length(salt) = 32)),
    CONSTRAINT student_key_salt_only_one_check CHECK (only_one)
);

ALTER TABLE ONLY analytics.student_key_salt FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.student_key_salt OWNER TO techcourse_owner;

COMMENT ON TABLE analytics.student_key_salt IS 'The secret behind analytics'' student keys, made at random for each academy; only the owner of the views reads it. Shard class: reference.';

COMMENT ON COLUMN analytics.student_key_salt.only_one IS 'Always true: there is one row.';

COMMENT ON COLUMN analytics.student_key_salt.salt IS '32 random bytes. Secret.';

CREATE TABLE learning.attempts (
    student_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    quiz_id uuid NOT NULL,
    quiz_version integer NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    attempt_no learning.positive_count NOT NULL,
    status learning.attempt_status DEFAULT 'in_progress'::text NOT NULL,
    answers learning.json_object DEFAULT '{}'::jsonb NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    deadline_at timestamp with time zone,
    submitted_at timestamp with time zone,
    late boolean GENERATED ALWAYS AS (COALESCE((submitted_at > deadline_at), false)) STORED NOT NULL,
    item_points learning.json_object,
    score learning.percentage,
    passing_score learning.percentage NOT NULL,
    passed boolean GENERATED ALWAYS AS (COALESCE(((score)::numeric >= (passing_score)::numeric), false)) STORED NOT NULL,
    graded_at timestamp with time zone,
    CONSTRAINT attempts_graded_has_a_score_check CHECK ((((status)::text = 'graded'::text) = ((score IS NOT NULL) AND (graded_at IS NOT NULL)))),
    CONSTRAINT attempts_submitted_after_start_check CHECK ((submitted_at >= started_at)),
    CONSTRAINT attempts_submitted_has_a_time_check CHECK ((((status)::text = 'in_progress'::text) = (submitted_at IS NULL)))
)
PARTITION BY RANGE (started_at);

ALTER TABLE ONLY learning.attempts FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.attempts OWNER TO techcourse_owner;

COMMENT ON TABLE learning.attempts IS 'Attempts at quizzes with answers and grade, one partition a month. late and passed are computed by the database. Shard class: student-keyed.';

COMMENT ON COLUMN learning.attempts.student_id IS 'Who tries.';

COMMENT ON COLUMN learning.attempts.started_at IS 'Beginning, by the database''s clock; decides the partition.';

COMMENT ON COLUMN learning.attempts.id IS 'Key, UUIDv7, together with student and time.';

COMMENT ON COLUMN learning.attempts.quiz_id IS 'The quiz.';

COMMENT ON COLUMN learning.attempts.quiz_version IS 'The version of the document that was handed out; grading reads that one.';

COMMENT ON COLUMN learning.attempts.course_id IS 'The quiz''s course.';

COMMENT ON COLUMN learning.attempts.instructor_id IS 'The course''s instructor when the attempt began, so that row security needs no other table.';

COMMENT ON COLUMN learning.attempts.attempt_no IS 'Which try, from 1; the slot of the same number belongs to it alone.';

COMMENT ON COLUMN learning.attempts.status IS 'in_progress: answers may change; submitted: a person must grade; graded.';

COMMENT ON COLUMN learning.attempts.answers IS 'Answers by question id, in the shape of the question''s key; frozen at the hand-in. Personal data.';

COMMENT ON COLUMN learning.attempts.revision IS 'Counts savings of the answers, so that an older tab does not overwrite a newer one.';

COMMENT ON COLUMN learning.attempts.deadline_at IS 'Beginning plus the time limit; null when the quiz sets none.';

COMMENT ON COLUMN learning.attempts.submitted_at IS 'Hand-in, by the database''s clock.';

COMMENT ON COLUMN learning.attempts.late IS 'Whether the hand-in was after the deadline; computed.';

COMMENT ON COLUMN learning.attempts.item_points IS 'Points by question id, as graded; null before.';

COMMENT ON COLUMN learning.attempts.score IS 'Percent of all points, 0 to 100; null before the grade, and where a source gives none.';

COMMENT ON COLUMN learning.attempts.passing_score IS 'Percent that passes, copied from the version; the foreign key makes it the truth.';

COMMENT ON COLUMN learning.attempts.passed IS 'Whether the score reaches it; computed.';

COMMENT ON COLUMN learning.attempts.graded_at IS 'When the score was fixed.';

CREATE VIEW analytics.attempts AS
 SELECT encode(substr(sha256((k.salt || uuid_send(a.student_id))), 1, 16), 'hex'::text) AS student_key,
    a.course_id,
    a.quiz_id,
    a.quiz_version,
    (a.attempt_no)::integer AS attempt_no,
    (a.status)::text AS status,
    a.started_at,
    a.submitted_at,
    a.late,
    (a.score)::numeric(5,2) AS score,
    (a.passing_score)::numeric(5,2) AS passing_score,
    a.passed,
    (a.item_points)::jsonb AS item_points
   FROM (analytics.student_key_salt k
     CROSS JOIN learning.attempts a);

ALTER TABLE analytics.attempts OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.attempts IS 'Attempts with a key that stands for the same student in all views of this schema, and for nobody outside of them; without the answers.';

COMMENT ON COLUMN analytics.attempts.student_key IS 'Keyed hash of the student, the same in all views of this schema.';

COMMENT ON COLUMN analytics.attempts.course_id IS 'The course.';

COMMENT ON COLUMN analytics.attempts.quiz_id IS 'The quiz.';

COMMENT ON COLUMN analytics.attempts.quiz_version IS 'Version of the quiz document.';

COMMENT ON COLUMN analytics.attempts.attempt_no IS 'First attempt of the student at the quiz, second, and so on.';

COMMENT ON COLUMN analytics.attempts.status IS 'in_progress, submitted or graded.';

COMMENT ON COLUMN analytics.attempts.started_at IS 'When it began; a range of it reads only the partitions of its months.';

COMMENT ON COLUMN analytics.attempts.submitted_at IS 'When it was handed in.';

COMMENT ON COLUMN analytics.attempts.late IS 'Handed in after its deadline.';

COMMENT ON COLUMN analytics.attempts.score IS 'Score in percent; null before it is graded.';

COMMENT ON COLUMN analytics.attempts.passing_score IS 'What had to be reached, in percent.';

COMMENT ON COLUMN analytics.attempts.passed IS 'Whether it was reached.';

COMMENT ON COLUMN analytics.attempts.item_points IS 'Points of each question by its id.';

CREATE VIEW analytics.completion_cohorts AS
 WITH academy AS (
         SELECT (s_1.value #>> '{}'::text[]) AS time_zone
           FROM platform.settings s_1
          WHERE (s_1.name = 'accounting_time_zone'::text)
        ), students AS (
         SELECT u.id,
            (date_trunc('month'::text, (u.created_at AT TIME ZONE academy.time_zone)))::date AS signup_month
           FROM ((academy
             CROSS JOIN identity.user_roles r)
             JOIN identity.users u ON ((u.id = r.user_id)))
          WHERE ((r.role)::text = 'student'::text)
        ), courses_of AS (
         SELECT e.student_id,
            count(*) AS enrollments,
            count(e.completed_at) AS completions,
            count(*) FILTER (WHERE ((e.ended_at IS NOT NULL) AND (e.completed_at IS NULL))) AS given_up
           FROM learning.enrollments e
          GROUP BY e.student_id
        )
 SELECT s.signup_month,
    count(*) AS students,
    count(c.student_id) AS enrolled_students,
    count(*) FILTER (WHERE (c.completions > 0)) AS completing_students,
    (COALESCE(sum(c.enrollments), (0)::numeric))::bigint AS enrollments,
    (COALESCE(sum(c.completions), (0)::numeric))::bigint AS completions,
    (COALESCE(sum(c.given_up), (0)::numeric))::bigint AS given_up,
    round((sum(c.completions) / NULLIF(sum(c.enrollments), (0)::numeric)), 3) AS completion_rate
   FROM (students s
     LEFT JOIN courses_of c ON ((c.student_id = s.id)))
  GROUP BY s.signup_month;

ALTER TABLE analytics.completion_cohorts OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.completion_cohorts IS 'Students by month of sign-up, with the courses that they began, completed and gave up.';

COMMENT ON COLUMN analytics.completion_cohorts.signup_month IS 'First day of the month of sign-up, in the accounting time zone.';

COMMENT ON COLUMN analytics.completion_cohorts.students IS 'Students who signed up in that month.';

COMMENT ON COLUMN analytics.completion_cohorts.enrolled_students IS 'How many of them ever enrolled in a course.';

COMMENT ON COLUMN analytics.completion_cohorts.completing_students IS 'How many of them completed at least one.';

COMMENT ON COLUMN analytics.completion_cohorts.enrollments IS 'Enrolments of all of them.';

COMMENT ON COLUMN analytics.completion_cohorts.completions IS 'How many enrolments were completed.';

COMMENT ON COLUMN analytics.completion_cohorts.given_up IS 'How many ended before: withdrawn, refunded, expired or removed.';

COMMENT ON COLUMN analytics.completion_cohorts.completion_rate IS 'Completions by enrolments, 0 to 1; null without enrolments.';

CREATE TABLE catalog.courses (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    slug text NOT NULL,
    instructor_id uuid NOT NULL,
    instructor_role text GENERATED ALWAYS AS ('instructor'::text) STORED NOT NULL,
    category_id uuid NOT NULL,
    title text NOT NULL,
    subtitle text DEFAULT ''::text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    level text DEFAULT 'beginner'::text NOT NULL,
    price numeric(10,2) NOT NULL,
    currency platform.currency_code NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    published_at timestamp with time zone,
    external_id text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector(
CASE language
    WHEN 'de'::text THEN 'german'::regconfig
    WHEN 'es'::text THEN 'spanish'::regconfig
    WHEN 'fr'::text THEN 'french'::regconfig
    WHEN 'en'::text THEN 'english'::regconfig
    ELSE 'simple'::regconfig
END, title), 'A'::"char") || setweight(to_tsvector(
CASE language
    WHEN 'de'::text THEN 'german'::regconfig
    WHEN 'es'::text THEN 'spanish'::regconfig
    WHEN 'fr'::text THEN 'french'::regconfig
    WHEN 'en'::text THEN 'english'::regconfig
    ELSE 'simple'::regconfig
END, ((subtitle || ' '::text) || description)), 'B'::"char"))) STORED NOT NULL,
    CONSTRAINT courses_description_length_check CHECK ((length(description) <= 20000)),
    CONSTRAINT courses_external_id_length_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
    CONSTRAINT courses_language_is_iso_639_check CHECK ((language ~ '^[a-z]{2,3}$'::text)),
    CONSTRAINT courses_level_check CHECK ((level = ANY (ARRAY['beginner'::text, 'intermediate'::text, 'advanced'::text]))),
    CONSTRAINT courses_price_not_negative_check CHECK ((price >= (0)::numeric)),
    CONSTRAINT courses_published_has_a_time_check CHECK (((status = 'draft'::text) OR (published_at IS NOT NULL))),
    CONSTRAINT courses_slug_is_url_safe_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 120))),
    CONSTRAINT courses_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'archived'::text]))),
    CONSTRAINT courses_subtitle_length_check CHECK ((length(subtitle) <= 240)),
    CONSTRAINT courses_title_length_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 160))),
    CONSTRAINT courses_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY catalog.courses FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.courses OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.courses IS 'Courses with their price; every change of price is audited. Shard class: reference.';

COMMENT ON COLUMN catalog.courses.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.courses.slug IS 'Name in the address /courses/{slug}.';

COMMENT ON COLUMN catalog.courses.instructor_id IS 'Who leads the course, may edit it and earns from it; copied into all that hangs on the course.';

COMMENT ON COLUMN catalog.courses.instructor_role IS 'Always instructor: the half of the foreign key that makes the lead hold that role.';

COMMENT ON COLUMN catalog.courses.category_id IS 'The one subject under which it is found.';

COMMENT ON COLUMN catalog.courses.title IS 'Title on pages, weight A in the search.';

COMMENT ON COLUMN catalog.courses.subtitle IS 'One line under the title; empty when there is none.';

COMMENT ON COLUMN catalog.courses.description IS 'What one learns, Markdown.';

COMMENT ON COLUMN catalog.courses.language IS 'ISO 639 code of the language of instruction; decides how the search reduces words.';

COMMENT ON COLUMN catalog.courses.level IS 'What it expects of a student: beginner, intermediate or advanced.';

COMMENT ON COLUMN catalog.courses.price IS 'What it costs today, in the currency beside it; 0 is free. Every change is in the change log.';

COMMENT ON COLUMN catalog.courses.currency IS 'Currency of the price, ISO 4217.';

COMMENT ON COLUMN catalog.courses.status IS 'draft: only its instructor sees it; published: on sale; archived: off sale, its students keep it.';

COMMENT ON COLUMN catalog.courses.published_at IS 'First publication, stamped by the database; null for a draft that never was public.';

COMMENT ON COLUMN catalog.courses.external_id IS 'The course in an imported source, as <source>:<id there>; null for own courses.';

COMMENT ON COLUMN catalog.courses.version IS 'Counts changes; the ETag by which two editors notice each other.';

COMMENT ON COLUMN catalog.courses.created_at IS 'When the draft was begun.';

COMMENT ON COLUMN catalog.courses.updated_at IS 'Last change of the row, stamped by a trigger.';

COMMENT ON COLUMN catalog.courses.search IS 'Words of title (A), subtitle and description (B), reduced by the rules of the course''s language.';

CREATE VIEW analytics.courses_by_passing_score AS
 WITH quiz_demands AS (
         SELECT q.course_id,
            max(((q.metadata ->> 'passing_score'::text))::numeric) AS passing_score
           FROM catalog.quizzes q
          WHERE (q.course_status = 'published'::text)
          GROUP BY q.course_id
        )
 SELECT c.id AS course_id,
    c.title AS course_title,
    (i.email)::text AS instructor_email,
    d.passing_score,
    rank() OVER (ORDER BY d.passing_score DESC) AS rank
   FROM ((quiz_demands d
     JOIN catalog.courses c ON ((c.id = d.course_id)))
     JOIN identity.users i ON ((i.id = c.instructor_id)));

ALTER TABLE analytics.courses_by_passing_score OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.courses_by_passing_score IS 'Published courses by the highest passing_score among their quizzes (percent, from the JSONB document); equal scores share a rank.';

COMMENT ON COLUMN analytics.courses_by_passing_score.course_id IS 'The course.';

COMMENT ON COLUMN analytics.courses_by_passing_score.course_title IS 'Its title today.';

COMMENT ON COLUMN analytics.courses_by_passing_score.instructor_email IS 'Address of who leads it. Personal data.';

COMMENT ON COLUMN analytics.courses_by_passing_score.passing_score IS 'Percent of the points that its most demanding quiz asks for, 0 to 100.';

COMMENT ON COLUMN analytics.courses_by_passing_score.rank IS 'From 1, the highest passing score first; equal scores share a rank, and the ranks after them are left out.';

CREATE VIEW analytics.enrollments AS
 SELECT encode(substr(sha256((k.salt || uuid_send(e.student_id))), 1, 16), 'hex'::text) AS student_key,
    e.course_id,
    c.slug AS course_slug,
    (e.order_id IS NOT NULL) AS paid,
    e.enrolled_at,
    e.completed_at,
    e.ended_at,
    e.end_reason
   FROM ((analytics.student_key_salt k
     CROSS JOIN learning.enrollments e)
     JOIN catalog.courses c ON ((c.id = e.course_id)));

ALTER TABLE analytics.enrollments OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.enrollments IS 'Enrolments with a key that stands for the same student in all views of this schema, and for nobody outside of them.';

COMMENT ON COLUMN analytics.enrollments.student_key IS 'Keyed hash of the student, the same in all views of this schema.';

COMMENT ON COLUMN analytics.enrollments.course_id IS 'The course.';

COMMENT ON COLUMN analytics.enrollments.course_slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN analytics.enrollments.paid IS 'Whether it rests on an order.';

COMMENT ON COLUMN analytics.enrollments.enrolled_at IS 'When it began.';

COMMENT ON COLUMN analytics.enrollments.completed_at IS 'When the course was completed; null if it was not.';

COMMENT ON COLUMN analytics.enrollments.ended_at IS 'When it ended; null while it goes on.';

COMMENT ON COLUMN analytics.enrollments.end_reason IS 'refunded, withdrawn, expired or removed; null while it goes on.';

CREATE VIEW analytics.pass_rate_by_attempt AS
 WITH results AS (
         SELECT a.quiz_id,
            a.course_id,
            (a.attempt_no)::integer AS attempt_no,
            count(*) AS attempts,
            count(*) FILTER (WHERE a.passed) AS passed,
            avg((a.score)::numeric) AS mean_score
           FROM learning.attempts a
          WHERE ((a.status)::text = 'graded'::text)
          GROUP BY a.quiz_id, a.course_id, a.attempt_no
        )
 SELECT c.slug AS course_slug,
    c.title AS course_title,
    r.quiz_id,
    (q.metadata ->> 'title'::text) AS quiz_title,
    r.attempt_no,
    r.attempts,
    r.passed,
    round(((r.passed)::numeric / (r.attempts)::numeric), 3) AS pass_rate,
    round(r.mean_score, 1) AS mean_score
   FROM ((results r
     JOIN catalog.courses c ON ((c.id = r.course_id)))
     JOIN catalog.quizzes q ON ((q.id = r.quiz_id)));

ALTER TABLE analytics.pass_rate_by_attempt OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.pass_rate_by_attempt IS 'Graded attempts at each quiz by their number (first, second ..): how many, how many passed, mean score.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.course_slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.course_title IS 'Title of the course.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.quiz_id IS 'The quiz.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.quiz_title IS 'Title of the quiz.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.attempt_no IS 'First attempt of a student, second, and so on.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.attempts IS 'Graded attempts with that number.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.passed IS 'How many reached the passing score of their version.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.pass_rate IS 'Passed by graded, 0 to 1.';

COMMENT ON COLUMN analytics.pass_rate_by_attempt.mean_score IS 'Mean score in percent.';

CREATE TABLE catalog.quiz_versions (
    quiz_id uuid NOT NULL,
    version integer NOT NULL,
    course_id uuid NOT NULL,
    metadata jsonb NOT NULL,
    passing_score numeric GENERATED ALWAYS AS (((metadata ->> 'passing_score'::text))::numeric) STORED NOT NULL,
    attempt_limit integer GENERATED ALWAYS AS (COALESCE(((metadata ->> 'max_attempts'::text))::integer, 1000000)) STORED NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT quiz_versions_metadata_is_object_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT quiz_versions_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY catalog.quiz_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.quiz_versions OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.quiz_versions IS 'Every version that a quiz document has had; an attempt keeps the one it was taken on. Shard class: reference.';

COMMENT ON COLUMN catalog.quiz_versions.quiz_id IS 'The quiz.';

COMMENT ON COLUMN catalog.quiz_versions.version IS 'Number of the version, from 1.';

COMMENT ON COLUMN catalog.quiz_versions.course_id IS 'The quiz''s course.';

COMMENT ON COLUMN catalog.quiz_versions.metadata IS 'The document as it was. Secret from students: it holds the answer keys.';

COMMENT ON COLUMN catalog.quiz_versions.passing_score IS 'Percent of the points that pass, 0 to 100, taken out of the document.';

COMMENT ON COLUMN catalog.quiz_versions.attempt_limit IS 'How many attempts a student has: max_attempts of the document, 1,000,000 where it sets none.';

COMMENT ON COLUMN catalog.quiz_versions.created_at IS 'When this version was saved.';

CREATE VIEW analytics.question_statistics AS
 WITH questions AS (
         SELECT v.quiz_id,
            v.version,
            v.course_id,
            (v.metadata ->> 'title'::text) AS quiz_title,
            q_1."position",
            (q_1.question ->> 'id'::text) AS question_id,
            (q_1.question ->> 'type'::text) AS type,
            (q_1.question ->> 'text'::text) AS text,
            ((q_1.question ->> 'points'::text))::numeric AS points
           FROM (catalog.quiz_versions v
             CROSS JOIN LATERAL jsonb_array_elements((v.metadata -> 'questions'::text)) WITH ORDINALITY q_1(question, "position"))
        ), items AS (
         SELECT q_1.quiz_id,
            q_1.version,
            q_1.question_id,
            a.id AS attempt_id,
            ((a.answers)::jsonb ? q_1.question_id) AS answered,
                CASE jsonb_typeof(((a.item_points)::jsonb -> q_1.question_id))
                    WHEN 'number'::text THEN (((a.item_points)::jsonb ->> q_1.question_id))::numeric
                    ELSE (0)::numeric
                END AS points
           FROM (questions q_1
             JOIN learning.attempts a ON (((a.quiz_id = q_1.quiz_id) AND (a.quiz_version = q_1.version))))
          WHERE (((a.attempt_no)::integer = 1) AND ((a.status)::text = 'graded'::text) AND (a.item_points IS NOT NULL))
        ), items_and_rest AS (
         SELECT i.quiz_id,
            i.version,
            i.question_id,
            i.attempt_id,
            i.answered,
            i.points,
            (sum(i.points) OVER (PARTITION BY i.attempt_id) - i.points) AS rest_points
           FROM items i
        ), statistics AS (
         SELECT i.quiz_id,
            i.version,
            i.question_id,
            count(*) AS attempts,
            count(*) FILTER (WHERE i.answered) AS answers,
            avg(i.points) AS mean_points,
            corr((i.points)::double precision, (i.rest_points)::double precision) AS discrimination
           FROM items_and_rest i
          GROUP BY i.quiz_id, i.version, i.question_id
        )
 SELECT c.slug AS course_slug,
    c.title AS course_title,
    q.quiz_id,
    q.quiz_title,
    q.version AS quiz_version,
    (q."position")::integer AS "position",
    q.question_id,
    q.type AS question_type,
    q.text AS question_text,
    q.points,
    COALESCE(s.attempts, (0)::bigint) AS attempts,
    COALESCE(s.answers, (0)::bigint) AS answers,
    round((s.mean_points / q.points), 3) AS difficulty,
    round((s.discrimination)::numeric, 3) AS discrimination
   FROM ((questions q
     JOIN catalog.courses c ON ((c.id = q.course_id)))
     LEFT JOIN statistics s ON (((s.quiz_id = q.quiz_id) AND (s.version = q.version) AND (s.question_id = q.question_id))));

ALTER TABLE analytics.question_statistics OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.question_statistics IS 'Item analysis of each question in each version of its quiz, over graded first attempts: difficulty and discrimination.';

COMMENT ON COLUMN analytics.question_statistics.course_slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN analytics.question_statistics.course_title IS 'Title of the course.';

COMMENT ON COLUMN analytics.question_statistics.quiz_id IS 'The quiz.';

COMMENT ON COLUMN analytics.question_statistics.quiz_title IS 'Title of the quiz in that version.';

COMMENT ON COLUMN analytics.question_statistics.quiz_version IS 'Version of the quiz document; answers to different versions are never mixed.';

COMMENT ON COLUMN analytics.question_statistics."position" IS 'Place of the question in the document, from 1.';

COMMENT ON COLUMN analytics.question_statistics.question_id IS 'Id of the question in the document.';

COMMENT ON COLUMN analytics.question_statistics.question_type IS 'single_choice, numeric, essay and so on.';

COMMENT ON COLUMN analytics.question_statistics.question_text IS 'What is asked.';

COMMENT ON COLUMN analytics.question_statistics.points IS 'Points that a right answer gives.';

COMMENT ON COLUMN analytics.question_statistics.attempts IS 'Graded first attempts at this version; a question left out counts with 0 points.';

COMMENT ON COLUMN analytics.question_statistics.answers IS 'In how many of them the question was answered at all.';

COMMENT ON COLUMN analytics.question_statistics.difficulty IS 'Mean share of the points, 0 to 1: the higher, the easier.';

COMMENT ON COLUMN analytics.question_statistics.discrimination IS 'Pearson correlation with the points of the rest of the quiz, -1 to 1; null where either never varies.';

CREATE TABLE sales.payments (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    order_id uuid NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    status text NOT NULL,
    gateway text NOT NULL,
    reference text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    captured_at timestamp with time zone,
    business_day date,
    refunded_amount platform.money_amount DEFAULT 0 NOT NULL,
    CONSTRAINT payments_captured_has_a_business_day_check CHECK (((captured_at IS NULL) = (business_day IS NULL))),
    CONSTRAINT payments_captured_has_a_time_check CHECK (((status = 'captured'::text) = (captured_at IS NOT NULL))),
    CONSTRAINT payments_gateway_check CHECK ((gateway ~ '^[a-z][a-z0-9_]{1,30}$'::text)),
    CONSTRAINT payments_only_captured_is_refunded_check CHECK ((((refunded_amount)::numeric = (0)::numeric) OR (status = 'captured'::text))),
    CONSTRAINT payments_reference_length_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200))),
    CONSTRAINT payments_refunded_at_most_paid_check CHECK (((refunded_amount)::numeric <= (amount)::numeric)),
    CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'captured'::text, 'failed'::text])))
);

ALTER TABLE ONLY sales.payments FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.payments OWNER TO techcourse_owner;

COMMENT ON TABLE sales.payments IS 'Payments for orders at a gateway; the business day is fixed at the capture. Shard class: student-keyed.';

COMMENT ON COLUMN sales.payments.student_id IS 'Who pays.';

COMMENT ON COLUMN sales.payments.id IS 'Key, UUIDv7, together with the student.';

COMMENT ON COLUMN sales.payments.order_id IS 'What is paid.';

COMMENT ON COLUMN sales.payments.amount IS 'The order''s total, to the cent: part of the foreign key.';

COMMENT ON COLUMN sales.payments.currency IS 'The order''s currency: part of the foreign key.';

COMMENT ON COLUMN sales.payments.status IS 'pending: begun; captured: the money is ours; failed: nothing was taken.';

COMMENT ON COLUMN sales.payments.gateway IS 'Through whom, such as demo or stripe.';

COMMENT ON COLUMN sales.payments.reference IS 'The gateway''s own id of the payment; no card number, ever.';

COMMENT ON COLUMN sales.payments.created_at IS 'When the payment was begun.';

COMMENT ON COLUMN sales.payments.captured_at IS 'When the money was taken; set exactly when captured.';

COMMENT ON COLUMN sales.payments.business_day IS 'Day of the capture in the accounting time zone of that moment; a later change of the setting leaves it.';

COMMENT ON COLUMN sales.payments.refunded_amount IS 'Sum of the refunds, counted by a trigger; never more than the amount.';

CREATE TABLE sales.refunds (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    payment_id uuid NOT NULL,
    order_id uuid NOT NULL,
    course_id uuid NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    kind text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    requested_by uuid,
    refunded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    business_day date NOT NULL,
    CONSTRAINT refunds_amount_positive_check CHECK (((amount)::numeric > (0)::numeric)),
    CONSTRAINT refunds_kind_check CHECK ((kind = ANY (ARRAY['student'::text, 'staff'::text, 'chargeback'::text]))),
    CONSTRAINT refunds_reason_length_check CHECK ((length(reason) <= 500))
);

ALTER TABLE ONLY sales.refunds FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.refunds OWNER TO techcourse_owner;

COMMENT ON TABLE sales.refunds IS 'Money given back for one line of an order, on the day it happens. Never changed. Shard class: student-keyed.';

COMMENT ON COLUMN sales.refunds.student_id IS 'Who gets money back.';

COMMENT ON COLUMN sales.refunds.id IS 'Key, UUIDv7, together with the student.';

COMMENT ON COLUMN sales.refunds.payment_id IS 'Out of which payment.';

COMMENT ON COLUMN sales.refunds.order_id IS 'Of which order.';

COMMENT ON COLUMN sales.refunds.course_id IS 'For which line of it.';

COMMENT ON COLUMN sales.refunds.amount IS 'What is given back, above 0; all refunds of a line together at most what it cost.';

COMMENT ON COLUMN sales.refunds.currency IS 'The payment''s currency: part of the foreign key.';

COMMENT ON COLUMN sales.refunds.kind IS 'Who wanted it: the student within the window, staff, or the bank (chargeback).';

COMMENT ON COLUMN sales.refunds.reason IS 'In the words of who asked; empty when none were given. Personal data.';

COMMENT ON COLUMN sales.refunds.requested_by IS 'The student or staff member who asked; null for a bank or an import.';

COMMENT ON COLUMN sales.refunds.refunded_at IS 'When the money went back.';

COMMENT ON COLUMN sales.refunds.business_day IS 'Day of the refund in the accounting time zone of that moment: the day on which daily_sales shows it.';

CREATE VIEW analytics.revenue_cohorts AS
 WITH academy AS (
         SELECT (s.value #>> '{}'::text[]) AS time_zone
           FROM platform.settings s
          WHERE (s.name = 'accounting_time_zone'::text)
        ), movements AS (
         SELECT p.student_id,
            p.business_day,
            p.currency,
            (p.amount)::numeric AS gross,
            (0)::numeric AS refund
           FROM sales.payments p
          WHERE (p.status = 'captured'::text)
        UNION ALL
         SELECT r.student_id,
            r.business_day,
            r.currency,
            0,
            r.amount
           FROM sales.refunds r
        ), by_month AS (
         SELECT m.student_id,
            m.currency,
            (date_trunc('month'::text, (m.business_day)::timestamp with time zone))::date AS month,
            sum(m.gross) AS gross,
            sum(m.refund) AS refund
           FROM movements m
          GROUP BY m.student_id, m.currency, ((date_trunc('month'::text, (m.business_day)::timestamp with time zone))::date)
        ), cohorts AS (
         SELECT b.student_id,
            b.currency,
            b.month,
            b.gross,
            b.refund,
            (date_trunc('month'::text, (u.created_at AT TIME ZONE academy.time_zone)))::date AS signup_month
           FROM ((academy
             CROSS JOIN by_month b)
             JOIN identity.users u ON ((u.id = b.student_id)))
        )
 SELECT c.signup_month,
    (((((EXTRACT(year FROM c.month) - EXTRACT(year FROM c.signup_month)) * (12)::numeric) + EXTRACT(month FROM c.month)) - EXTRACT(month FROM c.signup_month)))::integer AS months_after,
    (c.currency)::text AS currency,
    count(*) FILTER (WHERE (c.gross > (0)::numeric)) AS buyers,
    (sum(c.gross))::numeric(14,2) AS gross_amount,
    (sum(c.refund))::numeric(14,2) AS refund_amount,
    (sum((c.gross - c.refund)))::numeric(14,2) AS net_amount
   FROM cohorts c
  GROUP BY c.signup_month, ((((((EXTRACT(year FROM c.month) - EXTRACT(year FROM c.signup_month)) * (12)::numeric) + EXTRACT(month FROM c.month)) - EXTRACT(month FROM c.signup_month)))::integer), ((c.currency)::text);

ALTER TABLE analytics.revenue_cohorts OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.revenue_cohorts IS 'Money paid and given back by the month of the students'' sign-up and the months since, one row for each currency.';

COMMENT ON COLUMN analytics.revenue_cohorts.signup_month IS 'First day of the month of sign-up, in the accounting time zone.';

COMMENT ON COLUMN analytics.revenue_cohorts.months_after IS 'Months between sign-up and payment or refund: 0 is the month of the sign-up.';

COMMENT ON COLUMN analytics.revenue_cohorts.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';

COMMENT ON COLUMN analytics.revenue_cohorts.buyers IS 'Students who paid in that month.';

COMMENT ON COLUMN analytics.revenue_cohorts.gross_amount IS 'What was paid.';

COMMENT ON COLUMN analytics.revenue_cohorts.refund_amount IS 'What was given back.';

COMMENT ON COLUMN analytics.revenue_cohorts.net_amount IS 'Gross less refunds.';

CREATE VIEW analytics.time_to_complete AS
 WITH completions AS (
         SELECT e.course_id,
            ((EXTRACT(epoch FROM (e.completed_at - e.enrolled_at)) / (86400)::numeric))::double precision AS days
           FROM learning.enrollments e
          WHERE (e.completed_at IS NOT NULL)
        ), quartiles AS (
         SELECT c_1.course_id,
            count(*) AS completions,
            min(c_1.days) AS fastest,
            max(c_1.days) AS slowest,
            percentile_cont((ARRAY[0.25, 0.5, 0.75])::double precision[]) WITHIN GROUP (ORDER BY c_1.days) AS quartile
           FROM completions c_1
          GROUP BY c_1.course_id
        )
 SELECT c.slug AS course_slug,
    c.title AS course_title,
    q.completions,
    round((q.fastest)::numeric, 1) AS fastest_days,
    round((q.quartile[1])::numeric, 1) AS lower_quartile_days,
    round((q.quartile[2])::numeric, 1) AS median_days,
    round((q.quartile[3])::numeric, 1) AS upper_quartile_days,
    round((q.slowest)::numeric, 1) AS slowest_days
   FROM (quartiles q
     JOIN catalog.courses c ON ((c.id = q.course_id)));

ALTER TABLE analytics.time_to_complete OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.time_to_complete IS 'Days from enrolment to completion of each course: quartiles, fastest and slowest.';

COMMENT ON COLUMN analytics.time_to_complete.course_slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN analytics.time_to_complete.course_title IS 'Title of the course.';

COMMENT ON COLUMN analytics.time_to_complete.completions IS 'Enrolments that were completed.';

COMMENT ON COLUMN analytics.time_to_complete.fastest_days IS 'Shortest time, in days.';

COMMENT ON COLUMN analytics.time_to_complete.lower_quartile_days IS 'A quarter of them were faster than this.';

COMMENT ON COLUMN analytics.time_to_complete.median_days IS 'Half of them were faster than this.';

COMMENT ON COLUMN analytics.time_to_complete.upper_quartile_days IS 'A quarter of them were slower than this.';

COMMENT ON COLUMN analytics.time_to_complete.slowest_days IS 'Longest time, in days.';

CREATE VIEW audit.course_price_changes AS
 SELECT ((l.row_key ->> 'id'::text))::uuid AS course_id,
    c.title AS course_title,
    ((l.old_values ->> 'price'::text))::numeric(10,2) AS old_price,
    ((l.new_values ->> 'price'::text))::numeric(10,2) AS new_price,
    COALESCE((l.new_values ->> 'currency'::text), (c.currency)::text) AS currency,
    NULLIF((l.old_values ->> 'currency'::text), (l.new_values ->> 'currency'::text)) AS old_currency,
    l.changed_by,
    (u.email)::text AS changed_by_email,
    l.acting_role,
    l.database_role,
    l.changed_at,
    l.id AS change_id,
    c.slug AS course_slug
   FROM ((audit.change_log l
     LEFT JOIN catalog.courses c ON ((c.id = ((l.row_key ->> 'id'::text))::uuid)))
     LEFT JOIN identity.users u ON ((u.id = l.changed_by)))
  WHERE ((l.relation = 'catalog.courses'::text) AND (l.action = 'update'::text) AND (l.old_values ? 'price'::text));

ALTER TABLE audit.course_price_changes OWNER TO techcourse_reader;

COMMENT ON VIEW audit.course_price_changes IS 'Every change of a course price: who, when, old, new. changed_by is empty for a change by a database login outside the application; database_role names it.';

COMMENT ON COLUMN audit.course_price_changes.course_id IS 'The course.';

COMMENT ON COLUMN audit.course_price_changes.course_title IS 'Its title today.';

COMMENT ON COLUMN audit.course_price_changes.old_price IS 'Price before, in old_currency where that is set, else in currency.';

COMMENT ON COLUMN audit.course_price_changes.new_price IS 'Price after, in currency.';

COMMENT ON COLUMN audit.course_price_changes.currency IS 'Currency of the new price.';

COMMENT ON COLUMN audit.course_price_changes.old_currency IS 'Currency of the old price where it was another one; else null.';

COMMENT ON COLUMN audit.course_price_changes.changed_by IS 'User who changed it through the application; null for a database login.';

COMMENT ON COLUMN audit.course_price_changes.changed_by_email IS 'Address of that user today; after an erasure no longer a person''s. Personal data.';

COMMENT ON COLUMN audit.course_price_changes.acting_role IS 'Role that the user acted as; null for a database login.';

COMMENT ON COLUMN audit.course_price_changes.database_role IS 'Database login of the session.';

COMMENT ON COLUMN audit.course_price_changes.changed_at IS 'When, by the database''s clock.';

COMMENT ON COLUMN audit.course_price_changes.change_id IS 'Row of audit.change_log that proves it.';

COMMENT ON COLUMN audit.course_price_changes.course_slug IS 'Name of the course in addresses.';

CREATE TABLE catalog.categories (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer NOT NULL,
    CONSTRAINT categories_description_length_check CHECK ((length(description) <= 500)),
    CONSTRAINT categories_name_length_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 80))),
    CONSTRAINT categories_slug_is_url_safe_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 80)))
);

ALTER TABLE ONLY catalog.categories FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.categories OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.categories IS 'Subjects under which courses are found. Shard class: reference.';

COMMENT ON COLUMN catalog.categories.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.categories.slug IS 'Name in addresses: lower case words joined by hyphens.';

COMMENT ON COLUMN catalog.categories.name IS 'Name on pages.';

COMMENT ON COLUMN catalog.categories.description IS 'One sentence under the name; empty when there is none.';

COMMENT ON COLUMN catalog.categories."position" IS 'Order in lists, smallest first.';

CREATE TABLE catalog.course_instructors (
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    share_percent numeric(5,2) NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT course_instructors_share_is_percent_check CHECK (((share_percent >= (0)::numeric) AND (share_percent <= (100)::numeric)))
);

ALTER TABLE ONLY catalog.course_instructors FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.course_instructors OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.course_instructors IS 'Further instructors of a course and the percent of the instructors'' part that each earns; the lead earns the rest. Shard class: reference.';

COMMENT ON COLUMN catalog.course_instructors.course_id IS 'The course.';

COMMENT ON COLUMN catalog.course_instructors.instructor_id IS 'The further instructor.';

COMMENT ON COLUMN catalog.course_instructors.share_percent IS 'Percent, 0 to 100, of the instructors'' part of a sale.';

COMMENT ON COLUMN catalog.course_instructors.added_at IS 'Since when; the change log keeps earlier shares.';

CREATE VIEW catalog.course_quizzes AS
 SELECT q.course_id,
    q.id AS quiz_id,
    q."position",
    (q.metadata ->> 'title'::text) AS title,
    jsonb_array_length((q.metadata -> 'questions'::text)) AS question_count,
    ((q.metadata ->> 'passing_score'::text))::numeric AS passing_score,
    ((q.metadata ->> 'time_limit_seconds'::text))::integer AS time_limit_seconds
   FROM catalog.quizzes q
  WHERE (q.course_status <> 'draft'::text);

ALTER TABLE catalog.course_quizzes OWNER TO techcourse_reader;

COMMENT ON VIEW catalog.course_quizzes IS 'Quizzes of courses that are or were published, as anyone may know of them: title, number of questions, passing score, time limit.';

COMMENT ON COLUMN catalog.course_quizzes.course_id IS 'The course.';

COMMENT ON COLUMN catalog.course_quizzes.quiz_id IS 'The quiz.';

COMMENT ON COLUMN catalog.course_quizzes."position" IS 'Its place among the quizzes of the course.';

COMMENT ON COLUMN catalog.course_quizzes.title IS 'Its title.';

COMMENT ON COLUMN catalog.course_quizzes.question_count IS 'How many questions it asks.';

COMMENT ON COLUMN catalog.course_quizzes.passing_score IS 'Percent of the points that pass it, 0 to 100.';

COMMENT ON COLUMN catalog.course_quizzes.time_limit_seconds IS 'Seconds for one attempt; null for no limit.';

CREATE VIEW catalog.published_courses AS
 SELECT c.id,
    c.slug,
    c.instructor_id,
    c.category_id,
    c.title,
    c.subtitle,
    c.description,
    c.language,
    c.level,
    c.price,
    (c.currency)::text AS currency,
    c.published_at,
    c.search
   FROM catalog.courses c
  WHERE (c.status = 'published'::text);

ALTER TABLE catalog.published_courses OWNER TO techcourse_reader;

COMMENT ON VIEW catalog.published_courses IS 'The courses on sale, for the catalogue: search these, not catalog.courses, so that the search indexes serve.';

COMMENT ON COLUMN catalog.published_courses.id IS 'The course.';

COMMENT ON COLUMN catalog.published_courses.slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN catalog.published_courses.instructor_id IS 'Who leads it.';

COMMENT ON COLUMN catalog.published_courses.category_id IS 'Where it stands in the catalogue.';

COMMENT ON COLUMN catalog.published_courses.title IS 'Title; close matches by trigram: words operator(extensions.<%) title.';

COMMENT ON COLUMN catalog.published_courses.subtitle IS 'What it is about, in a sentence.';

COMMENT ON COLUMN catalog.published_courses.description IS 'What it is about, in Markdown.';

COMMENT ON COLUMN catalog.published_courses.language IS 'ISO 639 code of the language of instruction.';

COMMENT ON COLUMN catalog.published_courses.level IS 'beginner, intermediate or advanced.';

COMMENT ON COLUMN catalog.published_courses.price IS 'Price, 0 for a free course, in the currency beside it.';

COMMENT ON COLUMN catalog.published_courses.currency IS 'ISO 4217 code.';

COMMENT ON COLUMN catalog.published_courses.published_at IS 'First publication; the catalogue shows the newest first.';

COMMENT ON COLUMN catalog.published_courses.search IS 'Words of title, subtitle and description in the course''s language.';

CREATE TABLE catalog.sections (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    course_status text NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    CONSTRAINT sections_position_not_negative_check CHECK (("position" >= 0)),
    CONSTRAINT sections_title_length_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 160)))
);

ALTER TABLE ONLY catalog.sections FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.sections OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.sections IS 'Chapters of a course, in order. Shard class: reference.';

COMMENT ON COLUMN catalog.sections.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.sections.course_id IS 'The course that the section is a chapter of.';

COMMENT ON COLUMN catalog.sections.instructor_id IS 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.sections.course_status IS 'Copy of the course''s status, kept equal by the foreign key.';

COMMENT ON COLUMN catalog.sections."position" IS 'Order in the course, from 0.';

COMMENT ON COLUMN catalog.sections.title IS 'Heading in the outline, public with the course.';

CREATE TABLE identity.api_tokens (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    acting_role identity.role_name NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT api_tokens_expire_after_creation_check CHECK ((expires_at > created_at)),
    CONSTRAINT api_tokens_name_length_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT api_tokens_scopes_not_empty_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 50))),
    CONSTRAINT api_tokens_token_hash_is_sha256_check CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY identity.api_tokens FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.api_tokens OWNER TO techcourse_owner;

COMMENT ON TABLE identity.api_tokens IS 'Tokens for programs: hashed, named, scoped, expiring, revocable. Shard class: local.';

COMMENT ON COLUMN identity.api_tokens.id IS 'Key, UUIDv7; names the token in lists and logs.';

COMMENT ON COLUMN identity.api_tokens.user_id IS 'For whom the program acts.';

COMMENT ON COLUMN identity.api_tokens.acting_role IS 'The one role that the program acts as; losing the role ends the token.';

COMMENT ON COLUMN identity.api_tokens.name IS 'What the owner calls it, unique among the own tokens. Personal data.';

COMMENT ON COLUMN identity.api_tokens.token_hash IS 'SHA-256 of the token, which was shown once. Secret.';

COMMENT ON COLUMN identity.api_tokens.scopes IS 'What the token may do, such as courses:read; less than the role, never more.';

COMMENT ON COLUMN identity.api_tokens.created_at IS 'When it was made.';

COMMENT ON COLUMN identity.api_tokens.expires_at IS 'From here on it is refused.';

COMMENT ON COLUMN identity.api_tokens.revoked_at IS 'When it was taken back; null while it is good.';

COMMENT ON COLUMN identity.api_tokens.last_used_at IS 'Latest use; null before the first.';

CREATE TABLE identity.external_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    linked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT external_identities_issuer_is_https_check CHECK (((issuer ~ '^https?://'::text) AND (length(issuer) <= 300))),
    CONSTRAINT external_identities_subject_length_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);

ALTER TABLE ONLY identity.external_identities FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.external_identities OWNER TO techcourse_owner;

COMMENT ON TABLE identity.external_identities IS 'Accounts at OpenID Connect providers, by issuer and subject. Shard class: local.';

COMMENT ON COLUMN identity.external_identities.issuer IS 'The provider: its OpenID Connect issuer address.';

COMMENT ON COLUMN identity.external_identities.subject IS 'The provider''s own id of the account (claim sub). Personal data.';

COMMENT ON COLUMN identity.external_identities.user_id IS 'The user that signs in by it.';

COMMENT ON COLUMN identity.external_identities.linked_at IS 'When the account was linked.';

CREATE TABLE identity.instructor_profiles (
    user_id uuid NOT NULL,
    display_name text NOT NULL,
    bio text DEFAULT ''::text NOT NULL,
    CONSTRAINT instructor_profiles_bio_length_check CHECK ((length(bio) <= 2000)),
    CONSTRAINT instructor_profiles_display_name_length_check CHECK (((length(btrim(display_name)) >= 1) AND (length(btrim(display_name)) <= 120)))
);

ALTER TABLE ONLY identity.instructor_profiles FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.instructor_profiles OWNER TO techcourse_owner;

COMMENT ON TABLE identity.instructor_profiles IS 'What every visitor may know of an instructor: the public name and text of a course page. Shard class: reference.';

COMMENT ON COLUMN identity.instructor_profiles.user_id IS 'The instructor.';

COMMENT ON COLUMN identity.instructor_profiles.display_name IS 'Name on course pages, readable by everyone; may differ from the account''s. Personal data.';

COMMENT ON COLUMN identity.instructor_profiles.bio IS 'Text on course pages, readable by everyone, Markdown. Personal data.';

CREATE TABLE identity.one_time_tokens (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    new_email extensions.citext,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT one_time_tokens_expire_after_creation_check CHECK ((expires_at > created_at)),
    CONSTRAINT one_time_tokens_new_email_looks_like_an_address_check CHECK (((new_email)::text ~ '^[^@[:space:]]{1,64}@[^@[:space:]]{1,189}$'::text)),
    CONSTRAINT one_time_tokens_new_email_only_for_change_check CHECK (((purpose = 'change_email'::text) = (new_email IS NOT NULL))),
    CONSTRAINT one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text, 'change_email'::text, 'link_identity'::text]))),
    CONSTRAINT one_time_tokens_token_hash_is_sha256_check CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY identity.one_time_tokens FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.one_time_tokens OWNER TO techcourse_owner;

COMMENT ON TABLE identity.one_time_tokens IS 'Links sent by e-mail, as SHA-256: verification, password reset, change of e-mail. Shard class: local.';

COMMENT ON COLUMN identity.one_time_tokens.token_hash IS 'SHA-256 of the token in the link. Secret.';

COMMENT ON COLUMN identity.one_time_tokens.user_id IS 'For whom the link is good.';

COMMENT ON COLUMN identity.one_time_tokens.purpose IS 'What the link does: verify_email, reset_password, change_email or link_identity.';

COMMENT ON COLUMN identity.one_time_tokens.new_email IS 'The address to change to; only for change_email. Personal data.';

COMMENT ON COLUMN identity.one_time_tokens.created_at IS 'When the mail was ordered.';

COMMENT ON COLUMN identity.one_time_tokens.expires_at IS 'From here on the link is refused.';

COMMENT ON COLUMN identity.one_time_tokens.used_at IS 'When the link was followed; null before. It works once.';

CREATE TABLE identity.recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT recovery_codes_code_hash_is_sha256_check CHECK ((length(code_hash) = 32))
);

ALTER TABLE ONLY identity.recovery_codes FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.recovery_codes OWNER TO techcourse_owner;

COMMENT ON TABLE identity.recovery_codes IS 'One-time codes for a lost second factor, as SHA-256. Shard class: local.';

COMMENT ON COLUMN identity.recovery_codes.user_id IS 'Whose code.';

COMMENT ON COLUMN identity.recovery_codes.code_hash IS 'SHA-256 of the code. Secret.';

COMMENT ON COLUMN identity.recovery_codes.used_at IS 'When the code was spent; null while it is good.';

CREATE TABLE identity.second_factors (
    user_id uuid NOT NULL,
    kind text NOT NULL,
    secret bytea NOT NULL,
    confirmed_at timestamp with time zone,
    last_step bigint,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT second_factors_kind_check CHECK ((kind = 'totp'::text)),
    CONSTRAINT second_factors_secret_length_check CHECK (((length(secret) >= 16) AND (length(secret) <= 512)))
);

ALTER TABLE ONLY identity.second_factors FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.second_factors OWNER TO techcourse_owner;

COMMENT ON TABLE identity.second_factors IS 'Second factors (TOTP, RFC 6238); the secret is encrypted by the application. Shard class: local.';

COMMENT ON COLUMN identity.second_factors.user_id IS 'Whose second factor.';

COMMENT ON COLUMN identity.second_factors.kind IS 'totp: six digits from an authenticator app.';

COMMENT ON COLUMN identity.second_factors.secret IS 'Shared key, encrypted by the application with a key that is not in the database. Secret.';

COMMENT ON COLUMN identity.second_factors.confirmed_at IS 'When the first right code was given; null: not asked for at sign-in yet.';

COMMENT ON COLUMN identity.second_factors.last_step IS 'Newest 30-second step (since 1970) whose code was used, so that no code works twice; null before the first.';

COMMENT ON COLUMN identity.second_factors.created_at IS 'When the set-up began.';

CREATE TABLE learning.attempt_slots (
    student_id uuid NOT NULL,
    quiz_id uuid NOT NULL,
    attempt_no integer NOT NULL,
    course_id uuid NOT NULL,
    quiz_version integer NOT NULL,
    attempt_limit integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    attempt_id uuid NOT NULL,
    CONSTRAINT attempt_slots_attempt_no_within_limit_check CHECK (((attempt_no >= 1) AND (attempt_no <= attempt_limit)))
);

ALTER TABLE ONLY learning.attempt_slots FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.attempt_slots OWNER TO techcourse_owner;

COMMENT ON TABLE learning.attempt_slots IS 'The attempts that a quiz allows a student, each taken once; keeps the limit across partitions. Shard class: student-keyed.';

COMMENT ON COLUMN learning.attempt_slots.student_id IS 'Who tries.';

COMMENT ON COLUMN learning.attempt_slots.quiz_id IS 'The quiz.';

COMMENT ON COLUMN learning.attempt_slots.attempt_no IS 'Which try, from 1; never past the limit.';

COMMENT ON COLUMN learning.attempt_slots.course_id IS 'The quiz''s course, in which the student is enrolled.';

COMMENT ON COLUMN learning.attempt_slots.quiz_version IS 'The version of the document that was handed out.';

COMMENT ON COLUMN learning.attempt_slots.attempt_limit IS 'Limit of that version; the foreign key makes it the truth.';

COMMENT ON COLUMN learning.attempt_slots.started_at IS 'Beginning of the attempt, part of its key.';

COMMENT ON COLUMN learning.attempt_slots.attempt_id IS 'The attempt.';

CREATE TABLE learning.certificate_numbers (
    number text NOT NULL,
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    CONSTRAINT certificate_numbers_number_format_check CHECK ((number ~ '^TC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'::text))
);

ALTER TABLE ONLY learning.certificate_numbers FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.certificate_numbers OWNER TO techcourse_owner;

COMMENT ON TABLE learning.certificate_numbers IS 'Certificate numbers, unique everywhere; the way from a printed number to its certificate. Shard class: reference.';

COMMENT ON COLUMN learning.certificate_numbers.number IS 'The printed number.';

COMMENT ON COLUMN learning.certificate_numbers.student_id IS 'Whose certificate.';

COMMENT ON COLUMN learning.certificate_numbers.course_id IS 'Of which course.';

CREATE TABLE learning.certificates (
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    number text NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    attempt_id uuid NOT NULL,
    score learning.percentage NOT NULL,
    issued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT certificates_number_format_check CHECK ((number ~ '^TC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'::text)),
    CONSTRAINT certificates_revoked_has_a_reason_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
    CONSTRAINT certificates_revoked_reason_length_check CHECK (((length(revoked_reason) >= 1) AND (length(revoked_reason) <= 500)))
);

ALTER TABLE ONLY learning.certificates FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.certificates OWNER TO techcourse_owner;

COMMENT ON TABLE learning.certificates IS 'Proof that a student passed a course, once, resting on a passed attempt. Shard class: student-keyed.';

COMMENT ON COLUMN learning.certificates.student_id IS 'Who passed.';

COMMENT ON COLUMN learning.certificates.course_id IS 'What.';

COMMENT ON COLUMN learning.certificates.number IS 'Printed number, TC- and three groups of Crockford''s base 32; anyone who holds it may check it.';

COMMENT ON COLUMN learning.certificates.attempt_started_at IS 'Beginning of the attempt that it rests on, part of the attempt''s key.';

COMMENT ON COLUMN learning.certificates.attempt_id IS 'The attempt that it rests on.';

COMMENT ON COLUMN learning.certificates.score IS 'Percent reached, equal to the attempt''s.';

COMMENT ON COLUMN learning.certificates.issued_at IS 'Date on the certificate.';

COMMENT ON COLUMN learning.certificates.revoked_at IS 'When it was declared void; null while it is good.';

COMMENT ON COLUMN learning.certificates.revoked_reason IS 'Why, for whoever checks the number; set exactly when revoked. Personal data.';

CREATE TABLE learning.events (
    student_id uuid NOT NULL,
    occurred_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    kind learning.event_kind NOT NULL,
    course_id uuid,
    lesson_id uuid,
    payload learning.json_object DEFAULT '{}'::jsonb NOT NULL
)
PARTITION BY RANGE (occurred_at);

ALTER TABLE ONLY learning.events FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.events OWNER TO techcourse_owner;

COMMENT ON TABLE learning.events IS 'The stream of learning events, one partition a month. Shard class: student-keyed.';

COMMENT ON COLUMN learning.events.student_id IS 'Who.';

COMMENT ON COLUMN learning.events.occurred_at IS 'When; decides the partition.';

COMMENT ON COLUMN learning.events.id IS 'Key, UUIDv7, together with student and time.';

COMMENT ON COLUMN learning.events.kind IS 'What was done.';

COMMENT ON COLUMN learning.events.course_id IS 'In which course; null outside of any.';

COMMENT ON COLUMN learning.events.lesson_id IS 'In which lesson; null outside of any.';

COMMENT ON COLUMN learning.events.payload IS 'Details by kind, such as the words searched for; ids rather than names. Personal data.';

CREATE TABLE learning.lesson_progress (
    student_id uuid NOT NULL,
    lesson_id uuid NOT NULL,
    course_id uuid NOT NULL,
    position_seconds integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    completed_at timestamp with time zone,
    CONSTRAINT lesson_progress_complete_after_start_check CHECK ((completed_at >= started_at)),
    CONSTRAINT lesson_progress_position_not_negative_check CHECK ((position_seconds >= 0))
);

ALTER TABLE ONLY learning.lesson_progress FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.lesson_progress OWNER TO techcourse_owner;

COMMENT ON TABLE learning.lesson_progress IS 'How far a student has come in a lesson; needs an enrolment. Shard class: student-keyed.';

COMMENT ON COLUMN learning.lesson_progress.student_id IS 'Who learns.';

COMMENT ON COLUMN learning.lesson_progress.lesson_id IS 'The lesson.';

COMMENT ON COLUMN learning.lesson_progress.course_id IS 'The lesson''s course, in which the student is enrolled.';

COMMENT ON COLUMN learning.lesson_progress.position_seconds IS 'Where to go on in a video, in seconds from its beginning.';

COMMENT ON COLUMN learning.lesson_progress.started_at IS 'First opened.';

COMMENT ON COLUMN learning.lesson_progress.last_seen_at IS 'Last opened.';

COMMENT ON COLUMN learning.lesson_progress.completed_at IS 'Done; null before.';

CREATE TABLE learning.reviews (
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    rating smallint NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT reviews_body_length_check CHECK ((length(body) <= 4000)),
    CONSTRAINT reviews_rating_from_1_to_5_check CHECK (((rating >= 1) AND (rating <= 5)))
);

ALTER TABLE ONLY learning.reviews FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.reviews OWNER TO techcourse_owner;

COMMENT ON TABLE learning.reviews IS 'A student''s rating of a course, 1 to 5, one each. Shard class: student-keyed.';

COMMENT ON COLUMN learning.reviews.student_id IS 'Who rates.';

COMMENT ON COLUMN learning.reviews.course_id IS 'Which course.';

COMMENT ON COLUMN learning.reviews.rating IS 'Stars, 1 (poor) to 5 (excellent).';

COMMENT ON COLUMN learning.reviews.body IS 'Plain text, public; empty when only stars were given. Personal data.';

COMMENT ON COLUMN learning.reviews.created_at IS 'First written.';

COMMENT ON COLUMN learning.reviews.updated_at IS 'Last change of the row, stamped by a trigger.';

CREATE TABLE platform.jobs (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    run_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    locked_until timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    last_error text,
    finished_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT jobs_kind_is_snake_case_check CHECK ((kind ~ '^[a-z][a-z0-9_]{1,62}$'::text)),
    CONSTRAINT jobs_last_error_length_check CHECK ((length(last_error) <= 2000)),
    CONSTRAINT jobs_payload_is_object_check CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT jobs_tries_not_negative_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY platform.jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.jobs OWNER TO techcourse_owner;

COMMENT ON TABLE platform.jobs IS 'Background work, taken by any node with FOR UPDATE SKIP LOCKED. Shard class: local.';

COMMENT ON COLUMN platform.jobs.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN platform.jobs.kind IS 'Which work, a name known to the application.';

COMMENT ON COLUMN platform.jobs.payload IS 'What the work needs: ids, no persons.';

COMMENT ON COLUMN platform.jobs.run_at IS 'Not before; later after a failed try.';

COMMENT ON COLUMN platform.jobs.locked_until IS 'A node works on it until here; after that another one may take it. Null while it waits.';

COMMENT ON COLUMN platform.jobs.tries IS 'How often it was begun.';

COMMENT ON COLUMN platform.jobs.last_error IS 'First 2,000 characters of why the latest try failed; null while none did.';

COMMENT ON COLUMN platform.jobs.finished_at IS 'Done; null before.';

COMMENT ON COLUMN platform.jobs.created_at IS 'When it was ordered.';

CREATE TABLE platform.outbox (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    delivered_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    CONSTRAINT outbox_payload_is_object_check CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT outbox_topic_length_check CHECK (((length(topic) >= 1) AND (length(topic) <= 100))),
    CONSTRAINT outbox_tries_not_negative_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY platform.outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.outbox OWNER TO techcourse_owner;

COMMENT ON TABLE platform.outbox IS 'Messages to the outside, written in the transaction of the fact that they tell. Shard class: local.';

COMMENT ON COLUMN platform.outbox.id IS 'Key, UUIDv7; the receiver drops one that it has seen.';

COMMENT ON COLUMN platform.outbox.topic IS 'What kind of message, such as sales.payment_captured.';

COMMENT ON COLUMN platform.outbox.payload IS 'The message: ids, no persons.';

COMMENT ON COLUMN platform.outbox.created_at IS 'Time of the fact that it tells.';

COMMENT ON COLUMN platform.outbox.delivered_at IS 'When the receiver took it; null before.';

COMMENT ON COLUMN platform.outbox.tries IS 'How often delivery was tried.';

CREATE TABLE platform.shard_plan (
    table_name text NOT NULL,
    class text NOT NULL,
    distribution_column text,
    CONSTRAINT shard_plan_class_check CHECK ((class = ANY (ARRAY['reference'::text, 'student-keyed'::text, 'local'::text]))),
    CONSTRAINT shard_plan_student_keyed_by_student_check CHECK (((class = 'student-keyed'::text) = (NOT (distribution_column IS DISTINCT FROM 'student_id'::text)))),
    CONSTRAINT shard_plan_table_name_is_qualified_check CHECK ((table_name ~ '^[a-z_]+\.[a-z_]+$'::text))
);

ALTER TABLE platform.shard_plan OWNER TO techcourse_owner;

COMMENT ON TABLE platform.shard_plan IS 'How each table is spread over machines: a full copy everywhere, by student, or on the coordinator alone. Shard class: local.';

COMMENT ON COLUMN platform.shard_plan.table_name IS 'The table, as schema.table.';

COMMENT ON COLUMN platform.shard_plan.class IS 'reference: a copy on every machine; student-keyed: spread by student; local: on the coordinator alone.';

COMMENT ON COLUMN platform.shard_plan.distribution_column IS 'student_id for student-keyed tables, else null.';

CREATE TABLE sales.coupon_slots (
    coupon_id uuid NOT NULL,
    slot_no integer NOT NULL,
    slot_limit integer NOT NULL,
    student_id uuid NOT NULL,
    order_id uuid NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT coupon_slots_slot_no_within_limit_check CHECK (((slot_no >= 1) AND (slot_no <= slot_limit)))
);

ALTER TABLE ONLY sales.coupon_slots FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.coupon_slots OWNER TO techcourse_owner;

COMMENT ON TABLE sales.coupon_slots IS 'Redemptions of a coupon counted out one by one: a coupon is never redeemed past its limit. Shard class: reference.';

COMMENT ON COLUMN sales.coupon_slots.coupon_id IS 'The coupon.';

COMMENT ON COLUMN sales.coupon_slots.slot_no IS 'Which of its redemptions, from 1; never past the limit.';

COMMENT ON COLUMN sales.coupon_slots.slot_limit IS 'Copy of max_redemptions, kept equal by the foreign key.';

COMMENT ON COLUMN sales.coupon_slots.student_id IS 'Who took the slot.';

COMMENT ON COLUMN sales.coupon_slots.order_id IS 'In which order; one order takes one slot.';

COMMENT ON COLUMN sales.coupon_slots.taken_at IS 'When.';

CREATE TABLE sales.order_lines (
    student_id uuid NOT NULL,
    order_id uuid NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    list_price platform.money_amount NOT NULL,
    discount_amount platform.money_amount DEFAULT 0 NOT NULL,
    amount platform.money_amount GENERATED ALWAYS AS (((list_price)::numeric - (discount_amount)::numeric)) STORED NOT NULL,
    currency platform.currency_code NOT NULL,
    instructor_share numeric(5,4) NOT NULL,
    coupon_id uuid,
    refunded_amount platform.money_amount DEFAULT 0 NOT NULL,
    CONSTRAINT order_lines_discount_at_most_price_check CHECK (((discount_amount)::numeric <= (list_price)::numeric)),
    CONSTRAINT order_lines_discount_has_a_coupon_check CHECK ((((discount_amount)::numeric = (0)::numeric) OR (coupon_id IS NOT NULL))),
    CONSTRAINT order_lines_refunded_at_most_paid_check CHECK (((refunded_amount)::numeric <= ((list_price)::numeric - (discount_amount)::numeric))),
    CONSTRAINT order_lines_share_from_0_to_1_check CHECK (((instructor_share >= (0)::numeric) AND (instructor_share <= (1)::numeric)))
);

ALTER TABLE ONLY sales.order_lines FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.order_lines OWNER TO techcourse_owner;

COMMENT ON TABLE sales.order_lines IS 'One course of an order: list price, discount, what is paid, and the instructor''s share, frozen. Shard class: student-keyed.';

COMMENT ON COLUMN sales.order_lines.student_id IS 'Who buys.';

COMMENT ON COLUMN sales.order_lines.order_id IS 'The order.';

COMMENT ON COLUMN sales.order_lines.course_id IS 'What is bought; one course once in an order.';

COMMENT ON COLUMN sales.order_lines.instructor_id IS 'Who earned from the course at that moment.';

COMMENT ON COLUMN sales.order_lines.list_price IS 'Price of the course at that moment, before the discount.';

COMMENT ON COLUMN sales.order_lines.discount_amount IS 'What the coupon takes off; at most the list price.';

COMMENT ON COLUMN sales.order_lines.amount IS 'What is paid for the line: list price less discount; computed.';

COMMENT ON COLUMN sales.order_lines.currency IS 'Currency of all amounts of the line, the order''s.';

COMMENT ON COLUMN sales.order_lines.instructor_share IS 'Part of the amount that the instructors earn, 0 to 1, frozen at that moment.';

COMMENT ON COLUMN sales.order_lines.coupon_id IS 'The coupon of the discount; null without one.';

COMMENT ON COLUMN sales.order_lines.refunded_amount IS 'Sum of the line''s refunds, counted by a trigger; never more than the amount.';

CREATE VIEW reporting.coupon_performance AS
 WITH lines AS (
         SELECT l.coupon_id,
            l.currency,
            l.student_id,
            l.order_id,
            l.list_price,
            l.discount_amount,
            l.amount,
            l.refunded_amount
           FROM (sales.order_lines l
             JOIN sales.payments p ON (((p.student_id = l.student_id) AND (p.order_id = l.order_id) AND (p.status = 'captured'::text))))
          WHERE (l.coupon_id IS NOT NULL)
        ), sums AS (
         SELECT l.coupon_id,
            l.currency,
            count(DISTINCT ROW(l.student_id, l.order_id)) AS paid_orders,
            count(DISTINCT l.student_id) AS students,
            sum((l.list_price)::numeric) AS list_amount,
            sum((l.discount_amount)::numeric) AS discount_amount,
            sum((l.amount)::numeric) AS paid_amount,
            sum((l.refunded_amount)::numeric) AS refunded_amount
           FROM lines l
          GROUP BY l.coupon_id, l.currency
        ), slots AS (
         SELECT s.coupon_id,
            count(*) AS redemptions
           FROM sales.coupon_slots s
          GROUP BY s.coupon_id
        )
 SELECT (c.code)::text AS coupon_code,
    c.scope,
    c.percent_off,
    (c.amount_off)::numeric(14,2) AS amount_off,
    c.valid_from,
    c.valid_until,
    c.active,
    COALESCE(slots.redemptions, (0)::bigint) AS redemptions,
    c.max_redemptions,
    (COALESCE(sums.currency, c.currency))::text AS currency,
    COALESCE(sums.paid_orders, (0)::bigint) AS paid_orders,
    COALESCE(sums.students, (0)::bigint) AS students,
    (COALESCE(sums.list_amount, (0)::numeric))::numeric(14,2) AS list_amount,
    (COALESCE(sums.discount_amount, (0)::numeric))::numeric(14,2) AS discount_amount,
    (COALESCE(sums.paid_amount, (0)::numeric))::numeric(14,2) AS paid_amount,
    (COALESCE(sums.refunded_amount, (0)::numeric))::numeric(14,2) AS refunded_amount
   FROM ((sales.coupons c
     LEFT JOIN slots ON ((slots.coupon_id = c.id)))
     LEFT JOIN sums ON ((sums.coupon_id = c.id)));

ALTER TABLE reporting.coupon_performance OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.coupon_performance IS 'Coupons with their redemptions and what the orders that used them paid, one row for each coupon and currency.';

COMMENT ON COLUMN reporting.coupon_performance.coupon_code IS 'The code that students type.';

COMMENT ON COLUMN reporting.coupon_performance.scope IS 'platform, instructor or course: what the coupon is good for.';

COMMENT ON COLUMN reporting.coupon_performance.percent_off IS 'Discount in percent; null for a discount by amount.';

COMMENT ON COLUMN reporting.coupon_performance.amount_off IS 'Discount by amount, in the currency of the row; null for a discount in percent.';

COMMENT ON COLUMN reporting.coupon_performance.valid_from IS 'When the coupon begins to be good.';

COMMENT ON COLUMN reporting.coupon_performance.valid_until IS 'When it ends.';

COMMENT ON COLUMN reporting.coupon_performance.active IS 'False when it was switched off by hand.';

COMMENT ON COLUMN reporting.coupon_performance.redemptions IS 'Slots taken in all currencies, also by orders that were never paid.';

COMMENT ON COLUMN reporting.coupon_performance.max_redemptions IS 'Limit of redemptions.';

COMMENT ON COLUMN reporting.coupon_performance.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added. Null for a percent coupon never used.';

COMMENT ON COLUMN reporting.coupon_performance.paid_orders IS 'Paid orders with the coupon, in this currency.';

COMMENT ON COLUMN reporting.coupon_performance.students IS 'Students behind these orders.';

COMMENT ON COLUMN reporting.coupon_performance.list_amount IS 'What their discounted lines would have cost.';

COMMENT ON COLUMN reporting.coupon_performance.discount_amount IS 'What the coupon took off.';

COMMENT ON COLUMN reporting.coupon_performance.paid_amount IS 'What was paid for them.';

COMMENT ON COLUMN reporting.coupon_performance.refunded_amount IS 'What of it was given back since.';

CREATE VIEW reporting.daily_sales AS
 WITH movements AS (
         SELECT p.business_day AS day,
            l.course_id,
            l.currency,
            1 AS units,
            (l.amount)::numeric AS gross,
            (0)::numeric AS refund
           FROM (sales.payments p
             JOIN sales.order_lines l ON (((l.student_id = p.student_id) AND (l.order_id = p.order_id))))
          WHERE (p.status = 'captured'::text)
        UNION ALL
         SELECT r.business_day,
            r.course_id,
            r.currency,
            0,
            0,
            r.amount
           FROM sales.refunds r
        ), days AS (
         SELECT m.day,
            m.course_id,
            m.currency,
            sum(m.units) AS units_sold,
            sum(m.gross) AS gross_amount,
            sum(m.refund) AS refund_amount
           FROM movements m
          GROUP BY m.day, m.course_id, m.currency
        )
 SELECT d.day,
    d.course_id,
    c.title AS course_title,
    i.display_name AS instructor_name,
    (d.currency)::text AS currency,
    d.units_sold,
    (d.gross_amount)::numeric(14,2) AS gross_amount,
    (d.refund_amount)::numeric(14,2) AS refund_amount,
    ((d.gross_amount - d.refund_amount))::numeric(14,2) AS net_amount
   FROM ((days d
     JOIN catalog.courses c ON ((c.id = d.course_id)))
     JOIN identity.users i ON ((i.id = c.instructor_id)));

ALTER TABLE reporting.daily_sales OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.daily_sales IS 'Sales of each course on each business day (setting accounting_time_zone), one row for each currency: units sold, gross, refunds of that day, net. Amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.daily_sales.day IS 'Business day in the accounting time zone; a refund stands on the day that it happened.';

COMMENT ON COLUMN reporting.daily_sales.course_id IS 'The course.';

COMMENT ON COLUMN reporting.daily_sales.course_title IS 'Its title today.';

COMMENT ON COLUMN reporting.daily_sales.instructor_name IS 'Name of who leads it today. Personal data.';

COMMENT ON COLUMN reporting.daily_sales.currency IS 'Currency of the three amounts, ISO 4217.';

COMMENT ON COLUMN reporting.daily_sales.units_sold IS 'Lines of orders captured on the day; refunds do not lower it.';

COMMENT ON COLUMN reporting.daily_sales.gross_amount IS 'What was paid for them, after discounts.';

COMMENT ON COLUMN reporting.daily_sales.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.daily_sales.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

CREATE TABLE sales.ledger_accounts (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    kind text NOT NULL,
    instructor_id uuid,
    currency platform.currency_code NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT ledger_accounts_instructor_kinds_have_one_check CHECK (((kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text])) = (instructor_id IS NOT NULL))),
    CONSTRAINT ledger_accounts_kind_check CHECK ((kind = ANY (ARRAY['gateway_clearing'::text, 'bank'::text, 'student_refunds'::text, 'platform_revenue'::text, 'instructor_earned'::text, 'instructor_payable'::text, 'taxes'::text, 'gateway_fees'::text])))
);

ALTER TABLE ONLY sales.ledger_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.ledger_accounts OWNER TO techcourse_owner;

COMMENT ON TABLE sales.ledger_accounts IS 'Accounts of the double-entry ledger, one for each kind, instructor and currency. Shard class: reference.';

COMMENT ON COLUMN sales.ledger_accounts.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN sales.ledger_accounts.kind IS 'What the account counts; the instructor_ kinds exist once for each instructor.';

COMMENT ON COLUMN sales.ledger_accounts.instructor_id IS 'Whose account; set exactly for the instructor_ kinds.';

COMMENT ON COLUMN sales.ledger_accounts.currency IS 'The one currency of all its entries.';

COMMENT ON COLUMN sales.ledger_accounts.opened_at IS 'When it was first needed.';

CREATE TABLE sales.ledger_entries (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    transaction_id uuid NOT NULL,
    posted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    business_day date NOT NULL,
    kind text NOT NULL,
    debit_account_id uuid NOT NULL,
    credit_account_id uuid NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    student_id uuid,
    order_id uuid,
    course_id uuid,
    refund_id uuid,
    payout_id uuid,
    CONSTRAINT ledger_entries_amount_positive_check CHECK (((amount)::numeric > (0)::numeric)),
    CONSTRAINT ledger_entries_kind_check CHECK ((kind = ANY (ARRAY['sale'::text, 'refund'::text, 'chargeback'::text, 'release'::text, 'payout'::text, 'fee'::text, 'tax'::text, 'correction'::text]))),
    CONSTRAINT ledger_entries_two_accounts_check CHECK ((debit_account_id <> credit_account_id))
);

ALTER TABLE ONLY sales.ledger_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.ledger_entries OWNER TO techcourse_owner;

COMMENT ON TABLE sales.ledger_entries IS 'Double-entry ledger: each row debits one account and credits another. Append only. Shard class: local.';

COMMENT ON COLUMN sales.ledger_entries.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN sales.ledger_entries.transaction_id IS 'Entries of one event (a sale, a refund, a payout) share it.';

COMMENT ON COLUMN sales.ledger_entries.posted_at IS 'When it was written.';

COMMENT ON COLUMN sales.ledger_entries.business_day IS 'Day in the books: the business day of the payment, refund or payout.';

COMMENT ON COLUMN sales.ledger_entries.kind IS 'Which event: sale, refund, chargeback, release, payout, fee, tax or correction.';

COMMENT ON COLUMN sales.ledger_entries.debit_account_id IS 'Account that the amount is added to on its debit side.';

COMMENT ON COLUMN sales.ledger_entries.credit_account_id IS 'Account that the amount is added to on its credit side; another one.';

COMMENT ON COLUMN sales.ledger_entries.amount IS 'What is moved, above 0.';

COMMENT ON COLUMN sales.ledger_entries.currency IS 'Currency of the amount and of both accounts.';

COMMENT ON COLUMN sales.ledger_entries.student_id IS 'Buyer of the sale or refund; null for other events. No foreign key: the books may not hang on student-keyed tables.';

COMMENT ON COLUMN sales.ledger_entries.order_id IS 'The order; null for other events.';

COMMENT ON COLUMN sales.ledger_entries.course_id IS 'The course of the line; null for other events.';

COMMENT ON COLUMN sales.ledger_entries.refund_id IS 'The refund; null for other events.';

COMMENT ON COLUMN sales.ledger_entries.payout_id IS 'The payout; null for other events.';

CREATE VIEW reporting.ledger_balances AS
 WITH postings AS (
         SELECT e.debit_account_id AS account_id,
            (e.amount)::numeric AS debit,
            (0)::numeric AS credit
           FROM sales.ledger_entries e
        UNION ALL
         SELECT e.credit_account_id,
            0,
            e.amount
           FROM sales.ledger_entries e
        ), sums AS (
         SELECT p.account_id,
            sum(p.debit) AS debit,
            sum(p.credit) AS credit,
            count(*) AS entries
           FROM postings p
          GROUP BY p.account_id
        )
 SELECT a.kind AS account,
    i.display_name AS instructor_name,
    (a.currency)::text AS currency,
    COALESCE(s.entries, (0)::bigint) AS entries,
    (COALESCE(s.debit, (0)::numeric))::numeric(14,2) AS debit_amount,
    (COALESCE(s.credit, (0)::numeric))::numeric(14,2) AS credit_amount,
    (COALESCE((s.debit - s.credit), (0)::numeric))::numeric(14,2) AS balance,
    a.id AS account_id
   FROM ((sales.ledger_accounts a
     LEFT JOIN sums s ON ((s.account_id = a.id)))
     LEFT JOIN identity.users i ON ((i.id = a.instructor_id)));

ALTER TABLE reporting.ledger_balances OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.ledger_balances IS 'Every ledger account with the sum of its debits and credits. The balances of one currency add up to zero.';

COMMENT ON COLUMN reporting.ledger_balances.account IS 'Kind of the account: gateway_clearing, bank, instructor_earned, platform_revenue and so on.';

COMMENT ON COLUMN reporting.ledger_balances.instructor_name IS 'Whose account it is; null for accounts of the academy.';

COMMENT ON COLUMN reporting.ledger_balances.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.ledger_balances.entries IS 'How many entries touch the account.';

COMMENT ON COLUMN reporting.ledger_balances.debit_amount IS 'Sum of its debits.';

COMMENT ON COLUMN reporting.ledger_balances.credit_amount IS 'Sum of its credits.';

COMMENT ON COLUMN reporting.ledger_balances.balance IS 'Debits less credits: what the academy owns is positive, what it owes or has earned is negative.';

COMMENT ON COLUMN reporting.ledger_balances.account_id IS 'Key of the account.';

CREATE TABLE sales.payouts (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    instructor_id uuid NOT NULL,
    period_start date NOT NULL,
    period_end date NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    status text DEFAULT 'planned'::text NOT NULL,
    paid_at timestamp with time zone,
    approved_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT payouts_approved_by_another_check CHECK ((approved_by <> instructor_id)),
    CONSTRAINT payouts_approved_has_an_approver_check CHECK (((status <> ALL (ARRAY['approved'::text, 'paid'::text])) OR (approved_by IS NOT NULL))),
    CONSTRAINT payouts_paid_has_a_time_check CHECK (((status = 'paid'::text) = (paid_at IS NOT NULL))),
    CONSTRAINT payouts_period_end_after_start_check CHECK ((period_end > period_start)),
    CONSTRAINT payouts_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'approved'::text, 'paid'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY sales.payouts FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.payouts OWNER TO techcourse_owner;

COMMENT ON TABLE sales.payouts IS 'What is paid to an instructor for a period. Shard class: local.';

COMMENT ON COLUMN sales.payouts.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN sales.payouts.instructor_id IS 'Who is paid.';

COMMENT ON COLUMN sales.payouts.period_start IS 'First business day that is paid for.';

COMMENT ON COLUMN sales.payouts.period_end IS 'Day after the last one that is paid for.';

COMMENT ON COLUMN sales.payouts.amount IS 'What is paid out.';

COMMENT ON COLUMN sales.payouts.currency IS 'Currency of the amount; each one is paid out on its own.';

COMMENT ON COLUMN sales.payouts.status IS 'planned, approved by a second person, paid, or cancelled.';

COMMENT ON COLUMN sales.payouts.paid_at IS 'When the money left; set exactly when paid.';

COMMENT ON COLUMN sales.payouts.approved_by IS 'Who approved it, never the one who is paid; null before.';

COMMENT ON COLUMN sales.payouts.created_at IS 'When it was planned.';

CREATE VIEW reporting.payouts_due AS
 WITH earnings AS (
         SELECT a.instructor_id,
            a.currency,
            (e.amount)::numeric AS amount
           FROM (sales.ledger_accounts a
             JOIN sales.ledger_entries e ON ((e.credit_account_id = a.id)))
          WHERE (a.kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text]))
        UNION ALL
         SELECT a.instructor_id,
            a.currency,
            (- (e.amount)::numeric)
           FROM (sales.ledger_accounts a
             JOIN sales.ledger_entries e ON ((e.debit_account_id = a.id)))
          WHERE (a.kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text]))
        ), owed AS (
         SELECT e.instructor_id,
            e.currency,
            sum(e.amount) AS amount
           FROM earnings e
          GROUP BY e.instructor_id, e.currency
        ), under_way AS (
         SELECT p.instructor_id,
            p.currency,
            sum((p.amount)::numeric) FILTER (WHERE (p.status = 'planned'::text)) AS planned,
            sum((p.amount)::numeric) FILTER (WHERE (p.status = 'approved'::text)) AS approved
           FROM sales.payouts p
          WHERE (p.status = ANY (ARRAY['planned'::text, 'approved'::text]))
          GROUP BY p.instructor_id, p.currency
        )
 SELECT o.instructor_id,
    i.display_name AS instructor_name,
    (i.email)::text AS instructor_email,
    (o.currency)::text AS currency,
    (o.amount)::numeric(14,2) AS owed_amount,
    (COALESCE(u.planned, (0)::numeric))::numeric(14,2) AS planned_amount,
    (COALESCE(u.approved, (0)::numeric))::numeric(14,2) AS approved_amount,
    (((o.amount - COALESCE(u.planned, (0)::numeric)) - COALESCE(u.approved, (0)::numeric)))::numeric(14,2) AS unplanned_amount
   FROM ((owed o
     JOIN identity.users i ON ((i.id = o.instructor_id)))
     LEFT JOIN under_way u ON (((u.instructor_id = o.instructor_id) AND ((u.currency)::bpchar = (o.currency)::bpchar))))
  WHERE ((o.amount <> (0)::numeric) OR (u.instructor_id IS NOT NULL));

ALTER TABLE reporting.payouts_due OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.payouts_due IS 'What is owed to each instructor by the ledger, one row for each currency, and which part of it payouts already plan or approve.';

COMMENT ON COLUMN reporting.payouts_due.instructor_id IS 'The instructor.';

COMMENT ON COLUMN reporting.payouts_due.instructor_name IS 'Name of the instructor.';

COMMENT ON COLUMN reporting.payouts_due.instructor_email IS 'E-mail address of the instructor, to write about the payout.';

COMMENT ON COLUMN reporting.payouts_due.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.payouts_due.owed_amount IS 'Earned less given back less paid out, by the ledger.';

COMMENT ON COLUMN reporting.payouts_due.planned_amount IS 'Part of it in payouts that wait for approval.';

COMMENT ON COLUMN reporting.payouts_due.approved_amount IS 'Part of it in payouts that are approved and not yet paid.';

COMMENT ON COLUMN reporting.payouts_due.unplanned_amount IS 'The rest, in no payout yet; negative when more is planned than owed.';

CREATE VIEW reporting.sales_by_month AS
 SELECT (date_trunc('month'::text, (d.day)::timestamp with time zone))::date AS month,
    d.currency,
    count(DISTINCT d.course_id) FILTER (WHERE (d.units_sold > 0)) AS courses_sold,
    (sum(d.units_sold))::bigint AS units_sold,
    (sum(d.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(d.refund_amount))::numeric(14,2) AS refund_amount,
    (sum(d.net_amount))::numeric(14,2) AS net_amount
   FROM reporting.daily_sales d
  GROUP BY ((date_trunc('month'::text, (d.day)::timestamp with time zone))::date), d.currency;

ALTER TABLE reporting.sales_by_month OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.sales_by_month IS 'Sales of each calendar month of business days, one row for each currency; refunds in the month in which they happen.';

COMMENT ON COLUMN reporting.sales_by_month.month IS 'First day of the month.';

COMMENT ON COLUMN reporting.sales_by_month.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.sales_by_month.courses_sold IS 'How many different courses were sold.';

COMMENT ON COLUMN reporting.sales_by_month.units_sold IS 'How many places in courses were sold.';

COMMENT ON COLUMN reporting.sales_by_month.gross_amount IS 'What was paid.';

COMMENT ON COLUMN reporting.sales_by_month.refund_amount IS 'What was given back.';

COMMENT ON COLUMN reporting.sales_by_month.net_amount IS 'Gross less refunds.';

CREATE VIEW reporting.student_segments AS
 WITH academy AS (
         SELECT (s_1.value #>> '{}'::text[]) AS time_zone
           FROM platform.settings s_1
          WHERE (s_1.name = 'accounting_time_zone'::text)
        ), learning_of AS (
         SELECT e.student_id,
            max(e.enrolled_at) AS last_enrolled_at
           FROM learning.enrollments e
          GROUP BY e.student_id
        ), lessons_of AS (
         SELECT p.student_id,
            max(p.last_seen_at) AS last_seen_at
           FROM learning.lesson_progress p
          GROUP BY p.student_id
        ), attempts_of AS (
         SELECT s_1.student_id,
            max(s_1.started_at) AS last_attempt_at
           FROM learning.attempt_slots s_1
          GROUP BY s_1.student_id
        ), buyers AS (
         SELECT DISTINCT p.student_id
           FROM sales.payments p
          WHERE ((p.status = 'captured'::text) AND ((p.amount)::numeric > (0)::numeric))
        ), students AS (
         SELECT u.country,
            (date_trunc('month'::text, (u.created_at AT TIME ZONE academy.time_zone)))::date AS signup_month,
            (learning_of.student_id IS NOT NULL) AS enrolled,
            GREATEST(learning_of.last_enrolled_at, lessons_of.last_seen_at, attempts_of.last_attempt_at) AS last_active_at,
            (buyers.student_id IS NOT NULL) AS paid
           FROM ((((((academy
             CROSS JOIN identity.user_roles r)
             JOIN identity.users u ON (((u.id = r.user_id) AND (u.status = 'active'::text))))
             LEFT JOIN learning_of ON ((learning_of.student_id = u.id)))
             LEFT JOIN lessons_of ON ((lessons_of.student_id = u.id)))
             LEFT JOIN attempts_of ON ((attempts_of.student_id = u.id)))
             LEFT JOIN buyers ON ((buyers.student_id = u.id)))
          WHERE ((r.role)::text = 'student'::text)
        )
 SELECT (s.country)::text AS country,
    s.signup_month,
        CASE
            WHEN (NOT s.enrolled) THEN 'never enrolled'::text
            WHEN (s.last_active_at >= (now() - '30 days'::interval)) THEN 'active'::text
            WHEN (s.last_active_at >= (now() - '90 days'::interval)) THEN 'cooling'::text
            ELSE 'lapsed'::text
        END AS activity,
    count(*) AS students,
    count(*) FILTER (WHERE s.paid) AS paying_students
   FROM students s
  GROUP BY ((s.country)::text), s.signup_month,
        CASE
            WHEN (NOT s.enrolled) THEN 'never enrolled'::text
            WHEN (s.last_active_at >= (now() - '30 days'::interval)) THEN 'active'::text
            WHEN (s.last_active_at >= (now() - '90 days'::interval)) THEN 'cooling'::text
            ELSE 'lapsed'::text
        END;

ALTER TABLE reporting.student_segments OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.student_segments IS 'Active students counted by country, month of sign-up and activity; no name, no e-mail address.';

COMMENT ON COLUMN reporting.student_segments.country IS 'ISO 3166-1 alpha-2 code; null for students who did not say.';

COMMENT ON COLUMN reporting.student_segments.signup_month IS 'First day of the month of sign-up, in the accounting time zone.';

COMMENT ON COLUMN reporting.student_segments.activity IS 'never enrolled; active: enrolled, learnt or took a quiz in the last 30 days; cooling: in the last 90; lapsed: longer ago.';

COMMENT ON COLUMN reporting.student_segments.students IS 'How many students.';

COMMENT ON COLUMN reporting.student_segments.paying_students IS 'How many of them have ever paid for a course.';

CREATE TABLE sales.coupon_redemptions (
    student_id uuid NOT NULL,
    coupon_id uuid NOT NULL,
    use_no integer NOT NULL,
    use_limit integer NOT NULL,
    order_id uuid NOT NULL,
    redeemed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT coupon_redemptions_use_no_within_limit_check CHECK (((use_no >= 1) AND (use_no <= use_limit)))
);

ALTER TABLE ONLY sales.coupon_redemptions FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.coupon_redemptions OWNER TO techcourse_owner;

COMMENT ON TABLE sales.coupon_redemptions IS 'Which student used which coupon, how many times at most. Shard class: student-keyed.';

COMMENT ON COLUMN sales.coupon_redemptions.student_id IS 'Who used it.';

COMMENT ON COLUMN sales.coupon_redemptions.coupon_id IS 'The coupon.';

COMMENT ON COLUMN sales.coupon_redemptions.use_no IS 'Which use by this student, from 1; never past the limit.';

COMMENT ON COLUMN sales.coupon_redemptions.use_limit IS 'Copy of max_per_student, kept equal by the foreign key.';

COMMENT ON COLUMN sales.coupon_redemptions.order_id IS 'In which order.';

COMMENT ON COLUMN sales.coupon_redemptions.redeemed_at IS 'When.';

CREATE TABLE sales.coupon_returned_slots (
    coupon_id uuid NOT NULL,
    slot_no integer NOT NULL
);

ALTER TABLE ONLY sales.coupon_returned_slots FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.coupon_returned_slots OWNER TO techcourse_owner;

COMMENT ON TABLE sales.coupon_returned_slots IS 'Slots of a coupon that were given out and came back; they are given out again first. Shard class: reference.';

COMMENT ON COLUMN sales.coupon_returned_slots.coupon_id IS 'The coupon.';

COMMENT ON COLUMN sales.coupon_returned_slots.slot_no IS 'The slot that came back.';

CREATE TABLE sales.coupon_watermarks (
    coupon_id uuid NOT NULL,
    dense_up_to integer NOT NULL,
    CONSTRAINT coupon_watermarks_not_negative_check CHECK ((dense_up_to >= 0))
);

ALTER TABLE ONLY sales.coupon_watermarks FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.coupon_watermarks OWNER TO techcourse_owner;

COMMENT ON TABLE sales.coupon_watermarks IS 'How many slots of a coupon are given out without a gap: where the search for a free one begins. Shard class: reference.';

COMMENT ON COLUMN sales.coupon_watermarks.coupon_id IS 'The coupon.';

COMMENT ON COLUMN sales.coupon_watermarks.dense_up_to IS 'Slots 1 to this one are all given out or wait in coupon_returned_slots.';

CREATE TABLE sales.orders (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    placed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    currency platform.currency_code NOT NULL,
    country platform.country_code,
    total_amount platform.money_amount DEFAULT 0 NOT NULL,
    idempotency_key text,
    CONSTRAINT orders_idempotency_key_length_check CHECK (((length(idempotency_key) >= 8) AND (length(idempotency_key) <= 200)))
);

ALTER TABLE ONLY sales.orders FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.orders OWNER TO techcourse_owner;

COMMENT ON TABLE sales.orders IS 'What a student orders; the total is kept by the database as the sum of the lines. Shard class: student-keyed.';

COMMENT ON COLUMN sales.orders.student_id IS 'Who buys.';

COMMENT ON COLUMN sales.orders.id IS 'Key, UUIDv7, together with the student.';

COMMENT ON COLUMN sales.orders.placed_at IS 'When the order was made, paid or not.';

COMMENT ON COLUMN sales.orders.currency IS 'The one currency of all its lines and its payment.';

COMMENT ON COLUMN sales.orders.country IS 'Country of the buyer, for taxes; null when unknown. Personal data.';

COMMENT ON COLUMN sales.orders.total_amount IS 'Sum of the lines, added up by a trigger; fixed once a payment points at it.';

COMMENT ON COLUMN sales.orders.idempotency_key IS 'The client''s key of the request: the same key again finds this order. Null for orders of an import.';

CREATE TABLE sales.payment_references (
    gateway text NOT NULL,
    reference text NOT NULL,
    student_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    CONSTRAINT payment_references_gateway_check CHECK ((gateway ~ '^[a-z][a-z0-9_]{1,30}$'::text)),
    CONSTRAINT payment_references_reference_length_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200)))
);

ALTER TABLE ONLY sales.payment_references FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.payment_references OWNER TO techcourse_owner;

COMMENT ON TABLE sales.payment_references IS 'A gateway''s reference stands for one payment in the whole academy, so that a repeated webhook finds it. Shard class: reference.';

COMMENT ON COLUMN sales.payment_references.gateway IS 'Through whom.';

COMMENT ON COLUMN sales.payment_references.reference IS 'The gateway''s own id of the payment.';

COMMENT ON COLUMN sales.payment_references.student_id IS 'Whose payment, the first half of its key.';

COMMENT ON COLUMN sales.payment_references.payment_id IS 'The payment.';

ALTER TABLE ONLY identity.sign_in_failures
    ADD CONSTRAINT sign_in_failures_subject_pkey PRIMARY KEY (subject_kind, subject_hash);

CREATE FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO identity.sign_in_failures AS f (subject_kind, subject_hash)
   VALUES (record_sign_in_failure.kind, record_sign_in_failure.subject_hash) ON CONFLICT ON CONSTRAINT sign_in_failures_subject_pkey DO UPDATE SET failures =
         CASE
             WHEN (f.last_failed_at < (clock_timestamp() - '1 day'::interval)) THEN 1
             ELSE (LEAST(f.failures, 1000) + 1)
         END, last_failed_at = clock_timestamp(), blocked_until =
         CASE
             WHEN (f.failures >= 4) THEN (clock_timestamp() + LEAST(('00:00:01'::interval * ((2)::double precision ^ (LEAST((f.failures - 3), 12))::double precision)), '00:15:00'::interval))
             ELSE NULL::timestamp with time zone
         END
   RETURNING f.blocked_until;
END;

ALTER FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) IS 'Counts a wrong guess for an account or an address (SHA-256); from the fifth on, answers until when it must wait: 2, 4, 8 .. seconds, at most 15 minutes.';

ALTER TABLE ONLY analytics.student_key_salt
    ADD CONSTRAINT student_key_salt_only_one_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY audit.change_log
    ADD CONSTRAINT change_log_changed_at_id_pkey PRIMARY KEY (changed_at, id);

ALTER TABLE ONLY audit.seals
    ADD CONSTRAINT seals_previous_hash_key UNIQUE (previous_hash);

ALTER TABLE ONLY audit.seals
    ADD CONSTRAINT seals_seal_no_pkey PRIMARY KEY (seal_no);

ALTER TABLE ONLY catalog.categories
    ADD CONSTRAINT categories_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.categories
    ADD CONSTRAINT categories_slug_key UNIQUE (slug);

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_course_id_instructor_id_pkey PRIMARY KEY (course_id, instructor_id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_id_instructor_id_key UNIQUE (id, instructor_id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_id_instructor_id_status_key UNIQUE (id, instructor_id, status);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_slug_key UNIQUE (slug);

ALTER TABLE ONLY catalog.lesson_contents
    ADD CONSTRAINT lesson_contents_lesson_id_pkey PRIMARY KEY (lesson_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_course_id_key UNIQUE (id, course_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_instructor_id_key UNIQUE (id, instructor_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_section_id_position_key UNIQUE (section_id, "position") DEFERRABLE;

ALTER TABLE ONLY catalog.quiz_versions
    ADD CONSTRAINT quiz_versions_attempt_limit_key UNIQUE (quiz_id, version, course_id, attempt_limit);

ALTER TABLE ONLY catalog.quiz_versions
    ADD CONSTRAINT quiz_versions_passing_score_key UNIQUE (quiz_id, version, course_id, passing_score);

ALTER TABLE ONLY catalog.quiz_versions
    ADD CONSTRAINT quiz_versions_quiz_id_version_pkey PRIMARY KEY (quiz_id, version);

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_id_course_id_key UNIQUE (id, course_id);

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_course_id_position_key UNIQUE (course_id, "position") DEFERRABLE;

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_id_course_id_key UNIQUE (id, course_id);

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY identity.api_tokens
    ADD CONSTRAINT api_tokens_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY identity.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY identity.api_tokens
    ADD CONSTRAINT api_tokens_user_id_name_key UNIQUE (user_id, name);

ALTER TABLE ONLY identity.credentials
    ADD CONSTRAINT credentials_user_id_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY identity.external_identities
    ADD CONSTRAINT external_identities_issuer_subject_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY identity.instructor_profiles
    ADD CONSTRAINT instructor_profiles_user_id_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY identity.one_time_tokens
    ADD CONSTRAINT one_time_tokens_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_code_hash_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY identity.second_factors
    ADD CONSTRAINT second_factors_user_id_kind_pkey PRIMARY KEY (user_id, kind);

ALTER TABLE ONLY identity.sessions
    ADD CONSTRAINT sessions_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_user_id_role_pkey PRIMARY KEY (user_id, role);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_email_key UNIQUE (email);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY learning.attempt_slots
    ADD CONSTRAINT attempt_slots_attempt_key UNIQUE (student_id, started_at, attempt_id, quiz_id, attempt_no);

ALTER TABLE ONLY learning.attempt_slots
    ADD CONSTRAINT attempt_slots_student_id_quiz_id_attempt_no_pkey PRIMARY KEY (student_id, quiz_id, attempt_no);

ALTER TABLE ONLY learning.attempts
    ADD CONSTRAINT attempts_student_id_started_at_id_pkey PRIMARY KEY (student_id, started_at, id);

ALTER TABLE ONLY learning.certificate_numbers
    ADD CONSTRAINT certificate_numbers_number_pkey PRIMARY KEY (number);

ALTER TABLE ONLY learning.certificates
    ADD CONSTRAINT certificates_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY learning.enrollments
    ADD CONSTRAINT enrollments_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY learning.events
    ADD CONSTRAINT events_student_id_occurred_at_id_pkey PRIMARY KEY (student_id, occurred_at, id);

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_student_id_lesson_id_pkey PRIMARY KEY (student_id, lesson_id);

ALTER TABLE ONLY learning.reviews
    ADD CONSTRAINT reviews_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY platform.jobs
    ADD CONSTRAINT jobs_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.outbox
    ADD CONSTRAINT outbox_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.partition_plan
    ADD CONSTRAINT partition_plan_table_name_pkey PRIMARY KEY (table_name);

ALTER TABLE ONLY platform.settings
    ADD CONSTRAINT settings_name_pkey PRIMARY KEY (name);

ALTER TABLE ONLY platform.shard_plan
    ADD CONSTRAINT shard_plan_table_name_pkey PRIMARY KEY (table_name);

ALTER TABLE ONLY sales.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_student_id_coupon_id_use_no_pkey PRIMARY KEY (student_id, coupon_id, use_no);

ALTER TABLE ONLY sales.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_student_id_order_id_coupon_id_key UNIQUE (student_id, order_id, coupon_id);

ALTER TABLE ONLY sales.coupon_returned_slots
    ADD CONSTRAINT coupon_returned_slots_coupon_id_slot_no_pkey PRIMARY KEY (coupon_id, slot_no);

ALTER TABLE ONLY sales.coupon_slots
    ADD CONSTRAINT coupon_slots_coupon_id_order_id_key UNIQUE (coupon_id, order_id);

ALTER TABLE ONLY sales.coupon_slots
    ADD CONSTRAINT coupon_slots_coupon_id_slot_no_pkey PRIMARY KEY (coupon_id, slot_no);

ALTER TABLE ONLY sales.coupon_watermarks
    ADD CONSTRAINT coupon_watermarks_coupon_id_pkey PRIMARY KEY (coupon_id);

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_code_key UNIQUE (code);

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_id_max_per_student_key UNIQUE (id, max_per_student);

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_id_max_redemptions_key UNIQUE (id, max_redemptions);

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_id_currency_key UNIQUE (id, currency);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_kind_instructor_id_currency_key UNIQUE NULLS NOT DISTINCT (kind, instructor_id, currency);

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_student_id_order_id_course_id_pkey PRIMARY KEY (student_id, order_id, course_id);

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_id_currency_key UNIQUE (student_id, id, currency);

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_id_total_amount_currency_key UNIQUE (student_id, id, total_amount, currency);

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_idempotency_key_key UNIQUE (student_id, idempotency_key);

ALTER TABLE ONLY sales.payment_references
    ADD CONSTRAINT payment_references_gateway_reference_pkey PRIMARY KEY (gateway, reference);

ALTER TABLE ONLY sales.payments
    ADD CONSTRAINT payments_student_id_id_order_id_currency_key UNIQUE (student_id, id, order_id, currency);

ALTER TABLE ONLY sales.payments
    ADD CONSTRAINT payments_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_instructor_id_period_start_currency_key UNIQUE (instructor_id, period_start, currency);

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_student_id_id_pkey PRIMARY KEY (student_id, id);

CREATE INDEX change_log_changed_by_idx ON ONLY audit.change_log USING btree (changed_by, changed_at DESC);

CREATE INDEX change_log_prices_idx ON ONLY audit.change_log USING btree (changed_at DESC) WHERE ((relation = 'catalog.courses'::text) AND (action = 'update'::text) AND (old_values ? 'price'::text));

CREATE INDEX change_log_relation_row_key_idx ON ONLY audit.change_log USING btree (relation, (((row_key ->> 'id'::text))::uuid), changed_at DESC);

CREATE INDEX change_log_transaction_id_idx ON ONLY audit.change_log USING btree (origin, transaction_id);

CREATE INDEX course_instructors_instructor_id_idx ON catalog.course_instructors USING btree (instructor_id);

CREATE INDEX courses_category_id_any_status_idx ON catalog.courses USING btree (category_id);

CREATE INDEX courses_category_id_idx ON catalog.courses USING btree (category_id, published_at DESC, id) WHERE (status = 'published'::text);

CREATE INDEX courses_instructor_id_idx ON catalog.courses USING btree (instructor_id, instructor_role);

CREATE INDEX courses_published_at_idx ON catalog.courses USING btree (published_at DESC, id) WHERE (status = 'published'::text);

CREATE INDEX courses_search_idx ON catalog.courses USING gin (search);

CREATE INDEX courses_title_idx ON catalog.courses USING gin (title extensions.gin_trgm_ops);

CREATE INDEX lesson_contents_instructor_id_idx ON catalog.lesson_contents USING btree (instructor_id);

CREATE INDEX lessons_course_id_idx ON catalog.lessons USING btree (course_id, instructor_id, course_status);

CREATE INDEX lessons_section_id_course_id_idx ON catalog.lessons USING btree (section_id, course_id);

CREATE INDEX quizzes_course_id_idx ON catalog.quizzes USING btree (course_id, instructor_id, course_status);

CREATE INDEX quizzes_metadata_idx ON catalog.quizzes USING gin (metadata jsonb_path_ops);

CREATE INDEX quizzes_passing_score_idx ON catalog.quizzes USING btree ((((metadata ->> 'passing_score'::text))::numeric) DESC, course_id);

CREATE INDEX sections_course_id_idx ON catalog.sections USING btree (course_id, instructor_id, course_status);

CREATE INDEX api_tokens_user_id_acting_role_idx ON identity.api_tokens USING btree (user_id, acting_role);

CREATE INDEX external_identities_user_id_idx ON identity.external_identities USING btree (user_id);

CREATE INDEX one_time_tokens_user_id_idx ON identity.one_time_tokens USING btree (user_id);

CREATE INDEX sessions_expires_at_idx ON identity.sessions USING btree (expires_at);

CREATE INDEX sessions_user_id_idx ON identity.sessions USING btree (user_id, acting_role);

CREATE INDEX user_roles_granted_by_idx ON identity.user_roles USING btree (granted_by) WHERE (granted_by IS NOT NULL);

CREATE INDEX user_roles_role_idx ON identity.user_roles USING btree (role, user_id) WHERE ((role)::text <> 'student'::text);

CREATE INDEX users_created_at_idx ON identity.users USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX users_display_name_idx ON identity.users USING gin (display_name extensions.gin_trgm_ops);

CREATE INDEX attempt_slots_quiz_version_idx ON learning.attempt_slots USING btree (quiz_id, quiz_version, course_id, attempt_limit);

CREATE INDEX attempt_slots_student_id_course_id_idx ON learning.attempt_slots USING btree (student_id, course_id);

CREATE INDEX attempts_quiz_id_idx ON ONLY learning.attempts USING btree (quiz_id, started_at DESC);

CREATE INDEX attempts_quiz_version_idx ON ONLY learning.attempts USING btree (quiz_id, quiz_version, course_id, passing_score);

CREATE INDEX attempts_started_at_idx ON ONLY learning.attempts USING brin (started_at);

CREATE INDEX attempts_waiting_for_grade_idx ON ONLY learning.attempts USING btree (instructor_id, submitted_at) WHERE ((status)::text = 'submitted'::text);

CREATE INDEX certificates_attempt_idx ON learning.certificates USING btree (student_id, attempt_started_at, attempt_id);

CREATE INDEX enrollments_course_id_idx ON learning.enrollments USING btree (course_id, enrolled_at DESC);

CREATE INDEX enrollments_course_id_instructor_id_idx ON learning.enrollments USING btree (course_id, instructor_id);

CREATE INDEX enrollments_instructor_id_idx ON learning.enrollments USING btree (instructor_id, enrolled_at DESC);

CREATE INDEX enrollments_order_line_idx ON learning.enrollments USING btree (student_id, order_id, course_id) WHERE (order_id IS NOT NULL);

CREATE INDEX events_course_id_idx ON ONLY learning.events USING btree (course_id, occurred_at);

CREATE INDEX events_lesson_id_idx ON ONLY learning.events USING btree (lesson_id) WHERE (lesson_id IS NOT NULL);

CREATE INDEX events_occurred_at_idx ON ONLY learning.events USING brin (occurred_at);

CREATE INDEX lesson_progress_lesson_id_idx ON learning.lesson_progress USING btree (lesson_id, course_id);

CREATE INDEX lesson_progress_student_id_course_id_idx ON learning.lesson_progress USING btree (student_id, course_id);

CREATE INDEX reviews_course_id_idx ON learning.reviews USING btree (course_id, created_at DESC) INCLUDE (rating);

CREATE INDEX jobs_waiting_idx ON platform.jobs USING btree (run_at) WHERE (finished_at IS NULL);

CREATE INDEX outbox_undelivered_idx ON platform.outbox USING btree (created_at) WHERE (delivered_at IS NULL);

CREATE INDEX coupon_redemptions_coupon_id_idx ON sales.coupon_redemptions USING btree (coupon_id, redeemed_at);

CREATE INDEX coupon_redemptions_coupon_id_use_limit_idx ON sales.coupon_redemptions USING btree (coupon_id, use_limit);

CREATE INDEX coupon_redemptions_slot_idx ON sales.coupon_redemptions USING btree (coupon_id, order_id);

CREATE INDEX coupon_slots_coupon_id_slot_limit_idx ON sales.coupon_slots USING btree (coupon_id, slot_limit);

CREATE INDEX coupons_course_id_idx ON sales.coupons USING btree (course_id) WHERE (course_id IS NOT NULL);

CREATE INDEX coupons_created_by_idx ON sales.coupons USING btree (created_by);

CREATE INDEX coupons_instructor_id_idx ON sales.coupons USING btree (instructor_id) WHERE (instructor_id IS NOT NULL);

CREATE INDEX ledger_accounts_instructor_id_idx ON sales.ledger_accounts USING btree (instructor_id) WHERE (instructor_id IS NOT NULL);

CREATE INDEX ledger_entries_business_day_idx ON sales.ledger_entries USING btree (business_day, kind);

CREATE INDEX ledger_entries_credit_account_idx ON sales.ledger_entries USING btree (credit_account_id, currency, posted_at);

CREATE INDEX ledger_entries_debit_account_idx ON sales.ledger_entries USING btree (debit_account_id, currency, posted_at);

CREATE INDEX ledger_entries_transaction_id_idx ON sales.ledger_entries USING btree (transaction_id);

CREATE INDEX order_lines_coupon_id_idx ON sales.order_lines USING btree (coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX order_lines_course_id_idx ON sales.order_lines USING btree (course_id);

CREATE INDEX order_lines_instructor_id_idx ON sales.order_lines USING btree (instructor_id);

CREATE INDEX order_lines_order_currency_idx ON sales.order_lines USING btree (student_id, order_id, currency);

CREATE INDEX order_lines_redemption_idx ON sales.order_lines USING btree (student_id, order_id, coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX orders_placed_at_idx ON sales.orders USING brin (placed_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX payments_business_day_idx ON sales.payments USING btree (business_day) INCLUDE (student_id, order_id) WHERE (status = 'captured'::text);

CREATE UNIQUE INDEX payments_one_captured_per_order_key ON sales.payments USING btree (student_id, order_id) WHERE (status = 'captured'::text);

CREATE INDEX payments_order_total_idx ON sales.payments USING btree (student_id, order_id, amount, currency);

CREATE INDEX payouts_approved_by_idx ON sales.payouts USING btree (approved_by) WHERE (approved_by IS NOT NULL);

CREATE INDEX refunds_business_day_idx ON sales.refunds USING btree (business_day) INCLUDE (course_id, currency, amount);

CREATE INDEX refunds_order_line_idx ON sales.refunds USING btree (student_id, order_id, course_id);

CREATE INDEX refunds_payment_idx ON sales.refunds USING btree (student_id, payment_id, order_id, currency);

CREATE INDEX refunds_requested_by_idx ON sales.refunds USING btree (requested_by) WHERE (requested_by IS NOT NULL);

CREATE TRIGGER change_log_append_only BEFORE DELETE OR UPDATE ON audit.change_log FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.change_log ENABLE ALWAYS TRIGGER change_log_append_only;

CREATE TRIGGER change_log_never_truncated BEFORE TRUNCATE ON audit.change_log FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.change_log ENABLE ALWAYS TRIGGER change_log_never_truncated;

CREATE TRIGGER seals_append_only BEFORE DELETE OR UPDATE ON audit.seals FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.seals ENABLE ALWAYS TRIGGER seals_append_only;

CREATE TRIGGER seals_never_truncated BEFORE TRUNCATE ON audit.seals FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.seals ENABLE ALWAYS TRIGGER seals_never_truncated;

CREATE TRIGGER course_instructors_audit AFTER INSERT OR DELETE OR UPDATE ON catalog.course_instructors FOR EACH ROW EXECUTE FUNCTION audit.record_change('course_id,instructor_id', 'share_percent');

ALTER TABLE catalog.course_instructors ENABLE ALWAYS TRIGGER course_instructors_audit;

CREATE TRIGGER course_instructors_audit_truncate AFTER TRUNCATE ON catalog.course_instructors FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('course_id,instructor_id', 'share_percent');

ALTER TABLE catalog.course_instructors ENABLE ALWAYS TRIGGER course_instructors_audit_truncate;

CREATE TRIGGER courses_audit AFTER INSERT OR DELETE OR UPDATE ON catalog.courses FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'price,currency,status,instructor_id');

ALTER TABLE catalog.courses ENABLE ALWAYS TRIGGER courses_audit;

CREATE TRIGGER courses_audit_truncate AFTER TRUNCATE ON catalog.courses FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'price,currency,status,instructor_id');

ALTER TABLE catalog.courses ENABLE ALWAYS TRIGGER courses_audit_truncate;

CREATE TRIGGER courses_changes BEFORE INSERT OR UPDATE ON catalog.courses FOR EACH ROW EXECUTE FUNCTION catalog.course_changes();

CREATE TRIGGER lesson_contents_touch_updated_at BEFORE UPDATE ON catalog.lesson_contents FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER lessons_copy_course_columns BEFORE INSERT ON catalog.lessons FOR EACH ROW EXECUTE FUNCTION catalog.copy_course_columns();

CREATE TRIGGER quiz_versions_audit AFTER DELETE OR UPDATE ON catalog.quiz_versions FOR EACH ROW EXECUTE FUNCTION audit.record_change('quiz_id,version', 'course_id,metadata');

ALTER TABLE catalog.quiz_versions ENABLE ALWAYS TRIGGER quiz_versions_audit;

CREATE TRIGGER quiz_versions_audit_truncate AFTER TRUNCATE ON catalog.quiz_versions FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('quiz_id,version', 'course_id,metadata');

ALTER TABLE catalog.quiz_versions ENABLE ALWAYS TRIGGER quiz_versions_audit_truncate;

CREATE TRIGGER quizzes_audit AFTER INSERT OR DELETE OR UPDATE ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'course_id,version');

ALTER TABLE catalog.quizzes ENABLE ALWAYS TRIGGER quizzes_audit;

CREATE TRIGGER quizzes_audit_truncate AFTER TRUNCATE ON catalog.quizzes FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'course_id,version');

ALTER TABLE catalog.quizzes ENABLE ALWAYS TRIGGER quizzes_audit_truncate;

CREATE TRIGGER quizzes_check BEFORE INSERT OR UPDATE ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION catalog.check_quiz();

CREATE TRIGGER quizzes_copy_course_columns BEFORE INSERT ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION catalog.copy_course_columns();

CREATE TRIGGER quizzes_keep_new_version AFTER UPDATE ON catalog.quizzes FOR EACH ROW WHEN ((old.version <> new.version)) EXECUTE FUNCTION catalog.keep_quiz_version();

CREATE TRIGGER quizzes_keep_version AFTER INSERT ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION catalog.keep_quiz_version();

CREATE TRIGGER sections_copy_course_columns BEFORE INSERT ON catalog.sections FOR EACH ROW EXECUTE FUNCTION catalog.copy_course_columns();

CREATE TRIGGER user_roles_audit AFTER DELETE OR UPDATE ON identity.user_roles FOR EACH ROW EXECUTE FUNCTION audit.record_change('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit;

CREATE TRIGGER user_roles_audit_inserts AFTER INSERT ON identity.user_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.record_inserts('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit_inserts;

CREATE TRIGGER user_roles_audit_truncate AFTER TRUNCATE ON identity.user_roles FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit_truncate;

CREATE TRIGGER users_audit AFTER DELETE OR UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'status');

ALTER TABLE identity.users ENABLE ALWAYS TRIGGER users_audit;

CREATE TRIGGER users_audit_truncate AFTER TRUNCATE ON identity.users FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'status');

ALTER TABLE identity.users ENABLE ALWAYS TRIGGER users_audit_truncate;

CREATE TRIGGER users_touch_updated_at BEFORE UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER attempts_stamp BEFORE UPDATE ON learning.attempts FOR EACH ROW WHEN ((CURRENT_USER <> 'techcourse_loader'::name)) EXECUTE FUNCTION learning.stamp_attempt();

CREATE TRIGGER certificates_audit AFTER INSERT OR DELETE OR UPDATE ON learning.certificates FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,course_id', 'number,revoked_at');

ALTER TABLE learning.certificates ENABLE ALWAYS TRIGGER certificates_audit;

CREATE TRIGGER certificates_audit_truncate AFTER TRUNCATE ON learning.certificates FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,course_id', 'number,revoked_at');

ALTER TABLE learning.certificates ENABLE ALWAYS TRIGGER certificates_audit_truncate;

CREATE TRIGGER certificates_check BEFORE INSERT OR UPDATE OF course_id, student_id, attempt_id, attempt_started_at, score ON learning.certificates FOR EACH ROW EXECUTE FUNCTION learning.check_certificate();

CREATE TRIGGER enrollments_check_entitlement BEFORE INSERT ON learning.enrollments FOR EACH ROW EXECUTE FUNCTION learning.check_entitlement();

CREATE TRIGGER enrollments_check_new_entitlement BEFORE UPDATE ON learning.enrollments FOR EACH ROW WHEN ((((old.ended_at IS NOT NULL) AND (new.ended_at IS NULL)) OR (new.order_id IS DISTINCT FROM old.order_id) OR (new.course_id <> old.course_id) OR (new.student_id <> old.student_id))) EXECUTE FUNCTION learning.check_entitlement();

CREATE TRIGGER reviews_touch_updated_at BEFORE UPDATE ON learning.reviews FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER settings_audit AFTER INSERT OR DELETE OR UPDATE ON platform.settings FOR EACH ROW EXECUTE FUNCTION audit.record_change('name', 'value');

ALTER TABLE platform.settings ENABLE ALWAYS TRIGGER settings_audit;

CREATE TRIGGER settings_audit_truncate AFTER TRUNCATE ON platform.settings FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('name', 'value');

ALTER TABLE platform.settings ENABLE ALWAYS TRIGGER settings_audit_truncate;

CREATE TRIGGER settings_touch_updated_at BEFORE UPDATE ON platform.settings FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER coupon_slots_return AFTER DELETE ON sales.coupon_slots FOR EACH ROW EXECUTE FUNCTION sales.return_coupon_slot();

CREATE TRIGGER coupons_audit AFTER INSERT OR DELETE OR UPDATE ON sales.coupons FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'percent_off,amount_off,currency,scope,course_id,instructor_id,valid_from,valid_until,max_redemptions,max_per_student,first_purchase_only,active,created_by');

ALTER TABLE sales.coupons ENABLE ALWAYS TRIGGER coupons_audit;

CREATE TRIGGER coupons_audit_truncate AFTER TRUNCATE ON sales.coupons FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'percent_off,amount_off,currency,scope,course_id,instructor_id,valid_from,valid_until,max_redemptions,max_per_student,first_purchase_only,active,created_by');

ALTER TABLE sales.coupons ENABLE ALWAYS TRIGGER coupons_audit_truncate;

CREATE TRIGGER coupons_touch_updated_at BEFORE UPDATE ON sales.coupons FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE ON sales.ledger_entries FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_append_only;

CREATE TRIGGER ledger_entries_never_truncated BEFORE TRUNCATE ON sales.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_never_truncated;

CREATE TRIGGER order_lines_add_to_total AFTER INSERT ON sales.order_lines FOR EACH ROW EXECUTE FUNCTION sales.add_line_to_total();

CREATE TRIGGER payments_audit AFTER DELETE OR UPDATE ON sales.payments FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,id', 'amount,currency,status,order_id');

ALTER TABLE sales.payments ENABLE ALWAYS TRIGGER payments_audit;

CREATE TRIGGER payments_audit_truncate AFTER TRUNCATE ON sales.payments FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,id', 'amount,currency,status,order_id');

ALTER TABLE sales.payments ENABLE ALWAYS TRIGGER payments_audit_truncate;

CREATE TRIGGER payments_stamp_business_day BEFORE INSERT OR UPDATE OF captured_at ON sales.payments FOR EACH ROW EXECUTE FUNCTION sales.stamp_business_day();

CREATE TRIGGER payouts_audit AFTER INSERT OR DELETE OR UPDATE ON sales.payouts FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'instructor_id,period_start,period_end,amount,currency,status,approved_by');

ALTER TABLE sales.payouts ENABLE ALWAYS TRIGGER payouts_audit;

CREATE TRIGGER payouts_audit_truncate AFTER TRUNCATE ON sales.payouts FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'instructor_id,period_start,period_end,amount,currency,status,approved_by');

ALTER TABLE sales.payouts ENABLE ALWAYS TRIGGER payouts_audit_truncate;

CREATE TRIGGER refunds_append_only BEFORE DELETE OR UPDATE ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_append_only;

CREATE TRIGGER refunds_audit AFTER INSERT OR DELETE OR UPDATE ON sales.refunds FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,id', 'payment_id,order_id,course_id,amount,currency,kind,requested_by');

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_audit;

CREATE TRIGGER refunds_audit_truncate AFTER TRUNCATE ON sales.refunds FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,id', 'payment_id,order_id,course_id,amount,currency,kind,requested_by');

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_audit_truncate;

CREATE TRIGGER refunds_count AFTER INSERT ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.count_refund();

CREATE TRIGGER refunds_never_truncated BEFORE TRUNCATE ON sales.refunds FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_never_truncated;

CREATE TRIGGER refunds_stamp_business_day BEFORE INSERT ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.stamp_business_day();

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_category_id_fkey FOREIGN KEY (category_id) REFERENCES catalog.categories(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_instructor_id_role_fkey FOREIGN KEY (instructor_id, instructor_role) REFERENCES identity.user_roles(user_id, role) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.lesson_contents
    ADD CONSTRAINT lesson_contents_lesson_id_instructor_id_fkey FOREIGN KEY (lesson_id, instructor_id) REFERENCES catalog.lessons(id, instructor_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_section_id_course_id_fkey FOREIGN KEY (section_id, course_id) REFERENCES catalog.sections(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.quiz_versions
    ADD CONSTRAINT quiz_versions_quiz_id_course_id_fkey FOREIGN KEY (quiz_id, course_id) REFERENCES catalog.quizzes(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY identity.api_tokens
    ADD CONSTRAINT api_tokens_user_id_acting_role_fkey FOREIGN KEY (user_id, acting_role) REFERENCES identity.user_roles(user_id, role) ON DELETE CASCADE;

ALTER TABLE ONLY identity.credentials
    ADD CONSTRAINT credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.external_identities
    ADD CONSTRAINT external_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.instructor_profiles
    ADD CONSTRAINT instructor_profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.second_factors
    ADD CONSTRAINT second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.sessions
    ADD CONSTRAINT sessions_user_id_acting_role_fkey FOREIGN KEY (user_id, acting_role) REFERENCES identity.user_roles(user_id, role) ON DELETE CASCADE;

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.attempt_slots
    ADD CONSTRAINT attempt_slots_quiz_version_fkey FOREIGN KEY (quiz_id, quiz_version, course_id, attempt_limit) REFERENCES catalog.quiz_versions(quiz_id, version, course_id, attempt_limit) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.attempt_slots
    ADD CONSTRAINT attempt_slots_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE learning.attempts
    ADD CONSTRAINT attempts_quiz_version_fkey FOREIGN KEY (quiz_id, quiz_version, course_id, passing_score) REFERENCES catalog.quiz_versions(quiz_id, version, course_id, passing_score) ON DELETE RESTRICT;

ALTER TABLE learning.attempts
    ADD CONSTRAINT attempts_slot_fkey FOREIGN KEY (student_id, started_at, id, quiz_id, attempt_no) REFERENCES learning.attempt_slots(student_id, started_at, attempt_id, quiz_id, attempt_no) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.certificates
    ADD CONSTRAINT certificates_attempt_fkey FOREIGN KEY (student_id, attempt_started_at, attempt_id) REFERENCES learning.attempts(student_id, started_at, id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.certificates
    ADD CONSTRAINT certificates_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.enrollments
    ADD CONSTRAINT enrollments_course_id_instructor_id_fkey FOREIGN KEY (course_id, instructor_id) REFERENCES catalog.courses(id, instructor_id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY learning.enrollments
    ADD CONSTRAINT enrollments_order_line_fkey FOREIGN KEY (student_id, order_id, course_id) REFERENCES sales.order_lines(student_id, order_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.enrollments
    ADD CONSTRAINT enrollments_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE learning.events
    ADD CONSTRAINT events_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE learning.events
    ADD CONSTRAINT events_lesson_id_fkey FOREIGN KEY (lesson_id) REFERENCES catalog.lessons(id) ON DELETE RESTRICT;

ALTER TABLE learning.events
    ADD CONSTRAINT events_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_lesson_id_course_id_fkey FOREIGN KEY (lesson_id, course_id) REFERENCES catalog.lessons(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.reviews
    ADD CONSTRAINT reviews_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_coupon_id_use_limit_fkey FOREIGN KEY (coupon_id, use_limit) REFERENCES sales.coupons(id, max_per_student) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_slot_fkey FOREIGN KEY (coupon_id, order_id) REFERENCES sales.coupon_slots(coupon_id, order_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_student_id_order_id_fkey FOREIGN KEY (student_id, order_id) REFERENCES sales.orders(student_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupon_returned_slots
    ADD CONSTRAINT coupon_returned_slots_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES sales.coupons(id) ON DELETE CASCADE;

ALTER TABLE ONLY sales.coupon_slots
    ADD CONSTRAINT coupon_slots_coupon_id_slot_limit_fkey FOREIGN KEY (coupon_id, slot_limit) REFERENCES sales.coupons(id, max_redemptions) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupon_watermarks
    ADD CONSTRAINT coupon_watermarks_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES sales.coupons(id) ON DELETE CASCADE;

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_created_by_fkey FOREIGN KEY (created_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.coupons
    ADD CONSTRAINT coupons_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_credit_account_fkey FOREIGN KEY (credit_account_id, currency) REFERENCES sales.ledger_accounts(id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_debit_account_fkey FOREIGN KEY (debit_account_id, currency) REFERENCES sales.ledger_accounts(id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES sales.coupons(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_order_currency_fkey FOREIGN KEY (student_id, order_id, currency) REFERENCES sales.orders(student_id, id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_redemption_fkey FOREIGN KEY (student_id, order_id, coupon_id) REFERENCES sales.coupon_redemptions(student_id, order_id, coupon_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payments
    ADD CONSTRAINT payments_order_total_fkey FOREIGN KEY (student_id, order_id, amount, currency) REFERENCES sales.orders(student_id, id, total_amount, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_order_line_fkey FOREIGN KEY (student_id, order_id, course_id) REFERENCES sales.order_lines(student_id, order_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_payment_fkey FOREIGN KEY (student_id, payment_id, order_id, currency) REFERENCES sales.payments(student_id, id, order_id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE analytics.student_key_salt ENABLE ROW LEVEL SECURITY;

CREATE POLICY student_key_salt_reader_policy ON analytics.student_key_salt FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE audit.change_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY change_log_readers_policy ON audit.change_log FOR SELECT TO auditor, techcourse_reader USING (true);

CREATE POLICY change_log_recorder_policy ON audit.change_log TO techcourse_recorder USING (true) WITH CHECK (true);

ALTER TABLE audit.seals ENABLE ROW LEVEL SECURITY;

CREATE POLICY seals_readers_policy ON audit.seals FOR SELECT TO auditor, techcourse_reader USING (true);

CREATE POLICY seals_recorder_policy ON audit.seals TO techcourse_recorder USING (true) WITH CHECK (true);

ALTER TABLE catalog.categories ENABLE ROW LEVEL SECURITY;

CREATE POLICY categories_admin_adds_policy ON catalog.categories FOR INSERT TO techcourse_app WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY categories_admin_edits_policy ON catalog.categories FOR UPDATE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY categories_everyone_reads_policy ON catalog.categories FOR SELECT TO techcourse_app USING (true);

CREATE POLICY categories_loader_policy ON catalog.categories TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY categories_reader_policy ON catalog.categories FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.course_instructors ENABLE ROW LEVEL SECURITY;

CREATE POLICY course_instructors_admin_policy ON catalog.course_instructors TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY course_instructors_involved_read_policy ON catalog.course_instructors FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY course_instructors_loader_policy ON catalog.course_instructors TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY course_instructors_reader_policy ON catalog.course_instructors FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.courses ENABLE ROW LEVEL SECURITY;

CREATE POLICY courses_instructor_adds_policy ON catalog.courses FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY courses_instructor_edits_policy ON catalog.courses FOR UPDATE TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY courses_loader_policy ON catalog.courses TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY courses_public_reads_policy ON catalog.courses FOR SELECT TO techcourse_app USING (((status <> 'draft'::text) OR (current_setting('app.role'::text, true) = 'admin'::text) OR (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY courses_reader_policy ON catalog.courses FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.lesson_contents ENABLE ROW LEVEL SECURITY;

CREATE POLICY lesson_contents_instructor_policy ON catalog.lesson_contents TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY lesson_contents_loader_policy ON catalog.lesson_contents TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lesson_contents_reader_policy ON catalog.lesson_contents FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.lessons ENABLE ROW LEVEL SECURITY;

CREATE POLICY lessons_instructor_policy ON catalog.lessons TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY lessons_loader_policy ON catalog.lessons TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lessons_public_reads_policy ON catalog.lessons FOR SELECT TO techcourse_app USING ((course_status <> 'draft'::text));

CREATE POLICY lessons_reader_policy ON catalog.lessons FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.quiz_versions ENABLE ROW LEVEL SECURITY;

CREATE POLICY quiz_versions_loader_policy ON catalog.quiz_versions TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY quiz_versions_reader_policy ON catalog.quiz_versions FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.quizzes ENABLE ROW LEVEL SECURITY;

CREATE POLICY quizzes_instructor_policy ON catalog.quizzes TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY quizzes_loader_policy ON catalog.quizzes TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY quizzes_reader_policy ON catalog.quizzes FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.sections ENABLE ROW LEVEL SECURITY;

CREATE POLICY sections_instructor_policy ON catalog.sections TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY sections_loader_policy ON catalog.sections TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY sections_public_reads_policy ON catalog.sections FOR SELECT TO techcourse_app USING ((course_status <> 'draft'::text));

CREATE POLICY sections_reader_policy ON catalog.sections FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE identity.api_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_tokens_gatekeeper_policy ON identity.api_tokens TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.credentials ENABLE ROW LEVEL SECURITY;

CREATE POLICY credentials_gatekeeper_policy ON identity.credentials TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY credentials_loader_policy ON identity.credentials TO techcourse_loader USING (true) WITH CHECK (true);

ALTER TABLE identity.external_identities ENABLE ROW LEVEL SECURITY;

CREATE POLICY external_identities_gatekeeper_policy ON identity.external_identities TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.instructor_profiles ENABLE ROW LEVEL SECURITY;

CREATE POLICY instructor_profiles_everyone_reads_policy ON identity.instructor_profiles FOR SELECT TO techcourse_app USING (true);

CREATE POLICY instructor_profiles_loader_policy ON identity.instructor_profiles TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY instructor_profiles_reader_policy ON identity.instructor_profiles FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY instructor_profiles_self_adds_policy ON identity.instructor_profiles FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY instructor_profiles_self_edits_policy ON identity.instructor_profiles FOR UPDATE TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

ALTER TABLE identity.one_time_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY one_time_tokens_gatekeeper_policy ON identity.one_time_tokens TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.recovery_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY recovery_codes_gatekeeper_policy ON identity.recovery_codes TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.second_factors ENABLE ROW LEVEL SECURITY;

CREATE POLICY second_factors_gatekeeper_policy ON identity.second_factors TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY sessions_gatekeeper_policy ON identity.sessions TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.sign_in_failures ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_failures_gatekeeper_policy ON identity.sign_in_failures TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.user_roles ENABLE ROW LEVEL SECURITY;

CREATE POLICY user_roles_admin_adds_policy ON identity.user_roles FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) AND (granted_by = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY user_roles_admin_removes_policy ON identity.user_roles FOR DELETE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY user_roles_gatekeeper_policy ON identity.user_roles FOR SELECT TO techcourse_gatekeeper USING (true);

CREATE POLICY user_roles_loader_policy ON identity.user_roles TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY user_roles_reader_policy ON identity.user_roles FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY user_roles_self_reads_policy ON identity.user_roles FOR SELECT TO techcourse_app USING (((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

ALTER TABLE identity.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_admin_adds_policy ON identity.users FOR INSERT TO techcourse_app WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY users_gatekeeper_policy ON identity.users FOR SELECT TO techcourse_gatekeeper USING (true);

CREATE POLICY users_loader_policy ON identity.users TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY users_reader_policy ON identity.users FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY users_self_edits_policy ON identity.users FOR UPDATE TO techcourse_app USING (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text))) WITH CHECK (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

CREATE POLICY users_self_reads_policy ON identity.users FOR SELECT TO techcourse_app USING (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

ALTER TABLE learning.attempt_slots ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempt_slots_loader_policy ON learning.attempt_slots TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attempt_slots_reader_policy ON learning.attempt_slots FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY attempt_slots_student_reads_policy ON learning.attempt_slots FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempts_instructor_reads_policy ON learning.attempts FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY attempts_loader_policy ON learning.attempts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attempts_reader_policy ON learning.attempts FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY attempts_student_answers_policy ON learning.attempts FOR UPDATE TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK (((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND ((status)::text <> 'graded'::text)));

CREATE POLICY attempts_student_reads_policy ON learning.attempts FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.certificate_numbers ENABLE ROW LEVEL SECURITY;

CREATE POLICY certificate_numbers_loader_policy ON learning.certificate_numbers TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY certificate_numbers_reader_policy ON learning.certificate_numbers FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.certificates ENABLE ROW LEVEL SECURITY;

CREATE POLICY certificates_loader_policy ON learning.certificates TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY certificates_reader_policy ON learning.certificates FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY certificates_student_reads_policy ON learning.certificates FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.enrollments ENABLE ROW LEVEL SECURITY;

CREATE POLICY enrollments_admin_policy ON learning.enrollments TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY enrollments_instructor_reads_policy ON learning.enrollments FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY enrollments_loader_policy ON learning.enrollments TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY enrollments_reader_policy ON learning.enrollments FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY enrollments_student_enrols_policy ON learning.enrollments FOR INSERT TO techcourse_app WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE POLICY enrollments_student_reads_policy ON learning.enrollments FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE POLICY enrollments_student_withdraws_policy ON learning.enrollments FOR UPDATE TO techcourse_app USING (((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND ((end_reason IS NULL) OR (end_reason = ANY (ARRAY['withdrawn'::text, 'refunded'::text]))))) WITH CHECK (((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND ((end_reason IS NULL) OR (end_reason = 'withdrawn'::text))));

ALTER TABLE learning.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY events_loader_policy ON learning.events TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY events_reader_policy ON learning.events FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY events_student_policy ON learning.events TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.lesson_progress ENABLE ROW LEVEL SECURITY;

CREATE POLICY lesson_progress_loader_policy ON learning.lesson_progress TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lesson_progress_reader_policy ON learning.lesson_progress FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY lesson_progress_student_policy ON learning.lesson_progress TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.reviews ENABLE ROW LEVEL SECURITY;

CREATE POLICY reviews_everyone_reads_policy ON learning.reviews FOR SELECT TO techcourse_app USING (true);

CREATE POLICY reviews_loader_policy ON learning.reviews TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY reviews_reader_policy ON learning.reviews FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY reviews_student_policy ON learning.reviews TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE platform.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY jobs_app_policy ON platform.jobs TO techcourse_app USING (true) WITH CHECK (true);

CREATE POLICY jobs_loader_policy ON platform.jobs TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY jobs_reader_policy ON platform.jobs FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbox_app_policy ON platform.outbox TO techcourse_app USING (true) WITH CHECK (true);

CREATE POLICY outbox_loader_policy ON platform.outbox TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY outbox_reader_policy ON platform.outbox FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY settings_admin_changes_policy ON platform.settings FOR UPDATE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY settings_everyone_reads_policy ON platform.settings FOR SELECT TO techcourse_app USING (true);

CREATE POLICY settings_loader_policy ON platform.settings TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY settings_reader_policy ON platform.settings FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.coupon_redemptions ENABLE ROW LEVEL SECURITY;

CREATE POLICY coupon_redemptions_loader_policy ON sales.coupon_redemptions TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY coupon_redemptions_reader_policy ON sales.coupon_redemptions FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY coupon_redemptions_student_reads_policy ON sales.coupon_redemptions FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.coupon_returned_slots ENABLE ROW LEVEL SECURITY;

CREATE POLICY coupon_returned_slots_loader_policy ON sales.coupon_returned_slots TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY coupon_returned_slots_reader_policy ON sales.coupon_returned_slots FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.coupon_slots ENABLE ROW LEVEL SECURITY;

CREATE POLICY coupon_slots_loader_policy ON sales.coupon_slots TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY coupon_slots_reader_policy ON sales.coupon_slots FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.coupon_watermarks ENABLE ROW LEVEL SECURITY;

CREATE POLICY coupon_watermarks_loader_policy ON sales.coupon_watermarks TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY coupon_watermarks_reader_policy ON sales.coupon_watermarks FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.coupons ENABLE ROW LEVEL SECURITY;

CREATE POLICY coupons_admin_policy ON sales.coupons TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY coupons_instructor_policy ON sales.coupons TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (scope <> 'platform'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))) WITH CHECK (((current_setting('app.role'::text, true) = 'instructor'::text) AND (scope <> 'platform'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND (created_by = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY coupons_loader_policy ON sales.coupons TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY coupons_reader_policy ON sales.coupons FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.ledger_accounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_accounts_loader_policy ON sales.ledger_accounts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY ledger_accounts_reader_policy ON sales.ledger_accounts FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.ledger_entries ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_entries_loader_policy ON sales.ledger_entries TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY ledger_entries_reader_policy ON sales.ledger_entries FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.order_lines ENABLE ROW LEVEL SECURITY;

CREATE POLICY order_lines_instructor_reads_policy ON sales.order_lines FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY order_lines_loader_policy ON sales.order_lines TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY order_lines_reader_policy ON sales.order_lines FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY order_lines_student_reads_policy ON sales.order_lines FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY;

CREATE POLICY orders_loader_policy ON sales.orders TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY orders_reader_policy ON sales.orders FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY orders_student_reads_policy ON sales.orders FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.payment_references ENABLE ROW LEVEL SECURITY;

CREATE POLICY payment_references_loader_policy ON sales.payment_references TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY payment_references_reader_policy ON sales.payment_references FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.payments ENABLE ROW LEVEL SECURITY;

CREATE POLICY payments_loader_policy ON sales.payments TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY payments_reader_policy ON sales.payments FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY payments_student_reads_policy ON sales.payments FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.payouts ENABLE ROW LEVEL SECURITY;

CREATE POLICY payouts_instructor_reads_policy ON sales.payouts FOR SELECT TO techcourse_app USING ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE POLICY payouts_loader_policy ON sales.payouts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY payouts_reader_policy ON sales.payouts FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.refunds ENABLE ROW LEVEL SECURITY;

CREATE POLICY refunds_loader_policy ON sales.refunds TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY refunds_reader_policy ON sales.refunds FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY refunds_student_reads_policy ON sales.refunds FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

GRANT USAGE ON SCHEMA analytics TO analyst;
GRANT USAGE ON SCHEMA analytics TO techcourse_reader;

GRANT USAGE ON SCHEMA audit TO auditor;
GRANT USAGE ON SCHEMA audit TO techcourse_reader;
GRANT USAGE ON SCHEMA audit TO techcourse_recorder;
GRANT USAGE ON SCHEMA audit TO techcourse_app;

GRANT USAGE ON SCHEMA catalog TO techcourse_app;
GRANT USAGE ON SCHEMA catalog TO techcourse_reader;
GRANT USAGE ON SCHEMA catalog TO techcourse_loader;

GRANT USAGE ON SCHEMA extensions TO techcourse_app;
GRANT USAGE ON SCHEMA extensions TO accountant;
GRANT USAGE ON SCHEMA extensions TO marketing;
GRANT USAGE ON SCHEMA extensions TO auditor;
GRANT USAGE ON SCHEMA extensions TO analyst;
GRANT USAGE ON SCHEMA extensions TO techcourse_reader;
GRANT USAGE ON SCHEMA extensions TO techcourse_recorder;
GRANT USAGE ON SCHEMA extensions TO techcourse_gatekeeper;
GRANT USAGE ON SCHEMA extensions TO techcourse_loader;

GRANT USAGE ON SCHEMA identity TO techcourse_app;
GRANT USAGE ON SCHEMA identity TO techcourse_reader;
GRANT USAGE ON SCHEMA identity TO techcourse_loader;
GRANT USAGE ON SCHEMA identity TO techcourse_gatekeeper;

GRANT USAGE ON SCHEMA learning TO techcourse_app;
GRANT USAGE ON SCHEMA learning TO techcourse_reader;
GRANT USAGE ON SCHEMA learning TO techcourse_loader;

GRANT USAGE ON SCHEMA platform TO techcourse_app;
GRANT USAGE ON SCHEMA platform TO accountant;
GRANT USAGE ON SCHEMA platform TO marketing;
GRANT USAGE ON SCHEMA platform TO auditor;
GRANT USAGE ON SCHEMA platform TO analyst;
GRANT USAGE ON SCHEMA platform TO techcourse_reader;
GRANT USAGE ON SCHEMA platform TO techcourse_recorder;
GRANT USAGE ON SCHEMA platform TO techcourse_gatekeeper;
GRANT USAGE ON SCHEMA platform TO techcourse_loader;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA reporting TO accountant;
GRANT USAGE ON SCHEMA reporting TO marketing;
GRANT USAGE ON SCHEMA reporting TO techcourse_reader;

GRANT USAGE ON SCHEMA sales TO techcourse_app;
GRANT USAGE ON SCHEMA sales TO techcourse_reader;
GRANT USAGE ON SCHEMA sales TO techcourse_loader;

GRANT SELECT,INSERT ON TABLE audit.seals TO techcourse_recorder;
GRANT SELECT ON TABLE audit.seals TO techcourse_reader;
GRANT SELECT ON TABLE audit.seals TO auditor;

REVOKE ALL ON FUNCTION audit.add_seal(origin bigint, to_transaction xid8, open_transaction xid8, sealed_at timestamp with time zone, even_if_empty boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) TO techcourse_recorder;

REVOKE ALL ON FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) TO techcourse_recorder;
GRANT ALL ON FUNCTION audit.block(origin bigint, from_transaction xid8, to_transaction xid8) TO auditor;

REVOKE ALL ON FUNCTION audit.is_recorded_here() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.is_recorded_here() TO techcourse_recorder;

REVOKE ALL ON FUNCTION audit.origin() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.origin() TO techcourse_recorder;
GRANT ALL ON FUNCTION audit.origin() TO auditor;

REVOKE ALL ON FUNCTION audit.price_differences() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.price_differences() TO auditor;

REVOKE ALL ON FUNCTION audit.record_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.record_inserts() FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.uuid_v7() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.uuid_v7() TO techcourse_app;
GRANT ALL ON FUNCTION platform.uuid_v7() TO techcourse_loader;
GRANT ALL ON FUNCTION platform.uuid_v7() TO techcourse_recorder;
GRANT ALL ON FUNCTION platform.uuid_v7() TO techcourse_gatekeeper;

GRANT SELECT,INSERT ON TABLE audit.change_log TO techcourse_recorder;
GRANT SELECT ON TABLE audit.change_log TO techcourse_reader;
GRANT SELECT ON TABLE audit.change_log TO auditor;

REVOKE ALL ON FUNCTION audit.row_hash(entry audit.change_log) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.row_hash(entry audit.change_log) TO techcourse_recorder;
GRANT ALL ON FUNCTION audit.row_hash(entry audit.change_log) TO auditor;

REVOKE ALL ON FUNCTION audit.seal() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.seal() TO auditor;
GRANT ALL ON FUNCTION audit.seal() TO techcourse_app;
GRANT ALL ON FUNCTION audit.seal() TO techcourse_loader;

REVOKE ALL ON FUNCTION audit.seal_hash(seal audit.seals) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.seal_hash(seal audit.seals) TO techcourse_recorder;
GRANT ALL ON FUNCTION audit.seal_hash(seal audit.seals) TO auditor;

REVOKE ALL ON FUNCTION audit.verify() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.verify() TO auditor;
GRANT ALL ON FUNCTION audit.verify() TO techcourse_app;
GRANT ALL ON FUNCTION audit.verify() TO techcourse_loader;

REVOKE ALL ON PROCEDURE audit.watch(IN target regclass, IN key_columns text, IN kept_columns text, IN inserts boolean) FROM PUBLIC;

REVOKE ALL ON PROCEDURE audit.watch_inserts(IN target regclass, IN key_columns text, IN kept_columns text) FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.check_quiz() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.copy_course_columns() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.course_changes() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.quiz_faults(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_faults(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_faults(document jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.is_quiz(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.is_quiz(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.is_quiz(document jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.keep_quiz_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.quiz_texts(texts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_texts(texts jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_texts(texts jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_ids(entries jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_ids(entries jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_ids(entries jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) TO techcourse_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sessions TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.close_session(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.close_session(token_hash bytea) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sign_in_failures TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.forget_sign_in_failures(subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.forget_sign_in_failures(subject_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) TO techcourse_app;

GRANT SELECT ON TABLE identity.user_roles TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.user_roles TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE identity.user_roles TO techcourse_app;
GRANT SELECT ON TABLE identity.user_roles TO techcourse_gatekeeper;

GRANT INSERT(user_id) ON TABLE identity.user_roles TO techcourse_app;

GRANT INSERT(role) ON TABLE identity.user_roles TO techcourse_app;

GRANT INSERT(granted_by) ON TABLE identity.user_roles TO techcourse_app;

GRANT SELECT ON TABLE identity.users TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE identity.users TO techcourse_loader;
GRANT SELECT ON TABLE identity.users TO techcourse_app;

GRANT INSERT(id) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(id) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(email) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(email) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(display_name),UPDATE(display_name) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(display_name) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(bio),UPDATE(bio) ON TABLE identity.users TO techcourse_app;

GRANT INSERT(country),UPDATE(country) ON TABLE identity.users TO techcourse_app;

GRANT INSERT(locale),UPDATE(locale) ON TABLE identity.users TO techcourse_app;

GRANT SELECT(status) ON TABLE identity.users TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.session_of(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.session_of(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.credentials TO techcourse_gatekeeper;
GRANT INSERT ON TABLE identity.credentials TO techcourse_loader;

GRANT SELECT(user_id) ON TABLE identity.credentials TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.sign_in_candidate(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sign_in_candidate(email text) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.check_certificate() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.check_entitlement() FROM PUBLIC;

GRANT SELECT ON TABLE catalog.quizzes TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.quizzes TO techcourse_loader;
GRANT SELECT ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE catalog.quizzes TO techcourse_app;

GRANT SELECT ON TABLE learning.enrollments TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.enrollments TO techcourse_loader;
GRANT SELECT ON TABLE learning.enrollments TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.enrollments TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.enrollments TO techcourse_app;

GRANT INSERT(order_id),UPDATE(order_id) ON TABLE learning.enrollments TO techcourse_app;

GRANT UPDATE(ended_at) ON TABLE learning.enrollments TO techcourse_app;

GRANT UPDATE(end_reason) ON TABLE learning.enrollments TO techcourse_app;

REVOKE ALL ON FUNCTION learning.quiz_paper(quiz_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.quiz_paper(quiz_id uuid) TO techcourse_app;

GRANT SELECT ON TABLE catalog.lesson_contents TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.lesson_contents TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT INSERT(markdown),UPDATE(markdown) ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT INSERT(video_url),UPDATE(video_url) ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT INSERT(attachment_key),UPDATE(attachment_key) ON TABLE catalog.lesson_contents TO techcourse_app;

GRANT SELECT ON TABLE catalog.lessons TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.lessons TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(section_id),UPDATE(section_id) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(title),UPDATE(title) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(kind),UPDATE(kind) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(minutes),UPDATE(minutes) ON TABLE catalog.lessons TO techcourse_app;

GRANT INSERT(preview),UPDATE(preview) ON TABLE catalog.lessons TO techcourse_app;

REVOKE ALL ON FUNCTION learning.read_lesson(lesson_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.read_lesson(lesson_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.stamp_attempt() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.start_attempt(quiz_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.start_attempt(quiz_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.act_as(user_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.act_as(user_id uuid, role text) TO techcourse_app;
GRANT ALL ON FUNCTION platform.act_as(user_id uuid, role text) TO techcourse_loader;

GRANT SELECT ON TABLE platform.settings TO techcourse_app;
GRANT SELECT ON TABLE platform.settings TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.settings TO techcourse_loader;

GRANT UPDATE(value) ON TABLE platform.settings TO techcourse_app;
GRANT UPDATE(value) ON TABLE platform.settings TO techcourse_loader;

REVOKE ALL ON FUNCTION platform.business_day(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO techcourse_app;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO accountant;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO marketing;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO auditor;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO analyst;

REVOKE ALL ON FUNCTION platform.ensure_partitions(parent regclass, from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.ensure_partitions() FROM PUBLIC;

REVOKE ALL ON PROCEDURE platform.give_function(IN target regprocedure, IN new_owner text) FROM PUBLIC;

REVOKE ALL ON PROCEDURE platform.give_view(IN target regclass, IN new_owner text) FROM PUBLIC;

REVOKE ALL ON PROCEDURE platform.protect(IN target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.touch_updated_at() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_app;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_recorder;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION reporting.books_differences() FROM PUBLIC;
GRANT ALL ON FUNCTION reporting.books_differences() TO accountant;

REVOKE ALL ON FUNCTION sales.add_line_to_total() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.count_refund() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.coupon_watermark(coupon uuid) FROM PUBLIC;

GRANT SELECT ON TABLE sales.coupons TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.coupons TO techcourse_loader;
GRANT SELECT ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(id) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(code) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(percent_off) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(amount_off) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(currency) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(scope) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(course_id) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(valid_from),UPDATE(valid_from) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(valid_until),UPDATE(valid_until) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(max_redemptions),UPDATE(max_redemptions) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(max_per_student),UPDATE(max_per_student) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(first_purchase_only),UPDATE(first_purchase_only) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(active),UPDATE(active) ON TABLE sales.coupons TO techcourse_app;

GRANT INSERT(created_by) ON TABLE sales.coupons TO techcourse_app;

REVOKE ALL ON FUNCTION sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.redeem_coupon(order_id uuid, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.redeem_coupon(order_id uuid, code text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.return_coupon_slot() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.stamp_business_day() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) FROM PUBLIC;

GRANT SELECT ON TABLE analytics.student_key_salt TO techcourse_reader;

GRANT SELECT ON TABLE learning.attempts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.attempts TO techcourse_loader;
GRANT SELECT ON TABLE learning.attempts TO techcourse_app;

GRANT UPDATE(status) ON TABLE learning.attempts TO techcourse_app;

GRANT UPDATE(answers) ON TABLE learning.attempts TO techcourse_app;

GRANT UPDATE(revision) ON TABLE learning.attempts TO techcourse_app;

GRANT SELECT ON TABLE analytics.attempts TO analyst;

GRANT SELECT ON TABLE analytics.completion_cohorts TO analyst;

GRANT SELECT ON TABLE catalog.courses TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.courses TO techcourse_loader;
GRANT SELECT ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(slug),UPDATE(slug) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(category_id),UPDATE(category_id) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(title),UPDATE(title) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(subtitle),UPDATE(subtitle) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(description),UPDATE(description) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(language),UPDATE(language) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(level),UPDATE(level) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(price),UPDATE(price) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(currency),UPDATE(currency) ON TABLE catalog.courses TO techcourse_app;

GRANT INSERT(status),UPDATE(status) ON TABLE catalog.courses TO techcourse_app;

GRANT SELECT ON TABLE analytics.courses_by_passing_score TO analyst;

GRANT SELECT ON TABLE analytics.enrollments TO analyst;

GRANT SELECT ON TABLE analytics.pass_rate_by_attempt TO analyst;

GRANT SELECT ON TABLE catalog.quiz_versions TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE catalog.quiz_versions TO techcourse_loader;

GRANT SELECT ON TABLE analytics.question_statistics TO analyst;

GRANT SELECT ON TABLE sales.payments TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payments TO techcourse_loader;
GRANT SELECT ON TABLE sales.payments TO techcourse_app;

GRANT SELECT ON TABLE sales.refunds TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE sales.refunds TO techcourse_loader;
GRANT SELECT ON TABLE sales.refunds TO techcourse_app;

GRANT SELECT ON TABLE analytics.revenue_cohorts TO analyst;

GRANT SELECT ON TABLE analytics.time_to_complete TO analyst;

GRANT SELECT ON TABLE audit.course_price_changes TO auditor;

GRANT SELECT ON TABLE catalog.categories TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.categories TO techcourse_loader;
GRANT SELECT ON TABLE catalog.categories TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.categories TO techcourse_app;

GRANT INSERT(slug),UPDATE(slug) ON TABLE catalog.categories TO techcourse_app;

GRANT INSERT(name),UPDATE(name) ON TABLE catalog.categories TO techcourse_app;

GRANT INSERT(description),UPDATE(description) ON TABLE catalog.categories TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.categories TO techcourse_app;

GRANT SELECT ON TABLE catalog.course_instructors TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.course_instructors TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(share_percent),UPDATE(share_percent) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT SELECT ON TABLE catalog.course_quizzes TO techcourse_app;

GRANT SELECT ON TABLE catalog.published_courses TO techcourse_app;

GRANT SELECT ON TABLE catalog.sections TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.sections TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(title),UPDATE(title) ON TABLE catalog.sections TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.api_tokens TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.external_identities TO techcourse_gatekeeper;

GRANT SELECT ON TABLE identity.instructor_profiles TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE identity.instructor_profiles TO techcourse_loader;
GRANT SELECT ON TABLE identity.instructor_profiles TO techcourse_app;

GRANT INSERT(user_id) ON TABLE identity.instructor_profiles TO techcourse_app;

GRANT INSERT(display_name),UPDATE(display_name) ON TABLE identity.instructor_profiles TO techcourse_app;

GRANT INSERT(bio),UPDATE(bio) ON TABLE identity.instructor_profiles TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.one_time_tokens TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.recovery_codes TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.second_factors TO techcourse_gatekeeper;

GRANT SELECT ON TABLE learning.attempt_slots TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.attempt_slots TO techcourse_loader;
GRANT SELECT ON TABLE learning.attempt_slots TO techcourse_app;

GRANT SELECT ON TABLE learning.certificate_numbers TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.certificate_numbers TO techcourse_loader;

GRANT SELECT ON TABLE learning.certificates TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.certificates TO techcourse_loader;
GRANT SELECT ON TABLE learning.certificates TO techcourse_app;

GRANT SELECT ON TABLE learning.events TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.events TO techcourse_loader;
GRANT SELECT ON TABLE learning.events TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(kind) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(payload) ON TABLE learning.events TO techcourse_app;

GRANT SELECT ON TABLE learning.lesson_progress TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.lesson_progress TO techcourse_loader;
GRANT SELECT ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(position_seconds),UPDATE(position_seconds) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT UPDATE(last_seen_at) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT UPDATE(completed_at) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT SELECT ON TABLE learning.reviews TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.reviews TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(rating),UPDATE(rating) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(body),UPDATE(body) ON TABLE learning.reviews TO techcourse_app;

GRANT SELECT ON TABLE platform.jobs TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.jobs TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(id) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(kind) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(payload) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(run_at),UPDATE(run_at) ON TABLE platform.jobs TO techcourse_app;

GRANT UPDATE(locked_until) ON TABLE platform.jobs TO techcourse_app;

GRANT UPDATE(tries) ON TABLE platform.jobs TO techcourse_app;

GRANT UPDATE(last_error) ON TABLE platform.jobs TO techcourse_app;

GRANT UPDATE(finished_at) ON TABLE platform.jobs TO techcourse_app;

GRANT SELECT ON TABLE platform.outbox TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.outbox TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE platform.outbox TO techcourse_app;

GRANT INSERT(id) ON TABLE platform.outbox TO techcourse_app;

GRANT INSERT(topic) ON TABLE platform.outbox TO techcourse_app;

GRANT INSERT(payload) ON TABLE platform.outbox TO techcourse_app;

GRANT UPDATE(delivered_at) ON TABLE platform.outbox TO techcourse_app;

GRANT UPDATE(tries) ON TABLE platform.outbox TO techcourse_app;

GRANT SELECT ON TABLE platform.shard_plan TO techcourse_reader;
GRANT SELECT ON TABLE platform.shard_plan TO techcourse_loader;

GRANT SELECT ON TABLE sales.coupon_slots TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_slots TO techcourse_loader;

GRANT SELECT ON TABLE sales.order_lines TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.order_lines TO techcourse_loader;
GRANT SELECT ON TABLE sales.order_lines TO techcourse_app;

GRANT SELECT ON TABLE reporting.coupon_performance TO marketing;

GRANT SELECT ON TABLE reporting.daily_sales TO accountant;

GRANT SELECT ON TABLE sales.ledger_accounts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.ledger_accounts TO techcourse_loader;

GRANT SELECT ON TABLE sales.ledger_entries TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE sales.ledger_entries TO techcourse_loader;

GRANT SELECT ON TABLE reporting.ledger_balances TO accountant;

GRANT SELECT ON TABLE sales.payouts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payouts TO techcourse_loader;
GRANT SELECT ON TABLE sales.payouts TO techcourse_app;

GRANT SELECT ON TABLE reporting.payouts_due TO accountant;

GRANT SELECT ON TABLE reporting.sales_by_month TO accountant;

GRANT SELECT ON TABLE reporting.student_segments TO marketing;

GRANT SELECT ON TABLE sales.coupon_redemptions TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_redemptions TO techcourse_loader;
GRANT SELECT ON TABLE sales.coupon_redemptions TO techcourse_app;

GRANT SELECT ON TABLE sales.coupon_returned_slots TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_returned_slots TO techcourse_loader;

GRANT SELECT ON TABLE sales.coupon_watermarks TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.coupon_watermarks TO techcourse_loader;

GRANT SELECT ON TABLE sales.orders TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.orders TO techcourse_loader;
GRANT SELECT ON TABLE sales.orders TO techcourse_app;

GRANT SELECT ON TABLE sales.payment_references TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payment_references TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) TO techcourse_app;

ALTER DEFAULT PRIVILEGES FOR ROLE techcourse_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
