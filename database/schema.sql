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

CREATE TYPE catalog.document_fault AS (
	pointer text,
	fault text
);

ALTER TYPE catalog.document_fault OWNER TO techcourse_owner;

COMMENT ON TYPE catalog.document_fault IS 'A place in a document, as a JSON Pointer, and what is wrong there.';

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

CREATE DOMAIN learning.id_list AS jsonb
	CONSTRAINT id_list_is_array_check CHECK ((jsonb_typeof(VALUE) = 'array'::text));

ALTER DOMAIN learning.id_list OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.id_list IS 'A JSON list of ids.';

CREATE DOMAIN learning.json_object AS jsonb
	CONSTRAINT json_object_is_object_check CHECK ((jsonb_typeof(VALUE) = 'object'::text));

ALTER DOMAIN learning.json_object OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.json_object IS 'A JSON object.';

CREATE DOMAIN learning.percentage AS numeric(5,2)
	CONSTRAINT percentage_from_0_to_100_check CHECK (((VALUE >= (0)::numeric) AND (VALUE <= (100)::numeric)));

ALTER DOMAIN learning.percentage OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.percentage IS 'Percent, 0 to 100, two decimals.';

CREATE DOMAIN learning.points AS numeric(12,4)
	CONSTRAINT points_within_500000_check CHECK (((VALUE >= ('-500000'::integer)::numeric) AND (VALUE <= (500000)::numeric)));

ALTER DOMAIN learning.points OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.points IS 'Points, four decimals; below 0 where a wrong answer costs some.';

CREATE DOMAIN learning.positive_count AS integer
	CONSTRAINT positive_count_is_positive_check CHECK ((VALUE > 0));

ALTER DOMAIN learning.positive_count OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.positive_count IS 'A count from 1.';

CREATE DOMAIN learning.question_name AS text
	CONSTRAINT question_name_format_check CHECK (((VALUE ~ '^[a-z0-9_-]+$'::text) AND (length(VALUE) <= 40)));

ALTER DOMAIN learning.question_name OWNER TO techcourse_owner;

COMMENT ON DOMAIN learning.question_name IS 'Id of a question within its quiz.';

CREATE DOMAIN platform.country_code AS character(2)
	CONSTRAINT country_code_iso_3166_check CHECK ((VALUE ~ '^[A-Z]{2}$'::text));

ALTER DOMAIN platform.country_code OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.country_code IS 'ISO 3166-1 alpha-2 code, upper case.';

CREATE DOMAIN platform.currency_code AS character(3)
	CONSTRAINT currency_code_iso_4217_check CHECK ((VALUE ~ '^[A-Z]{3}$'::text));

ALTER DOMAIN platform.currency_code OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.currency_code IS 'ISO 4217 alphabetic code, upper case.';

CREATE DOMAIN platform.event_topic AS text
	CONSTRAINT event_topic_is_versioned_check CHECK (((VALUE ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[0-9]+$'::text) AND (length(VALUE) <= 100)));

ALTER DOMAIN platform.event_topic OWNER TO techcourse_owner;

COMMENT ON DOMAIN platform.event_topic IS 'A kind of event with its version, such as course.published.v1.';

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

CREATE FUNCTION catalog.are_tags(tags text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (NOT (EXISTS (SELECT FROM unnest(are_tags.tags) t(t) WHERE ((t.t IS NULL) OR ((length(t.t) < 1) OR (length(t.t) > 80)) OR (t.t <> btrim(t.t))))));

ALTER FUNCTION catalog.are_tags(tags text[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.are_tags(tags text[]) IS 'Whether each tag has 1 to 80 characters and no blanks at its ends.';

CREATE FUNCTION catalog.arrange_outline(course_id uuid, tree jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if array(select e ->> 'id' from jsonb_array_elements(tree) e order by 1)
       <> array(select s.id::text from catalog.sections s where s.course_id = arrange_outline.course_id order by 1)
     or array(select l #>> '{}' from jsonb_array_elements(tree) e, jsonb_array_elements(e -> 'lessons') l order by 1)
       <> array(select l.id::text from catalog.lessons l where l.course_id = arrange_outline.course_id order by 1) then
    raise exception 'The order does not name every section and lesson of the course % once.', arrange_outline.course_id
      using errcode = 'TC226', hint = 'Read the outline again, and send all of it in the new order.', schema = 'catalog', table = 'sections';
  end if;
  set constraints catalog.sections_course_id_position_key, catalog.lessons_section_id_position_key deferred;
  update catalog.sections s set position = e.n - 1
    from jsonb_array_elements(tree) with ordinality e (entry, n)
   where s.id = (e.entry ->> 'id')::uuid and s.position <> e.n - 1;
  update catalog.lessons l set section_id = p.section_id, position = p.n - 1
    from (select (e ->> 'id')::uuid as section_id, (t.lesson #>> '{}')::uuid as id, t.n
            from jsonb_array_elements(tree) e, jsonb_array_elements(e -> 'lessons') with ordinality t (lesson, n)) p
   where l.id = p.id and (l.section_id, l.position) <> (p.section_id, p.n - 1);
  set constraints catalog.sections_course_id_position_key, catalog.lessons_section_id_position_key immediate;
end
$$;

ALTER FUNCTION catalog.arrange_outline(course_id uuid, tree jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.arrange_outline(course_id uuid, tree jsonb) IS 'Puts the sections and lessons of a course into a new order: [{"id": section, "lessons": [lesson ..]} ..], all of them. Error: TC226 not all, or others.';

CREATE FUNCTION catalog.bank_question_faults(question jsonb, place text) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if question is null or jsonb_typeof(question) <> 'object' then
    return query select place, 'must be an object';
    return;
  end if;
  return query select format('%s/%s', place, m), 'is given by the quiz that uses the question'
    from unnest(array['id', 'bank_question_id', 'bank_version']) m where question ? m;
  return query select * from catalog.quiz_question_faults(question - array['bank_question_id', 'bank_version'] || '{"id": "bank"}', place);
end
$$;

ALTER FUNCTION catalog.bank_question_faults(question jsonb, place text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.bank_question_faults(question jsonb, place text) IS 'Faults of a question of the bank: a question of a quiz without id and origin, which each quiz gives it.';

CREATE FUNCTION catalog.begin_listings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into catalog.listings (course_id, published, category_id, level, language, price, currency)
  select n.id, n.status = 'published', n.category_id, n.level, n.language, n.price, n.currency from new_rows n;
  return null;
end
$$;

ALTER FUNCTION catalog.begin_listings() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.begin_listings() IS 'Trigger for each statement: lists each new course.';

CREATE FUNCTION catalog.begin_outlines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into catalog.outlines (course_id) select n.id from new_rows n;
  return null;
end
$$;

ALTER FUNCTION catalog.begin_outlines() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.begin_outlines() IS 'Trigger for each statement: begins the outline of each new course.';

CREATE FUNCTION catalog.check_bank_question() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  faults jsonb;
begin
  if tg_op = 'UPDATE' then
    new.updated_at := clock_timestamp();
    if new.question is not distinct from old.question and new.tags is not distinct from old.tags then
      return new;
    end if;
    new.version := old.version + 1;
  end if;
  faults := catalog.listed_faults(array(select row(q.pointer, q.fault)::catalog.document_fault
                                          from catalog.bank_question_faults(new.question, '/question') q limit 100));
  if faults is not null then
    raise exception 'The question is not valid, at "%": %.', faults -> 0 ->> 'pointer', faults -> 0 ->> 'detail'
      using errcode = 'TC241', detail = faults, hint = 'Each fault names its place as a JSON Pointer; mend them all and save again.',
            schema = tg_table_schema, table = tg_table_name, column = 'question', constraint = 'bank_questions_question_is_valid_check';
  end if;
  return new;
end
$$;

ALTER FUNCTION catalog.check_bank_question() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.check_bank_question() IS 'Trigger: refuses an invalid question (TC241, every fault with its JSON Pointer) and counts its versions.';

CREATE FUNCTION catalog.check_draft() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  saved constant integer := case tg_op when 'UPDATE' then old.revision else 0 end;
begin
  if not coalesce((select catalog.may_edit(l.course_id) from catalog.lessons l where l.id = new.lesson_id), false) then
    raise exception 'The lesson % is edited by others.', new.lesson_id using errcode = 'TC227',
      hint = 'Act as an instructor of its course.', schema = tg_table_schema, table = tg_table_name;
  end if;
  if new.revision <> saved + 1 then
    raise exception 'The draft is at revision %, so the next one is %, not %.', saved, saved + 1, new.revision using errcode = 'TC222',
      hint = 'Read the draft again; another tab has saved it.', schema = tg_table_schema, table = tg_table_name, column = 'revision';
  end if;
  new.saved_at := clock_timestamp();
  return new;
end
$$;

ALTER FUNCTION catalog.check_draft() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.check_draft() IS 'Trigger: a draft is of a lesson that its author edits (TC227), and each save names the revision after the last (TC222).';

CREATE FUNCTION catalog.check_publishing() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  faults text;
begin
  if new.status = 'draft' then
    raise exception 'The course % has been published and is no draft again.', new.id using errcode = 'TC225',
      hint = 'Archive it, to take it off sale.', schema = tg_table_schema, table = tg_table_name, column = 'status';
  end if;
  -- who deletes its last lesson now is waited for
  perform catalog.claim_outline(new.id, null);
  select string_agg(f.code || coalesce(' ' || f.subject_id, '') || ': ' || f.fault, E'\n') into faults
    from catalog.publish_faults(new.id) f;
  if faults is not null then
    raise exception 'The course % cannot be published yet.', new.id using errcode = 'TC223', detail = faults,
      hint = 'Mend everything that catalog.publish_faults() names, then publish.',
      schema = tg_table_schema, table = tg_table_name, column = 'status';
  end if;
  return null;
end
$$;

ALTER FUNCTION catalog.check_publishing() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.check_publishing() IS 'Trigger: what is published lacks nothing (TC223 with every fault), and is no draft again (TC225).';

CREATE FUNCTION catalog.check_quiz() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  faults jsonb;
begin
  if tg_op = 'UPDATE' and new.metadata is not distinct from old.metadata then
    return new;
  end if;
  faults := catalog.listed_faults(array(select row(q.pointer, q.fault)::catalog.document_fault
                                          from catalog.quiz_faults(new.metadata) q limit 100));
  if faults is not null then
    raise exception 'The quiz document is not valid, at "%": %.', faults -> 0 ->> 'pointer', faults -> 0 ->> 'detail'
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

CREATE FUNCTION catalog.claim_outline(course_id uuid, expected integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  current integer;
begin
  if not catalog.may_edit(claim_outline.course_id) then
    return null;
  end if;
  select o.version into current from catalog.outlines o where o.course_id = claim_outline.course_id for update;
  if expected <> current then
    raise exception 'The outline of the course % has changed to version %.', claim_outline.course_id, current using errcode = 'TC221',
      hint = 'Read the outline again and repeat your change.', schema = 'catalog', table = 'outlines';
  end if;
  return current;
end
$$;

ALTER FUNCTION catalog.claim_outline(course_id uuid, expected integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.claim_outline(course_id uuid, expected integer) IS 'Holds an outline until the end of the transaction and answers its version; null for a course that the acting person does not edit. Error: TC221 not the expected version (null expects none).';

CREATE FUNCTION catalog.copy_course_columns() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  select c.instructor_id, c.status, c.editor_ids into new.instructor_id, new.course_status, new.editor_ids
    from catalog.courses c where c.id = new.course_id;
  if not found then
    raise exception 'There is no course %.', new.course_id using errcode = 'TC201',
      hint = 'Create the course first, or act as its instructor.';
  end if;
  return new;
end
$$;

ALTER FUNCTION catalog.copy_course_columns() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.copy_course_columns() IS 'Trigger: copies lead, editors and status of the course into a row that hangs on it; from then on the foreign keys keep them equal. Error: TC201 no such course.';

CREATE FUNCTION catalog.copy_lesson_editors() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  select coalesce(new.instructor_id, l.instructor_id), l.editor_ids into new.instructor_id, new.editor_ids
    from catalog.lessons l where l.id = new.lesson_id;
  return new;
end
$$;

ALTER FUNCTION catalog.copy_lesson_editors() OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.copy_lesson_editors() IS 'Trigger: copies lead and editors of a lesson into what hangs on it; from then on the foreign keys keep them equal.';

CREATE FUNCTION catalog.count_lesson_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_table_name = 'lesson_contents' then
    update catalog.lessons l set version = l.version + 1 where l.id = new.lesson_id;
    return null;
  end if;
  new.version := old.version + 1;
  return new;
end
$$;

ALTER FUNCTION catalog.count_lesson_version() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.count_lesson_version() IS 'Trigger: counts the version of a lesson (its ETag) when it or its content changes; its place in the outline is none of it.';

CREATE FUNCTION catalog.count_outline_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  copies constant text[] := array['instructor_id', 'course_status', 'editor_ids', 'version'];
  changed uuid[];
begin
  if tg_op = 'UPDATE' then
    select array_agg(distinct n.course_id) into changed from new_rows n join old_rows o on o.id = n.id
     where to_jsonb(n) - copies <> to_jsonb(o) - copies;
  elsif tg_op = 'INSERT' then
    select array_agg(distinct n.course_id) into changed from new_rows n;
  else
    select array_agg(distinct o.course_id) into changed from old_rows o;
  end if;
  update catalog.outlines o set version = o.version + 1 where o.course_id = any (changed);
  -- after the outline is held, so that two who delete the last two lessons see each other
  if tg_op = 'DELETE' and tg_table_name = 'lessons' and session_user = 'techcourse_app' and exists (
      select from catalog.courses c where c.id = any (changed) and c.status = 'published'
         and not exists (select from catalog.lessons l where l.course_id = c.id)) then
    raise exception 'The published course % would be left without a lesson.', changed[1] using errcode = 'TC224',
      hint = 'Add the new lessons first, or archive the course.', schema = 'catalog', table = 'lessons';
  end if;
  return null;
end
$$;

ALTER FUNCTION catalog.count_outline_change() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.count_outline_change() IS 'Trigger for each statement: counts a change of an outline; a published course keeps at least one lesson (TC224).';

CREATE FUNCTION catalog.count_shares() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  course constant uuid := case tg_op when 'DELETE' then old.course_id else new.course_id end;
  shared numeric;
  editors uuid[];
begin
  select coalesce(sum(i.share_percent), 0), coalesce(array_agg(i.instructor_id order by i.instructor_id), '{}')
    into shared, editors
    from catalog.course_instructors i where i.course_id = course;
  if shared > 100 then
    raise exception 'The shares of the course % add up to % percent.', course, shared using errcode = 'TC220',
      hint = 'Share out at most 100 percent; the lead earns the rest.',
      schema = 'catalog', table = 'course_instructors', column = 'share_percent';
  end if;
  update catalog.courses c set editor_ids = editors where c.id = course and c.editor_ids <> editors;
  return null;
end
$$;

ALTER FUNCTION catalog.count_shares() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.count_shares() IS 'Trigger: refuses shares of more than 100 percent together (TC220), and lets the instructors of a course edit it.';

CREATE FUNCTION catalog.count_students() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  courses integer;
begin
  -- one at a time; who comes second has nothing to do
  if not pg_try_advisory_xact_lock(hashtext('catalog.count_students')) then
    return 0;
  end if;
  update catalog.listings l
     set students = n.students
    from (select i.course_id, count(e.course_id)::integer as students
            from catalog.listings i
            left join learning.enrollments e on e.course_id = i.course_id and e.ended_at is null
           group by i.course_id) n
   where l.course_id = n.course_id and l.students <> n.students;
  get diagnostics courses = row_count;
  insert into catalog.listing_counts as c (figure) values ('students')
  on conflict on constraint listing_counts_figure_pkey do update set counted_at = now();
  return courses;
end
$$;

ALTER FUNCTION catalog.count_students() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.count_students() IS 'Counts how many students take each course, and says of how many courses the figure has changed; any node may call it at any time.';

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

CREATE FUNCTION catalog.drop_quiz_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  delete from catalog.quiz_versions v where v.quiz_id = old.id;
  return old;
exception when foreign_key_violation or restrict_violation then
  raise exception 'Students have taken the quiz %.', old.id using errcode = 'TC240',
    hint = 'Close it with available_until instead: what was taken stays.', schema = 'catalog', table = 'quizzes';
end
$$;

ALTER FUNCTION catalog.drop_quiz_versions() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.drop_quiz_versions() IS 'Trigger: a quiz goes with its versions, unless one of them was taken (TC240).';

CREATE FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT jsonb_agg(jsonb_build_object('id', (e.entry -> 'id'::text), 'text', (e.entry -> 'text'::text)) ORDER BY CASE WHEN entries_without_feedback.mixed THEN md5((e.entry)::text) ELSE NULL::text END, e.n) AS jsonb_agg FROM jsonb_array_elements(entries_without_feedback.entries) WITH ORDINALITY e(entry, n));

ALTER FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) IS 'Options, items or sides with id and text alone; mixed in an order that says nothing.';

CREATE FUNCTION catalog.find_courses(words text, most integer) RETURNS TABLE(course_id uuid, found_by text)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 500
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- lets "pyton" find Python; the stock 0.6 does not
  set local pg_trgm.word_similarity_threshold = 0.45;
  return query
    (select c.id, 'words' from catalog.courses c
      where c.status = 'published' and c.search @@ (websearch_to_tsquery('english', words) || websearch_to_tsquery('german', words)
              || websearch_to_tsquery('spanish', words) || websearch_to_tsquery('french', words) || websearch_to_tsquery('simple', words))
      limit most)
    union all
    (select c.id, 'part' from catalog.courses c
      where c.status = 'published'
        and c.title ilike '%' || replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_') || '%'
      limit most)
    union all
    (select c.id, 'likeness' from catalog.courses c
      where c.status = 'published' and words operator(extensions.<%) c.title
      limit most);
end
$$;

ALTER FUNCTION catalog.find_courses(words text, most integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION catalog.find_courses(words text, most integer) IS 'Courses on sale that have the words in their own language (words), in their title (part), or a title with a typing error of them (likeness); at most so many of each kind, and a course once for each.';

CREATE TABLE catalog.attachments (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    lesson_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT attachments_file_name_check CHECK ((((length(file_name) >= 1) AND (length(file_name) <= 200)) AND (file_name !~ '[/\\[:cntrl:]]'::text))),
    CONSTRAINT attachments_media_type_check CHECK (((length(media_type) <= 100) AND (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'::text)))
);

ALTER TABLE ONLY catalog.attachments FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.attachments OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.attachments IS 'Files that a lesson gives to whoever may read it, see learning.read_attachments(). Shard class: reference.';

COMMENT ON COLUMN catalog.attachments.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.attachments.lesson_id IS 'The lesson that holds it.';

COMMENT ON COLUMN catalog.attachments.instructor_id IS 'Copy of the lesson''s, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.attachments.editor_ids IS 'Copy of the lesson''s editors, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.attachments.file_name IS 'Name under which it is saved by whoever downloads it.';

COMMENT ON COLUMN catalog.attachments.media_type IS 'What it is, found out from its first bytes, not from what the sender said.';

COMMENT ON COLUMN catalog.attachments.sha256 IS 'What it holds: the file in the store. Paid for.';

COMMENT ON COLUMN catalog.attachments.created_at IS 'When it was added to the lesson.';

CREATE TABLE catalog.stored_files (
    sha256 bytea NOT NULL,
    size_bytes bigint NOT NULL,
    touched_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT stored_files_sha256_length_check CHECK ((length(sha256) = 32)),
    CONSTRAINT stored_files_size_check CHECK (((size_bytes >= 0) AND (size_bytes <= '5368709120'::bigint)))
);

ALTER TABLE ONLY catalog.stored_files FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.stored_files OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.stored_files IS 'Files in the store, by the hash of what they hold; a row is there before its file, and goes together with it. Shard class: reference.';

COMMENT ON COLUMN catalog.stored_files.sha256 IS 'SHA-256 of the file: its name in the store.';

COMMENT ON COLUMN catalog.stored_files.size_bytes IS 'Length in bytes.';

COMMENT ON COLUMN catalog.stored_files.touched_at IS 'When somebody last stored it; a file that no lesson holds goes a day after.';

CREATE FUNCTION catalog.forget_unused_files(unused_for interval, at_most integer) RETURNS SETOF bytea
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM catalog.stored_files f
   WHERE (f.sha256 IN ( SELECT u.sha256
            FROM (catalog.stored_files u
              LEFT JOIN catalog.attachments a ON ((a.sha256 = u.sha256)))
           WHERE ((a.sha256 IS NULL) AND (u.touched_at < (clock_timestamp() - forget_unused_files.unused_for)))
           ORDER BY u.touched_at
          LIMIT forget_unused_files.at_most))
   RETURNING f.sha256;
END;

ALTER FUNCTION catalog.forget_unused_files(unused_for interval, at_most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.forget_unused_files(unused_for interval, at_most integer) IS 'Forgets files that no lesson holds and that nobody stored lately; the caller removes them from the store before it commits, so that nobody stores one of them in between.';

CREATE FUNCTION catalog.hold_shared_course() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  lead uuid;
begin
  select c.instructor_id into lead from catalog.courses c
   where c.id = case tg_op when 'DELETE' then old.course_id else new.course_id end for update;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.lead_id := lead;
  return new;
end
$$;

ALTER FUNCTION catalog.hold_shared_course() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.hold_shared_course() IS 'Trigger: holds the course whose instructors change, and copies its lead.';

CREATE FUNCTION catalog.import_bank_questions(items jsonb, dry_run boolean) RETURNS TABLE(n integer, bank_question_id uuid, outcome text, faults jsonb)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  owner_id constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  item record;
  fingerprint text;
  seen text[] := '{}';
begin
  for item in select i.position as n, i.question, i.tags
                from jsonb_to_recordset(items) i (position integer, question jsonb, tags text[]) order by i.position loop
    n := item.n;
    bank_question_id := null;
    faults := catalog.listed_faults(array(select row(f.pointer, f.fault)::catalog.document_fault
                                            from catalog.bank_question_faults(item.question, '') f limit 20));
    fingerprint := encode(sha256(convert_to(item.question::text, 'UTF8')), 'hex');
    if faults is not null or pg_column_size(item.question) > 131072 then
      outcome := 'refused';
      faults := coalesce(faults, '[{"pointer": "", "detail": "must have at most 128 KiB"}]');
    else
      if not dry_run then
        insert into catalog.bank_questions (instructor_id, question, tags, imported_as)
        values (owner_id, item.question, item.tags, fingerprint)
        on conflict on constraint bank_questions_instructor_id_imported_as_key do nothing
        returning id into bank_question_id;
      end if;
      outcome := 'added';
      if bank_question_id is null then
        select b.id into bank_question_id from catalog.bank_questions b
         where b.instructor_id = owner_id and b.imported_as = fingerprint;
        outcome := case when bank_question_id is not null or fingerprint = any (seen) then 'already-there' else 'added' end;
      end if;
      seen := seen || fingerprint;
    end if;
    return next;
  end loop;
end
$$;

ALTER FUNCTION catalog.import_bank_questions(items jsonb, dry_run boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.import_bank_questions(items jsonb, dry_run boolean) IS 'Adds questions to the bank of the acting instructor: [{position, question, tags}]. Each is added, already-there (the same content was imported before) or refused with its faults, and never stops the others; a dry run only tells.';

CREATE FUNCTION catalog.is_bank_question(question jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (NOT (EXISTS (SELECT FROM catalog.bank_question_faults(is_bank_question.question, ''::text) bank_question_faults(pointer, fault))));

ALTER FUNCTION catalog.is_bank_question(question jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.is_bank_question(question jsonb) IS 'Whether catalog.bank_question_faults() finds nothing.';

CREATE FUNCTION catalog.quiz_faults(document jsonb) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
  if not catalog.quiz_number_fits(document -> 'passing_score', 0, 100) then
    return query select '/passing_score', 'must be a number from 0 to 100';
  end if;
  return query select '/' || w.name, format('must be a whole number from %s to %s', w.lowest, w.highest)
    from (values ('time_limit_seconds', 10, 864000), ('max_attempts', 1, 1000), ('grace_seconds', 0, 3600), ('draw', 1, 500))
           w (name, lowest, highest)
   where document ? w.name and (case when jsonb_typeof(document -> w.name) = 'number' and document ->> w.name ~ '^[0-9]{1,9}$'
     then (document ->> w.name)::int not between w.lowest and w.highest else true end);
  return query select '/' || k, 'must be true or false' from unnest(array['shuffle_questions', 'shuffle_options']) k
    where document ? k and jsonb_typeof(document -> k) <> 'boolean';
  return query select * from catalog.quiz_opening_faults(document);
  return query select '/' || catalog.pointer_part(k), 'is not a member of a quiz'
    from jsonb_object_keys(document) k
    where k not in ('schema_version', 'title', 'passing_score', 'time_limit_seconds', 'max_attempts', 'grace_seconds', 'draw',
      'show_answers', 'available_from', 'available_until', 'shuffle_questions', 'shuffle_options', 'questions');
  if (case when jsonb_typeof(document -> 'questions') = 'array'
      then jsonb_array_length(document -> 'questions') not between 1 and 500 else true end) then
    return query select '/questions', 'must be a list of 1 to 500 questions';
    return;
  end if;
  if jsonb_typeof(document -> 'draw') = 'number' and (document ->> 'draw')::numeric > jsonb_array_length(document -> 'questions') then
    return query select '/draw', 'must not be more than there are questions';
  end if;
  return query select f.pointer, f.fault
    from jsonb_array_elements(document -> 'questions') with ordinality q (question, n),
         catalog.quiz_question_faults(q.question, format('/questions/%s', q.n - 1)) f;
  return query select format('/questions/%s/id', d.n - 1), format('"%s" is used twice', left(d.id, 40))
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

CREATE FUNCTION catalog.keep_listing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update catalog.listings l
     set published = new.status = 'published', category_id = new.category_id, level = new.level, language = new.language,
         price = new.price, currency = new.currency
   where l.course_id = new.id;
  return null;
end
$$;

ALTER FUNCTION catalog.keep_listing() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.keep_listing() IS 'Trigger: what the listing copies of a course changes with it, in the same transaction.';

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

CREATE FUNCTION catalog.keep_room_for_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  course constant uuid := (select l.course_id from catalog.lessons l where l.id = new.lesson_id);
  room constant bigint := (select (s.value #>> '{}')::bigint << 20 from platform.settings s where s.name = 'course_files_mebibytes');
  held numeric;
begin
  -- who adds files to one course takes turns, so that each sees what the one before has added
  perform from catalog.outlines o where o.course_id = course for update;
  select sum(f.size_bytes) into held
    from catalog.lessons l
    join catalog.attachments a on a.lesson_id = l.id
    join catalog.stored_files f on f.sha256 = a.sha256
   where l.course_id = course;
  if held > room then
    raise exception 'The files of the course % would take % bytes of %.', course, held, room using errcode = 'TC228',
      hint = 'Take files off its lessons, or ask an admin for more room (setting course_files_mebibytes).',
      schema = 'catalog', table = 'attachments', column = 'sha256';
  end if;
  return null;
end
$$;

ALTER FUNCTION catalog.keep_room_for_files() OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.keep_room_for_files() IS 'Trigger: the files of a course take at most as much room as the setting course_files_mebibytes gives (TC228). A file that two lessons hold counts twice.';

CREATE FUNCTION catalog.listed_faults(faults catalog.document_fault[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT jsonb_agg(jsonb_build_object('pointer', f.pointer, 'detail', f.fault)) AS jsonb_agg FROM unnest(listed_faults.faults) f(pointer, fault));

ALTER FUNCTION catalog.listed_faults(faults catalog.document_fault[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.listed_faults(faults catalog.document_fault[]) IS 'Faults as the DETAIL of a refusal and the answer of a check have them: [{"pointer", "detail"}]; null for none. They hold words of the document alone.';

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
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT courses_description_length_check CHECK ((length(description) <= 20000)),
    CONSTRAINT courses_editor_ids_at_most_20_check CHECK ((cardinality(editor_ids) <= 20)),
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

COMMENT ON COLUMN catalog.courses.editor_ids IS 'The further instructors, who edit beside the lead: copied from course_instructors by its trigger.';

CREATE FUNCTION catalog.may_edit(course_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (EXISTS (SELECT FROM catalog.courses c WHERE ((c.id = may_edit.course_id) AND ((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((c.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (c.editor_ids))))))));

ALTER FUNCTION catalog.may_edit(course_id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.may_edit(course_id uuid) IS 'Whether the acting person edits a course: its lead, a further instructor of it, or an admin. For definer functions, which row security does not stop.';

CREATE TABLE catalog.outlines (
    course_id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT outlines_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY catalog.outlines FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.outlines OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.outlines IS 'How often the outline of a course has changed: its ETag, and the row by which its editors wait for each other. Shard class: reference.';

COMMENT ON COLUMN catalog.outlines.course_id IS 'The course.';

COMMENT ON COLUMN catalog.outlines.version IS 'Counts changes of its sections and lessons; the ETag of the outline.';

CREATE FUNCTION catalog.outline_version(course_id uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT o.version FROM catalog.outlines o WHERE (o.course_id = outline_version.course_id));

ALTER FUNCTION catalog.outline_version(course_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION catalog.outline_version(course_id uuid) IS 'The version of a course''s outline, null for an unknown course.';

CREATE FUNCTION catalog.pointer_part(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN replace(replace("left"(name, 80), '~'::text, '~0'::text), '/'::text, '~1'::text);

ALTER FUNCTION catalog.pointer_part(name text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.pointer_part(name text) IS 'A name as a step of a JSON Pointer (RFC 6901), cut at 80 characters.';

CREATE TABLE catalog.lesson_contents (
    lesson_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    markdown text,
    video_url text,
    attachment_key text,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
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

COMMENT ON COLUMN catalog.lesson_contents.editor_ids IS 'Copy of the lesson''s editors, kept equal by the foreign key, so that row security needs no other table.';

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
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT lessons_kind_check CHECK ((kind = ANY (ARRAY['article'::text, 'video'::text, 'file'::text]))),
    CONSTRAINT lessons_minutes_check CHECK (((minutes >= 0) AND (minutes <= 1440))),
    CONSTRAINT lessons_position_not_negative_check CHECK (("position" >= 0)),
    CONSTRAINT lessons_title_length_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 160))),
    CONSTRAINT lessons_version_positive_check CHECK ((version > 0))
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

COMMENT ON COLUMN catalog.lessons.editor_ids IS 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';

COMMENT ON COLUMN catalog.lessons.version IS 'Counts changes of the lesson and of its content; the ETag by which two editors notice each other.';

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
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
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

COMMENT ON COLUMN catalog.quizzes.editor_ids IS 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';

CREATE TABLE catalog.sections (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    course_status text NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    editor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
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

COMMENT ON COLUMN catalog.sections.editor_ids IS 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';

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

CREATE FUNCTION catalog.publish_faults(course_id uuid) RETURNS TABLE(code text, subject_id uuid, fault text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT f.code,
     f.subject_id,
     f.fault
    FROM ( SELECT 1 AS place,
             'title'::text AS code,
             NULL::uuid AS subject_id,
             'The title has fewer than 5 characters.'::text AS fault
            FROM catalog.courses c
           WHERE ((c.id = publish_faults.course_id) AND (length(btrim(c.title)) < 5))
         UNION ALL
          SELECT 2,
             'subtitle'::text,
             NULL::uuid,
             'There is no subtitle.'::text
            FROM catalog.courses c
           WHERE ((c.id = publish_faults.course_id) AND (btrim(c.subtitle) = ''::text))
         UNION ALL
          SELECT 3,
             'description'::text,
             NULL::uuid,
             'The description has fewer than 200 characters.'::text
            FROM catalog.courses c
           WHERE ((c.id = publish_faults.course_id) AND (length(btrim(c.description)) < 200))
         UNION ALL
          SELECT 4,
             'instructor-profile'::text,
             c.instructor_id,
             'The profile of the lead has no name or says nothing about the person.'::text
            FROM catalog.courses c
           WHERE ((c.id = publish_faults.course_id) AND (NOT (EXISTS ( SELECT
                    FROM identity.instructor_profiles p
                   WHERE ((p.user_id = c.instructor_id) AND (btrim(p.display_name) <> ''::text) AND (btrim(p.bio) <> ''::text))))))
         UNION ALL
          SELECT 5,
             'lessons'::text,
             NULL::uuid,
             'There is no lesson.'::text
           WHERE (NOT (EXISTS ( SELECT
                    FROM catalog.lessons l
                   WHERE (l.course_id = publish_faults.course_id))))
         UNION ALL
          SELECT 6,
             'empty-section'::text,
             s.id,
             'A section has no lessons.'::text
            FROM catalog.sections s
           WHERE ((s.course_id = publish_faults.course_id) AND (NOT (EXISTS ( SELECT
                    FROM catalog.lessons l
                   WHERE (l.section_id = s.id)))))
         UNION ALL
          SELECT 7,
             'lesson-content'::text,
             l.id,
                 CASE l.kind
                     WHEN 'article'::text THEN 'A lesson has no text.'::text
                     WHEN 'video'::text THEN 'A lesson has no address of its video.'::text
                     ELSE 'A lesson has no file.'::text
                 END AS "case"
            FROM (catalog.lessons l
              LEFT JOIN catalog.lesson_contents t ON ((t.lesson_id = l.id)))
           WHERE ((l.course_id = publish_faults.course_id) AND (NOT
                 CASE l.kind
                     WHEN 'article'::text THEN (COALESCE(btrim(t.markdown), ''::text) <> ''::text)
                     WHEN 'video'::text THEN (t.video_url IS NOT NULL)
                     ELSE ((t.attachment_key IS NOT NULL) OR (EXISTS ( SELECT
                        FROM catalog.attachments a
                       WHERE (a.lesson_id = l.id))))
                 END))
         UNION ALL
          SELECT 8,
             'quiz'::text,
             q.id,
             'A quiz is not valid.'::text
            FROM catalog.quizzes q
           WHERE ((q.course_id = publish_faults.course_id) AND (NOT catalog.is_quiz(q.metadata)))) f
   ORDER BY f.place, f.subject_id;
END;

ALTER FUNCTION catalog.publish_faults(course_id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.publish_faults(course_id uuid) IS 'What a course lacks before it can be published, each with the section, lesson, quiz or person that it is about (null: the course); no row when nothing is missing.';

CREATE FUNCTION catalog.question_extra_faults(question jsonb, place text) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  return query select format('%s/%s', place, m), 'must be a text of 1 to 5000 characters'
    from unnest(array['feedback', 'feedback_correct', 'feedback_incorrect', 'rubric']) m
   where question ? m and (jsonb_typeof(question -> m) <> 'string' or length(question ->> m) not between 1 and 5000);
  return query select place || '/unit', 'must be a text of 1 to 40 characters'
   where question ? 'unit' and (jsonb_typeof(question -> 'unit') <> 'string' or length(question ->> 'unit') not between 1 and 40);
  return query select format('%s/%s', place, m), 'must be true or false' from unnest(array['case_sensitive', 'partial_credit']) m
   where question ? m and jsonb_typeof(question -> m) <> 'boolean';
  if question ? 'penalty' and not catalog.quiz_number_fits(question -> 'penalty', 0,
      case when jsonb_typeof(question -> 'points') = 'number' then (question ->> 'points')::numeric else 1000 end) then
    return query select place || '/penalty', 'must be a number from 0 to the points of the question';
  end if;
  if question ? 'tolerance' and not catalog.quiz_number_fits(question -> 'tolerance', 0, 1e30) then
    return query select place || '/tolerance', 'must be a number, not negative';
  end if;
  if question ? 'bank_question_id' <> question ? 'bank_version'
    or question ? 'bank_question_id' and (jsonb_typeof(question -> 'bank_question_id') <> 'string' or question ->> 'bank_question_id'
      !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$') then
    return query select place || '/bank_question_id', 'must be the id of a question of the bank, with bank_version beside it';
  end if;
  if question ? 'bank_version' and (jsonb_typeof(question -> 'bank_version') <> 'number'
      or question ->> 'bank_version' !~ '^[1-9][0-9]{0,8}$') then
    return query select place || '/bank_version', 'must be a whole number from 1';
  end if;
end
$_$;

ALTER FUNCTION catalog.question_extra_faults(question jsonb, place text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.question_extra_faults(question jsonb, place text) IS 'Faults of the members of a question besides its text, points, parts and key: feedback, rubric, unit, partial_credit, penalty, tolerance, origin in the bank.';

CREATE TABLE catalog.bank_questions (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    instructor_id uuid NOT NULL,
    question jsonb NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    imported_as text,
    archived_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT bank_questions_imported_as_is_sha256_check CHECK (((imported_as ~ '^[0-9a-f]+$'::text) AND (length(imported_as) = 64))),
    CONSTRAINT bank_questions_question_is_valid_check CHECK (catalog.is_bank_question(question)),
    CONSTRAINT bank_questions_question_size_check CHECK ((pg_column_size(question) <= 131072)),
    CONSTRAINT bank_questions_tags_at_most_20_check CHECK ((cardinality(tags) <= 20)),
    CONSTRAINT bank_questions_tags_length_check CHECK (catalog.are_tags(tags)),
    CONSTRAINT bank_questions_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY catalog.bank_questions FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.bank_questions OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.bank_questions IS 'Questions that an instructor keeps for several quizzes, with keys and tags. Shard class: reference.';

COMMENT ON COLUMN catalog.bank_questions.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN catalog.bank_questions.instructor_id IS 'Whose bank it is in; nobody else reads it.';

COMMENT ON COLUMN catalog.bank_questions.question IS 'The question as a quiz holds it, but for id and origin. Secret from students: it holds the key.';

COMMENT ON COLUMN catalog.bank_questions.tags IS 'Words by which it is found, at most 20; a category of an imported file becomes one.';

COMMENT ON COLUMN catalog.bank_questions.version IS 'Counts changes; quizzes remember which one they copied.';

COMMENT ON COLUMN catalog.bank_questions.imported_as IS 'SHA-256 of the question as it was imported, so that a repeated import finds it; null for one written here.';

COMMENT ON COLUMN catalog.bank_questions.archived_at IS 'Since when it is out of use; null while it may be used. Quizzes that copied it keep their copy.';

COMMENT ON COLUMN catalog.bank_questions.created_at IS 'When it was written or imported.';

COMMENT ON COLUMN catalog.bank_questions.updated_at IS 'Last change of the row, stamped by a trigger.';

CREATE FUNCTION catalog.question_from_bank(bank catalog.bank_questions, question_id text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN ((bank).question || jsonb_build_object('id', question_id, 'bank_question_id', (bank).id, 'bank_version', (bank).version));

ALTER FUNCTION catalog.question_from_bank(bank catalog.bank_questions, question_id text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.question_from_bank(bank catalog.bank_questions, question_id text) IS 'A question of the bank as a quiz holds it: under an id of its own, with origin and version.';

CREATE FUNCTION catalog.question_without_key(question jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_strip_nulls(jsonb_build_object('id', (question -> 'id'::text), 'type', (question -> 'type'::text), 'text', (question -> 'text'::text), 'points', (question -> 'points'::text), 'penalty', (question -> 'penalty'::text), 'partial_credit', (question -> 'partial_credit'::text), 'unit', (question -> 'unit'::text), 'options', catalog.entries_without_feedback((question -> 'options'::text), false), 'left', catalog.entries_without_feedback((question -> 'left'::text), false), 'right', catalog.entries_without_feedback((question -> 'right'::text), true), 'items', catalog.entries_without_feedback((question -> 'items'::text), true)));

ALTER FUNCTION catalog.question_without_key(question jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.question_without_key(question jsonb) IS 'A question as a student may see it, see catalog.quiz_without_keys().';

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

CREATE TABLE catalog.course_instructors (
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    share_percent numeric(5,2) NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    lead_id uuid NOT NULL,
    instructor_role text GENERATED ALWAYS AS ('instructor'::text) STORED NOT NULL,
    CONSTRAINT course_instructors_beside_the_lead_check CHECK ((instructor_id <> lead_id)),
    CONSTRAINT course_instructors_share_is_percent_check CHECK (((share_percent >= (0)::numeric) AND (share_percent <= (100)::numeric)))
);

ALTER TABLE ONLY catalog.course_instructors FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.course_instructors OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.course_instructors IS 'Further instructors of a course and the percent of the instructors'' part that each earns; the lead earns the rest. Shard class: reference.';

COMMENT ON COLUMN catalog.course_instructors.course_id IS 'The course.';

COMMENT ON COLUMN catalog.course_instructors.instructor_id IS 'The further instructor.';

COMMENT ON COLUMN catalog.course_instructors.share_percent IS 'Percent, 0 to 100, of the instructors'' part of a sale.';

COMMENT ON COLUMN catalog.course_instructors.added_at IS 'Since when; the change log keeps earlier shares.';

COMMENT ON COLUMN catalog.course_instructors.lead_id IS 'Copy of the course''s lead, kept equal by the foreign key: who shares out.';

COMMENT ON COLUMN catalog.course_instructors.instructor_role IS 'Always instructor: the half of the foreign key that makes the person hold that role.';

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

CREATE FUNCTION catalog.quiz_history(quiz_id uuid) RETURNS TABLE(version integer, created_at timestamp with time zone, metadata jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT v.version,
     v.created_at,
     v.metadata
    FROM (catalog.quiz_versions v
      JOIN catalog.quizzes q ON ((q.id = v.quiz_id)))
   WHERE ((v.quiz_id = quiz_history.quiz_id) AND ((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((q.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (EXISTS ( SELECT
            FROM catalog.course_instructors i
           WHERE ((i.course_id = q.course_id) AND (i.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))))))));
END;

ALTER FUNCTION catalog.quiz_history(quiz_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION catalog.quiz_history(quiz_id uuid) IS 'All versions of a quiz with their documents, for its instructors and an admin; nothing for anybody else, because they hold the keys.';

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

CREATE FUNCTION catalog.quiz_moment(written jsonb) RETURNS timestamp with time zone
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  -- with its offset written out, a moment does not hang on the session's time zone
  if jsonb_typeof(written) <> 'string' or written #>> '{}' !~
    '^20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' then
    return null;
  end if;
  return (written #>> '{}')::timestamptz;
exception when datetime_field_overflow then
  return null; -- the 30th of February
end
$_$;

ALTER FUNCTION catalog.quiz_moment(written jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_moment(written jsonb) IS 'A moment of a quiz document, RFC 3339 to the second with its offset; null where it is none.';

CREATE FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (jsonb_typeof(value) = 'number'::text) THEN ((((value)::numeric >= lowest) AND ((value)::numeric <= highest)) AND (scale(trim_scale((value)::numeric)) <= 30)) ELSE false END;

ALTER FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) IS 'Whether a JSON value is a number within two bounds, both allowed, with at most 30 decimals.';

CREATE FUNCTION catalog.quiz_opening_faults(document jsonb) RETURNS TABLE(pointer text, fault text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query select '/' || m, 'must be a time such as 2026-11-22T18:00:00Z' from unnest(array['available_from', 'available_until']) m
   where document ? m and catalog.quiz_moment(document -> m) is null;
  if catalog.quiz_moment(document -> 'available_from') >= catalog.quiz_moment(document -> 'available_until') then
    return query select '/available_until', 'must be later than available_from';
  end if;
  if not document ? 'show_answers' then
    return;
  end if;
  if jsonb_typeof(document -> 'show_answers') <> 'string' or document ->> 'show_answers' not in
      ('never', 'after_submission', 'after_grading', 'after_passing', 'after_last_attempt', 'after_closing') then
    return query select '/show_answers',
      'must be never, after_submission, after_grading, after_passing, after_last_attempt or after_closing';
  elsif document ->> 'show_answers' = 'after_closing' and not document ? 'available_until' then
    return query select '/show_answers', 'needs available_until, because the quiz never closes without it';
  elsif document ->> 'show_answers' = 'after_last_attempt' and not document ? 'max_attempts' then
    return query select '/show_answers', 'needs max_attempts, because there is no last attempt without it';
  end if;
end
$$;

ALTER FUNCTION catalog.quiz_opening_faults(document jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_opening_faults(document jsonb) IS 'Faults of when a quiz is open (available_from, available_until) and when it shows keys and feedback (show_answers).';

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
        or coalesce(jsonb_typeof(o.entry -> 'id'), '') <> 'string'
        or coalesce(o.entry ->> 'id', '') !~ '^[a-z0-9_-]{1,40}$'
        or coalesce(jsonb_typeof(o.entry -> 'text'), '') <> 'string'
        or length(o.entry ->> 'text') not between 1 and 2000;
  -- what an option holds besides goes nowhere: a member nobody knows could be a key
  return query
    select format('%s/%s/%s', place, o.n - 1, catalog.pointer_part(m.name)), case m.name when 'feedback'
        then 'must be a text of at most 2000 characters, and stands with the options of a choice only'
        else 'is not a member of an entry' end
      from jsonb_array_elements(options) with ordinality o (entry, n),
           jsonb_each(case when jsonb_typeof(o.entry) = 'object' then o.entry else '{}' end) m (name, value)
     where m.name not in ('id', 'text')
       and (m.name <> 'feedback' or place !~ '/options$'
         or jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') not between 1 and 2000);
  return query
    select format('%s/%s/id', place, d.n - 1), format('"%s" is used twice', left(d.id, 40))
      from (select o.entry ->> 'id' as id, o.n, row_number() over (partition by o.entry ->> 'id' order by o.n) as nth
              from jsonb_array_elements(options) with ordinality o (entry, n)
             where jsonb_typeof(o.entry) = 'object' and o.entry ? 'id') d
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
  known constant text[] := array['id', 'type', 'text', 'points', 'feedback', 'answer', 'bank_question_id', 'bank_version'] || case kind
    when 'single_choice' then array['options', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'multiple_choice' then array['options', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'true_false' then array['penalty', 'feedback_correct', 'feedback_incorrect']
    when 'numeric' then array['tolerance', 'unit', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'short_text' then array['case_sensitive', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'matching' then array['left', 'right', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'ordering' then array['items', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'fill_in' then array['case_sensitive', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
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
  if not catalog.quiz_number_fits(question -> 'points', 0, 1000) or coalesce(question -> 'points' = '0', true) then
    return query select place || '/points', 'must be a number above 0, at most 1000';
  end if;
  return query select * from catalog.question_extra_faults(question, place);
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
  if kind = 'numeric' and jsonb_typeof(question -> 'answer') = 'number' and not catalog.quiz_number_fits(question -> 'answer', -1e30, 1e30) then
    return query select place || '/answer', 'must have at most 30 digits before and after the point';
  end if;
  return query select format('%s/%s', place, catalog.pointer_part(k)), 'is not a member of this type of question'
    from jsonb_object_keys(question) k where k <> all (known);
end
$_$;

ALTER FUNCTION catalog.quiz_question_faults(question jsonb, place text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) IS 'All faults of one question, each with its JSON Pointer.';

CREATE FUNCTION catalog.quiz_without_keys(document jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (jsonb_strip_nulls(jsonb_build_object('schema_version', (document -> 'schema_version'::text), 'title', (document -> 'title'::text), 'passing_score', (document -> 'passing_score'::text), 'time_limit_seconds', (document -> 'time_limit_seconds'::text), 'grace_seconds', (document -> 'grace_seconds'::text), 'max_attempts', (document -> 'max_attempts'::text), 'draw', (document -> 'draw'::text), 'show_answers', (document -> 'show_answers'::text), 'available_from', (document -> 'available_from'::text), 'available_until', (document -> 'available_until'::text), 'shuffle_questions', (document -> 'shuffle_questions'::text), 'shuffle_options', (document -> 'shuffle_options'::text))) || jsonb_build_object('questions', (SELECT jsonb_agg(catalog.question_without_key(q.question) ORDER BY q.n) AS jsonb_agg FROM jsonb_array_elements((quiz_without_keys.document -> 'questions'::text)) WITH ORDINALITY q(question, n))));

ALTER FUNCTION catalog.quiz_without_keys(document jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.quiz_without_keys(document jsonb) IS 'A quiz document as a student may see it: no keys, tolerances, feedback, rubrics or origins; items and right sides lie in an order of their own.';

CREATE FUNCTION catalog.with_bank_questions(document jsonb, ids uuid[]) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  added jsonb;
begin
  select jsonb_agg(catalog.question_from_bank(b, 'bank-' || replace(b.id::text, '-', '')) order by i.n) into added
    from unnest(ids) with ordinality i (id, n)
    join catalog.bank_questions b on b.id = i.id and b.archived_at is null;
  if coalesce(jsonb_array_length(added), 0) <> cardinality(ids) then
    raise exception 'A question is not in your bank.' using errcode = 'TC242',
      hint = 'Name questions of your own bank that are not archived.', schema = 'catalog', table = 'bank_questions', column = 'bank_question_ids';
  end if;
  return jsonb_set(document, '{questions}', document -> 'questions' || added);
end
$$;

ALTER FUNCTION catalog.with_bank_questions(document jsonb, ids uuid[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.with_bank_questions(document jsonb, ids uuid[]) IS 'A quiz document with questions of the acting instructor''s bank at its end. Error: TC242 a question is not in it.';

CREATE FUNCTION catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_set(document, '{questions}'::text[], (SELECT jsonb_agg(CASE WHEN ((q.question ->> 'bank_question_id'::text) = ((with_newest_bank_question.bank).id)::text) THEN catalog.question_from_bank(with_newest_bank_question.bank, (q.question ->> 'id'::text)) ELSE q.question END ORDER BY q.n) AS jsonb_agg FROM jsonb_array_elements((with_newest_bank_question.document -> 'questions'::text)) WITH ORDINALITY q(question, n)));

ALTER FUNCTION catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) OWNER TO techcourse_owner;

COMMENT ON FUNCTION catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) IS 'A quiz document whose copies of a question of the bank are its newest version, under the same ids.';

CREATE TABLE identity.provider_sign_ins (
    token_hash bytea NOT NULL,
    provider text NOT NULL,
    next_path text NOT NULL,
    stage text DEFAULT 'away'::text NOT NULL,
    user_id uuid,
    issuer text,
    subject text,
    letter_hash bytea,
    expires_at timestamp with time zone DEFAULT (clock_timestamp() + '00:10:00'::interval) NOT NULL,
    CONSTRAINT provider_sign_ins_issuer_length_check CHECK ((length(issuer) <= 300)),
    CONSTRAINT provider_sign_ins_issuer_with_subject_check CHECK (((issuer IS NULL) = (subject IS NULL))),
    CONSTRAINT provider_sign_ins_letter_hash_is_sha256_check CHECK ((length(letter_hash) = 32)),
    CONSTRAINT provider_sign_ins_next_path_length_check CHECK ((length(next_path) <= 500)),
    CONSTRAINT provider_sign_ins_person_by_stage_check CHECK ((((stage = ANY (ARRAY['code'::text, 'link'::text])) = (user_id IS NOT NULL)) AND ((stage = 'link'::text) = (subject IS NOT NULL)))),
    CONSTRAINT provider_sign_ins_provider_length_check CHECK (((length(provider) >= 1) AND (length(provider) <= 40))),
    CONSTRAINT provider_sign_ins_stage_check CHECK ((stage = ANY (ARRAY['away'::text, 'back'::text, 'code'::text, 'link'::text]))),
    CONSTRAINT provider_sign_ins_subject_length_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255))),
    CONSTRAINT provider_sign_ins_token_hash_is_sha256_check CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY identity.provider_sign_ins FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.provider_sign_ins OWNER TO techcourse_owner;

COMMENT ON TABLE identity.provider_sign_ins IS 'Sign-ins by a provider that are not over: the browser is there, or a code or a confirmation is awaited. Shard class: local.';

COMMENT ON COLUMN identity.provider_sign_ins.token_hash IS 'SHA-256 of the secret that the browser keeps; state, nonce and verifier come from that secret. Secret.';

COMMENT ON COLUMN identity.provider_sign_ins.provider IS 'Short name of the provider in the configuration.';

COMMENT ON COLUMN identity.provider_sign_ins.next_path IS 'Page of ours to go on to; empty for the usual one.';

COMMENT ON COLUMN identity.provider_sign_ins.stage IS 'away: the browser is at the provider; back: it came back, once; code: a second factor is awaited; link: a confirmation is awaited.';

COMMENT ON COLUMN identity.provider_sign_ins.user_id IS 'Who would sign in, or whose account would be linked; null before the provider has said it.';

COMMENT ON COLUMN identity.provider_sign_ins.issuer IS 'The provider that would be linked: its OpenID Connect issuer address.';

COMMENT ON COLUMN identity.provider_sign_ins.subject IS 'The provider''s own id of the account that would be linked (claim sub). Personal data.';

COMMENT ON COLUMN identity.provider_sign_ins.letter_hash IS 'SHA-256 of the link in the letter that asks; null: there is no letter. Secret.';

COMMENT ON COLUMN identity.provider_sign_ins.expires_at IS 'From here on it is too late.';

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
    email_changed_at timestamp with time zone,
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

COMMENT ON COLUMN identity.users.email_changed_at IS 'When the account last got another address, by the database''s clock; null: it has its first.';

CREATE FUNCTION identity.awaits_code(token_hash bytea) RETURNS TABLE(user_id uuid, roles text[], next_path text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.user_id,
     ARRAY( SELECT (r.role)::text AS role
            FROM identity.user_roles r
           WHERE (r.user_id = s.user_id)
           ORDER BY r.role) AS "array",
     s.next_path
    FROM (identity.provider_sign_ins s
      JOIN identity.users u ON (((u.id = s.user_id) AND (u.status = 'active'::text))))
   WHERE ((s.token_hash = awaits_code.token_hash) AND (s.stage = 'code'::text) AND (s.expires_at > clock_timestamp()));
END;

ALTER FUNCTION identity.awaits_code(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.awaits_code(token_hash bytea) IS 'Whom a provider has signed in at this browser, who has yet to show a second factor; no row for nobody.';

CREATE FUNCTION identity.awaits_link(token_hash bytea) RETURNS TABLE(user_id uuid, provider text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.user_id,
     s.provider
    FROM identity.provider_sign_ins s
   WHERE ((s.token_hash = awaits_link.token_hash) AND (s.stage = 'link'::text) AND (s.expires_at > clock_timestamp()));
END;

ALTER FUNCTION identity.awaits_link(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.awaits_link(token_hash bytea) IS 'To whose account this browser is about to link which provider; no row for none.';

CREATE FUNCTION identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM identity.provider_sign_ins s
   WHERE (s.token_hash IN ( SELECT old.token_hash
            FROM identity.provider_sign_ins old
           WHERE (old.expires_at <= clock_timestamp())
          LIMIT 100
          FOR UPDATE OF old SKIP LOCKED));
 INSERT INTO identity.provider_sign_ins (token_hash, provider, next_path)
   VALUES (begin_provider_sign_in.token_hash, begin_provider_sign_in.provider, begin_provider_sign_in.next_path);
END;

ALTER FUNCTION identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) IS 'Remembers for ten minutes that a browser went to a provider.';

CREATE FUNCTION identity.begin_second_factor(secret bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into identity.second_factors as f (user_id, kind, secret)
  values (nullif(current_setting('app.user_id', true), '')::uuid, 'totp', begin_second_factor.secret)
  on conflict on constraint second_factors_user_id_kind_pkey do update
    set secret = excluded.secret, created_at = clock_timestamp() where f.confirmed_at is null;
  if not found then
    raise exception 'You have a second factor already.' using errcode = 'TC130',
      hint = 'Remove it first.', schema = 'identity', table = 'second_factors';
  end if;
end
$$;

ALTER FUNCTION identity.begin_second_factor(secret bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.begin_second_factor(secret bytea) IS 'Keeps a new, encrypted secret for the acting person until a first code confirms it. Error: TC130 has one already.';

CREATE FUNCTION identity.change_email(token_hash bytea) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  used constant identity.one_time_tokens := identity.use_token(change_email.token_hash, 'change_email');
begin
  update identity.users u set email = used.new_email, email_verified_at = clock_timestamp() where u.id = used.user_id;
  delete from identity.one_time_tokens t where t.user_id = used.user_id and t.used_at is null;
  return used.user_id;
end
$$;

ALTER FUNCTION identity.change_email(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.change_email(token_hash bytea) IS 'Changes an e-mail address by the link that was sent to the new one, once. Errors: TC120 unknown, used or old link; users_email_key when it has an account by now.';

CREATE FUNCTION identity.change_password(password_hash text, kept_session bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform identity.require_second_factor();
  perform identity.replace_password(nullif(current_setting('app.user_id', true), '')::uuid,
    change_password.password_hash, change_password.kept_session);
end
$$;

ALTER FUNCTION identity.change_password(password_hash text, kept_session bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.change_password(password_hash text, kept_session bytea) IS 'Changes the password of the acting person, who has just shown the old one to the application; the given session stays. Error: TC134 no code shown.';

CREATE FUNCTION identity.check_role_holder() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (select from identity.users u where u.id = new.user_id and u.status = 'erased') then
    raise exception 'The user % is erased.', new.user_id using errcode = 'TC143', hint = 'An erasure cannot be taken back.',
      schema = 'identity', table = 'user_roles';
  end if;
  return new;
end
$$;

ALTER FUNCTION identity.check_role_holder() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.check_role_holder() IS 'Trigger: nobody who is erased gets a staff role (TC143).';

CREATE TABLE identity.mails (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    user_id uuid,
    recipient extensions.citext NOT NULL,
    template text NOT NULL,
    locale text NOT NULL,
    details jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    next_try_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    last_error text,
    CONSTRAINT mails_details_is_object_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT mails_done_keeps_no_details_check CHECK ((((sent_at IS NULL) AND (given_up_at IS NULL)) OR (details = '{}'::jsonb))),
    CONSTRAINT mails_last_error_length_check CHECK ((length(last_error) <= 500)),
    CONSTRAINT mails_locale_is_a_language_tag_check CHECK ((locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
    CONSTRAINT mails_recipient_looks_like_an_address_check CHECK ((((recipient)::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length((recipient)::text) <= 254))),
    CONSTRAINT mails_sent_or_given_up_check CHECK (((sent_at IS NULL) OR (given_up_at IS NULL))),
    CONSTRAINT mails_template_is_kebab_case_check CHECK (((template ~ '^[a-z]+(-[a-z]+)*$'::text) AND (length(template) <= 60))),
    CONSTRAINT mails_tries_not_negative_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY identity.mails FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.mails OWNER TO techcourse_owner;

COMMENT ON TABLE identity.mails IS 'Letters by e-mail, each in the transaction of what it tells; what they say goes once they are sent. Shard class: local.';

COMMENT ON COLUMN identity.mails.id IS 'Key, and Message-ID of the letter, the same each time it is sent.';

COMMENT ON COLUMN identity.mails.user_id IS 'Whose letter; null while there is no account yet. An erasure removes it.';

COMMENT ON COLUMN identity.mails.recipient IS 'Address that it goes to. Personal data.';

COMMENT ON COLUMN identity.mails.template IS 'Which letter: mail.<template>.subject and .text of the message files.';

COMMENT ON COLUMN identity.mails.locale IS 'Language in which it is written.';

COMMENT ON COLUMN identity.mails.details IS 'Name and link of the letter; empty once it is sent or given up. Personal data.';

COMMENT ON COLUMN identity.mails.created_at IS 'When it was written; cleared away 30 days later.';

COMMENT ON COLUMN identity.mails.next_try_at IS 'When it is due, or due again.';

COMMENT ON COLUMN identity.mails.tries IS 'How often it was handed to a node to be sent.';

COMMENT ON COLUMN identity.mails.sent_at IS 'When the mail server took it; null before.';

COMMENT ON COLUMN identity.mails.given_up_at IS 'When the last try failed; null while there is hope.';

COMMENT ON COLUMN identity.mails.last_error IS 'Kind of the last failure, without the server''s words; null without one.';

CREATE FUNCTION identity.clear_mails(older_than interval) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH cleared AS (
          DELETE FROM identity.mails m
           WHERE (m.created_at < (clock_timestamp() - clear_mails.older_than))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM cleared;
END;

ALTER FUNCTION identity.clear_mails(older_than interval) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.clear_mails(older_than interval) IS 'Removes letters older than that, sent or not; answers how many.';

CREATE TABLE identity.sessions (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    acting_role identity.role_name NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    address inet,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    second_factor_at timestamp with time zone,
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

COMMENT ON COLUMN identity.sessions.created_at IS 'When the person signed in; acting as another role is no sign-in.';

COMMENT ON COLUMN identity.sessions.expires_at IS 'From here on the token stands for nobody.';

COMMENT ON COLUMN identity.sessions.user_agent IS 'What the browser says of itself, cut at 300 characters, so that a person knows the own sessions. Personal data.';

COMMENT ON COLUMN identity.sessions.address IS 'Network address of the sign-in; null when unknown. Personal data.';

COMMENT ON COLUMN identity.sessions.id IS 'By which the person names the session to end it; says nothing about the token.';

COMMENT ON COLUMN identity.sessions.second_factor_at IS 'When a second factor was shown for this session, or one before it in the same browser; null: never.';

CREATE FUNCTION identity.close_session(token_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 DELETE FROM identity.sessions s
   WHERE ((s.token_hash = close_session.token_hash) OR (s.expires_at <= clock_timestamp()));
END;

ALTER FUNCTION identity.close_session(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.close_session(token_hash bytea) IS 'Signs a browser out, and clears away what has expired.';

CREATE FUNCTION identity.confirm_identity(token_hash bytea, letter_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  wanted record;
begin
  -- by the letter to the account's address, or signed in to the account; in the browser that came from the provider
  delete from identity.provider_sign_ins s using identity.users u
   where s.token_hash = confirm_identity.token_hash and s.stage = 'link' and s.expires_at > clock_timestamp()
     and u.id = s.user_id and u.status = 'active'
     and (s.letter_hash = confirm_identity.letter_hash or s.user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  returning s.provider, s.issuer, s.subject, s.user_id, u.email, u.display_name, u.locale into wanted;
  if not found then
    raise exception 'There is nothing to confirm here any more.' using errcode = 'TC146',
      hint = 'Go to the provider again, and confirm in the same browser.', schema = 'identity', table = 'provider_sign_ins';
  end if;
  insert into identity.external_identities (issuer, subject, user_id, provider)
  values (wanted.issuer, wanted.subject, wanted.user_id, wanted.provider);
  perform identity.queue_mail(wanted.user_id, wanted.email::text, 'identity-linked', wanted.locale,
    jsonb_build_object('name', wanted.display_name));
  return wanted.provider;
end
$$;

ALTER FUNCTION identity.confirm_identity(token_hash bytea, letter_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.confirm_identity(token_hash bytea, letter_hash bytea) IS 'Links the account elsewhere with which this browser came, once, and names the provider. Errors: TC146 nothing to confirm, external_identities_issuer_subject_pkey it has been linked meanwhile.';

CREATE FUNCTION identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  update identity.second_factors f set confirmed_at = clock_timestamp(), last_step = confirm_second_factor.step
   where f.user_id = me and f.confirmed_at is null and f.secret = confirm_second_factor.secret
     and confirm_second_factor.step between identity.time_step() - 1 and identity.time_step() + 1;
  if not found then
    raise exception 'There is no second factor to confirm by this code.' using errcode = 'TC131',
      hint = 'Begin anew.', schema = 'identity', table = 'second_factors';
  end if;
  insert into identity.recovery_codes (user_id, code_hash) select me, unnest(code_hashes);
  -- who signed in without it elsewhere is signed out
  delete from identity.sessions s where s.user_id = me and s.token_hash is distinct from confirm_second_factor.session;
  update identity.sessions s set second_factor_at = clock_timestamp()
   where s.user_id = me and s.token_hash = confirm_second_factor.session;
end
$$;

ALTER FUNCTION identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) IS 'Switches the acting person''s second factor on by a first right code, keeps the recovery codes (SHA-256) and ends the other sessions. Error: TC131 nothing to confirm.';

CREATE FUNCTION identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer) RETURNS TABLE(id uuid, created_at timestamp with time zone, expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  made constant timestamptz := clock_timestamp();
begin
  -- a token that ended makes room for its name
  delete from identity.api_tokens t
   where t.user_id = me and t.name = create_api_token.name and (t.revoked_at is not null or t.expires_at <= made);
  return query
    insert into identity.api_tokens as t (user_id, acting_role, name, token_hash, scopes, created_at, expires_at)
    values (me, create_api_token.acting_role, create_api_token.name, create_api_token.token_hash,
            array(select distinct s from unnest(create_api_token.scopes) s order by s),
            made, made + make_interval(days => create_api_token.days))
    returning t.id, t.created_at, t.expires_at;
end
$$;

ALTER FUNCTION identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer) IS 'Keeps a new token of the acting person under its SHA-256, for some days. Fails where the person does not hold the role or has a living token of this name.';

CREATE FUNCTION identity.decide_role_request(request uuid, approve boolean, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  admin constant uuid := identity.require_admin();
  asked record;
begin
  -- of two admins at once the second finds it decided
  update identity.role_requests r
     set status = case when approve then 'approved' else 'declined' end, reason = decide_role_request.reason,
         decided_at = clock_timestamp(), decided_by = admin
   where r.id = request and r.status = 'open'
   returning r.user_id, r.role into asked;
  if not found then
    if exists (select from identity.role_requests r where r.id = request) then
      raise exception 'The request % is decided already.', request using errcode = 'TC142',
        hint = 'Read it again; who changed their mind grants or revokes the role.';
    end if;
    return false;
  end if;
  if approve then
    insert into identity.user_roles (user_id, role, granted_by) values (asked.user_id, asked.role, admin)
      on conflict on constraint user_roles_user_id_role_pkey do nothing;
    insert into identity.instructor_profiles (user_id, display_name)
      select u.id, u.display_name from identity.users u where u.id = asked.user_id
      on conflict on constraint instructor_profiles_user_id_pkey do nothing;
  end if;
  return true;
end
$$;

ALTER FUNCTION identity.decide_role_request(request uuid, approve boolean, reason text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.decide_role_request(request uuid, approve boolean, reason text) IS 'An admin approves (role and public profile follow) or declines; false for an unknown request. Errors: TC140 no admin, TC142 decided already.';

CREATE FUNCTION identity.end_own_sessions(session_id uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH ended AS (
          DELETE FROM identity.sessions s
           WHERE ((s.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND ((end_own_sessions.session_id IS NULL) OR (s.id = end_own_sessions.session_id)))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM ended;
END;

ALTER FUNCTION identity.end_own_sessions(session_id uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.end_own_sessions(session_id uuid) IS 'Signs the acting person out of one browser, or with null everywhere; answers of how many.';

CREATE FUNCTION identity.end_provider_sign_in(token_hash bytea) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH ended AS (
          DELETE FROM identity.provider_sign_ins s
           WHERE (s.token_hash = end_provider_sign_in.token_hash)
           RETURNING 1 AS "?column?"
         )
  SELECT (EXISTS ( SELECT
            FROM ended)) AS "exists";
END;

ALTER FUNCTION identity.end_provider_sign_in(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.end_provider_sign_in(token_hash bytea) IS 'Forgets a sign-in by a provider, once: false for whoever comes second.';

CREATE FUNCTION identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean, display_name text, locale text, letter_hash bytea, link text) RETURNS TABLE(outcome text, user_id uuid, roles text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  journey identity.provider_sign_ins;
  person record;
  letter bytea;
  decided text;
begin
  -- one after the other for each identity: of a hundred who come new at once one makes the account
  perform pg_advisory_xact_lock(hashtextextended(enter_by_provider.issuer || ' ' || enter_by_provider.subject, 0));
  select s.* into strict journey from identity.provider_sign_ins s where s.token_hash = enter_by_provider.token_hash and s.stage = 'back';
  select u.id, u.status into person from identity.external_identities e join identity.users u on u.id = e.user_id
   where e.issuer = enter_by_provider.issuer and e.subject = enter_by_provider.subject;
  if not found and me is null and verified and email is not null then
    insert into identity.users (email, display_name, locale, email_verified_at)
    values (enter_by_provider.email::citext, enter_by_provider.display_name, enter_by_provider.locale, clock_timestamp())
    on conflict on constraint users_email_key do nothing returning id, 'active' as status into person;
    if found then
      insert into identity.user_roles (user_id, role) values (person.id, 'student');
      insert into identity.external_identities (issuer, subject, user_id, provider)
      values (enter_by_provider.issuer, enter_by_provider.subject, person.id, journey.provider);
      delete from identity.sign_ups s where s.email = enter_by_provider.email::citext;
    end if;
  end if;
  if person.id is not null then
    decided := case
      when person.status <> 'active' or not exists (select from identity.user_roles r where r.user_id = person.id) then 'closed'
      when person.id <> me then 'taken'
      when me is null and exists (select from identity.second_factors f where f.user_id = person.id and f.confirmed_at is not null)
        then 'code'
      else 'welcome' end;
    update identity.provider_sign_ins s set stage = 'code', user_id = person.id, expires_at = clock_timestamp() + interval '10 minutes'
     where s.token_hash = enter_by_provider.token_hash and decided = 'code';
    return query select decided, person.id, array(select r.role::text from identity.user_roles r where r.user_id = person.id order by r.role);
    return;
  end if;
  if me is null and (email is null or verified is not true) then
    return query select 'unverified', null::uuid, null::text[];
    return;
  end if;
  -- whoever is signed in may link to that account; anybody else only to the one that has the proven address
  select u.id, u.status, u.email::text as email, u.display_name, u.locale into person from identity.users u
   where case when me is null then u.email = enter_by_provider.email::citext else u.id = me end;
  if person.status is distinct from 'active' then
    return query select 'closed', null::uuid, null::text[];
    return;
  end if;
  if me is null and identity.throttle('link-identity-mail', sha256(convert_to(lower(person.email), 'UTF8')), 5, interval '1 hour') = 0 then
    letter := letter_hash;
    perform identity.queue_mail(person.id, person.email, 'link-identity', person.locale,
      jsonb_build_object('name', person.display_name, 'link', link));
  end if;
  update identity.provider_sign_ins s
     set stage = 'link', user_id = person.id, issuer = enter_by_provider.issuer, subject = enter_by_provider.subject,
         letter_hash = letter, expires_at = clock_timestamp() + interval '1 hour'
   where s.token_hash = enter_by_provider.token_hash;
  return query select case when me is null then 'letter' else 'confirm' end, null::uuid, null::text[];
end
$$;

ALTER FUNCTION identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean, display_name text, locale text, letter_hash bytea, link text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean, display_name text, locale text, letter_hash bytea, link text) IS 'What becomes of somebody whom a provider has signed in: welcome (linked or new), code (second factor awaited), letter or confirm (a confirmation awaited), unverified, closed, taken.';

CREATE FUNCTION identity.erase_proofs(who uuid, address text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  delete from identity.sessions s where s.user_id = who;
  delete from identity.api_tokens t where t.user_id = who;
  delete from identity.credentials c where c.user_id = who;
  delete from identity.second_factors f where f.user_id = who;
  delete from identity.recovery_codes c where c.user_id = who;
  delete from identity.external_identities e where e.user_id = who;
  delete from identity.provider_sign_ins s where s.user_id = who;
  delete from identity.one_time_tokens t where t.user_id = who;
  delete from identity.mails m where m.user_id = who or m.recipient operator(extensions.=) address::extensions.citext;
  delete from identity.sign_ups s where s.email operator(extensions.=) address::extensions.citext;
  delete from identity.throttles t where t.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
  delete from identity.sign_in_failures f
   where f.subject_kind = 'account' and f.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
end
$$;

ALTER FUNCTION identity.erase_proofs(who uuid, address text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.erase_proofs(who uuid, address text) IS 'Part of identity.erase_user(): removes every way in of a person, and the count of wrong guesses at the address.';

CREATE FUNCTION identity.erase_user(who uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  person record;
  held record;
begin
  perform identity.require_second_factor();
  if who is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    perform identity.require_admin();
  end if;
  select u.id, u.email::text as email, u.display_name, u.status into person from identity.users u where u.id = who for update;
  if person.id is null or person.status = 'erased' then
    return person.id is not null;
  end if;
  update identity.users u
     set status = 'erased', erased_at = clock_timestamp(), email = 'erased-' || u.id || '@erased.invalid',
         display_name = 'Erased user', bio = '', country = null, external_id = null, email_verified_at = null
   where u.id = who;
  for held in
    select p.relation, p.person_column, string_agg(step, ', ') as steps
      from identity.personal_tables p, string_to_table(p.clearing, '; ') step
      join pg_class c on true
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = split_part(step, ' = ', 1) and a.attnum > 0
     where n.nspname || '.' || c.relname = p.relation and p.clearing <> ''
     group by p.relation, p.person_column order by p.relation
  loop
    execute format('update %s set %s where %I = $1', held.relation, held.steps, held.person_column) using who;
  end loop;
  perform identity.erase_proofs(who, person.email);
  delete from identity.user_roles r
   where r.user_id = who
     and (r.role <> 'instructor' or not exists (select from catalog.courses c where c.instructor_id = who));
  perform platform.erase_traces(who, person.email, person.display_name);
  return true;
end
$_$;

ALTER FUNCTION identity.erase_user(who uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION identity.erase_user(who uuid) IS 'Removes the personal data of oneself, or as an admin of anybody, everywhere and for good; books, proofs and other people''s rows stay. False for nobody. Errors: TC134 no code of the second factor shown, TC140 no admin, TC144 the last admin.';

CREATE FUNCTION identity.find_people(part text, held_role text, with_status text, after uuid, most integer) RETURNS TABLE(id uuid, email text, display_name text, status text, roles text[], created_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  admin constant uuid := identity.require_admin();
  pattern constant text := '%' || replace(replace(replace(part, '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  return query
    select u.id, u.email::text, u.display_name, u.status,
           array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role), u.created_at
      from identity.users u
     where (pattern is null or u.display_name ilike pattern or u.email::text ilike pattern)
       and (held_role is null or exists (
         select from identity.user_roles r where r.user_id = u.id and r.role = held_role))
       and (with_status is null or u.status = with_status)
       and (find_people.after is null or u.id < find_people.after)
     order by u.id desc
     limit find_people.most;
end
$$;

ALTER FUNCTION identity.find_people(part text, held_role text, with_status text, after uuid, most integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION identity.find_people(part text, held_role text, with_status text, after uuid, most integer) IS 'For admins: people, newest first, by a part of the name or e-mail address, a role, a status; null means any. Error: TC140.';

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

CREATE FUNCTION identity.has_password() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM identity.credentials c
           WHERE (c.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))) AS "exists";
END;

ALTER FUNCTION identity.has_password() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.has_password() IS 'Whether the acting person has a password.';

CREATE FUNCTION identity.is_fresh_session(token_hash bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM identity.sessions s
           WHERE ((s.token_hash = is_fresh_session.token_hash) AND (s.created_at > (clock_timestamp() - '00:10:00'::interval)) AND (s.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) AS "exists";
END;

ALTER FUNCTION identity.is_fresh_session(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.is_fresh_session(token_hash bytea) IS 'Whether the acting person signed in with this token in the last ten minutes.';

CREATE FUNCTION identity.keep_an_admin() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  leaving constant uuid := (to_jsonb(old) ->> case tg_table_name when 'users' then 'id' else 'user_id' end)::uuid;
begin
  if tg_table_name = 'users'
    and not exists (select from identity.user_roles r where r.user_id = leaving and r.role = 'admin') then
    return new;
  end if;
  -- admins leave one after the other: who comes second sees that the first is gone
  perform pg_advisory_xact_lock(hashtext('identity.keep_an_admin'));
  if not exists (select from identity.user_roles r join identity.users u on u.id = r.user_id
                  where r.role = 'admin' and u.status = 'active' and r.user_id <> leaving) then
    raise exception 'The user % is the last admin.', leaving using errcode = 'TC144',
      hint = 'Make somebody else an admin first.', schema = tg_table_schema, table = tg_table_name;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

ALTER FUNCTION identity.keep_an_admin() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.keep_an_admin() IS 'Trigger: the last active admin neither loses the role nor is suspended or erased, whoever else leaves at the same time (TC144).';

CREATE FUNCTION identity.mail_failed(mail_id uuid, error text, most_tries integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE identity.mails m SET last_error = "left"(mail_failed.error, 500), given_up_at =
         CASE
             WHEN (m.tries >= mail_failed.most_tries) THEN clock_timestamp()
             ELSE NULL::timestamp with time zone
         END, details =
         CASE
             WHEN (m.tries >= mail_failed.most_tries) THEN '{}'::jsonb
             ELSE m.details
         END, next_try_at = (clock_timestamp() + LEAST(('00:00:05'::interval * ((2)::double precision ^ (LEAST(m.tries, 12))::double precision)), '01:00:00'::interval))
   WHERE ((m.id = mail_failed.mail_id) AND (m.sent_at IS NULL) AND (m.given_up_at IS NULL))
   RETURNING (m.given_up_at IS NOT NULL);
END;

ALTER FUNCTION identity.mail_failed(mail_id uuid, error text, most_tries integer) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.mail_failed(mail_id uuid, error text, most_tries integer) IS 'The letter could not be handed over: it is due again after 10, 20, 40 .. seconds, at most an hour, or given up after so many tries (true).';

CREATE FUNCTION identity.mail_sent(mail_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE identity.mails m SET sent_at = clock_timestamp(), details = '{}'::jsonb, last_error = NULL::text
   WHERE ((m.id = mail_sent.mail_id) AND (m.sent_at IS NULL));
END;

ALTER FUNCTION identity.mail_sent(mail_id uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.mail_sent(mail_id uuid) IS 'The mail server has taken the letter; what it said is forgotten.';

CREATE FUNCTION identity.note_email_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.email_changed_at := clock_timestamp();
  return new;
end
$$;

ALTER FUNCTION identity.note_email_change() OWNER TO techcourse_owner;

COMMENT ON FUNCTION identity.note_email_change() IS 'Trigger: notes when an account got another e-mail address, for the change log, which keeps no address.';

CREATE FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet, before bytea, proven boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  proven_at timestamptz := case when open_session.proven then clock_timestamp() end;
  earlier record;
begin
  delete from identity.sessions s where s.token_hash = open_session.before returning s.user_id, s.second_factor_at into earlier;
  if proven_at is null and earlier.user_id = open_session.user_id then
    proven_at := earlier.second_factor_at;
  end if;
  -- held, so that a factor confirmed at the same moment finds this session, or is found by it
  perform from identity.second_factors f where f.user_id = open_session.user_id for share;
  if proven_at is null and exists (
      select from identity.second_factors f where f.user_id = open_session.user_id and f.confirmed_at is not null) then
    raise exception 'This account needs a second factor.' using errcode = 'TC132',
      hint = 'Give a code of the authenticator app, or a recovery code.', schema = 'identity', table = 'sessions';
  end if;
  insert into identity.sessions (token_hash, user_id, acting_role, expires_at, user_agent, address, second_factor_at)
  values (open_session.token_hash, open_session.user_id, open_session.acting_role,
          clock_timestamp() + open_session.lifetime, left(open_session.user_agent, 300), open_session.address, proven_at);
end
$$;

ALTER FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet, before bytea, proven boolean) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet, before bytea, proven boolean) IS 'Keeps a new session under the SHA-256 of its token and ends the one before it, whose second factor it takes over. Fails where the user does not hold the role. Error: TC132 no second factor shown.';

CREATE FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT identity.open_session(token_hash, user_id, acting_role, lifetime, user_agent, address, NULL::bytea, false) AS open_session;
END;

ALTER FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) IS 'A first session without a second factor. Fails where the user does not hold the role. Error: TC132 the user has one.';

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
    CONSTRAINT api_tokens_expire_within_a_year_check CHECK ((expires_at <= (created_at + '366 days'::interval))),
    CONSTRAINT api_tokens_name_length_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT api_tokens_scopes_are_known_check CHECK ((scopes <@ ARRAY['identity:read'::text, 'identity:write'::text, 'catalog:read'::text, 'catalog:write'::text, 'learning:read'::text, 'learning:write'::text, 'sales:read'::text, 'sales:write'::text, 'audit:read'::text, 'audit:write'::text, 'reporting:read'::text, 'reporting:write'::text, 'analytics:read'::text, 'analytics:write'::text, 'platform:read'::text, 'platform:write'::text, 'loading:read'::text, 'loading:write'::text])),
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

CREATE FUNCTION identity.own_api_tokens(after uuid, most integer) RETURNS TABLE(id uuid, name text, acting_role text, scopes text[], created_at timestamp with time zone, expires_at timestamp with time zone, last_used_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT t.id,
     t.name,
     (t.acting_role)::text AS acting_role,
     t.scopes,
     t.created_at,
     t.expires_at,
     t.last_used_at
    FROM identity.api_tokens t
   WHERE ((t.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND (t.revoked_at IS NULL) AND (t.expires_at > clock_timestamp()) AND ((own_api_tokens.after IS NULL) OR (t.id < own_api_tokens.after)))
   ORDER BY t.id DESC
  LIMIT own_api_tokens.most;
END;

ALTER FUNCTION identity.own_api_tokens(after uuid, most integer) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.own_api_tokens(after uuid, most integer) IS 'The living tokens of the acting person, newest first; never their hashes.';

CREATE TABLE identity.external_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    linked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    CONSTRAINT external_identities_issuer_is_https_check CHECK (((issuer ~ '^https?://'::text) AND (length(issuer) <= 300))),
    CONSTRAINT external_identities_provider_length_check CHECK ((length(provider) <= 40)),
    CONSTRAINT external_identities_subject_length_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);

ALTER TABLE ONLY identity.external_identities FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.external_identities OWNER TO techcourse_owner;

COMMENT ON TABLE identity.external_identities IS 'Accounts at OpenID Connect providers, by issuer and subject. Shard class: local.';

COMMENT ON COLUMN identity.external_identities.issuer IS 'The provider: its OpenID Connect issuer address.';

COMMENT ON COLUMN identity.external_identities.subject IS 'The provider''s own id of the account (claim sub). Personal data.';

COMMENT ON COLUMN identity.external_identities.user_id IS 'The user that signs in by it.';

COMMENT ON COLUMN identity.external_identities.linked_at IS 'When the account was linked.';

COMMENT ON COLUMN identity.external_identities.id IS 'Name of the link for its person and for the change log, UUIDv7.';

COMMENT ON COLUMN identity.external_identities.provider IS 'Short name of the provider in the configuration, when it was linked.';

CREATE FUNCTION identity.own_identities() RETURNS TABLE(id uuid, provider text, issuer text, linked_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT e.id,
     e.provider,
     e.issuer,
     e.linked_at
    FROM identity.external_identities e
   WHERE (e.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)
   ORDER BY e.id;
END;

ALTER FUNCTION identity.own_identities() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.own_identities() IS 'Accounts elsewhere by which the acting person signs in, the oldest first.';

CREATE FUNCTION identity.own_proofs(file text) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select identity.rows_of_person(file, 'gatekeeper')
$$;

ALTER FUNCTION identity.own_proofs(file text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.own_proofs(file text) IS 'The acting person''s proofs of identity for one file of an export, without secrets.';

CREATE FUNCTION identity.own_rows(file text) RETURNS SETOF jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select identity.rows_of_person(file, 'reader')
$$;

ALTER FUNCTION identity.own_rows(file text) OWNER TO techcourse_reader;

COMMENT ON FUNCTION identity.own_rows(file text) IS 'The acting person''s rows for one file of an export.';

CREATE TABLE platform.settings (
    name text NOT NULL,
    value jsonb NOT NULL,
    description text NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT settings_academy_name_check CHECK (
CASE
    WHEN (name = 'academy_name'::text) THEN ((jsonb_typeof(value) = 'string'::text) AND ((length(btrim((value #>> '{}'::text[]))) >= 1) AND (length(btrim((value #>> '{}'::text[]))) <= 120)))
    ELSE true
END),
    CONSTRAINT settings_accounting_time_zone_is_known_check CHECK (((name <> 'accounting_time_zone'::text) OR ((jsonb_typeof(value) = 'string'::text) AND ((now() AT TIME ZONE (value #>> '{}'::text[])) IS NOT NULL)))),
    CONSTRAINT settings_course_files_mebibytes_check CHECK (
CASE
    WHEN ((name = 'course_files_mebibytes'::text) AND (jsonb_typeof(value) = 'number'::text) AND ((value #>> '{}'::text[]) ~ '^[0-9]{1,7}$'::text)) THEN ((((value #>> '{}'::text[]))::integer >= 1) AND (((value #>> '{}'::text[]))::integer <= 1048576))
    ELSE (name <> 'course_files_mebibytes'::text)
END),
    CONSTRAINT settings_description_length_check CHECK (((length(description) >= 1) AND (length(description) <= 500))),
    CONSTRAINT settings_instructor_share_check CHECK (
CASE
    WHEN ((name = 'instructor_share'::text) AND (jsonb_typeof(value) = 'number'::text)) THEN ((((value #>> '{}'::text[]))::numeric >= (0)::numeric) AND (((value #>> '{}'::text[]))::numeric <= (1)::numeric))
    ELSE (name <> 'instructor_share'::text)
END),
    CONSTRAINT settings_instructor_share_own_coupon_check CHECK (
CASE
    WHEN (name <> 'instructor_share_own_coupon'::text) THEN true
    WHEN (jsonb_typeof(value) = 'number'::text) THEN ((((value #>> '{}'::text[]))::numeric >= (0)::numeric) AND (((value #>> '{}'::text[]))::numeric <= (1)::numeric))
    ELSE false
END),
    CONSTRAINT settings_invoice_prefix_check CHECK (((name <> 'invoice_prefix'::text) OR ((jsonb_typeof(value) = 'string'::text) AND ((value #>> '{}'::text[]) ~ '^[A-Z0-9]{1,12}$'::text)))),
    CONSTRAINT settings_name_is_snake_case_check CHECK ((name ~ '^[a-z][a-z0-9_]{1,62}$'::text)),
    CONSTRAINT settings_order_expiry_minutes_check CHECK (
CASE
    WHEN (name <> 'order_expiry_minutes'::text) THEN true
    WHEN ((jsonb_typeof(value) = 'number'::text) AND ((value #>> '{}'::text[]) ~ '^[0-9]{1,5}$'::text)) THEN ((((value #>> '{}'::text[]))::integer >= 5) AND (((value #>> '{}'::text[]))::integer <= 10080))
    ELSE false
END),
    CONSTRAINT settings_payout_minimum_amount_check CHECK (
CASE
    WHEN (name <> 'payout_minimum_amount'::text) THEN true
    WHEN (jsonb_typeof(value) = 'number'::text) THEN ((((value #>> '{}'::text[]))::numeric >= (0)::numeric) AND (((value #>> '{}'::text[]))::numeric <= (1000000)::numeric))
    ELSE false
END),
    CONSTRAINT settings_refund_window_days_check CHECK (
CASE
    WHEN (name = 'refund_window_days'::text) THEN ((jsonb_typeof(value) = 'number'::text) AND ((value #>> '{}'::text[]) ~ '^[0-9]{1,3}$'::text))
    ELSE true
END),
    CONSTRAINT settings_sales_switches_check CHECK (((name <> ALL (ARRAY['prices_include_tax'::text, 'refund_frees_coupon'::text])) OR (jsonb_typeof(value) = 'boolean'::text))),
    CONSTRAINT settings_second_factor_required_for_staff_check CHECK (((name <> 'second_factor_required_for_staff'::text) OR (jsonb_typeof(value) = 'boolean'::text))),
    CONSTRAINT settings_seller_check CHECK (((name <> ALL (ARRAY['seller_name'::text, 'seller_address'::text, 'seller_tax_number'::text])) OR ((jsonb_typeof(value) = 'string'::text) AND (length((value #>> '{}'::text[])) <= 500))))
);

ALTER TABLE ONLY platform.settings FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.settings OWNER TO techcourse_owner;

COMMENT ON TABLE platform.settings IS 'Settings of the academy, each with its meaning. Shard class: reference.';

COMMENT ON COLUMN platform.settings.name IS 'Name in snake_case, known to the application.';

COMMENT ON COLUMN platform.settings.value IS 'Value as JSON: a string, a number, true or false.';

COMMENT ON COLUMN platform.settings.description IS 'What it decides, for the admin who changes it.';

COMMENT ON COLUMN platform.settings.updated_at IS 'Last change of the row, stamped by a trigger; the change log has the earlier values.';

CREATE FUNCTION identity.role_in_force(role text, proven boolean) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN ((NOT proven) AND (role = ANY (ARRAY['accountant'::text, 'marketing'::text, 'auditor'::text, 'analyst'::text, 'admin'::text])) AND (EXISTS (SELECT FROM platform.settings s WHERE ((s.name = 'second_factor_required_for_staff'::text) AND (s.value = 'true'::jsonb))))) THEN 'visitor'::text ELSE role END;

ALTER FUNCTION identity.role_in_force(role text, proven boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION identity.role_in_force(role text, proven boolean) IS 'As what a session or token may act: its role; as nobody in particular (visitor) where staff needs a second factor and has shown none.';

CREATE FUNCTION identity.time_step() RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (floor((EXTRACT(epoch FROM clock_timestamp()) / (30)::numeric)))::bigint;

ALTER FUNCTION identity.time_step() OWNER TO techcourse_owner;

COMMENT ON FUNCTION identity.time_step() IS 'The current 30-second step since 1970 (RFC 6238), by the database''s clock.';

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
    recovery_codes_renewed_at timestamp with time zone,
    proven_in xid8,
    CONSTRAINT second_factors_confirmed_by_a_code_check CHECK (((confirmed_at IS NULL) OR (last_step IS NOT NULL))),
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

COMMENT ON COLUMN identity.second_factors.recovery_codes_renewed_at IS 'When new recovery codes last replaced the old ones; null: they are the first.';

COMMENT ON COLUMN identity.second_factors.proven_in IS 'The transaction in which a code was last spent: what needs a code looks whether it is the own one; null before the first.';

CREATE FUNCTION identity.own_second_factor() RETURNS TABLE(secret bytea, confirmed_at timestamp with time zone, recovery_codes_left integer, step bigint, required boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT f.secret,
     f.confirmed_at,
     ( SELECT (count(*))::integer AS count
            FROM identity.recovery_codes c
           WHERE ((c.user_id = me.id) AND (c.used_at IS NULL))) AS count,
     identity.time_step() AS time_step,
     (EXISTS ( SELECT
            FROM identity.user_roles r
           WHERE ((r.user_id = me.id) AND (identity.role_in_force((r.role)::text, false) <> (r.role)::text)))) AS "exists"
    FROM (( VALUES ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) me(id)
      LEFT JOIN identity.second_factors f ON ((f.user_id = me.id)));
END;

ALTER FUNCTION identity.own_second_factor() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.own_second_factor() IS 'The acting person''s second factor, nulls without one; the time step; whether one of the person''s roles needs one.';

CREATE FUNCTION identity.own_sessions(token_hash bytea) RETURNS TABLE(id uuid, created_at timestamp with time zone, expires_at timestamp with time zone, acting_role text, user_agent text, address text, current boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.id,
     s.created_at,
     s.expires_at,
     (s.acting_role)::text AS acting_role,
     s.user_agent,
     host(s.address) AS host,
     (NOT (s.token_hash IS DISTINCT FROM own_sessions.token_hash))
    FROM identity.sessions s
   WHERE ((s.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND (s.expires_at > clock_timestamp()))
   ORDER BY s.id DESC;
END;

ALTER FUNCTION identity.own_sessions(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.own_sessions(token_hash bytea) IS 'The browsers in which the acting person is signed in, the newest first; this one is marked.';

CREATE FUNCTION identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- the factor before its codes, as everybody locks them
  perform from identity.second_factors f
    where f.user_id = prove_second_factor.user_id and f.confirmed_at is not null for update;
  if not found then
    return false;
  end if;
  if prove_second_factor.step is not null then
    update identity.second_factors f set last_step = prove_second_factor.step, proven_in = pg_current_xact_id()
     where f.user_id = prove_second_factor.user_id and f.last_step < prove_second_factor.step
       and prove_second_factor.step between identity.time_step() - 1 and identity.time_step() + 1;
    return found;
  end if;
  update identity.recovery_codes c set used_at = clock_timestamp()
   where c.user_id = prove_second_factor.user_id and c.code_hash = prove_second_factor.code_hash and c.used_at is null;
  if not found then
    return false;
  end if;
  update identity.second_factors f set proven_in = pg_current_xact_id() where f.user_id = prove_second_factor.user_id;
  return true;
end
$$;

ALTER FUNCTION identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) IS 'Spends a code for this transaction: by its time step, which counts for 90 seconds and only if no code of it or of a later one was used, or by a recovery code''s SHA-256. False: not good, or spent.';

CREATE FUNCTION identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO identity.mails (user_id, recipient, template, locale, details)
   VALUES (queue_mail.user_id, (queue_mail.recipient)::extensions.citext, queue_mail.template, queue_mail.locale, queue_mail.details)
   RETURNING mails.id;
END;

ALTER FUNCTION identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) IS 'Writes a letter to be sent after this transaction: to whom, by which template, in which language, with which details.';

CREATE FUNCTION identity.require_second_factor() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform from identity.second_factors f
    where f.user_id = nullif(current_setting('app.user_id', true), '')::uuid and f.confirmed_at is not null
      -- also where this transaction has written nothing yet, and no code was ever spent
      and (f.proven_in = pg_current_xact_id_if_assigned()) is not true;
  if found then
    raise exception 'This needs a code of your second factor.' using errcode = 'TC134',
      hint = 'Give a code of the authenticator app, or a recovery code.', schema = 'identity', table = 'second_factors';
  end if;
end
$$;

ALTER FUNCTION identity.require_second_factor() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.require_second_factor() IS 'Goes on only where the acting person has no second factor, or has spent a code in this transaction. Error: TC134 no code shown.';

CREATE FUNCTION identity.remove_second_factor() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT identity.require_second_factor() AS require_second_factor;
 DELETE FROM identity.second_factors f
   WHERE (f.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid);
 DELETE FROM identity.recovery_codes c
   WHERE (c.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid);
 UPDATE identity.sessions s SET second_factor_at = NULL::timestamp with time zone
   WHERE (s.user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid);
END;

ALTER FUNCTION identity.remove_second_factor() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.remove_second_factor() IS 'Takes the acting person''s second factor and recovery codes away; sessions that it let act as staff may need a new one. Error: TC134 no code shown.';

CREATE FUNCTION identity.renew_recovery_codes(code_hashes bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  perform identity.require_second_factor();
  update identity.second_factors f set recovery_codes_renewed_at = clock_timestamp()
   where f.user_id = me and f.confirmed_at is not null;
  if not found then
    raise exception 'You have no second factor.' using errcode = 'TC133', hint = 'Set one up first.',
      schema = 'identity', table = 'recovery_codes';
  end if;
  delete from identity.recovery_codes c where c.user_id = me;
  insert into identity.recovery_codes (user_id, code_hash) select me, unnest(code_hashes);
end
$$;

ALTER FUNCTION identity.renew_recovery_codes(code_hashes bytea[]) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.renew_recovery_codes(code_hashes bytea[]) IS 'Replaces the acting person''s recovery codes (SHA-256), spent and unspent. Errors: TC133 no second factor, TC134 no code shown.';

CREATE FUNCTION identity.replace_password(user_id uuid, password_hash text, kept_session bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  person record;
begin
  insert into identity.credentials (user_id, password_hash) values (replace_password.user_id, replace_password.password_hash)
  on conflict on constraint credentials_user_id_pkey do update
    set password_hash = excluded.password_hash, changed_at = clock_timestamp();
  delete from identity.sessions s
   where s.user_id = replace_password.user_id and s.token_hash is distinct from replace_password.kept_session;
  update identity.api_tokens t set revoked_at = clock_timestamp()
   where t.user_id = replace_password.user_id and t.revoked_at is null;
  delete from identity.one_time_tokens t where t.user_id = replace_password.user_id and t.used_at is null;
  select u.email, u.display_name, u.locale into person from identity.users u where u.id = replace_password.user_id;
  perform identity.queue_mail(replace_password.user_id, person.email::text, 'password-changed', person.locale,
    jsonb_build_object('name', person.display_name));
end
$$;

ALTER FUNCTION identity.replace_password(user_id uuid, password_hash text, kept_session bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.replace_password(user_id uuid, password_hash text, kept_session bytea) IS 'Gives a person a new password and ends every session but one, every API token and every open link; a letter says so.';

CREATE FUNCTION identity.request_email_change(new_email text, token_hash bytea, details jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    AS $$
declare
  acting constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  person record;
  taken uuid;
begin
  perform identity.require_second_factor();
  select u.email, u.display_name, u.locale into strict person from identity.users u where u.id = acting;
  insert into identity.one_time_tokens (token_hash, user_id, purpose, new_email, expires_at)
  values (request_email_change.token_hash, acting, 'change_email', request_email_change.new_email::citext,
          clock_timestamp() + interval '1 day');
  select u.id into taken from identity.users u where u.email = request_email_change.new_email::citext;
  if taken is null then
    perform identity.queue_mail(acting, request_email_change.new_email, 'confirm-email', person.locale,
      details || jsonb_build_object('name', person.display_name));
  end if;
  perform identity.queue_mail(acting, person.email::text, 'email-change-asked', person.locale,
    jsonb_build_object('name', person.display_name));
end
$$;

ALTER FUNCTION identity.request_email_change(new_email text, token_hash bytea, details jsonb) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.request_email_change(new_email text, token_hash bytea, details jsonb) IS 'Asks for another e-mail address of the acting person: a link goes to the new one, a warning to the old one. Error: TC134 no code shown.';

CREATE FUNCTION identity.request_password_reset(email text, token_hash bytea, details jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    AS $$
declare
  person record;
begin
  select u.id, u.display_name, u.locale into person from identity.users u
   where u.email = request_password_reset.email::citext and u.status = 'active';
  if found then
    insert into identity.one_time_tokens (token_hash, user_id, purpose, expires_at)
    values (request_password_reset.token_hash, person.id, 'reset_password', clock_timestamp() + interval '1 hour');
    perform identity.queue_mail(person.id, request_password_reset.email, 'reset-password', person.locale,
      details || jsonb_build_object('name', person.display_name));
  end if;
end
$$;

ALTER FUNCTION identity.request_password_reset(email text, token_hash bytea, details jsonb) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.request_password_reset(email text, token_hash bytea, details jsonb) IS 'Writes the letter with which a forgotten password is replaced within the hour; nothing where the address has no account.';

CREATE FUNCTION identity.request_role(motivation text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  request uuid;
begin
  if exists (select from identity.user_roles r where r.user_id = me and r.role = 'instructor') then
    raise exception 'You are an instructor already.' using errcode = 'TC141', hint = 'Act as instructor.';
  end if;
  insert into identity.role_requests (user_id, role, motivation) values (me, 'instructor', request_role.motivation)
    returning id into request;
  return request;
end
$$;

ALTER FUNCTION identity.request_role(motivation text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.request_role(motivation text) IS 'Asks for the acting person to become an instructor. Error: TC141 is one already; a second open request breaks role_requests_one_open_per_user_key.';

CREATE FUNCTION identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text, details jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    AS $$
declare
  known record;
begin
  delete from identity.sign_ups s where s.expires_at < clock_timestamp();
  insert into identity.sign_ups (token_hash, email, display_name, locale, password_hash, expires_at)
  values (request_sign_up.token_hash, request_sign_up.email::citext, request_sign_up.display_name, request_sign_up.locale,
          request_sign_up.password_hash, clock_timestamp() + interval '1 day');
  select u.id, u.display_name, u.locale into known from identity.users u where u.email = request_sign_up.email::citext;
  if found then
    -- whoever asks learns nothing; whom it concerns does
    delete from identity.sign_ups s where s.token_hash = request_sign_up.token_hash;
    perform identity.queue_mail(known.id, request_sign_up.email, 'account-exists', known.locale,
      jsonb_build_object('name', known.display_name));
  else
    perform identity.queue_mail(null, request_sign_up.email, 'verify-email', request_sign_up.locale, request_sign_up.details);
  end if;
end
$$;

ALTER FUNCTION identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text, details jsonb) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text, details jsonb) IS 'Keeps a sign-up until its e-mail address is proven, and writes the letter; an address that has an account is told so by letter instead.';

CREATE FUNCTION identity.require_admin() RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    raise exception 'Only an admin may do this, not the role "%".', current_setting('app.role', true) using errcode = 'TC140',
      hint = 'Act as admin.';
  end if;
  return nullif(current_setting('app.user_id', true), '')::uuid;
end
$$;

ALTER FUNCTION identity.require_admin() OWNER TO techcourse_owner;

COMMENT ON FUNCTION identity.require_admin() IS 'Who acts, when acting as admin; else error TC140.';

CREATE FUNCTION identity.reset_password(token_hash bytea, password_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform identity.replace_password((identity.use_token(reset_password.token_hash, 'reset_password')).user_id,
    reset_password.password_hash, null);
end
$$;

ALTER FUNCTION identity.reset_password(token_hash bytea, password_hash text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.reset_password(token_hash bytea, password_hash text) IS 'Replaces a forgotten password by the link of a letter, once. Error: TC120 unknown, used or old link.';

CREATE FUNCTION identity.return_from_provider(token_hash bytea, provider text) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE identity.provider_sign_ins s SET stage = 'back'::text
   WHERE ((s.token_hash = return_from_provider.token_hash) AND (s.provider = return_from_provider.provider) AND (s.stage = 'away'::text) AND (s.expires_at > clock_timestamp()))
   RETURNING s.next_path;
END;

ALTER FUNCTION identity.return_from_provider(token_hash bytea, provider text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.return_from_provider(token_hash bytea, provider text) IS 'Where a browser that comes back from a provider wanted to go, once; null when it never went there, came back before, or too late.';

CREATE FUNCTION identity.revoke_api_token(id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update identity.api_tokens t set revoked_at = clock_timestamp()
   where t.id = revoke_api_token.id and t.user_id = nullif(current_setting('app.user_id', true), '')::uuid
     and t.revoked_at is null;
  return found;
end
$$;

ALTER FUNCTION identity.revoke_api_token(id uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.revoke_api_token(id uuid) IS 'Ends an own token at once; false when there is none to end.';

CREATE FUNCTION identity.rows_of_person(file text, keeper text) RETURNS SETOF jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  source record;
begin
  select p.relation::regclass as relation, p.person_column,
         array(select a.attname::text from pg_attribute a
                where a.attrelid = p.relation::regclass and a.attnum > 0
                  and (col_description(a.attrelid, a.attnum) ~ 'Secret\.' or a.atttypid = 'tsvector'::regtype)) as left_out
    into source
    from identity.personal_tables p
   where p.file = rows_of_person.file and p.keeper = rows_of_person.keeper;
  if found then
    return query execute format('select to_jsonb(t) - $1 from %s t where t.%I = $2', source.relation, source.person_column)
      using source.left_out, me;
  end if;
end
$_$;

ALTER FUNCTION identity.rows_of_person(file text, keeper text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION identity.rows_of_person(file text, keeper text) IS 'The acting person''s rows for one file of identity.personal_tables, read with the rights of whoever calls.';

CREATE FUNCTION identity.saw_api_token(token_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE identity.api_tokens t SET last_used_at = clock_timestamp()
   WHERE (t.id IN ( SELECT s.id
            FROM identity.api_tokens s
           WHERE ((s.token_hash = saw_api_token.token_hash) AND ((s.last_used_at IS NULL) OR (s.last_used_at <= (clock_timestamp() - '00:01:00'::interval))))
          FOR UPDATE OF s SKIP LOCKED));
END;

ALTER FUNCTION identity.saw_api_token(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.saw_api_token(token_hash bytea) IS 'Notes that a token was used, once a minute at most; never waits for another use of it.';

CREATE FUNCTION identity.second_factor_of(user_id uuid) RETURNS TABLE(secret bytea, step bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT f.secret,
     identity.time_step() AS time_step
    FROM identity.second_factors f
   WHERE ((f.user_id = second_factor_of.user_id) AND (f.confirmed_at IS NOT NULL));
END;

ALTER FUNCTION identity.second_factor_of(user_id uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.second_factor_of(user_id uuid) IS 'What a sign-in needs to check a code: the encrypted secret and the time step; no row for a person without a second factor.';

CREATE FUNCTION identity.session_of(token_hash bytea) RETURNS TABLE(user_id uuid, display_name text, acting_role text, roles text[], expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.user_id,
     u.display_name,
     identity.role_in_force((s.acting_role)::text, (s.second_factor_at IS NOT NULL)) AS role_in_force,
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

COMMENT ON FUNCTION identity.session_of(token_hash bytea) IS 'Who a browser''s token stands for, and as which role in force; no row when it is unknown or has expired.';

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
   WHERE ((u.email OPERATOR(extensions.=) (sign_in_candidate.email)::extensions.citext) AND (u.status = 'active'::text));
END;

ALTER FUNCTION identity.sign_in_candidate(email text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.sign_in_candidate(email text) IS 'What a sign-in with a password needs to know of an active user: id, name, Argon2id hash, roles. No row for an unknown e-mail.';

CREATE FUNCTION identity.suspend_user(who uuid, suspended boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  admin constant uuid := identity.require_admin();
  state text;
begin
  update identity.users u set status = case when suspended then 'suspended' else 'active' end
   where u.id = who and u.status = case when suspended then 'active' else 'suspended' end;
  if found and suspended then
    delete from identity.sessions s where s.user_id = who;
    update identity.api_tokens t set revoked_at = clock_timestamp() where t.user_id = who and t.revoked_at is null;
    delete from identity.one_time_tokens t where t.user_id = who;
  end if;
  select u.status into state from identity.users u where u.id = who;
  if state = 'erased' then
    raise exception 'The user % is erased.', who using errcode = 'TC143', hint = 'An erasure cannot be taken back.';
  end if;
  return state;
end
$$;

ALTER FUNCTION identity.suspend_user(who uuid, suspended boolean) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.suspend_user(who uuid, suspended boolean) IS 'For admins: a suspended person is signed out everywhere, tokens and mailed links end; true suspends, false lets back in. Answers the status, null for nobody. Errors: TC140, TC143 erased, TC144 the last admin.';

CREATE FUNCTION identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval, user_agent text, address inet) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  earlier record;
begin
  select s.user_id, s.created_at into earlier from identity.sessions s
   where s.token_hash = switch_role.before and s.expires_at > clock_timestamp() for update;
  if not found then
    return false;
  end if;
  perform identity.open_session(switch_role.token_hash, earlier.user_id, switch_role.acting_role, switch_role.lifetime,
    switch_role.user_agent, switch_role.address, switch_role.before, false);
  update identity.sessions s set created_at = earlier.created_at where s.token_hash = switch_role.token_hash;
  return true;
end
$$;

ALTER FUNCTION identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval, user_agent text, address inet) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval, user_agent text, address inet) IS 'Puts a session of another role in the place of a living one (SHA-256 of both tokens); false where that one has ended. Fails where the user does not hold the role.';

CREATE FUNCTION identity.take_mails(most integer, lease interval) RETURNS TABLE(id uuid, recipient text, template text, locale text, details jsonb, tries integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE identity.mails m SET next_try_at = (clock_timestamp() + take_mails.lease), tries = (m.tries + 1)
   WHERE (m.id IN ( SELECT w.id
            FROM identity.mails w
           WHERE ((w.sent_at IS NULL) AND (w.given_up_at IS NULL) AND (w.next_try_at <= clock_timestamp()))
           ORDER BY w.next_try_at
          LIMIT take_mails.most
          FOR UPDATE OF w SKIP LOCKED))
   RETURNING m.id,
     (m.recipient)::text AS recipient,
     m.template,
     m.locale,
     m.details,
     m.tries;
END;

ALTER FUNCTION identity.take_mails(most integer, lease interval) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.take_mails(most integer, lease interval) IS 'Hands out letters that are due, each to one node; it is due again after the lease, should that node die.';

CREATE FUNCTION identity.take_off_second_factor(who uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  admin constant uuid := identity.require_admin();
  there boolean;
begin
  -- an admin's own is no exception: it needs a code
  if who = admin then
    perform identity.require_second_factor();
  end if;
  delete from identity.second_factors f where f.user_id = who and f.confirmed_at is not null;
  there := found;
  if there then
    delete from identity.recovery_codes c where c.user_id = who;
    -- what was let in by the lost one goes, as after any loss
    delete from identity.sessions s where s.user_id = who;
    update identity.api_tokens t set revoked_at = clock_timestamp() where t.user_id = who and t.revoked_at is null;
  end if;
  return there;
end
$$;

ALTER FUNCTION identity.take_off_second_factor(who uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.take_off_second_factor(who uuid) IS 'For admins: takes the second factor of a person away who has lost it, and signs the person out everywhere; false where there is none. Errors: TC140, TC134 an own one needs a code.';

CREATE FUNCTION identity.tell_both_addresses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform identity.queue_mail(new.id, address, 'email-changed', new.locale, jsonb_build_object('name', new.display_name))
     from unnest(array[old.email::text, new.email::text]) address;
  return null;
end
$$;

ALTER FUNCTION identity.tell_both_addresses() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.tell_both_addresses() IS 'Trigger: writes that an account has another e-mail address, to the old one too, where its person may still read it.';

CREATE FUNCTION identity.tell_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- a person who is being erased is told nothing any more
  perform identity.queue_mail(u.id, u.email::text, tg_argv[0], u.locale, jsonb_build_object('name', u.display_name))
     from identity.users u
    where u.id = case tg_op when 'DELETE' then old.user_id else new.user_id end and u.status <> 'erased';
  return null;
end
$$;

ALTER FUNCTION identity.tell_person() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.tell_person() IS 'Trigger: writes the letter named by its argument to the person whose row it is.';

CREATE FUNCTION identity.token_of(token_hash bytea) RETURNS TABLE(user_id uuid, display_name text, acting_role text, roles text[], scopes text[], seen_lately boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT t.user_id,
     u.display_name,
     identity.role_in_force((t.acting_role)::text, (EXISTS ( SELECT
            FROM identity.second_factors f
           WHERE ((f.user_id = u.id) AND (f.confirmed_at IS NOT NULL))))) AS role_in_force,
     ARRAY( SELECT (r.role)::text AS role
            FROM identity.user_roles r
           WHERE (r.user_id = u.id)
           ORDER BY r.role) AS "array",
     t.scopes,
     COALESCE((t.last_used_at > (clock_timestamp() - '00:01:00'::interval)), false) AS "coalesce"
    FROM (identity.api_tokens t
      JOIN identity.users u ON (((u.id = t.user_id) AND (u.status = 'active'::text))))
   WHERE ((t.token_hash = token_of.token_hash) AND (t.revoked_at IS NULL) AND (t.expires_at > clock_timestamp()));
END;

ALTER FUNCTION identity.token_of(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.token_of(token_hash bytea) IS 'Who a program''s token stands for, as which role in force, and what it is good for; no row when it is unknown or has ended.';

CREATE FUNCTION identity.unlink_identity(identity_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  -- one after the other: of two that are unlinked at once the second sees that the first is gone
  perform pg_advisory_xact_lock(hashtextextended('identity.unlink_identity ' || me::text, 0));
  delete from identity.external_identities e where e.id = identity_id and e.user_id = me;
  if not found then
    return false;
  end if;
  if not exists (select from identity.credentials c where c.user_id = me)
    and not exists (select from identity.external_identities e where e.user_id = me) then
    raise exception 'This is your last way in.' using errcode = 'TC145', hint = 'Set a password first.',
      schema = 'identity', table = 'external_identities';
  end if;
  perform identity.queue_mail(u.id, u.email::text, 'identity-unlinked', u.locale, jsonb_build_object('name', u.display_name))
     from identity.users u where u.id = me;
  return true;
end
$$;

ALTER FUNCTION identity.unlink_identity(identity_id uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.unlink_identity(identity_id uuid) IS 'Unlinks an own account elsewhere; false when there is none. Error: TC145 it is the last way in.';

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

CREATE FUNCTION identity.use_token(token_hash bytea, purpose text) RETURNS identity.one_time_tokens
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  used identity.one_time_tokens;
begin
  update identity.one_time_tokens t set used_at = clock_timestamp()
   where t.token_hash = use_token.token_hash and t.purpose = use_token.purpose
     and t.used_at is null and t.expires_at > clock_timestamp()
  returning t.* into used;
  if not found then
    raise exception 'This link is unknown, has been used, or is too old.' using errcode = 'TC120',
      hint = 'Ask for a new one.', schema = 'identity', table = 'one_time_tokens';
  end if;
  return used;
end
$$;

ALTER FUNCTION identity.use_token(token_hash bytea, purpose text) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.use_token(token_hash bytea, purpose text) IS 'Takes a link that was sent by letter, once: whoever comes second is refused. Error: TC120 unknown, used or old link.';

CREATE FUNCTION identity.verify_sign_up(token_hash bytea) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'extensions', 'pg_catalog', 'pg_temp'
    AS $$
declare
  proven record;
  new_user uuid;
begin
  delete from identity.sign_ups s where s.token_hash = verify_sign_up.token_hash and s.expires_at > clock_timestamp()
    returning s.email, s.display_name, s.locale, s.password_hash into proven;
  if not found then
    raise exception 'This link is unknown, has been used, or is too old.' using errcode = 'TC120',
      hint = 'Ask for a new one.', schema = 'identity', table = 'sign_ups';
  end if;
  new_user := platform.uuid_v7();
  insert into identity.users (id, email, display_name, locale, email_verified_at)
  values (new_user, proven.email, proven.display_name, proven.locale, clock_timestamp());
  insert into identity.user_roles (user_id, role) values (new_user, 'student');
  insert into identity.credentials (user_id, password_hash) values (new_user, proven.password_hash);
  delete from identity.sign_ups s where s.email = proven.email;
  return new_user;
end
$$;

ALTER FUNCTION identity.verify_sign_up(token_hash bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.verify_sign_up(token_hash bytea) IS 'Makes the account of a sign-up whose link was followed, once. Errors: TC120 unknown, used or old link; users_email_key when another was faster.';

CREATE FUNCTION identity.waiting_mails() RETURNS TABLE(id uuid, recipient text, template text, locale text, details jsonb, created_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT m.id,
     (m.recipient)::text AS recipient,
     m.template,
     m.locale,
     m.details,
     m.created_at
    FROM identity.mails m
   WHERE ((m.sent_at IS NULL) AND (m.given_up_at IS NULL))
   ORDER BY m.id DESC
  LIMIT 50;
END;

ALTER FUNCTION identity.waiting_mails() OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.waiting_mails() IS 'Letters that wait, the newest first: the outbox that a demo shows in place of a mail server.';

CREATE FUNCTION identity.withdraw_role_request(request uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update identity.role_requests r set status = 'withdrawn', decided_at = clock_timestamp()
   where r.id = request and r.user_id = nullif(current_setting('app.user_id', true), '')::uuid and r.status = 'open';
  return found;
end
$$;

ALTER FUNCTION identity.withdraw_role_request(request uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.withdraw_role_request(request uuid) IS 'Takes an own open request back; false when there is none.';

CREATE FUNCTION learning.answer_fault(question jsonb, answer jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  kind constant text := jsonb_typeof(answer);
  sides text[];
begin
  -- numbers can be long when written out, and a small document can hold them
  if length(answer::text) > 100000 then
    return 'is too large';
  end if;
  case question ->> 'type'
    when 'single_choice' then
      return case when kind <> 'string' or not answer #>> '{}' = any (catalog.quiz_ids(question -> 'options'))
        then 'must be the id of one option' end;
    when 'true_false' then
      return case when kind <> 'boolean' then 'must be true or false' end;
    when 'numeric' then
      return case when kind not in ('number', 'string') or learning.number_in(answer, coalesce(question ->> 'unit', '')) is null
        then 'must be a number' end;
    when 'multiple_choice', 'ordering' then
      sides := catalog.quiz_ids(question -> case question ->> 'type' when 'ordering' then 'items' else 'options' end);
      return case when kind <> 'array' or cardinality(catalog.quiz_texts(answer)) <> jsonb_array_length(answer)
          or not catalog.quiz_texts(answer) <@ sides
          or (select count(distinct t) from unnest(catalog.quiz_texts(answer)) t) <> jsonb_array_length(answer)
        then 'must be a list of different ids of the question' end;
    when 'matching' then
      return case when kind <> 'object' then 'must be an object' when exists (
          select from jsonb_each(answer) a
           where not a.key = any (catalog.quiz_ids(question -> 'left')) or jsonb_typeof(a.value) <> 'string'
              or not a.value #>> '{}' = any (catalog.quiz_ids(question -> 'right')))
        then 'must give left ids a right id each' end;
    when 'fill_in' then
      return case when kind <> 'object' then 'must be an object' when exists (
          select from jsonb_each(answer) a
           where not question -> 'answer' ? a.key or jsonb_typeof(a.value) <> 'string' or length(a.value #>> '{}') > 2000)
        then 'must give gaps a text of at most 2000 characters each' end;
    when 'short_text' then
      return case when kind <> 'string' or length(answer #>> '{}') > 2000 then 'must be a text of at most 2000 characters' end;
    when 'essay' then
      return case when kind <> 'string' or length(answer #>> '{}') > 20000 then 'must be a text of at most 20000 characters' end;
    else
      return 'belongs to a question of an unknown type';
  end case;
end
$$;

ALTER FUNCTION learning.answer_fault(question jsonb, answer jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.answer_fault(question jsonb, answer jsonb) IS 'Why an answer cannot be one to this question (wrong JSON type, unknown ids, too large), or null. Parts may be missing.';

CREATE FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  key constant jsonb := question -> 'answer';
  cased constant boolean := coalesce(question -> 'case_sensitive' = 'true', false);
begin
  case question ->> 'type'
    when 'single_choice', 'true_false' then
      share := (answer = key)::int;
    when 'numeric' then
      share := (abs(learning.number_in(answer, coalesce(question ->> 'unit', '')) - key::numeric)
        <= coalesce((question ->> 'tolerance')::numeric, 0))::int;
    when 'short_text' then
      share := exists (select from jsonb_array_elements_text(key) k
                        where learning.plain_text(k, cased) = learning.plain_text(answer #>> '{}', cased))::int;
    when 'multiple_choice' then
      select coalesce(sum(case when key @> c then 1 else -1 end), 0)::numeric / jsonb_array_length(key),
             jsonb_object_agg(c #>> '{}', key @> c) into share, parts
        from jsonb_array_elements(answer) c;
    when 'matching' then
      select avg((answer ->> k.key is not distinct from k.value)::int), jsonb_object_agg(k.key, answer ->> k.key is not distinct from k.value)
        into share, parts from jsonb_each_text(key) k;
    when 'fill_in' then
      select avg(g.fits::int), jsonb_object_agg(g.key, g.fits) into share, parts
        from (select k.key, exists (select from jsonb_array_elements_text(k.value) t
                 where learning.plain_text(t, cased) = learning.plain_text(answer ->> k.key, cased)) as fits from jsonb_each(key) k) g;
    when 'ordering' then
      with places as (
        select k.n as place, a.n as given, k.item
          from jsonb_array_elements_text(key) with ordinality k (item, n)
          left join jsonb_array_elements_text(answer) with ordinality a (item, n) using (item))
      select greatest(0, avg(case when x.given < y.given then 1 else -1 end)) into share
        from places x join places y on x.place < y.place;
      select jsonb_object_agg(a.item, key ->> (a.n - 1)::int = a.item) into parts
        from jsonb_array_elements_text(answer) with ordinality a (item, n);
  end case;
end
$$;

ALTER FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) IS 'Which share of a question a well-formed answer gets right, at most 1, and which of its parts: multiple_choice (right - wrong) / right ones, matching and fill_in right parts / parts, ordering (pairs in order - pairs not in order) / pairs, at least 0; the others 0 or 1.';

CREATE FUNCTION learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN COALESCE(((status <> 'in_progress'::text) AND CASE (document ->> 'show_answers'::text) WHEN 'after_submission'::text THEN true WHEN 'after_grading'::text THEN (status = 'graded'::text) WHEN 'after_passing'::text THEN passed WHEN 'after_last_attempt'::text THEN (passed OR (attempt_no >= ((document ->> 'max_attempts'::text))::integer)) WHEN 'after_closing'::text THEN (clock_timestamp() >= ((document ->> 'available_until'::text))::timestamp with time zone) ELSE false END), false);

ALTER FUNCTION learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) IS 'Whether a quiz lets a student see keys and feedback of an attempt: show_answers is after_submission, after_grading, after_passing, after_last_attempt, after_closing or, where absent, never.';

CREATE FUNCTION learning.paper_of(document jsonb, paper jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (paper IS NULL) THEN document ELSE jsonb_set(document, '{questions}'::text[], (SELECT jsonb_agg(q.question ORDER BY p.n) AS jsonb_agg FROM (jsonb_array_elements_text(paper_of.paper) WITH ORDINALITY p(id, n) JOIN jsonb_array_elements((paper_of.document -> 'questions'::text)) q(question) ON (((q.question ->> 'id'::text) = p.id))))) END;

ALTER FUNCTION learning.paper_of(document jsonb, paper jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.paper_of(document jsonb, paper jsonb) IS 'A document reduced to the questions of one paper, in its order; the whole document where an attempt kept no paper.';

CREATE FUNCTION learning.shuffled(entries jsonb, seed text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT jsonb_agg(jsonb_build_object('id', (e.entry -> 'id'::text), 'text', (e.entry -> 'text'::text)) ORDER BY CASE WHEN (shuffled.seed IS NOT NULL) THEN md5((shuffled.seed || (e.entry ->> 'id'::text))) ELSE NULL::text END, e.n) AS jsonb_agg FROM jsonb_array_elements(shuffled.entries) WITH ORDINALITY e(entry, n));

ALTER FUNCTION learning.shuffled(entries jsonb, seed text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.shuffled(entries jsonb, seed text) IS 'Options with id and text alone, in an order that the seed decides; in their own where it is null.';

CREATE FUNCTION learning.question_shown(question jsonb, seed text, shuffle boolean) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_strip_nulls(jsonb_build_object('id', (question -> 'id'::text), 'type', (question -> 'type'::text), 'text', (question -> 'text'::text), 'points', (question -> 'points'::text), 'partial_credit', (question -> 'partial_credit'::text), 'penalty', (question -> 'penalty'::text), 'unit', (question -> 'unit'::text), 'options', learning.shuffled((question -> 'options'::text), CASE WHEN shuffle THEN seed ELSE NULL::text END), 'left', learning.shuffled((question -> 'left'::text), CASE WHEN shuffle THEN (seed || 'left'::text) ELSE NULL::text END), 'right', learning.shuffled((question -> 'right'::text), (seed || 'right'::text)), 'items', learning.shuffled((question -> 'items'::text), seed)));

ALTER FUNCTION learning.question_shown(question jsonb, seed text, shuffle boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.question_shown(question jsonb, seed text, shuffle boolean) IS 'What a student sees of a question: no key, tolerance, feedback or rubric; its parts in the order of the seed.';

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
    paper learning.id_list,
    answer_revisions learning.json_object DEFAULT '{}'::jsonb NOT NULL,
    saved_at timestamp with time zone,
    accepts_until timestamp with time zone,
    CONSTRAINT attempts_accepts_until_not_before_deadline_check CHECK ((accepts_until >= deadline_at)),
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

COMMENT ON COLUMN learning.attempts.paper IS 'Ids of the questions that it asks, in its order, drawn at the start; null where a source gives none: all of the document.';

COMMENT ON COLUMN learning.attempts.answer_revisions IS 'How often each answer was saved, by question id; 0 where absent.';

COMMENT ON COLUMN learning.attempts.saved_at IS 'Last saving of an answer; null before the first.';

COMMENT ON COLUMN learning.attempts.accepts_until IS 'Deadline plus grace, until which answers are taken; null for no grace.';

CREATE FUNCTION learning.attempt_paper(attempt_id uuid) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (jsonb_strip_nulls(jsonb_build_object('id', a.id, 'quiz_id', a.quiz_id, 'course_id', a.course_id, 'title', (v.metadata -> 'title'::text), 'attempt_no', a.attempt_no, 'status', a.status, 'passing_score', a.passing_score, 'started_at', a.started_at, 'deadline_at', a.deadline_at, 'accepts_until', COALESCE(a.accepts_until, a.deadline_at), 'submitted_at', a.submitted_at, 'late', a.late, 'revision', a.revision, 'remaining_seconds',
         CASE
             WHEN (((a.status)::text = 'in_progress'::text) AND (a.deadline_at IS NOT NULL)) THEN GREATEST((0)::numeric, floor(EXTRACT(epoch FROM (a.deadline_at - clock_timestamp()))))
             ELSE NULL::numeric
         END)) || jsonb_build_object('questions', ( SELECT jsonb_agg(learning.question_shown(q.question, (((a.id || '/'::text) || (q.question ->> 'id'::text)) || '/'::text), ((v.metadata -> 'shuffle_options'::text) = 'true'::jsonb)) ORDER BY q.n) AS jsonb_agg
            FROM jsonb_array_elements((learning.paper_of(v.metadata, (a.paper)::jsonb) -> 'questions'::text)) WITH ORDINALITY q(question, n)), 'answers', ( SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('question_id', r.id, 'answer', ((a.answers)::jsonb -> r.id), 'revision', COALESCE(((a.answer_revisions)::jsonb -> r.id), '0'::jsonb))) ORDER BY r.id), '[]'::jsonb) AS "coalesce"
            FROM ( SELECT jsonb_object_keys(((a.answers)::jsonb || (a.answer_revisions)::jsonb)) AS id) r)))
    FROM ((learning.attempts a
      JOIN learning.attempt_slots s ON (((s.student_id = a.student_id) AND (s.started_at = a.started_at) AND (s.attempt_id = a.id))))
      JOIN catalog.quiz_versions v ON (((v.quiz_id = a.quiz_id) AND (v.version = a.quiz_version))))
   WHERE ((s.attempt_id = attempt_paper.attempt_id) AND (a.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
END;

ALTER FUNCTION learning.attempt_paper(attempt_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.attempt_paper(attempt_id uuid) IS 'An attempt of the acting student: its questions in its own order and without keys, what is saved with the revision of each answer, and the seconds left by the database''s clock; null for anybody else''s.';

CREATE FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  most constant numeric := (question ->> 'points')::numeric;
  penalty constant numeric := case when jsonb_typeof(question -> 'penalty') = 'number'
    then least(greatest((question ->> 'penalty')::numeric, 0), most) else 0 end;
  share numeric;
begin
  if answer is null or answer in ('null', '""', '[]', '{}')
    or jsonb_typeof(answer) = 'string' and learning.plain_text(answer #>> '{}', true) = ''
    or learning.answer_fault(question, answer) is not null then
    points := 0;
  elsif question ->> 'type' = 'essay' then
    points := null;
  else
    select s.share, s.parts into share, parts from learning.answer_share(question, answer) s;
    points := case
      when share >= 1 then most
      when not coalesce(question -> 'partial_credit' = 'true', false) then -penalty
      when share = 0 and question ->> 'type' <> 'multiple_choice' then -penalty
      else greatest(round(most * share, 4), -penalty) end;
  end if;
end
$$;

ALTER FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) IS 'Points for an answer: all of them when it is right; with partial_credit their share, see learning.answer_share(); minus the penalty when it is wrong; 0 for none or a malformed one; null for an essay, which waits for a person.';

CREATE TABLE learning.key_corrections (
    quiz_id uuid NOT NULL,
    version integer NOT NULL,
    question_id learning.question_name NOT NULL,
    regrade_id uuid NOT NULL
);

ALTER TABLE ONLY learning.key_corrections FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.key_corrections OWNER TO techcourse_owner;

COMMENT ON TABLE learning.key_corrections IS 'Which versions of a quiz a correction is for; the latest one of a question counts, the versions themselves never change. Shard class: reference.';

COMMENT ON COLUMN learning.key_corrections.quiz_id IS 'The quiz.';

COMMENT ON COLUMN learning.key_corrections.version IS 'A version of its document that asks the question.';

COMMENT ON COLUMN learning.key_corrections.question_id IS 'The question.';

COMMENT ON COLUMN learning.key_corrections.regrade_id IS 'The correction that counts for it.';

CREATE TABLE learning.regrades (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    quiz_id uuid NOT NULL,
    question_id learning.question_name NOT NULL,
    question learning.json_object NOT NULL,
    reason text NOT NULL,
    requested_by uuid NOT NULL,
    attempts_seen integer,
    attempts_changed integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT regrades_counts_check CHECK (((attempts_changed >= 0) AND (attempts_changed <= attempts_seen))),
    CONSTRAINT regrades_question_size_check CHECK ((pg_column_size(question) <= 131072)),
    CONSTRAINT regrades_reason_length_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
);

ALTER TABLE ONLY learning.regrades FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.regrades OWNER TO techcourse_owner;

COMMENT ON TABLE learning.regrades IS 'Corrections of a key after attempts were graded with it: what is right, why, by whom, and how many it touched. Shard class: reference.';

COMMENT ON COLUMN learning.regrades.id IS 'Key, UUIDv7; of two corrections of a question the later one counts.';

COMMENT ON COLUMN learning.regrades.quiz_id IS 'The quiz.';

COMMENT ON COLUMN learning.regrades.question_id IS 'The question whose key was wrong.';

COMMENT ON COLUMN learning.regrades.question IS 'The whole question as it should have been.';

COMMENT ON COLUMN learning.regrades.reason IS 'Why, in the words of whoever corrected it.';

COMMENT ON COLUMN learning.regrades.requested_by IS 'Who corrected it.';

COMMENT ON COLUMN learning.regrades.attempts_seen IS 'How many attempts were graded again, where that was one transaction; null where learning.regrade_runs counts.';

COMMENT ON COLUMN learning.regrades.attempts_changed IS 'How many of them got other points; null where learning.regrade_runs counts.';

COMMENT ON COLUMN learning.regrades.created_at IS 'When.';

CREATE FUNCTION learning.key_document(quiz_id uuid, version integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT CASE WHEN (c.questions IS NULL) THEN v.metadata ELSE jsonb_set(v.metadata, '{questions}'::text[], (SELECT jsonb_agg(COALESCE((c.questions -> (q.question ->> 'id'::text)), q.question) ORDER BY q.n) AS jsonb_agg FROM jsonb_array_elements((v.metadata -> 'questions'::text)) WITH ORDINALITY q(question, n))) END AS jsonb_set FROM (catalog.quiz_versions v CROSS JOIN (SELECT jsonb_object_agg(k.question_id, r.question ORDER BY r.id) AS questions FROM (learning.key_corrections k JOIN learning.regrades r ON ((r.id = k.regrade_id))) WHERE ((k.quiz_id = key_document.quiz_id) AND (k.version = key_document.version))) c) WHERE ((v.quiz_id = key_document.quiz_id) AND (v.version = key_document.version)));

ALTER FUNCTION learning.key_document(quiz_id uuid, version integer) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.key_document(quiz_id uuid, version integer) IS 'A version of a quiz with the keys that count today: its own, or the latest correction of each question.';

CREATE TABLE learning.manual_grades (
    student_id uuid NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    attempt_id uuid NOT NULL,
    question_id learning.question_name NOT NULL,
    points learning.points NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    graded_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    graded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT manual_grades_comment_length_check CHECK ((length(comment) <= 4000)),
    CONSTRAINT manual_grades_points_not_negative_check CHECK (((points)::numeric >= (0)::numeric)),
    CONSTRAINT manual_grades_version_positive_check CHECK ((version > 0))
);

ALTER TABLE ONLY learning.manual_grades FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.manual_grades OWNER TO techcourse_owner;

COMMENT ON TABLE learning.manual_grades IS 'Points that a person gave for an essay, and a word to the student; written by learning.grade_essay() alone. Shard class: student-keyed.';

COMMENT ON COLUMN learning.manual_grades.student_id IS 'Whose essay.';

COMMENT ON COLUMN learning.manual_grades.attempt_started_at IS 'Beginning of the attempt, part of its key.';

COMMENT ON COLUMN learning.manual_grades.attempt_id IS 'The attempt.';

COMMENT ON COLUMN learning.manual_grades.question_id IS 'The essay''s id in the document.';

COMMENT ON COLUMN learning.manual_grades.points IS 'What it is worth, at most the question''s points.';

COMMENT ON COLUMN learning.manual_grades.comment IS 'A word to the student; empty for none. Personal data.';

COMMENT ON COLUMN learning.manual_grades.graded_by IS 'Who said so.';

COMMENT ON COLUMN learning.manual_grades.version IS 'Counts the changes, the ETag of the grade.';

COMMENT ON COLUMN learning.manual_grades.graded_at IS 'Last change.';

CREATE FUNCTION learning.attempt_result(attempt_id uuid) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH attempt AS (
          SELECT a_1.student_id,
             a_1.started_at,
             a_1.id,
             a_1.quiz_id,
             a_1.quiz_version,
             a_1.course_id,
             a_1.instructor_id,
             a_1.attempt_no,
             a_1.status,
             a_1.answers,
             a_1.revision,
             a_1.deadline_at,
             a_1.submitted_at,
             a_1.late,
             a_1.item_points,
             a_1.score,
             a_1.passing_score,
             a_1.passed,
             a_1.graded_at,
             a_1.paper,
             a_1.answer_revisions,
             a_1.saved_at,
             a_1.accepts_until,
             v.metadata,
             learning.paper_of(learning.key_document(a_1.quiz_id, a_1.quiz_version), (a_1.paper)::jsonb) AS document,
             learning.answers_are_shown(v.metadata, (a_1.status)::text, a_1.passed, (a_1.attempt_no)::integer) AS shown
            FROM ((learning.attempts a_1
              JOIN learning.attempt_slots s ON (((s.student_id = a_1.student_id) AND (s.started_at = a_1.started_at) AND (s.attempt_id = a_1.id))))
              JOIN catalog.quiz_versions v ON (((v.quiz_id = a_1.quiz_id) AND (v.version = a_1.quiz_version))))
           WHERE ((s.attempt_id = attempt_result.attempt_id) AND (a_1.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND ((a_1.status)::text <> 'in_progress'::text))
         )
  SELECT (jsonb_strip_nulls(jsonb_build_object('id', a.id, 'quiz_id', a.quiz_id, 'title', (a.metadata -> 'title'::text), 'attempt_no', a.attempt_no, 'status', a.status, 'submitted_at', a.submitted_at, 'late', a.late, 'graded_at', a.graded_at, 'score', a.score, 'passing_score', a.passing_score, 'passed', a.passed, 'answers_shown', a.shown)) || jsonb_build_object('questions', ( SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', (q.question -> 'id'::text), 'type', (q.question -> 'type'::text), 'text', (q.question -> 'text'::text), 'points', (q.question -> 'points'::text), 'earned', ((a.item_points)::jsonb -> (q.question ->> 'id'::text)), 'answer', ((a.answers)::jsonb -> (q.question ->> 'id'::text)), 'comment',
                 CASE
                     WHEN ((a.status)::text = 'graded'::text) THEN NULLIF(m.comment, ''::text)
                     ELSE NULL::text
                 END, 'key',
                 CASE
                     WHEN a.shown THEN (q.question -> 'answer'::text)
                     ELSE NULL::jsonb
                 END, 'feedback',
                 CASE
                     WHEN a.shown THEN NULLIF(concat_ws('

'::text, (q.question ->> 'feedback'::text), (q.question ->>
                     CASE
                         WHEN (jsonb_typeof(((a.item_points)::jsonb -> (q.question ->> 'id'::text))) = 'number'::text) THEN
                         CASE
                             WHEN (((a.item_points)::jsonb -> (q.question ->> 'id'::text)) = (q.question -> 'points'::text)) THEN 'feedback_correct'::text
                             ELSE 'feedback_incorrect'::text
                         END
                         ELSE NULL::text
                     END)), ''::text)
                     ELSE NULL::text
                 END, 'option_feedback',
                 CASE
                     WHEN a.shown THEN ( SELECT jsonb_object_agg((o.value ->> 'id'::text), (o.value -> 'feedback'::text)) AS jsonb_object_agg
                        FROM jsonb_array_elements((q.question -> 'options'::text)) o(value)
                       WHERE (o.value ? 'feedback'::text))
                     ELSE NULL::jsonb
                 END, 'parts',
                 CASE
                     WHEN a.shown THEN (learning.grade_answer(q.question, ((a.answers)::jsonb -> (q.question ->> 'id'::text)))).parts
                     ELSE NULL::jsonb
                 END)) ORDER BY q.n) AS jsonb_agg
            FROM (jsonb_array_elements((a.document -> 'questions'::text)) WITH ORDINALITY q(question, n)
              LEFT JOIN learning.manual_grades m ON (((m.student_id = a.student_id) AND (m.attempt_started_at = a.started_at) AND (m.attempt_id = a.id) AND ((m.question_id)::text = (q.question ->> 'id'::text))))))))
    FROM attempt a;
END;

ALTER FUNCTION learning.attempt_result(attempt_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.attempt_result(attempt_id uuid) IS 'Score and points by question of an attempt that the acting student has handed in; keys, feedback and right parts only where the quiz shows them by now. Null for an open attempt and for anybody else''s.';

CREATE FUNCTION learning.begin_regrade(quiz uuid, corrected jsonb, reason text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  made uuid;
begin
  perform learning.check_correction(quiz, corrected);
  -- hand-ins hold the quiz for a moment: those that have begun end first, those that come find the new key
  perform from catalog.quizzes q where q.id = quiz for update;
  -- now, because the latest correction of a question counts, and others may have waited here too
  made := platform.uuid_v7();
  insert into learning.regrades (id, quiz_id, question_id, question, reason, requested_by)
  values (made, quiz, corrected ->> 'id', corrected, btrim(reason), nullif(current_setting('app.user_id', true), '')::uuid);
  insert into learning.regrade_runs (regrade_id, quiz_id, attempts_total)
  select made, quiz, count(*) from learning.attempts a where a.quiz_id = quiz and a.status <> 'in_progress';
  insert into learning.key_corrections (quiz_id, version, question_id, regrade_id)
  select v.quiz_id, v.version, corrected ->> 'id', made from catalog.quiz_versions v
   where v.quiz_id = quiz and exists (
     select from jsonb_array_elements(v.metadata -> 'questions') q
      where q ->> 'id' = corrected ->> 'id' and learning.same_parts(q, corrected));
  return made;
end
$$;

ALTER FUNCTION learning.begin_regrade(quiz uuid, corrected jsonb, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.begin_regrade(quiz uuid, corrected jsonb, reason text) IS 'Keeps a corrected question: it counts for all who hand in from now on. Attempts from before follow by learning.regrade_step. Errors: TC341, TC342, and one correction of the quiz is still under way.';

CREATE FUNCTION learning.certificate_check_character(characters text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ'::text, ((((32 - (sum(((d.doubled / 32) + (d.doubled % 32))) % (32)::bigint)) % (32)::bigint))::integer + 1), 1) AS substr FROM (SELECT ((strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ'::text, substr(certificate_check_character.characters, n.n, 1)) - 1) * (1 + (((length(certificate_check_character.characters) - n.n) + 1) % 2))) AS doubled FROM generate_series(1, length(certificate_check_character.characters)) n(n)) d);

ALTER FUNCTION learning.certificate_check_character(characters text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.certificate_check_character(characters text) IS 'The last character of a certificate number, from the eleven before it (Luhn''s algorithm modulo 32 over Crockford''s alphabet).';

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
  if tg_op = 'INSERT' then
    new.holder_name := (select u.display_name from identity.users u where u.id = new.student_id and u.status <> 'erased');
  end if;
  return new;
end
$$;

ALTER FUNCTION learning.check_certificate() OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.check_certificate() IS 'Trigger: a certificate needs a passed attempt of its course (TC320), and keeps the name that its holder has then.';

CREATE FUNCTION learning.check_correction(quiz uuid, corrected jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from catalog.quizzes q where q.id = quiz and catalog.may_edit(q.course_id)) then
    raise exception 'There is no quiz % of yours.', quiz using errcode = 'TC341',
      hint = 'Correct keys of quizzes that you teach.', schema = 'learning', table = 'regrades';
  end if;
  if exists (select from catalog.quiz_question_faults(corrected, '')) or not exists (
      select from catalog.quiz_versions v, jsonb_array_elements(v.metadata -> 'questions') q
       where v.quiz_id = quiz and q ->> 'id' = corrected ->> 'id' and learning.same_parts(q, corrected)) then
    raise exception 'This corrects no question of the quiz %.', quiz using errcode = 'TC342',
      hint = 'Send the whole question with its id, type and parts as they were; essays are graded by hand.',
      schema = 'learning', table = 'regrades', column = 'question';
  end if;
end
$$;

ALTER FUNCTION learning.check_correction(quiz uuid, corrected jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.check_correction(quiz uuid, corrected jsonb) IS 'Refuses what is no correction: TC341 not a quiz of the acting person, TC342 not a valid question with the parts of the old one.';

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

CREATE FUNCTION learning.claim_grading(attempt_id uuid) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  attempt constant learning.attempts := learning.taught_attempt(attempt_id);
  claim timestamptz;
begin
  insert into learning.grading_claims as c (student_id, attempt_started_at, attempt_id, claimed_by, claimed_until)
  values (attempt.student_id, attempt.started_at, attempt.id, nullif(current_setting('app.user_id', true), '')::uuid,
          clock_timestamp() + interval '30 minutes')
  on conflict on constraint grading_claims_attempt_pkey do update
    set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
    where c.claimed_by = excluded.claimed_by or c.claimed_until < excluded.claimed_until - interval '30 minutes'
  returning claimed_until into claim;
  if claim is null then
    raise exception 'Somebody else grades the attempt % right now.', attempt_id using errcode = 'TC337',
      hint = 'Take another one, or wait half an hour.', schema = 'learning', table = 'grading_claims';
  end if;
  return claim;
end
$$;

ALTER FUNCTION learning.claim_grading(attempt_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.claim_grading(attempt_id uuid) IS 'Takes an attempt for the acting grader, or keeps it, for half an hour, and says until when. Error: TC337 somebody else has it.';

CREATE FUNCTION learning.count_rating() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op <> 'INSERT' then
    insert into learning.rating_changes (student_id, course_id, rating, change)
    values (old.student_id, old.course_id, old.rating, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into learning.rating_changes (student_id, course_id, rating, change)
    values (new.student_id, new.course_id, new.rating, 1);
  end if;
  return null;
end
$$;

ALTER FUNCTION learning.count_rating() OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.count_rating() IS 'Trigger: appends what a review adds to and takes from its course''s ratings, beside the same student.';

CREATE FUNCTION learning.draw_paper(document jsonb, seed uuid) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH lots AS (
          SELECT (q.question ->> 'id'::text) AS id,
             q.n,
             md5((((draw_paper.seed)::text || '/draw/'::text) || (q.question ->> 'id'::text))) AS lot,
             md5((((draw_paper.seed)::text || '/order/'::text) || (q.question ->> 'id'::text))) AS place
            FROM jsonb_array_elements((draw_paper.document -> 'questions'::text)) WITH ORDINALITY q(question, n)
         ), drawn AS (
          SELECT l.id,
             l.n,
             l.lot,
             l.place,
             row_number() OVER (ORDER BY l.lot) AS nth
            FROM lots l
         )
  SELECT jsonb_agg(d.id ORDER BY
         CASE
             WHEN ((draw_paper.document -> 'shuffle_questions'::text) = 'true'::jsonb) THEN d.place
             ELSE NULL::text
         END, d.n) AS jsonb_agg
    FROM drawn d
   WHERE (d.nth <= COALESCE(((draw_paper.document ->> 'draw'::text))::integer, 2147483647));
END;

ALTER FUNCTION learning.draw_paper(document jsonb, seed uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.draw_paper(document jsonb, seed uuid) IS 'The ids of the questions that an attempt asks, in its order: as many as the document draws, shuffled where it says so.';

CREATE FUNCTION learning.end_enrolment(student_id uuid, course_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  by_staff constant boolean := coalesce(current_setting('app.role', true) = 'admin', false);
begin
  if not by_staff and end_enrolment.student_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'Nobody withdraws somebody else.' using errcode = 'TC355',
      hint = 'Act as the student, or as admin.', schema = 'learning', table = 'enrollments';
  end if;
  -- staff may also close what its student has left
  update learning.enrollments e
     set ended_at = coalesce(e.ended_at, clock_timestamp()), end_reason = case when by_staff then 'removed' else 'withdrawn' end
   where e.student_id = end_enrolment.student_id and e.course_id = end_enrolment.course_id
     and (e.ended_at is null or by_staff and e.end_reason in ('withdrawn', 'expired'));
  return exists (select from learning.enrollments e
                  where e.student_id = end_enrolment.student_id and e.course_id = end_enrolment.course_id);
end
$$;

ALTER FUNCTION learning.end_enrolment(student_id uuid, course_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.end_enrolment(student_id uuid, course_id uuid) IS 'Ends an enrolment: withdrawn by its student, removed by an admin; repeated, it changes nothing. False when there is none. Error: TC355 somebody else.';

CREATE FUNCTION learning.enrol(student_id uuid, course_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  by_staff constant boolean := coalesce(current_setting('app.role', true) = 'admin', false);
  known record;
begin
  if not by_staff and enrol.student_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'Nobody enrols somebody else.' using errcode = 'TC355',
      hint = 'Act as the student, or as admin.', schema = 'learning', table = 'enrollments';
  end if;
  insert into learning.enrollments (student_id, course_id)
    select enrol.student_id, enrol.course_id
     where not exists (select from learning.enrollments e where e.student_id = enrol.student_id and e.course_id = enrol.course_id)
    on conflict on constraint enrollments_student_id_course_id_pkey do nothing;
  if found then
    insert into learning.events (student_id, kind, course_id) values (enrol.student_id, 'enrolled', enrol.course_id);
    return 'enrolled';
  end if;
  -- held, so that two tabs that come back at once do so once
  select e.ended_at, e.end_reason into known from learning.enrollments e
   where e.student_id = enrol.student_id and e.course_id = enrol.course_id for no key update;
  if known.ended_at is null then
    return 'already';
  end if;
  if known.end_reason in ('removed', 'expired') and not by_staff then
    raise exception 'The enrolment was ended by the academy (%).', known.end_reason using errcode = 'TC350',
      hint = 'Ask the staff of the academy.', schema = 'learning', table = 'enrollments';
  end if;
  -- an order that was given back buys nothing any more; without it the course must be free
  update learning.enrollments e
     set ended_at = null, end_reason = null, order_id = case when e.end_reason = 'refunded' then null else e.order_id end
   where e.student_id = enrol.student_id and e.course_id = enrol.course_id;
  insert into learning.events (student_id, kind, course_id) values (enrol.student_id, 'enrolled', enrol.course_id);
  return 'returned';
end
$$;

ALTER FUNCTION learning.enrol(student_id uuid, course_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.enrol(student_id uuid, course_id uuid) IS 'Enrols a student in a course, or lets one who left come back; repeated, it changes nothing. Answers enrolled, returned or already. Errors: TC301 to TC303 of the enrolment, TC350 ended by the academy, TC355 somebody else.';

CREATE FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  select jsonb_object_agg(q.question ->> 'id', g.points) into item_points
    from jsonb_array_elements(document -> 'questions') q (question),
         learning.grade_answer(q.question, case when jsonb_typeof(answers) = 'object' then answers -> (q.question ->> 'id') end) g;
  score := learning.score_of(document, item_points);
end
$$;

ALTER FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) IS 'Points by question id and the score in percent; an essay that was answered has null points, and then the score is null too.';

CREATE FUNCTION learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer) RETURNS TABLE(version integer, status text, score numeric)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  attempt learning.attempts := learning.taught_attempt(attempt_id);
  grader constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  document jsonb;
  question jsonb;
begin
  -- one grade after the other, and none while keys are corrected
  perform from catalog.quizzes q where q.id = attempt.quiz_id for key share;
  select a.* into attempt from learning.attempts a
   where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id for update;
  document := learning.paper_of(learning.key_document(attempt.quiz_id, attempt.quiz_version), attempt.paper);
  select q into question from jsonb_array_elements(document -> 'questions') q
   where q ->> 'id' = question_id and q ->> 'type' = 'essay';
  if not found or attempt.status = 'in_progress' or attempt.status = 'graded' and attempt.item_points is null then
    raise exception 'There is nothing to grade by hand at "%" of the attempt %.', left(question_id, 40), attempt_id
      using errcode = 'TC338', hint = 'Grade essays of attempts that are handed in.', schema = 'learning', table = 'attempts';
  end if;
  if points > (question ->> 'points')::numeric then
    raise exception 'The question "%" gives at most % points.', question_id, question ->> 'points' using errcode = 'TC339',
      hint = 'Give fewer.', schema = 'learning', table = 'manual_grades', column = 'points';
  end if;
  if exists (select from learning.grading_claims c where c.student_id = attempt.student_id and c.attempt_started_at = attempt.started_at
      and c.attempt_id = attempt.id and c.claimed_by <> grader and c.claimed_until > clock_timestamp()) then
    raise exception 'Somebody else grades the attempt % right now.', attempt_id using errcode = 'TC337',
      hint = 'Take another one, or wait half an hour.', schema = 'learning', table = 'grading_claims';
  end if;
  insert into learning.manual_grades as g (student_id, attempt_started_at, attempt_id, question_id, points, comment, graded_by)
  select attempt.student_id, attempt.started_at, attempt.id, grade_essay.question_id, grade_essay.points,
         coalesce(grade_essay.comment, ''), grader
   where seen_version = 0 or exists (select from learning.manual_grades m where m.student_id = attempt.student_id
      and m.attempt_started_at = attempt.started_at and m.attempt_id = attempt.id and m.question_id = grade_essay.question_id)
  on conflict on constraint manual_grades_attempt_question_id_pkey do update
    set points = excluded.points, comment = excluded.comment, graded_by = excluded.graded_by, version = g.version + 1,
        graded_at = excluded.graded_at
    where g.version = seen_version
  returning g.version into grade_essay.version;
  if grade_essay.version is null then
    raise exception 'The grade of "%" has changed since you read it.', question_id using errcode = 'TC340',
      hint = 'Read it again.', schema = 'learning', table = 'manual_grades';
  end if;
  attempt.item_points := coalesce(attempt.item_points, (learning.grade_document(document, attempt.answers)).item_points)
    || jsonb_build_object(question_id, points);
  grade_essay.score := learning.score_of(document, attempt.item_points);
  grade_essay.status := case when grade_essay.score is null then 'submitted' else 'graded' end;
  update learning.attempts a
     set item_points = attempt.item_points, score = grade_essay.score, status = grade_essay.status,
         graded_at = case when grade_essay.score is not null then clock_timestamp() end
   where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id;
  if grade_essay.score is not null then
    delete from learning.grading_claims c
     where c.student_id = attempt.student_id and c.attempt_started_at = attempt.started_at and c.attempt_id = attempt.id;
  end if;
  return next;
end
$$;

ALTER FUNCTION learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer) IS 'Gives points for an essay over the version of the grade that was seen, 0 at first; the attempt is graded with its last essay. Errors: TC335, TC336, TC337 somebody else grades it, TC338 nothing to grade by hand, TC339 too many points, TC340 stale version.';

CREATE TABLE learning.grading_claims (
    student_id uuid NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    attempt_id uuid NOT NULL,
    claimed_by uuid NOT NULL,
    claimed_until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY learning.grading_claims FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.grading_claims OWNER TO techcourse_owner;

COMMENT ON TABLE learning.grading_claims IS 'Who grades an attempt right now, so that two graders do not do the same work; runs out by itself. Shard class: student-keyed.';

COMMENT ON COLUMN learning.grading_claims.student_id IS 'Whose attempt.';

COMMENT ON COLUMN learning.grading_claims.attempt_started_at IS 'Beginning of the attempt, part of its key.';

COMMENT ON COLUMN learning.grading_claims.attempt_id IS 'The attempt.';

COMMENT ON COLUMN learning.grading_claims.claimed_by IS 'Who grades it.';

COMMENT ON COLUMN learning.grading_claims.claimed_until IS 'Until when nobody else may; later anyone takes it over.';

CREATE FUNCTION learning.grading_queue(course uuid, after_at timestamp with time zone, after_id uuid, most integer) RETURNS TABLE(attempt_id uuid, quiz_id uuid, quiz_title text, course_id uuid, student_id uuid, student_name text, attempt_no integer, submitted_at timestamp with time zone, late boolean, claimed_by uuid, claimed_until timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT a.id,
     a.quiz_id,
     (v.metadata ->> 'title'::text),
     a.course_id,
     a.student_id,
     u.display_name,
     a.attempt_no,
     a.submitted_at,
     a.late,
     c.claimed_by,
     c.claimed_until
    FROM (((learning.attempts a
      JOIN catalog.quiz_versions v ON (((v.quiz_id = a.quiz_id) AND (v.version = a.quiz_version))))
      JOIN identity.users u ON ((u.id = a.student_id)))
      LEFT JOIN learning.grading_claims c ON (((c.student_id = a.student_id) AND (c.attempt_started_at = a.started_at) AND (c.attempt_id = a.id) AND (c.claimed_until > clock_timestamp()))))
   WHERE (((a.status)::text = 'submitted'::text) AND (a.course_id IN ( SELECT t.id
            FROM catalog.courses t
           WHERE (((grading_queue.course IS NULL) OR (t.id = grading_queue.course)) AND catalog.may_edit(t.id)))) AND ((grading_queue.after_at IS NULL) OR (ROW(a.submitted_at, a.id) > ROW(grading_queue.after_at, grading_queue.after_id))))
   ORDER BY a.submitted_at, a.id
  LIMIT grading_queue.most;
END;

ALTER FUNCTION learning.grading_queue(course uuid, after_at timestamp with time zone, after_id uuid, most integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.grading_queue(course uuid, after_at timestamp with time zone, after_id uuid, most integer) IS 'Attempts with essays that wait for a person, of the courses that the acting person teaches or of one, oldest first, from behind a given one on.';

CREATE FUNCTION learning.taught_attempt(attempt_id uuid) RETURNS learning.attempts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  attempt learning.attempts;
begin
  select a.* into attempt
    from learning.attempts a
    join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
   where s.attempt_id = taught_attempt.attempt_id;
  if not found or not catalog.may_edit(attempt.course_id) then
    raise exception 'There is no attempt % at a quiz of yours.', attempt_id using errcode = 'TC335',
      hint = 'Look at the grading queue.', schema = 'learning', table = 'attempts';
  end if;
  if attempt.student_id = nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'The attempt % is your own.', attempt_id using errcode = 'TC336',
      hint = 'Somebody else grades it.', schema = 'learning', table = 'attempts';
  end if;
  return attempt;
end
$$;

ALTER FUNCTION learning.taught_attempt(attempt_id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.taught_attempt(attempt_id uuid) IS 'An attempt at a quiz that the acting person teaches. Errors: TC335 no such attempt, TC336 one''s own.';

CREATE FUNCTION learning.grading_sheet(attempt_id uuid) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (jsonb_strip_nulls(jsonb_build_object('id', a.id, 'quiz_id', a.quiz_id, 'quiz_version', a.quiz_version, 'course_id', a.course_id, 'student_id', a.student_id, 'student_name', ( SELECT u.display_name
            FROM identity.users u
           WHERE (u.id = a.student_id)), 'attempt_no', a.attempt_no, 'status', a.status, 'submitted_at', a.submitted_at, 'late', a.late, 'score', a.score, 'passed', a.passed)) || jsonb_build_object('questions', ( SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', (q.question -> 'id'::text), 'type', (q.question -> 'type'::text), 'text', (q.question -> 'text'::text), 'points', (q.question -> 'points'::text), 'rubric', (q.question -> 'rubric'::text), 'key', (q.question -> 'answer'::text), 'answer', ((a.answers)::jsonb -> (q.question ->> 'id'::text)), 'earned', ((a.item_points)::jsonb -> (q.question ->> 'id'::text)), 'comment', m.comment, 'graded_by', m.graded_by, 'version', COALESCE(m.version, 0))) ORDER BY q.n) AS jsonb_agg
            FROM (jsonb_array_elements((learning.paper_of(learning.key_document(a.quiz_id, a.quiz_version), (a.paper)::jsonb) -> 'questions'::text)) WITH ORDINALITY q(question, n)
              LEFT JOIN learning.manual_grades m ON (((m.student_id = a.student_id) AND (m.attempt_started_at = a.started_at) AND (m.attempt_id = a.id) AND ((m.question_id)::text = (q.question ->> 'id'::text))))))))
    FROM learning.taught_attempt(grading_sheet.attempt_id) a(student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status, answers, revision, deadline_at, submitted_at, late, item_points, score, passing_score, passed, graded_at, paper, answer_revisions, saved_at, accepts_until);
END;

ALTER FUNCTION learning.grading_sheet(attempt_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.grading_sheet(attempt_id uuid) IS 'An attempt as its grader sees it: answers, keys, rubrics, points, and the version of each grade by hand. Errors: TC335, TC336.';

CREATE FUNCTION learning.hand_in(student uuid, started timestamp with time zone, attempt uuid, at timestamp with time zone) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT
    FROM catalog.quizzes q
   WHERE (q.id = ( SELECT a.quiz_id
            FROM learning.attempts a
           WHERE ((a.student_id = hand_in.student) AND (a.started_at = hand_in.started) AND (a.id = hand_in.attempt))))
  FOR KEY SHARE OF q;
 UPDATE learning.attempts a SET status =
         CASE
             WHEN (g.score IS NULL) THEN 'submitted'::text
             ELSE 'graded'::text
         END, submitted_at = hand_in.at, item_points = g.item_points, score = g.score, graded_at =
         CASE
             WHEN (g.score IS NOT NULL) THEN clock_timestamp()
             ELSE NULL::timestamp with time zone
         END
    FROM ( SELECT k.student_id,
             k.started_at,
             k.id,
             d.item_points,
             d.score
            FROM learning.attempts k,
             LATERAL learning.grade_document(learning.paper_of(learning.key_document(k.quiz_id, k.quiz_version), (k.paper)::jsonb), (k.answers)::jsonb) d(item_points, score)
           WHERE ((k.student_id = hand_in.student) AND (k.started_at = hand_in.started) AND (k.id = hand_in.attempt))) g
   WHERE ((a.student_id = g.student_id) AND (a.started_at = g.started_at) AND (a.id = g.id) AND ((a.status)::text = 'in_progress'::text));
END;

ALTER FUNCTION learning.hand_in(student uuid, started timestamp with time zone, attempt uuid, at timestamp with time zone) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.hand_in(student uuid, started timestamp with time zone, attempt uuid, at timestamp with time zone) IS 'Freezes an attempt as it was saved and grades what needs no person, in one step; for the functions of this room.';

CREATE FUNCTION learning.hand_in_overdue(most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  overdue record;
  handed_in integer := 0;
begin
  for overdue in
    select a.student_id, a.started_at, a.id, greatest(a.deadline_at, a.saved_at) as at from learning.attempts a
     where a.status = 'in_progress' and a.deadline_at < clock_timestamp()
       and coalesce(a.accepts_until, a.deadline_at) < clock_timestamp()
     order by a.student_id limit most
  loop
    perform from learning.attempts a
     where a.student_id = overdue.student_id and a.started_at = overdue.started_at and a.id = overdue.id
       and a.status = 'in_progress' for update skip locked;
    if found then
      perform learning.hand_in(overdue.student_id, overdue.started_at, overdue.id, overdue.at);
      handed_in := handed_in + 1;
    end if;
  end loop;
  return handed_in;
end
$$;

ALTER FUNCTION learning.hand_in_overdue(most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.hand_in_overdue(most integer) IS 'Hands in attempts that were left open past deadline and grace, as they were saved: at the deadline, or at the last saving within the grace. Any node, any number at once.';

CREATE FUNCTION learning.item_analysis(quiz uuid, wanted_version integer) RETURNS TABLE(question_id text, question_type text, question_text text, points numeric, quiz_version integer, attempts bigint, answers bigint, facility numeric, discrimination numeric, choices jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH version AS (
          SELECT COALESCE(item_analysis.wanted_version, ( SELECT max(a.quiz_version) AS max
                    FROM learning.attempts a
                   WHERE ((a.quiz_id = item_analysis.quiz) AND ((a.status)::text = 'graded'::text))), q_1.version) AS number
            FROM catalog.quizzes q_1
           WHERE ((q_1.id = item_analysis.quiz) AND catalog.may_edit(q_1.course_id))
         ), questions AS (
          SELECT q_1.question,
             q_1.n,
             (q_1.question ->> 'id'::text) AS id,
             ((q_1.question ->> 'points'::text))::numeric AS most
            FROM version v,
             LATERAL jsonb_array_elements((learning.key_document(item_analysis.quiz, v.number) -> 'questions'::text)) WITH ORDINALITY q_1(question, n)
         ), papers AS (
          SELECT a.id AS attempt,
             a.item_points,
             a.answers,
             a.paper
            FROM (learning.attempts a
              JOIN version v ON ((v.number = a.quiz_version)))
           WHERE ((a.quiz_id = item_analysis.quiz) AND ((a.attempt_no)::integer = 1) AND ((a.status)::text = 'graded'::text) AND (a.item_points IS NOT NULL))
         ), items AS (
          SELECT q_1.id,
             p.attempt,
             ((p.answers)::jsonb -> q_1.id) AS answer,
                 CASE jsonb_typeof(((p.item_points)::jsonb -> q_1.id))
                     WHEN 'number'::text THEN (((p.item_points)::jsonb ->> q_1.id))::numeric
                     ELSE (0)::numeric
                 END AS points
            FROM (papers p
              JOIN questions q_1 ON (((p.paper IS NULL) OR ((p.paper)::jsonb ? q_1.id))))
         ), rests AS (
          SELECT i.id,
             i.attempt,
             i.answer,
             i.points,
             (sum(i.points) OVER (PARTITION BY i.attempt) - i.points) AS rest
            FROM items i
         ), figures AS (
          SELECT r.id,
             count(*) AS attempts,
             count(r.answer) AS answers,
             avg(r.points) AS mean,
             corr((r.points)::double precision, (r.rest)::double precision) AS discrimination
            FROM rests r
           GROUP BY r.id
         ), chosen AS (
          SELECT i.id,
             c.choice,
             count(*) AS times
            FROM ((items i
              JOIN questions q_1 ON (((q_1.id = i.id) AND ((q_1.question ->> 'type'::text) = ANY (ARRAY['single_choice'::text, 'multiple_choice'::text, 'true_false'::text])))))
              CROSS JOIN LATERAL ( SELECT (e.value #>> '{}'::text[]) AS choice
                    FROM jsonb_array_elements(
                         CASE jsonb_typeof(i.answer)
                             WHEN 'array'::text THEN i.answer
                             ELSE jsonb_build_array(i.answer)
                         END) e(value)) c)
           WHERE (i.answer IS NOT NULL)
           GROUP BY i.id, c.choice
         )
  SELECT q.id,
     (q.question ->> 'type'::text),
     (q.question ->> 'text'::text),
     q.most,
     ( SELECT v.number
            FROM version v) AS number,
     COALESCE(f.attempts, (0)::bigint) AS "coalesce",
     COALESCE(f.answers, (0)::bigint) AS "coalesce",
     round((f.mean / q.most), 3) AS round,
     round((f.discrimination)::numeric, 3) AS round,
         CASE
             WHEN ((q.question ->> 'type'::text) = ANY (ARRAY['single_choice'::text, 'multiple_choice'::text, 'true_false'::text])) THEN ( SELECT jsonb_agg(jsonb_build_object('id', o.id, 'times', COALESCE(c.times, (0)::bigint), 'right', (((q.question -> 'answer'::text) @> to_jsonb(o.id)) OR ((q.question ->> 'answer'::text) = o.id))) ORDER BY o.n) AS jsonb_agg
                FROM (( SELECT (e.entry ->> 'id'::text) AS id,
                         e.n
                        FROM jsonb_array_elements(COALESCE((q.question -> 'options'::text), '[{"id": "true"}, {"id": "false"}]'::jsonb)) WITH ORDINALITY e(entry, n)) o
                  LEFT JOIN chosen c ON (((c.id = q.id) AND (c.choice = o.id)))))
             ELSE NULL::jsonb
         END AS "case"
    FROM (questions q
      LEFT JOIN figures f ON ((f.id = q.id)))
   ORDER BY q.n;
END;

ALTER FUNCTION learning.item_analysis(quiz uuid, wanted_version integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.item_analysis(quiz uuid, wanted_version integer) IS 'For each question of a version (the latest with graded attempts): facility = mean points / points; discrimination = Pearson correlation of its points with those of the rest of the paper, for questions that are right or wrong the point-biserial (mean rest of the right - mean rest of the wrong) / standard deviation of the rest * sqrt(p * (1 - p)); how often each option was chosen.';

CREATE FUNCTION learning.new_certificate_number() RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  -- 55 random bits, from the bytes of a random UUID that are random throughout
  chance constant bytea := uuid_send(gen_random_uuid());
  characters text;
begin
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(chance, b) % 32 + 1, 1), '' order by b) into characters
    from unnest(array[0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12]) b;
  characters := characters || learning.certificate_check_character(characters);
  return format('TC-%s-%s-%s', substr(characters, 1, 4), substr(characters, 5, 4), substr(characters, 9, 4));
end
$$;

ALTER FUNCTION learning.new_certificate_number() OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.new_certificate_number() IS 'A number for a certificate: eleven random characters (55 bits), so that none can be guessed, and one to check them.';

CREATE FUNCTION learning.number_in(answer jsonb, unit text) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  written text;
begin
  if jsonb_typeof(answer) = 'number' then
    return answer::numeric;
  end if;
  written := btrim(translate(answer #>> '{}', U&'\2212\00A0', '- '));
  if unit <> '' and right(written, length(unit)) = unit then
    written := btrim(left(written, -length(unit)));
  end if;
  return case when length(written) <= 60 and written ~ '^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$' then written::numeric end;
end
$_$;

ALTER FUNCTION learning.number_in(answer jsonb, unit text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.number_in(answer jsonb, unit text) IS 'The number of a numeric answer: a JSON number, or a text of digits with a decimal point, the question''s unit behind it or not; else null.';

CREATE FUNCTION learning.own_attempt(attempt_id uuid) RETURNS learning.attempts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  attempt learning.attempts;
begin
  select a.* into attempt
    from learning.attempts a
    join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
   where s.attempt_id = own_attempt.attempt_id and s.student_id = student and a.student_id = student
     for update of a;
  if not found then
    raise exception 'There is no attempt % of yours.', attempt_id using errcode = 'TC331',
      hint = 'Start one.', schema = 'learning', table = 'attempts';
  end if;
  return attempt;
end
$$;

ALTER FUNCTION learning.own_attempt(attempt_id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.own_attempt(attempt_id uuid) IS 'The acting student''s attempt, its row locked, whatever its state. Error: TC331 no such attempt.';

CREATE FUNCTION learning.plain_text(written text, case_sensitive boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT CASE WHEN plain_text.case_sensitive THEN t.tidy ELSE lower(t.tidy) END AS lower FROM (SELECT btrim(regexp_replace(NORMALIZE(translate(plain_text.written, '   ​﻿'::text, '   '::text), NFC), '\s+'::text, ' '::text, 'g'::text)) AS tidy) t);

ALTER FUNCTION learning.plain_text(written text, case_sensitive boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.plain_text(written text, case_sensitive boolean) IS 'A text as it is compared: Unicode form NFC, each run of white space one blank, none at the ends, lower case unless case matters.';

CREATE FUNCTION learning.preview_regrade(quiz uuid, corrected jsonb) RETURNS TABLE(student_id uuid, student_name text, attempt_id uuid, quiz_version integer, attempt_no integer, points_before numeric, points_after numeric, score_before numeric, score_after numeric, passed_before boolean, passed_after boolean, certificate_kept boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform learning.check_correction(quiz, corrected);
  return query
    select e.student_id, u.display_name, e.attempt_id, e.quiz_version, e.attempt_no, e.points_before, e.points_after, e.score_before,
           e.score_after, e.passed_before, e.passed_after, e.certificate_kept
      from learning.regrade_effects(quiz, corrected, '-infinity', '00000000-0000-0000-0000-000000000000',
                                    'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff') e
      join identity.users u on u.id = e.student_id
     order by e.student_id, e.attempt_no;
end
$$;

ALTER FUNCTION learning.preview_regrade(quiz uuid, corrected jsonb) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.preview_regrade(quiz uuid, corrected jsonb) IS 'Every attempt that a correction would grade again, with what it had and would get; changes nothing. Errors: TC341, TC342.';

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

CREATE VIEW learning.course_attempts AS
 SELECT a.student_id,
    a.started_at,
    a.id,
    u.display_name AS student_name,
    a.course_id,
    a.quiz_id,
    a.quiz_version,
    a.attempt_no,
    (a.status)::text AS status,
    a.submitted_at,
    a.late,
    (a.score)::numeric AS score,
    (a.passing_score)::numeric AS passing_score,
    a.passed,
    a.graded_at
   FROM ((learning.attempts a
     JOIN catalog.courses c ON ((c.id = a.course_id)))
     JOIN identity.users u ON ((u.id = a.student_id)))
  WHERE ((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((c.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (c.editor_ids)))));

ALTER TABLE learning.course_attempts OWNER TO techcourse_reader;

COMMENT ON VIEW learning.course_attempts IS 'Attempts and their results for the lead and the further instructors of the course, and for admins; no row for anybody else.';

COMMENT ON COLUMN learning.course_attempts.student_id IS 'Who takes the quiz.';

COMMENT ON COLUMN learning.course_attempts.started_at IS 'When the attempt began.';

COMMENT ON COLUMN learning.course_attempts.id IS 'The attempt.';

COMMENT ON COLUMN learning.course_attempts.student_name IS 'Name of the student. Personal data.';

COMMENT ON COLUMN learning.course_attempts.course_id IS 'The course of the quiz.';

COMMENT ON COLUMN learning.course_attempts.quiz_id IS 'The quiz.';

COMMENT ON COLUMN learning.course_attempts.quiz_version IS 'The version that was taken.';

COMMENT ON COLUMN learning.course_attempts.attempt_no IS 'The how manieth of this student.';

COMMENT ON COLUMN learning.course_attempts.status IS 'in_progress, submitted or graded.';

COMMENT ON COLUMN learning.course_attempts.submitted_at IS 'When it was handed in; null before.';

COMMENT ON COLUMN learning.course_attempts.late IS 'Whether it was handed in after its deadline.';

COMMENT ON COLUMN learning.course_attempts.score IS 'Percent of the points; null until it is graded.';

COMMENT ON COLUMN learning.course_attempts.passing_score IS 'Percent that passes.';

COMMENT ON COLUMN learning.course_attempts.passed IS 'Whether it passed; false until it is graded.';

COMMENT ON COLUMN learning.course_attempts.graded_at IS 'When it was graded; null before.';

CREATE FUNCTION learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer, before_at timestamp with time zone, before_id uuid, most integer) RETURNS TABLE(attempt_id uuid, student_id uuid, student_name text, attempt_no integer, quiz_version integer, status text, started_at timestamp with time zone, submitted_at timestamp with time zone, late boolean, score numeric, passing_score numeric, passed boolean, graded_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT a.id,
     a.student_id,
     a.student_name,
     a.attempt_no,
     a.quiz_version,
     a.status,
     a.started_at,
     a.submitted_at,
     a.late,
     a.score,
     a.passing_score,
     a.passed,
     a.graded_at
    FROM learning.course_attempts a
   WHERE ((a.quiz_id = quiz_results.quiz) AND ((quiz_results.wanted_status IS NULL) OR (a.status = quiz_results.wanted_status)) AND ((quiz_results.wanted_passed IS NULL) OR ((a.status = 'graded'::text) AND (a.passed = quiz_results.wanted_passed))) AND ((quiz_results.wanted_version IS NULL) OR (a.quiz_version = quiz_results.wanted_version)) AND ((quiz_results.before_at IS NULL) OR (ROW(a.started_at, a.id) < ROW(quiz_results.before_at, quiz_results.before_id))))
   ORDER BY a.started_at DESC, a.id DESC
  LIMIT quiz_results.most;
END;

ALTER FUNCTION learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer, before_at timestamp with time zone, before_id uuid, most integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer, before_at timestamp with time zone, before_id uuid, most integer) IS 'Attempts at a quiz that the acting person teaches, latest first, from behind a given one on; no row for anybody else.';

CREATE FUNCTION learning.read_attachments(lesson_id uuid) RETURNS TABLE(id uuid, file_name text, media_type text, size_bytes bigint, sha256 bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT a.id,
     a.file_name,
     a.media_type,
     f.size_bytes,
     a.sha256
    FROM ((catalog.attachments a
      JOIN catalog.stored_files f ON ((f.sha256 = a.sha256)))
      JOIN catalog.lessons l ON ((l.id = a.lesson_id)))
   WHERE ((a.lesson_id = read_attachments.lesson_id) AND (catalog.may_edit(l.course_id) OR ((l.course_status <> 'draft'::text) AND (l.preview OR (EXISTS ( SELECT
            FROM learning.enrollments e
           WHERE ((e.course_id = l.course_id) AND (e.ended_at IS NULL) AND (e.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))))))))
   ORDER BY a.id;
END;

ALTER FUNCTION learning.read_attachments(lesson_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.read_attachments(lesson_id uuid) IS 'The files of a lesson, for whoever may read it, see learning.read_lesson(), and for who edits it; no row otherwise.';

CREATE FUNCTION learning.read_attachment(attachment_id uuid) RETURNS TABLE(file_name text, media_type text, size_bytes bigint, sha256 bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT r.file_name,
     r.media_type,
     r.size_bytes,
     r.sha256
    FROM catalog.attachments a,
     LATERAL learning.read_attachments(a.lesson_id) r(id, file_name, media_type, size_bytes, sha256)
   WHERE ((a.id = read_attachment.attachment_id) AND (r.id = a.id));
END;

ALTER FUNCTION learning.read_attachment(attachment_id uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.read_attachment(attachment_id uuid) IS 'One file of a lesson, for whoever may read the lesson; no row otherwise.';

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

CREATE FUNCTION learning.record_events(events jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  fault record;
  recorded integer;
begin
  select f.place, f.sentence into fault
    from (
      select e.n - 1 as place, case
               when e.at is null then 'its id is no UUID version 7'
               when e.at > clock_timestamp() + interval '5 minutes' then 'it lies in the future'
               when e.at < clock_timestamp() - interval '7 days' then 'it is older than seven days'
               when e.kind is null or e.kind not in ('viewed', 'answered', 'completed', 'searched') then 'a program does not report its kind'
               when e.course_id is null and e.lesson_id is not null then 'its lesson stands without its course'
               when jsonb_typeof(e.payload) <> 'object' or pg_column_size(e.payload) > 8192 then 'its payload is no object of at most 8 KB'
               when e.course_id is not null and not exists (
                 select from learning.enrollments l where l.student_id = student and l.course_id = e.course_id)
                 then 'its course is not one that the student takes'
               when e.lesson_id is not null and not exists (
                 select from catalog.lessons l where l.id = e.lesson_id and l.course_id = e.course_id)
                 then 'its course has no such lesson' end as sentence
        from (select r.*, learning.time_of_uuid_v7(r.id) as at
                from rows from (jsonb_to_recordset(record_events.events)
                       as (id uuid, kind text, course_id uuid, lesson_id uuid, payload jsonb))
                     with ordinality r (id, kind, course_id, lesson_id, payload, n)) e) f
   where f.sentence is not null
   order by f.place limit 1;
  if fault.sentence is not null then
    raise exception 'The event % of the batch is refused: %.', fault.place, fault.sentence using errcode = 'TC352',
      hint = 'Nothing of the batch was taken; mend it and send it again.', schema = 'learning', table = 'events', column = 'id';
  end if;
  insert into learning.events (student_id, occurred_at, id, kind, course_id, lesson_id, payload)
  select student, learning.time_of_uuid_v7(r.id), r.id, r.kind, r.course_id, r.lesson_id, coalesce(r.payload, '{}')
    from jsonb_to_recordset(record_events.events) as r (id uuid, kind text, course_id uuid, lesson_id uuid, payload jsonb)
  on conflict on constraint events_student_id_occurred_at_id_pkey do nothing;
  get diagnostics recorded = row_count;
  if recorded > 0 then
    perform learning.note_activity(student);
  end if;
  return recorded;
end
$$;

ALTER FUNCTION learning.record_events(events jsonb) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.record_events(events jsonb) IS 'Records events of the acting student, all or none, each once however often it is sent; says how many were new. Error: TC352 an event is refused, with its place from 0.';

CREATE FUNCTION learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean) RETURNS TABLE(position_kept integer, lesson_completed_at timestamp with time zone, course_completed_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  done_before boolean;
begin
  -- held, so that two tabs that finish the last two lessons see each other
  perform from learning.enrollments e
    where e.student_id = student and e.course_id = record_progress.course_id and e.ended_at is null for no key update;
  if not found then
    raise exception 'The course % is not one that you take.', record_progress.course_id using errcode = 'TC351',
      hint = 'Enrol in the course first.', schema = 'learning', table = 'lesson_progress';
  end if;
  if not exists (select from catalog.lessons l where l.id = record_progress.lesson_id and l.course_id = record_progress.course_id) then
    return;
  end if;
  select p.completed_at is not null into done_before from learning.lesson_progress p
   where p.student_id = student and p.lesson_id = record_progress.lesson_id;
  -- the farthest position counts, so an older tab takes nothing back; what is done stays done
  insert into learning.lesson_progress as p (student_id, lesson_id, course_id, position_seconds, completed_at)
  values (student, record_progress.lesson_id, record_progress.course_id, record_progress.position_seconds, null)
  on conflict on constraint lesson_progress_student_id_lesson_id_pkey do update
    set position_seconds = greatest(p.position_seconds, excluded.position_seconds), last_seen_at = excluded.last_seen_at;
  perform learning.note_activity(student);
  if record_progress.completed and not coalesce(done_before, false) then
    update learning.lesson_progress p set completed_at = clock_timestamp()
     where p.student_id = student and p.lesson_id = record_progress.lesson_id and p.completed_at is null;
    insert into learning.events (student_id, kind, course_id, lesson_id)
    values (student, 'completed', record_progress.course_id, record_progress.lesson_id);
    perform learning.settle_course(student, record_progress.course_id);
  end if;
  return query
    select p.position_seconds, p.completed_at, e.completed_at
      from learning.lesson_progress p
      join learning.enrollments e on e.student_id = p.student_id and e.course_id = p.course_id
     where p.student_id = student and p.lesson_id = record_progress.lesson_id;
end
$$;

ALTER FUNCTION learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean) IS 'Notes how far the acting student has come in a lesson. The farthest position is kept, done stays done, and the last step completes the course. No row when the course has no such lesson. Error: TC351 not enrolled.';

CREATE TABLE learning.attempt_regrades (
    student_id uuid NOT NULL,
    regrade_id uuid NOT NULL,
    attempt_started_at timestamp with time zone NOT NULL,
    attempt_id uuid NOT NULL,
    points_before learning.points,
    points_after learning.points,
    score_before learning.percentage,
    score_after learning.percentage,
    passed_before boolean NOT NULL,
    passed_after boolean NOT NULL,
    certificate_kept boolean NOT NULL,
    regraded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT attempt_regrades_certificate_kept_check CHECK (((NOT certificate_kept) OR (passed_before AND (NOT passed_after))))
);

ALTER TABLE ONLY learning.attempt_regrades FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.attempt_regrades OWNER TO techcourse_owner;

COMMENT ON TABLE learning.attempt_regrades IS 'What a corrected key changed in an attempt, before and after; append only. Shard class: student-keyed.';

COMMENT ON COLUMN learning.attempt_regrades.student_id IS 'Whose attempt.';

COMMENT ON COLUMN learning.attempt_regrades.regrade_id IS 'The correction.';

COMMENT ON COLUMN learning.attempt_regrades.attempt_started_at IS 'Beginning of the attempt, part of its key.';

COMMENT ON COLUMN learning.attempt_regrades.attempt_id IS 'The attempt.';

COMMENT ON COLUMN learning.attempt_regrades.points_before IS 'Points of the question before; null where it had none.';

COMMENT ON COLUMN learning.attempt_regrades.points_after IS 'Points of the question with the right key.';

COMMENT ON COLUMN learning.attempt_regrades.score_before IS 'Percent before; null while an essay waited.';

COMMENT ON COLUMN learning.attempt_regrades.score_after IS 'Percent after; null while an essay waits.';

COMMENT ON COLUMN learning.attempt_regrades.passed_before IS 'Whether it had passed.';

COMMENT ON COLUMN learning.attempt_regrades.passed_after IS 'Whether it passes now.';

COMMENT ON COLUMN learning.attempt_regrades.certificate_kept IS 'A good certificate rests on a pass that this took away; it stays good, and a person may revoke it.';

COMMENT ON COLUMN learning.attempt_regrades.regraded_at IS 'When.';

CREATE FUNCTION learning.regrade_changes(regrade uuid, most integer) RETURNS TABLE(student_id uuid, student_name text, attempt_id uuid, quiz_version integer, attempt_no integer, points_before numeric, points_after numeric, score_before numeric, score_after numeric, passed_before boolean, passed_after boolean, certificate_kept boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT c.student_id,
     u.display_name,
     c.attempt_id,
     a.quiz_version,
     a.attempt_no,
     c.points_before,
     c.points_after,
     c.score_before,
     c.score_after,
     c.passed_before,
     c.passed_after,
     c.certificate_kept
    FROM ((learning.attempt_regrades c
      JOIN learning.attempts a ON (((a.student_id = c.student_id) AND (a.started_at = c.attempt_started_at) AND (a.id = c.attempt_id))))
      JOIN identity.users u ON ((u.id = c.student_id)))
   WHERE ((c.regrade_id = regrade_changes.regrade) AND ( SELECT catalog.may_edit(q.course_id) AS may_edit
            FROM (learning.regrades r
              JOIN catalog.quizzes q ON ((q.id = r.quiz_id)))
           WHERE (r.id = regrade_changes.regrade)))
   ORDER BY (c.passed_before AND (NOT c.passed_after)) DESC, c.student_id, a.attempt_no
  LIMIT regrade_changes.most;
END;

ALTER FUNCTION learning.regrade_changes(regrade uuid, most integer) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.regrade_changes(regrade uuid, most integer) IS 'What a correction has changed so far, who loses a pass first; no row for anybody who does not teach the quiz.';

CREATE FUNCTION learning.same_parts(question jsonb, corrected jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (((question ->> 'type'::text) = (corrected ->> 'type'::text)) AND ((question ->> 'type'::text) <> 'essay'::text) AND (catalog.quiz_ids((question -> 'options'::text)) = catalog.quiz_ids((corrected -> 'options'::text))) AND (catalog.quiz_ids((question -> 'left'::text)) = catalog.quiz_ids((corrected -> 'left'::text))) AND (catalog.quiz_ids((question -> 'right'::text)) = catalog.quiz_ids((corrected -> 'right'::text))) AND (catalog.quiz_ids((question -> 'items'::text)) = catalog.quiz_ids((corrected -> 'items'::text))) AND (((question ->> 'type'::text) <> 'fill_in'::text) OR (ARRAY(SELECT jsonb_object_keys((question -> 'answer'::text)) AS jsonb_object_keys ORDER BY (jsonb_object_keys((question -> 'answer'::text)))) = ARRAY(SELECT jsonb_object_keys((corrected -> 'answer'::text)) AS jsonb_object_keys ORDER BY (jsonb_object_keys((corrected -> 'answer'::text)))))));

ALTER FUNCTION learning.same_parts(question jsonb, corrected jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.same_parts(question jsonb, corrected jsonb) IS 'Whether a corrected question has the type and the parts of another, so that answers to the one are answers to the other.';

CREATE FUNCTION learning.score_of(document jsonb, item_points jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT CASE WHEN bool_and((jsonb_typeof((score_of.item_points -> (q.value ->> 'id'::text))) = 'number'::text)) THEN round((((100)::numeric * LEAST(GREATEST(sum(((score_of.item_points ->> (q.value ->> 'id'::text)))::numeric), (0)::numeric), sum(((q.value ->> 'points'::text))::numeric))) / sum(((q.value ->> 'points'::text))::numeric)), 2) ELSE NULL::numeric END AS "case" FROM jsonb_array_elements((score_of.document -> 'questions'::text)) q(value));

ALTER FUNCTION learning.score_of(document jsonb, item_points jsonb) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.score_of(document jsonb, item_points jsonb) IS 'Percent of all points of a document, 0 to 100, two decimals; penalties never take it below 0. Null as long as a question has no points.';

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
    holder_name text,
    revoked_by uuid,
    CONSTRAINT certificates_holder_name_length_check CHECK (((length(holder_name) >= 1) AND (length(holder_name) <= 120))),
    CONSTRAINT certificates_number_format_check CHECK ((number ~ '^TC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'::text)),
    CONSTRAINT certificates_revoked_by_somebody_once_revoked_check CHECK (((revoked_by IS NULL) OR (revoked_at IS NOT NULL))),
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

COMMENT ON COLUMN learning.certificates.holder_name IS 'Name of the holder when it was issued; null once the person is erased. Personal data.';

COMMENT ON COLUMN learning.certificates.revoked_by IS 'Who declared it void; null while it is good, and when a corrected key took its proof away.';

CREATE FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) RETURNS TABLE(student_id uuid, started_at timestamp with time zone, attempt_id uuid, quiz_version integer, attempt_no integer, new_points jsonb, points_before numeric, points_after numeric, score_before numeric, score_after numeric, passed_before boolean, passed_after boolean, certificate_kept boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH documents AS (
          SELECT v.version,
             jsonb_set(k.document, '{questions}'::text[], ( SELECT jsonb_agg(
                         CASE
                             WHEN ((q.question ->> 'id'::text) = (regrade_effects.corrected ->> 'id'::text)) THEN regrade_effects.corrected
                             ELSE q.question
                         END ORDER BY q.n) AS jsonb_agg
                    FROM jsonb_array_elements((k.document -> 'questions'::text)) WITH ORDINALITY q(question, n))) AS document
            FROM (catalog.quiz_versions v
              CROSS JOIN LATERAL ( SELECT learning.key_document(v.quiz_id, v.version) AS document) k)
           WHERE ((v.quiz_id = regrade_effects.quiz) AND (EXISTS ( SELECT
                    FROM jsonb_array_elements((v.metadata -> 'questions'::text)) q(value)
                   WHERE (((q.value ->> 'id'::text) = (regrade_effects.corrected ->> 'id'::text)) AND learning.same_parts(q.value, regrade_effects.corrected)))))
         ), again AS (
          SELECT a.student_id,
             a.started_at,
             a.id,
             a.quiz_id,
             a.quiz_version,
             a.course_id,
             a.instructor_id,
             a.attempt_no,
             a.status,
             a.answers,
             a.revision,
             a.deadline_at,
             a.submitted_at,
             a.late,
             a.item_points,
             a.score,
             a.passing_score,
             a.passed,
             a.graded_at,
             a.paper,
             a.answer_revisions,
             a.saved_at,
             a.accepts_until,
             ((a.item_points)::jsonb || jsonb_build_object((regrade_effects.corrected ->> 'id'::text), g.points)) AS again_points,
             g.points,
             learning.paper_of(d.document, (a.paper)::jsonb) AS document
            FROM ((learning.attempts a
              JOIN documents d ON ((d.version = a.quiz_version)))
              CROSS JOIN LATERAL learning.grade_answer(regrade_effects.corrected, ((a.answers)::jsonb -> (regrade_effects.corrected ->> 'id'::text))) g(points, parts))
           WHERE ((a.quiz_id = regrade_effects.quiz) AND ((a.status)::text <> 'in_progress'::text) AND (a.item_points IS NOT NULL) AND ((a.started_at >= regrade_effects.after_at) AND (a.started_at <= regrade_effects.until_at)) AND (ROW(a.started_at, a.id) > ROW(regrade_effects.after_at, regrade_effects.after_id)) AND (ROW(a.started_at, a.id) <= ROW(regrade_effects.until_at, regrade_effects.until_id)) AND ((a.paper IS NULL) OR ((a.paper)::jsonb ? (regrade_effects.corrected ->> 'id'::text))) AND (NOT (EXISTS ( SELECT
                    FROM identity.users u
                   WHERE ((u.id = a.student_id) AND (u.status = 'erased'::text))))))
         ), scored AS (
          SELECT r.student_id,
             r.started_at,
             r.id,
             r.quiz_id,
             r.quiz_version,
             r.course_id,
             r.instructor_id,
             r.attempt_no,
             r.status,
             r.answers,
             r.revision,
             r.deadline_at,
             r.submitted_at,
             r.late,
             r.item_points,
             r.score,
             r.passing_score,
             r.passed,
             r.graded_at,
             r.paper,
             r.answer_revisions,
             r.saved_at,
             r.accepts_until,
             r.again_points,
             r.points,
             r.document,
                 CASE
                     WHEN (r.score IS NOT NULL) THEN learning.score_of(r.document, r.again_points)
                     ELSE NULL::numeric
                 END AS again_score
            FROM again r
         )
  SELECT s.student_id,
     s.started_at,
     s.id,
     s.quiz_version,
     s.attempt_no,
     s.again_points,
         CASE jsonb_typeof(((s.item_points)::jsonb -> (regrade_effects.corrected ->> 'id'::text)))
             WHEN 'number'::text THEN (((s.item_points)::jsonb ->> (regrade_effects.corrected ->> 'id'::text)))::numeric
             ELSE NULL::numeric
         END AS "case",
     s.points,
     s.score,
     s.again_score,
     s.passed,
     COALESCE((s.again_score >= (s.passing_score)::numeric), false) AS "coalesce",
     (s.passed AND (NOT COALESCE((s.again_score >= (s.passing_score)::numeric), false)) AND (EXISTS ( SELECT
            FROM learning.certificates c
           WHERE ((c.student_id = s.student_id) AND (c.attempt_started_at = s.started_at) AND (c.attempt_id = s.id) AND (c.revoked_at IS NULL)))))
    FROM scored s;
END;

ALTER FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) IS 'What a corrected question does to each attempt behind one and up to another that was handed in and asked it, in any version with the same parts: points and score before and after, whether a pass is lost on which a certificate rests.';

CREATE FUNCTION learning.regrade_step(regrade uuid, most integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  run learning.regrade_runs;
  corrected jsonb;
  until_at timestamptz;
  until_id uuid;
  found_count bigint;
begin
  select r.* into run from learning.regrade_runs r where r.regrade_id = regrade for update;
  if run.regrade_id is null or run.finished_at is not null then
    return true;
  end if;
  run.last_started_at := coalesce(run.last_started_at, '-infinity');
  run.last_attempt_id := coalesce(run.last_attempt_id, '00000000-0000-0000-0000-000000000000');
  corrected := (select r.question from learning.regrades r where r.id = regrade);
  select count(*), (array_agg(b.started_at order by b.started_at desc, b.id desc))[1], (array_agg(b.id order by b.started_at desc, b.id desc))[1]
    into found_count, until_at, until_id
    from (select a.started_at, a.id from learning.attempts a
           where a.quiz_id = run.quiz_id and a.started_at >= run.last_started_at
             and (a.started_at, a.id) > (run.last_started_at, run.last_attempt_id)
           order by a.started_at, a.id limit most) b;
  if found_count > 0 then
    -- graders and settlers of these wait, and those who came first are seen below
    perform from learning.attempts a
     where a.quiz_id = run.quiz_id and a.status <> 'in_progress' and a.started_at between run.last_started_at and until_at
       and (a.started_at, a.id) > (run.last_started_at, run.last_attempt_id) and (a.started_at, a.id) <= (until_at, until_id)
     order by a.student_id, a.started_at, a.id for update;
    with effect as materialized (
      select * from learning.regrade_effects(run.quiz_id, corrected, run.last_started_at, run.last_attempt_id, until_at, until_id)
    ), changed as materialized (
      select e.* from effect e where (e.points_before, e.score_before) is distinct from (e.points_after, e.score_after)
    ), kept as (
      insert into learning.attempt_regrades (student_id, regrade_id, attempt_started_at, attempt_id, points_before, points_after,
                                             score_before, score_after, passed_before, passed_after, certificate_kept)
      select c.student_id, regrade, c.started_at, c.attempt_id, c.points_before, c.points_after, c.score_before, c.score_after,
             c.passed_before, c.passed_after, c.certificate_kept from changed c
    ), graded as (
      update learning.attempts a
         set item_points = c.new_points, score = c.score_after,
             graded_at = case when c.score_after is not null then now() end
        from changed c
       where a.student_id = c.student_id and a.started_at = c.started_at and a.id = c.attempt_id
    )
    update learning.regrade_runs r
       set last_started_at = until_at, last_attempt_id = until_id,
           attempts_seen = r.attempts_seen + (select count(*) from effect),
           attempts_changed = r.attempts_changed + (select count(*) from changed)
     where r.regrade_id = regrade;
  end if;
  if found_count < most then
    update learning.regrade_runs r set finished_at = clock_timestamp() where r.regrade_id = regrade;
  end if;
  return found_count < most;
end
$$;

ALTER FUNCTION learning.regrade_step(regrade uuid, most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.regrade_step(regrade uuid, most integer) IS 'Grades the next so many attempts again and keeps what changed, in one transaction with how far it is, so that a batch counts once whoever repeats it. True when none remain. A certificate whose pass is lost stays good and is marked so: a person decides.';

CREATE FUNCTION learning.reply_to_review(course_id uuid, review_id uuid, reply text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  actor constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  if not (coalesce(current_setting('app.role', true), '') = 'instructor' and exists (
      select from catalog.courses c where c.id = reply_to_review.course_id and c.instructor_id = actor
      union all
      select from catalog.course_instructors i where i.course_id = reply_to_review.course_id and i.instructor_id = actor)) then
    return false;
  end if;
  update learning.reviews r
     set reply = reply_to_review.reply,
         replied_at = case when reply_to_review.reply is not null then clock_timestamp() end
   where r.course_id = reply_to_review.course_id and r.id = reply_to_review.review_id;
  return found;
end
$$;

ALTER FUNCTION learning.reply_to_review(course_id uuid, review_id uuid, reply text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.reply_to_review(course_id uuid, review_id uuid, reply text) IS 'Answers a review as an instructor of its course, or takes the answer back (null). False when there is no such review, or it is not the acting instructor''s.';

CREATE FUNCTION learning.revoke_certificate(number text, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  actor constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  role constant text := coalesce(current_setting('app.role', true), '');
  holder record;
begin
  select n.student_id, n.course_id into holder
    from learning.certificate_numbers n where n.number = revoke_certificate.number
     and (role = 'admin' or role = 'instructor' and exists (
            select from catalog.courses c where c.id = n.course_id and c.instructor_id = actor
            union all
            select from catalog.course_instructors i where i.course_id = n.course_id and i.instructor_id = actor));
  if not found then
    return false;
  end if;
  update learning.certificates c
     set revoked_at = clock_timestamp(), revoked_reason = btrim(revoke_certificate.reason), revoked_by = actor
   where c.student_id = holder.student_id and c.course_id = holder.course_id and c.revoked_by is null;
  if not found then
    raise exception 'The certificate % is revoked already.', revoke_certificate.number using errcode = 'TC354',
      hint = 'A revocation stays as it was said.', schema = 'learning', table = 'certificates';
  end if;
  return true;
end
$$;

ALTER FUNCTION learning.revoke_certificate(number text, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.revoke_certificate(number text, reason text) IS 'Declares a certificate void, by an instructor of its course or an admin. False for a number that is unknown or not theirs. Error: TC354 revoked already.';

CREATE FUNCTION learning.roll_up_ratings() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  courses integer;
begin
  -- one at a time; who comes second has nothing to do
  if not pg_try_advisory_xact_lock(hashtext('learning.roll_up_ratings')) then
    return 0;
  end if;
  insert into learning.course_ratings (course_id)
  select distinct c.course_id from learning.rating_changes c
  on conflict on constraint course_ratings_course_id_pkey do nothing;
  -- what is added to the totals is exactly what leaves the changes, in one statement
  with folded as (
    delete from learning.rating_changes c
     where c.course_id in (select r.course_id from learning.course_ratings r)
    returning c.course_id, c.rating, c.change)
  update learning.course_ratings r
     set stars_1 = r.stars_1 + f.stars_1, stars_2 = r.stars_2 + f.stars_2, stars_3 = r.stars_3 + f.stars_3,
         stars_4 = r.stars_4 + f.stars_4, stars_5 = r.stars_5 + f.stars_5, rolled_up_at = now()
    from (select course_id,
                 coalesce(sum(change) filter (where rating = 1), 0) as stars_1,
                 coalesce(sum(change) filter (where rating = 2), 0) as stars_2,
                 coalesce(sum(change) filter (where rating = 3), 0) as stars_3,
                 coalesce(sum(change) filter (where rating = 4), 0) as stars_4,
                 coalesce(sum(change) filter (where rating = 5), 0) as stars_5
            from folded group by course_id) f
   where r.course_id = f.course_id;
  get diagnostics courses = row_count;
  if courses = 0 then
    return 0;
  end if;
  update catalog.listings l
     set average = coalesce(round(r.stars_total::numeric / nullif(r.ratings, 0), 4), 0), ratings = r.ratings
    from learning.course_ratings r
   where r.course_id = l.course_id and r.rolled_up_at = now()
     and (l.ratings <> r.ratings or l.average <> coalesce(round(r.stars_total::numeric / nullif(r.ratings, 0), 4), 0));
  return courses;
end
$$;

ALTER FUNCTION learning.roll_up_ratings() OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.roll_up_ratings() IS 'Folds the open changes of the ratings into the totals and the listings of the catalogue, and says of how many courses; any node may call it at any time.';

CREATE FUNCTION learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer) RETURNS TABLE(saved boolean, stored_revision integer, stored_answer jsonb, stored_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  attempt learning.attempts;
  question jsonb;
  fault text;
begin
  attempt := learning.own_attempt(attempt_id);
  answer := nullif(answer, 'null');
  stored_revision := coalesce((attempt.answer_revisions ->> question_id)::integer, 0);
  stored_answer := attempt.answers -> question_id;
  stored_at := attempt.saved_at;
  -- the same saving once more, because its answer was lost on the way
  saved := stored_revision = revision + 1 and stored_answer is not distinct from answer;
  if saved then
    return next;
    return;
  end if;
  if attempt.status <> 'in_progress' then
    raise exception 'The attempt % is handed in; its answers stay as they are.', attempt_id using errcode = 'TC311',
      hint = 'Start a new attempt if the quiz allows one.', schema = 'learning', table = 'attempts';
  end if;
  if clock_timestamp() > coalesce(attempt.accepts_until, attempt.deadline_at) then
    raise exception 'The time for the attempt % is up.', attempt_id using errcode = 'TC332',
      hint = 'It is handed in as it was saved.', schema = 'learning', table = 'attempts';
  end if;
  select q.question into question
    from catalog.quiz_versions v, jsonb_array_elements(v.metadata -> 'questions') q (question)
   where v.quiz_id = attempt.quiz_id and v.version = attempt.quiz_version and q.question ->> 'id' = question_id
     and (attempt.paper is null or attempt.paper ? question_id);
  if not found then
    raise exception 'This attempt does not ask "%".', left(question_id, 40) using errcode = 'TC333',
      hint = 'Answer a question of its paper.', schema = 'learning', table = 'attempts';
  end if;
  fault := case when answer is not null then learning.answer_fault(question, answer) end;
  if fault is not null then
    raise exception 'The answer to "%" %.', question_id, fault using errcode = 'TC334',
      hint = 'Send it in the shape of the question''s type.', schema = 'learning', table = 'attempts';
  end if;
  if stored_revision = revision then
    saved := true;
    stored_revision := revision + 1;
    stored_answer := answer;
    stored_at := clock_timestamp();
    update learning.attempts a
       set answers = case when answer is null then a.answers - question_id else jsonb_set(a.answers, array[question_id], answer) end,
           answer_revisions = jsonb_set(a.answer_revisions, array[question_id], to_jsonb(stored_revision)),
           revision = a.revision + 1, saved_at = stored_at
     where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id;
  end if;
  return next;
end
$$;

ALTER FUNCTION learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer) IS 'Saves one answer over the revision that the caller has seen, 0 at first; a repetition changes nothing. Not saved when the revision is another one: then what is stored comes back. Null takes an answer back. Errors: TC331 no such attempt, TC311 handed in, TC332 time is up, TC333 not asked, TC334 not an answer to it.';

CREATE FUNCTION learning.settle_after_grade() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform learning.settle_course(new.student_id, new.course_id);
  return null;
end
$$;

ALTER FUNCTION learning.settle_after_grade() OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.settle_after_grade() IS 'Trigger: settles the course of the same student when an attempt''s grade changes.';

CREATE FUNCTION learning.settle_certificate(student_id uuid, course_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  proof record;
  known record;
  next_number text;
begin
  -- the best attempt at the last quiz that was passed
  select a.started_at, a.id, a.score into proof
    from learning.attempts a join catalog.quizzes q on q.id = a.quiz_id
   where a.student_id = settle_certificate.student_id and a.course_id = settle_certificate.course_id and a.passed
   order by q.position desc, q.id desc, a.score desc, a.started_at limit 1;
  select c.number, c.attempt_id, c.score, c.revoked_at, c.revoked_by into known from learning.certificates c
   where c.student_id = settle_certificate.student_id and c.course_id = settle_certificate.course_id;
  if known.number is null then
    loop
      next_number := learning.new_certificate_number();
      insert into learning.certificate_numbers (number, student_id, course_id)
      values (next_number, settle_certificate.student_id, settle_certificate.course_id)
      on conflict on constraint certificate_numbers_number_pkey do nothing;
      exit when found;
    end loop;
    insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score)
    values (settle_certificate.student_id, settle_certificate.course_id, next_number, proof.started_at, proof.id, proof.score);
    insert into learning.events (student_id, kind, course_id, payload)
    values (settle_certificate.student_id, 'passed', settle_certificate.course_id,
            jsonb_build_object('certificate', next_number, 'score', proof.score));
  elsif known.revoked_by is null then
    -- a corrected key may have moved the proof, or given back what it took; what a person revoked stays revoked
    update learning.certificates c
       set attempt_started_at = proof.started_at, attempt_id = proof.id, score = proof.score, revoked_at = null, revoked_reason = null
     where c.student_id = settle_certificate.student_id and c.course_id = settle_certificate.course_id
       and (c.attempt_id <> proof.id or c.score <> proof.score or c.revoked_at is not null);
  end if;
end
$$;

ALTER FUNCTION learning.settle_certificate(student_id uuid, course_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.settle_certificate(student_id uuid, course_id uuid) IS 'Issues the certificate of a course that is passed, or lets it rest on the attempt that is now its best proof. For learning.settle_course() alone.';

CREATE FUNCTION learning.settle_course(student_id uuid, course_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  enrolment record;
  lessons_left integer;
  quizzes integer;
  quizzes_left integer;
  lessons integer;
begin
  -- whoever settles the same course of the same student waits, and then sees what this one did
  select e.completed_at, e.end_reason into enrolment from learning.enrollments e
   where e.student_id = settle_course.student_id and e.course_id = settle_course.course_id for no key update;
  if not found or enrolment.end_reason in ('refunded', 'removed') then
    return;
  end if;
  select count(*), count(*) filter (where not exists (
           select from learning.lesson_progress p
            where p.student_id = settle_course.student_id and p.lesson_id = l.id and p.completed_at is not null))
    into lessons, lessons_left from catalog.lessons l where l.course_id = settle_course.course_id;
  select count(*), count(*) filter (where not exists (
           select from learning.attempts a
            where a.student_id = settle_course.student_id and a.quiz_id = q.id and a.passed))
    into quizzes, quizzes_left from catalog.quizzes q where q.course_id = settle_course.course_id;
  if enrolment.completed_at is null and lessons + quizzes > 0 and lessons_left + quizzes_left = 0 then
    update learning.enrollments e set completed_at = clock_timestamp()
     where e.student_id = settle_course.student_id and e.course_id = settle_course.course_id;
    insert into learning.events (student_id, kind, course_id)
    values (settle_course.student_id, 'completed', settle_course.course_id);
  end if;
  -- what earns a certificate is passing every quiz, however the lessons were learned
  if quizzes > 0 and quizzes_left = 0 then
    perform learning.settle_certificate(settle_course.student_id, settle_course.course_id);
  else
    -- a certificate falls when the attempt under it does; one that a new lesson or quiz came after stays
    update learning.certificates c set revoked_at = clock_timestamp(), revoked_reason = 'The quiz was graded anew.'
     where c.student_id = settle_course.student_id and c.course_id = settle_course.course_id and c.revoked_at is null
       and not exists (select from learning.attempts a
                        where a.student_id = c.student_id and a.started_at = c.attempt_started_at and a.id = c.attempt_id and a.passed);
  end if;
end
$$;

ALTER FUNCTION learning.settle_course(student_id uuid, course_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.settle_course(student_id uuid, course_id uuid) IS 'After a lesson is done or an attempt graded, in the same transaction: completes the enrolment when every lesson is done and every quiz passed, which then stays; issues, moves or revokes the certificate.';

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
  -- one start at a time for a student and a course, so that each counts what the one before has taken
  perform from learning.enrollments e
    join catalog.quizzes q on q.course_id = e.course_id and q.id = start_attempt.quiz_id
   where e.student_id = student and e.ended_at is null for no key update of e;
  select q.id, q.course_id, q.instructor_id, v.version, v.passing_score, v.attempt_limit, v.metadata,
         (v.metadata ->> 'time_limit_seconds')::integer as time_limit,
         (v.metadata ->> 'available_from')::timestamptz as available_from,
         (v.metadata ->> 'available_until')::timestamptz as available_until
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
  if start_attempt.started_at < quiz.available_from or start_attempt.started_at >= quiz.available_until then
    raise exception 'The quiz % is not open now.', start_attempt.quiz_id using errcode = 'TC330',
      hint = 'Come back while it is open.', schema = 'learning', table = 'attempts';
  end if;
  select coalesce(max(s.attempt_no), 0) + 1 into start_attempt.attempt_no
    from learning.attempt_slots s where s.student_id = student and s.quiz_id = quiz.id;
  insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  values (student, quiz.id, start_attempt.attempt_no, quiz.course_id, quiz.version, quiz.attempt_limit,
          start_attempt.started_at, start_attempt.attempt_id);
  insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no,
                                 passing_score, paper, deadline_at, accepts_until)
  select student, start_attempt.started_at, start_attempt.attempt_id, quiz.id, quiz.version, quiz.course_id,
         quiz.instructor_id, start_attempt.attempt_no, quiz.passing_score,
         learning.draw_paper(quiz.metadata, start_attempt.attempt_id), d.deadline_at,
         d.deadline_at + make_interval(secs => coalesce((quiz.metadata ->> 'grace_seconds')::integer, 0))
    from (select least(start_attempt.started_at + make_interval(secs => quiz.time_limit), quiz.available_until) as deadline_at) d;
  return next;
end
$$;

ALTER FUNCTION learning.start_attempt(quiz_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.start_attempt(quiz_id uuid) IS 'Starts the next attempt of the acting student at a quiz, and draws its paper. Errors: TC310 not enrolled; TC330 not open now; attempt_slots_attempt_no_within_limit_check when none is left.';

CREATE FUNCTION platform.business_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN ((at AT TIME ZONE (SELECT (settings.value #>> '{}'::text[]) FROM platform.settings WHERE (settings.name = 'accounting_time_zone'::text))))::date;

ALTER FUNCTION platform.business_day(at timestamp with time zone) OWNER TO techcourse_reader;

COMMENT ON FUNCTION platform.business_day(at timestamp with time zone) IS 'The day in the academy''s accounting time zone (setting accounting_time_zone) on which a moment falls.';

CREATE TABLE learning.activity_days (
    student_id uuid NOT NULL,
    day date NOT NULL
);

ALTER TABLE ONLY learning.activity_days FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.activity_days OWNER TO techcourse_owner;

COMMENT ON TABLE learning.activity_days IS 'The days, in the academy''s accounting time zone, on which a student opened a lesson, answered or reported an event. Shard class: student-keyed.';

COMMENT ON COLUMN learning.activity_days.student_id IS 'Who learned.';

COMMENT ON COLUMN learning.activity_days.day IS 'Day in the academy''s accounting time zone.';

CREATE FUNCTION learning.streak(OUT current_days integer, OUT longest_days integer, OUT last_day date) RETURNS record
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH islands AS (
          SELECT max(d.day) AS last_day,
             (count(*))::integer AS days
            FROM ( SELECT a.day,
                     (a.day - (row_number() OVER (ORDER BY a.day))::integer) AS island
                    FROM learning.activity_days a
                   WHERE (a.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) d
           GROUP BY d.island
         )
  SELECT COALESCE(max(i.days) FILTER (WHERE (i.last_day >= (platform.business_day(clock_timestamp()) - 1))), 0) AS "coalesce",
     COALESCE(max(i.days), 0) AS "coalesce",
     max(i.last_day) AS max
    FROM islands i;
END;

ALTER FUNCTION learning.streak(OUT current_days integer, OUT longest_days integer, OUT last_day date) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.streak(OUT current_days integer, OUT longest_days integer, OUT last_day date) IS 'Days in a row on which the acting student learned: until today or, as long as today may still follow, yesterday; the most ever; and the last day.';

CREATE FUNCTION learning.submit_attempt(attempt_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  attempt learning.attempts;
begin
  attempt := learning.own_attempt(attempt_id);
  if attempt.status = 'in_progress' then
    perform learning.hand_in(attempt.student_id, attempt.started_at, attempt.id, clock_timestamp());
  end if;
end
$$;

ALTER FUNCTION learning.submit_attempt(attempt_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.submit_attempt(attempt_id uuid) IS 'Hands in the acting student''s attempt as it was saved; a second time changes nothing. After the deadline it is late. Error: TC331 no such attempt.';

CREATE FUNCTION learning.take_attempt(quiz_id uuid) RETURNS TABLE(attempt_id uuid, resumed boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  perform from learning.enrollments e
    join catalog.quizzes q on q.course_id = e.course_id and q.id = take_attempt.quiz_id
   where e.student_id = student for no key update of e;
  select a.id, true into take_attempt.attempt_id, take_attempt.resumed
    from learning.attempt_slots s
    join learning.attempts a on a.student_id = s.student_id and a.started_at = s.started_at and a.id = s.attempt_id
   where s.student_id = student and s.quiz_id = take_attempt.quiz_id and a.status = 'in_progress'
     and coalesce(a.accepts_until, a.deadline_at, 'infinity') > clock_timestamp()
   order by s.attempt_no desc limit 1;
  if not found then
    select s.attempt_id, false into take_attempt.attempt_id, take_attempt.resumed
      from learning.start_attempt(take_attempt.quiz_id) s;
  end if;
  return next;
end
$$;

ALTER FUNCTION learning.take_attempt(quiz_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.take_attempt(quiz_id uuid) IS 'The attempt of the acting student that is still open, else a new one: a retry or a second tab starts nothing twice. Errors as learning.start_attempt().';

CREATE FUNCTION learning.teaches_quiz(quiz uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN COALESCE((SELECT catalog.may_edit(q.course_id) AS may_edit FROM catalog.quizzes q WHERE (q.id = teaches_quiz.quiz)), false);

ALTER FUNCTION learning.teaches_quiz(quiz uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.teaches_quiz(quiz uuid) IS 'Whether the acting person teaches the course of a quiz, which is there.';

CREATE FUNCTION learning.time_of_uuid_v7(id uuid) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (((get_byte(uuid_send(id), 6) / 16) = 7) AND ((get_byte(uuid_send(id), 8) / 64) = 2)) THEN ('1970-01-01 00:00:00+00'::timestamp with time zone + make_interval(secs => (((((((((get_byte(uuid_send(id), 0) * '1099511627776'::bigint) + (get_byte(uuid_send(id), 1) * '4294967296'::bigint)) + ((get_byte(uuid_send(id), 2))::bigint * 16777216)) + (get_byte(uuid_send(id), 3) * 65536)) + (get_byte(uuid_send(id), 4) * 256)) + get_byte(uuid_send(id), 5)))::numeric / 1000.0))::double precision)) ELSE NULL::timestamp with time zone END;

ALTER FUNCTION learning.time_of_uuid_v7(id uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION learning.time_of_uuid_v7(id uuid) IS 'The millisecond in which a UUID version 7 was made; null for any other UUID.';

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

CREATE FUNCTION learning.verify_certificate(number text) RETURNS TABLE(holder_name text, course_title text, course_slug text, score numeric, issued_at timestamp with time zone, revoked_at timestamp with time zone, revoked_reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (u.status <> 'erased'::text) THEN c.holder_name
             ELSE NULL::text
         END AS "case",
     k.title,
     k.slug,
     c.score,
     c.issued_at,
     c.revoked_at,
     c.revoked_reason
    FROM (((learning.certificate_numbers n
      JOIN learning.certificates c ON (((c.student_id = n.student_id) AND (c.course_id = n.course_id) AND (c.number = n.number))))
      JOIN catalog.courses k ON ((k.id = c.course_id)))
      JOIN identity.users u ON ((u.id = c.student_id)))
   WHERE (n.number = verify_certificate.number);
END;

ALTER FUNCTION learning.verify_certificate(number text) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.verify_certificate(number text) IS 'What anyone who holds a certificate number may know; the name is null when the person was erased. No row for an unknown number.';

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

CREATE FUNCTION platform.check_webhook() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  unknown constant text := (
    select t from unnest(new.topics) t where not exists (select from platform.event_types e where e.topic = t) limit 1);
begin
  if unknown is not null then
    raise exception 'There is no event "%".', left(unknown, 100) using errcode = 'TC060',
      hint = 'The catalog of events names them all.', schema = tg_table_schema, table = tg_table_name, column = 'topics';
  end if;
  return new;
end
$$;

ALTER FUNCTION platform.check_webhook() OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.check_webhook() IS 'Trigger: a receiver subscribes to events that there are (TC060).';

CREATE TABLE platform.events (
    id uuid NOT NULL,
    sequence_no bigint NOT NULL,
    topic platform.event_topic NOT NULL,
    subject_id uuid NOT NULL,
    payload jsonb NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    CONSTRAINT events_payload_is_object_check CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT events_sequence_no_positive_check CHECK ((sequence_no > 0))
);

ALTER TABLE ONLY platform.events FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.events OWNER TO techcourse_owner;

COMMENT ON TABLE platform.events IS 'Collected events in one numbering, kept for a month so that they can be sent again. Shard class: local.';

COMMENT ON COLUMN platform.events.id IS 'Key, UUIDv7, as the outbox gave it.';

COMMENT ON COLUMN platform.events.sequence_no IS 'Place in the one numbering, in the order of collection.';

COMMENT ON COLUMN platform.events.topic IS 'Kind of event with its version.';

COMMENT ON COLUMN platform.events.subject_id IS 'The thing that the fact is about.';

COMMENT ON COLUMN platform.events.payload IS 'What happened: ids, no persons.';

COMMENT ON COLUMN platform.events.occurred_at IS 'Time of the fact.';

CREATE FUNCTION platform.clear_events() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH cleared AS (
          DELETE FROM platform.events e
           WHERE ((e.occurred_at < (clock_timestamp() - '30 days'::interval)) AND (e.sequence_no < ( SELECT max(n.sequence_no) AS max
                    FROM platform.events n)))
           RETURNING e.id
         )
  SELECT count(*) AS count
    FROM cleared;
END;

ALTER FUNCTION platform.clear_events() OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.clear_events() IS 'Clears away, with their deliveries, events that are older than 30 days.';

CREATE FUNCTION platform.clear_imports() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  running text;
begin
  for running in select distinct i.kind from platform.imports i where i.state = 'running' order by i.kind loop
    -- as com.techcourse.loading.csv takes it; whoever imports holds it until the end
    if pg_try_advisory_xact_lock(hashtext('loading.csv.' || running)) then
      perform platform.note_broken_off_imports(running);
    end if;
  end loop;
  delete from platform.import_rows r using platform.imports i
   where i.id = r.import_id and i.finished_at < clock_timestamp() - interval '30 days';
end
$$;

ALTER FUNCTION platform.clear_imports() OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.clear_imports() IS 'Notes that imports whose process ended have failed, and clears away reports that are older than 30 days.';

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
    locked_by uuid,
    dead_at timestamp with time zone,
    CONSTRAINT jobs_finished_or_dead_check CHECK (((finished_at IS NULL) OR (dead_at IS NULL))),
    CONSTRAINT jobs_kind_is_snake_case_check CHECK ((kind ~ '^[a-z][a-z0-9_]{1,62}$'::text)),
    CONSTRAINT jobs_last_error_length_check CHECK ((length(last_error) <= 2000)),
    CONSTRAINT jobs_locked_by_a_node_check CHECK (((locked_by IS NULL) = (locked_until IS NULL))),
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

COMMENT ON COLUMN platform.jobs.locked_by IS 'The start of a node that works on it, UUIDv7; null while it waits.';

COMMENT ON COLUMN platform.jobs.dead_at IS 'When its last try failed; an admin may have it tried again. Null before.';

CREATE FUNCTION platform.clear_jobs() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH cleared AS (
          DELETE FROM platform.jobs j
           WHERE ((j.finished_at < (clock_timestamp() - '7 days'::interval)) OR (j.dead_at < (clock_timestamp() - '90 days'::interval)))
           RETURNING j.id
         )
  SELECT count(*) AS count
    FROM cleared;
END;

ALTER FUNCTION platform.clear_jobs() OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.clear_jobs() IS 'Clears jobs away a week after they are done, 90 days after their last try failed.';

CREATE FUNCTION platform.collect_events(most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  last_no bigint;
  collected integer;
begin
  -- one node at a time; the others have nothing to do meanwhile
  if not pg_try_advisory_xact_lock(hashtext('platform.events')) then
    return 0;
  end if;
  last_no := coalesce((select max(e.sequence_no) from platform.events e), 0);
  with general as (
    delete from platform.outbox o
     where o.id = any (array(select w.id from platform.outbox w order by w.id limit most))
    returning o.id, o.topic, o.subject_id, o.payload, o.created_at),
  of_students as (
    delete from platform.student_outbox o
     where (o.student_id, o.id) in (select w.student_id, w.id from platform.student_outbox w order by w.id limit most)
    returning o.id, o.topic, o.subject_id, o.payload, o.created_at),
  fact as (select * from general union all select * from of_students),
  event as (
    insert into platform.events (id, sequence_no, topic, subject_id, payload, occurred_at)
    select f.id, last_no + row_number() over (order by f.created_at, f.id), f.topic, f.subject_id, f.payload, f.created_at from fact f
    returning id, topic),
  delivery as (
    insert into platform.webhook_deliveries (webhook_id, event_id)
    select w.id, e.id from event e join platform.webhooks w on w.active and e.topic = any (w.topics))
  select count(*) into collected from event;
  return collected;
end
$$;

ALTER FUNCTION platform.collect_events(most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.collect_events(most integer) IS 'Numbers up to so many facts of each outbox, and notes to whom each is sent. Says how many.';

CREATE TABLE platform.webhooks (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    url text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    topics text[] NOT NULL,
    active boolean DEFAULT true NOT NULL,
    failing_from timestamp with time zone,
    disabled_at timestamp with time zone,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT webhooks_description_length_check CHECK ((length(description) <= 300)),
    CONSTRAINT webhooks_topics_check CHECK (((cardinality(topics) >= 1) AND (cardinality(topics) <= 50))),
    CONSTRAINT webhooks_url_is_https_check CHECK ((((url ~ '^https://[^/?#@[:space:]]+([/?][^#[:space:]]*)?$'::text) OR (url ~ '^http://(127\.0\.0\.1|localhost)(:[0-9]+)?([/?][^#[:space:]]*)?$'::text)) AND (length(url) <= 2000)))
);

ALTER TABLE ONLY platform.webhooks FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.webhooks OWNER TO techcourse_owner;

COMMENT ON TABLE platform.webhooks IS 'Receivers of events, and which events each wants. Shard class: reference.';

COMMENT ON COLUMN platform.webhooks.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN platform.webhooks.url IS 'Where events are posted.';

COMMENT ON COLUMN platform.webhooks.description IS 'What the receiver is for, in the words of an admin.';

COMMENT ON COLUMN platform.webhooks.topics IS 'Kinds of events that it wants, names of platform.event_types.';

COMMENT ON COLUMN platform.webhooks.active IS 'False: nothing is collected for it.';

COMMENT ON COLUMN platform.webhooks.failing_from IS 'Since when every try has failed; null after a success.';

COMMENT ON COLUMN platform.webhooks.disabled_at IS 'After five days of failures, or 410: collected, but not sent until an admin switches it on again. Null otherwise.';

COMMENT ON COLUMN platform.webhooks.created_by IS 'The admin who made it.';

COMMENT ON COLUMN platform.webhooks.created_at IS 'When it was made.';

COMMENT ON COLUMN platform.webhooks.updated_at IS 'Last change of the row, stamped by a trigger.';

CREATE FUNCTION platform.is_subscribed(topic text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (EXISTS (SELECT FROM platform.webhooks w WHERE (w.active AND (is_subscribed.topic = ANY (w.topics)))));

ALTER FUNCTION platform.is_subscribed(topic text) OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.is_subscribed(topic text) IS 'Whether any receiver wants to know of such events.';

CREATE TABLE platform.outbox (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    subject_id uuid NOT NULL,
    CONSTRAINT outbox_payload_is_object_check CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT outbox_topic_length_check CHECK (((length(topic) >= 1) AND (length(topic) <= 100)))
);

ALTER TABLE ONLY platform.outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.outbox OWNER TO techcourse_owner;

COMMENT ON TABLE platform.outbox IS 'Facts about people, courses and the academy that are not collected yet, written in their own transaction. Shard class: local.';

COMMENT ON COLUMN platform.outbox.id IS 'Key of the event, UUIDv7; the receiver drops one that it has seen.';

COMMENT ON COLUMN platform.outbox.topic IS 'Kind of event, such as course.published.v1.';

COMMENT ON COLUMN platform.outbox.payload IS 'What happened: ids, no persons.';

COMMENT ON COLUMN platform.outbox.created_at IS 'Time of the fact.';

COMMENT ON COLUMN platform.outbox.subject_id IS 'The thing that the fact is about.';

CREATE FUNCTION platform.emit(topic text, subject uuid, payload jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO platform.outbox (topic, subject_id, payload)  SELECT emit.topic AS topic,
             emit.subject AS subject,
             emit.payload AS payload
           WHERE platform.is_subscribed(emit.topic);
END;

ALTER FUNCTION platform.emit(topic text, subject uuid, payload jsonb) OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.emit(topic text, subject uuid, payload jsonb) IS 'Tells receivers, after this transaction, what happened to a thing; the payload holds ids, no persons.';

CREATE TABLE platform.student_outbox (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    topic platform.event_topic NOT NULL,
    subject_id uuid NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT student_outbox_payload_is_object_check CHECK ((jsonb_typeof(payload) = 'object'::text))
);

ALTER TABLE ONLY platform.student_outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.student_outbox OWNER TO techcourse_owner;

COMMENT ON TABLE platform.student_outbox IS 'Facts about a student that are not collected yet, on the machine that keeps the student''s rows. Shard class: student-keyed.';

COMMENT ON COLUMN platform.student_outbox.student_id IS 'The student whose fact it is; first part of the key.';

COMMENT ON COLUMN platform.student_outbox.id IS 'Key of the event, UUIDv7; the receiver drops one that it has seen.';

COMMENT ON COLUMN platform.student_outbox.topic IS 'Kind of event, such as enrollment.created.v1.';

COMMENT ON COLUMN platform.student_outbox.subject_id IS 'The thing that the fact is about.';

COMMENT ON COLUMN platform.student_outbox.payload IS 'What happened: ids, no persons.';

COMMENT ON COLUMN platform.student_outbox.created_at IS 'Time of the fact.';

CREATE FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO platform.student_outbox (student_id, topic, subject_id, payload)  SELECT emit_of_student.student AS student,
             emit_of_student.topic AS topic,
             emit_of_student.subject AS subject,
             (jsonb_build_object('student_id', emit_of_student.student) || emit_of_student.payload)
           WHERE platform.is_subscribed(emit_of_student.topic);
END;

ALTER FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) IS 'The same for what a student did; writes beside the student''s own rows.';

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

CREATE FUNCTION platform.erase_traces(who uuid, address text, name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  words constant text[] := array[address, name];
begin
  -- a document is the person's when it names the id or the address; a name alone may be another's
  update platform.jobs j
     set payload = platform.without_words(j.payload, words), finished_at = coalesce(j.finished_at, clock_timestamp()),
         dead_at = null, last_error = null
   where strpos(lower(j.payload::text), lower(address)) > 0 or strpos(j.payload::text, who::text) > 0;
  update platform.outbox o set payload = platform.without_words(o.payload, words)
   where strpos(lower(o.payload::text), lower(address)) > 0 or strpos(o.payload::text, who::text) > 0;
  update platform.student_outbox o set payload = platform.without_words(o.payload, words) where o.student_id = who;
  update platform.events e set payload = platform.without_words(e.payload, words)
   where strpos(lower(e.payload::text), lower(address)) > 0 or e.subject_id = who or strpos(e.payload::text, who::text) > 0;
end
$$;

ALTER FUNCTION platform.erase_traces(who uuid, address text, name text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.erase_traces(who uuid, address text, name text) IS 'Part of identity.erase_user(): clears a person''s address and name from background work and messages.';

CREATE FUNCTION platform.fail_job(job uuid, node uuid, error text, most_tries integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE platform.jobs j SET last_error = "left"(fail_job.error, 2000), locked_by = NULL::uuid, locked_until = NULL::timestamp with time zone, dead_at =
         CASE
             WHEN (j.tries >= fail_job.most_tries) THEN clock_timestamp()
             ELSE NULL::timestamp with time zone
         END, run_at = (clock_timestamp() + (LEAST(('00:00:01'::interval * ((2)::double precision ^ (LEAST((j.tries - 1), 12))::double precision)), '01:00:00'::interval) * ((1)::double precision + (random() / (2)::double precision))))
   WHERE ((j.id = fail_job.job) AND (j.locked_by = fail_job.node))
   RETURNING (j.dead_at IS NOT NULL);
END;

ALTER FUNCTION platform.fail_job(job uuid, node uuid, error text, most_tries integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.fail_job(job uuid, node uuid, error text, most_tries integer) IS 'The node that holds a job could not do it: it is tried again later, or is dead after the last try. True when it is dead.';

CREATE FUNCTION platform.finish_job(job uuid, node uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE platform.jobs j SET finished_at = clock_timestamp(), locked_by = NULL::uuid, locked_until = NULL::timestamp with time zone
   WHERE ((j.id = finish_job.job) AND (j.locked_by = finish_job.node));
END;

ALTER FUNCTION platform.finish_job(job uuid, node uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.finish_job(job uuid, node uuid) IS 'The node that holds a job has done it.';

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

CREATE FUNCTION platform.hold_job(job uuid, node uuid, lease interval) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH held AS (
          UPDATE platform.jobs j SET locked_until = (clock_timestamp() + hold_job.lease)
           WHERE ((j.id = hold_job.job) AND (j.locked_by = hold_job.node) AND (j.finished_at IS NULL))
           RETURNING j.id
         )
  SELECT (EXISTS ( SELECT
            FROM held)) AS "exists";
END;

ALTER FUNCTION platform.hold_job(job uuid, node uuid, lease interval) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.hold_job(job uuid, node uuid, lease interval) IS 'Prolongs the lease of a job that takes longer; false when another node has taken it over.';

CREATE FUNCTION platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    return false;
  end if;
  update platform.webhook_secrets s set valid_until = least(s.valid_until, clock_timestamp() + overlap)
   where s.webhook_id = webhook;
  insert into platform.webhook_secrets (webhook_id, secret) values (webhook, keep_webhook_secret.secret);
  return true;
end
$$;

ALTER FUNCTION platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) IS 'Gives a receiver a new, sealed secret; those before stay valid for the overlap. False unless an admin acts.';

CREATE TABLE platform.imports (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    kind text NOT NULL,
    mode text NOT NULL,
    dry_run boolean NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    started_by uuid NOT NULL,
    row_count integer DEFAULT 0 NOT NULL,
    created_count integer DEFAULT 0 NOT NULL,
    updated_count integer DEFAULT 0 NOT NULL,
    unchanged_count integer DEFAULT 0 NOT NULL,
    refused_count integer DEFAULT 0 NOT NULL,
    problem text,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT imports_counts_not_negative_check CHECK ((LEAST(row_count, created_count, updated_count, unchanged_count, refused_count) >= 0)),
    CONSTRAINT imports_finished_has_a_time_check CHECK (((state = 'running'::text) = (finished_at IS NULL))),
    CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['users'::text, 'courses'::text, 'enrollments'::text, 'coupons'::text]))),
    CONSTRAINT imports_mode_check CHECK ((mode = ANY (ARRAY['all-or-nothing'::text, 'partial'::text]))),
    CONSTRAINT imports_problem_length_check CHECK (((length(problem) >= 1) AND (length(problem) <= 500))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'refused'::text, 'failed'::text])))
);

ALTER TABLE ONLY platform.imports FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.imports OWNER TO techcourse_owner;

COMMENT ON TABLE platform.imports IS 'Imports of CSV files, with their counts. Shard class: local.';

COMMENT ON COLUMN platform.imports.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN platform.imports.kind IS 'What the lines are: users, courses, enrollments or coupons.';

COMMENT ON COLUMN platform.imports.mode IS 'all-or-nothing: one refused line is enough to write nothing; partial: the good lines are written.';

COMMENT ON COLUMN platform.imports.dry_run IS 'Written, checked by every rule, and taken back.';

COMMENT ON COLUMN platform.imports.state IS 'running, done, refused (nothing was written because of its lines), or failed.';

COMMENT ON COLUMN platform.imports.started_by IS 'The admin who brought it in.';

COMMENT ON COLUMN platform.imports.row_count IS 'Lines after the header that were read so far.';

COMMENT ON COLUMN platform.imports.created_count IS 'Lines that made something new.';

COMMENT ON COLUMN platform.imports.updated_count IS 'Lines that changed something.';

COMMENT ON COLUMN platform.imports.unchanged_count IS 'Lines that said what was there already.';

COMMENT ON COLUMN platform.imports.refused_count IS 'Lines that a rule refused.';

COMMENT ON COLUMN platform.imports.problem IS 'Why it failed or the file could not be read; null otherwise.';

COMMENT ON COLUMN platform.imports.started_at IS 'When it began.';

COMMENT ON COLUMN platform.imports.updated_at IS 'Last sign of life, stamped by a trigger.';

COMMENT ON COLUMN platform.imports.finished_at IS 'When it ended; null before.';

CREATE FUNCTION platform.note_broken_off_imports(kind text) RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH ended AS (
          UPDATE platform.imports i SET state = 'failed'::text, finished_at = clock_timestamp(), problem = 'The process that ran it ended; nothing was written.'::text
           WHERE ((i.state = 'running'::text) AND (i.kind = note_broken_off_imports.kind))
           RETURNING i.id
         )
  SELECT count(*) AS count
    FROM ended;
END;

ALTER FUNCTION platform.note_broken_off_imports(kind text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.note_broken_off_imports(kind text) IS 'For who holds the lock of a kind: whatever says that it runs has ended without a word.';

CREATE FUNCTION platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text, first_retry interval, most_tries integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  taken constant boolean := coalesce(status between 200 and 299, false);
  new_state text;
begin
  update platform.webhook_deliveries d
     set state = case when taken then 'delivered' when d.tries >= most_tries then 'failed' else 'waiting' end,
         finished_at = case when taken or d.tries >= most_tries then clock_timestamp() end,
         locked_by = null, locked_until = null,
         -- each time five times as long, up to six hours, and a little more by chance
         next_try_at = clock_timestamp() + least(first_retry * 5 ^ least(d.tries - 1, 10), interval '6 hours') * (1 + random() / 4)
   where d.webhook_id = webhook and d.event_id = event and d.locked_by = node
  returning d.state into new_state;
  if not found then
    return null;
  end if;
  insert into platform.webhook_tries (webhook_id, event_id, status, duration_ms, error)
  values (webhook, event, status, duration_ms, left(error, 500));
  update platform.webhooks w set failing_from = case when not taken then clock_timestamp() end
   where w.id = webhook and (w.failing_from is null) <> taken;
  -- 410: the receiver wants nothing any more
  update platform.webhooks w set disabled_at = clock_timestamp()
   where w.id = webhook and w.disabled_at is null
     and (status = 410 or w.failing_from < clock_timestamp() - interval '5 days');
  if found then
    perform platform.emit('webhook.disabled.v1', webhook, jsonb_build_object('webhook_id', webhook));
    return 'disabled';
  end if;
  return new_state;
end
$$;

ALTER FUNCTION platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text, first_retry interval, most_tries integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text, first_retry interval, most_tries integer) IS 'What a receiver answered: delivered, waiting for the next try, failed after the last one, or disabled after five days without success. Null when another node took over.';

CREATE FUNCTION platform.order_recurring_job(kind text, every interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into platform.recurring_jobs as r (kind, next_run_at)
  values (order_recurring_job.kind, clock_timestamp() + every)
  on conflict on constraint recurring_jobs_kind_pkey do update set next_run_at = clock_timestamp() + every
   where r.next_run_at <= clock_timestamp();
  -- one that still waits or runs is enough
  if not found or exists (
      select from platform.jobs j
       where j.kind = order_recurring_job.kind and j.finished_at is null and j.dead_at is null) then
    return false;
  end if;
  insert into platform.jobs (kind) values (order_recurring_job.kind);
  return true;
end
$$;

ALTER FUNCTION platform.order_recurring_job(kind text, every interval) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.order_recurring_job(kind text, every interval) IS 'Orders the work of a kind that comes again, when it is due; called by every node, done by one. True when it was ordered.';

CREATE FUNCTION platform.ping_webhook(webhook uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  ping constant uuid := platform.uuid_v7();
begin
  if current_setting('app.role', true) is distinct from 'admin' or not exists (select from platform.webhooks w where w.id = webhook) then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('platform.events'));
  insert into platform.events (id, sequence_no, topic, subject_id, payload, occurred_at)
  select ping, coalesce(max(e.sequence_no), 0) + 1, 'webhook.ping.v1', webhook, jsonb_build_object('webhook_id', webhook), clock_timestamp()
    from platform.events e;
  insert into platform.webhook_deliveries (webhook_id, event_id) values (webhook, ping);
  return ping;
end
$$;

ALTER FUNCTION platform.ping_webhook(webhook uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.ping_webhook(webhook uuid) IS 'An admin has a test event sent to one receiver. Null when there is none.';

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

CREATE FUNCTION platform.retry_job(job uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH again AS (
          UPDATE platform.jobs j SET dead_at = NULL::timestamp with time zone, tries = 0, run_at = clock_timestamp()
           WHERE ((j.id = retry_job.job) AND (j.finished_at IS NULL) AND (j.locked_by IS NULL) AND (current_setting('app.role'::text, true) = 'admin'::text))
           RETURNING j.id
         )
  SELECT (EXISTS ( SELECT
            FROM again)) AS "exists";
END;

ALTER FUNCTION platform.retry_job(job uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.retry_job(job uuid) IS 'An admin has a dead or waiting job tried again now; false when it is done, running or not there.';

CREATE FUNCTION platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if purpose = 'webhooks' then
    update platform.webhook_secrets s set secret = box, sealed = true
     where s.webhook_id = owner and s.secret = before;
  else
    update identity.second_factors f set secret = box where f.user_id = owner and f.secret = before;
  end if;
  return found;
end
$$;

ALTER FUNCTION platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) IS 'Replaces a secret by itself in another box; false when it is not what it was any more.';

CREATE TABLE platform.webhook_secrets (
    webhook_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    secret bytea NOT NULL,
    valid_until timestamp with time zone,
    sealed boolean DEFAULT true NOT NULL,
    CONSTRAINT webhook_secrets_secret_is_sealed_check CHECK ((length(secret) =
CASE
    WHEN sealed THEN 65
    ELSE 32
END))
);

ALTER TABLE ONLY platform.webhook_secrets FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.webhook_secrets OWNER TO techcourse_owner;

COMMENT ON TABLE platform.webhook_secrets IS 'Keys that sign what is sent to a receiver, sealed by the application. Shard class: local.';

COMMENT ON COLUMN platform.webhook_secrets.webhook_id IS 'The receiver.';

COMMENT ON COLUMN platform.webhook_secrets.id IS 'Key, UUIDv7; the latest signs first.';

COMMENT ON COLUMN platform.webhook_secrets.secret IS 'Secret. HMAC key of 256 bits in a sealed box, which the sender alone opens.';

COMMENT ON COLUMN platform.webhook_secrets.valid_until IS 'End of the overlap after a newer one; null for the current.';

COMMENT ON COLUMN platform.webhook_secrets.sealed IS 'False: as it is, from before secrets were sealed; the next start with a key seals it.';

CREATE FUNCTION platform.secrets_to_seal(mark bytea, most integer) RETURNS TABLE(purpose text, owner uuid, box bytea, sealed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT k.purpose,
     k.owner,
     k.box,
     k.sealed
    FROM ( SELECT 'webhooks'::text AS "?column?",
             s.webhook_id,
             s.secret,
             s.sealed
            FROM platform.webhook_secrets s
         UNION ALL
          SELECT 'second_factors'::text,
             f.user_id,
             f.secret,
             true
            FROM identity.second_factors f) k(purpose, owner, box, sealed)
   WHERE ((SUBSTRING(k.box FROM 1 FOR length(secrets_to_seal.mark)) <> secrets_to_seal.mark) OR (NOT k.sealed))
  LIMIT secrets_to_seal.most;
END;

ALTER FUNCTION platform.secrets_to_seal(mark bytea, most integer) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION platform.secrets_to_seal(mark bytea, most integer) IS 'Secrets that are not sealed under the current key, with whose boxes begin so.';

CREATE FUNCTION platform.take_deliveries(node uuid, each integer, lease interval) RETURNS TABLE(webhook_id uuid, event_id uuid, url text, sent_at bigint, body text, keys bytea[], tries integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  receiver record;
  under_way integer;
begin
  for receiver in select w.id, w.url from platform.webhooks w where w.active and w.disabled_at is null order by w.id loop
    -- a slow receiver keeps only its own places
    under_way := (select count(*) from platform.webhook_deliveries d
                   where d.webhook_id = receiver.id and d.state = 'waiting' and d.locked_until > clock_timestamp());
    return query
    with taken as (
      update platform.webhook_deliveries d
         set locked_by = node, locked_until = clock_timestamp() + lease, tries = d.tries + 1
       where d.webhook_id = receiver.id and d.event_id = any (array(
         select w.event_id from platform.webhook_deliveries w
          where w.webhook_id = receiver.id and w.state = 'waiting' and w.next_try_at <= clock_timestamp()
            and (w.locked_until is null or w.locked_until < clock_timestamp())
          order by w.next_try_at limit greatest(each - under_way, 0) for update skip locked))
      returning d.event_id, d.tries)
    select receiver.id, t.event_id, receiver.url, floor(extract(epoch from clock_timestamp()))::bigint,
           jsonb_build_object('id', e.id, 'type', e.topic, 'sequence', e.sequence_no, 'data', e.payload, 'timestamp',
             to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text,
           platform.webhook_keys(receiver.id), t.tries
      from taken t join platform.events e on e.id = t.event_id;
  end loop;
end
$$;

ALTER FUNCTION platform.take_deliveries(node uuid, each integer, lease interval) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.take_deliveries(node uuid, each integer, lease interval) IS 'Gives a node what is due, with the secrets to sign it, under a lease: at most so many at once for each receiver, over all nodes.';

CREATE FUNCTION platform.take_jobs(node uuid, kinds text[], most integer, lease interval) RETURNS TABLE(id uuid, kind text, payload jsonb, tries integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE platform.jobs j SET locked_by = take_jobs.node, locked_until = (clock_timestamp() + take_jobs.lease), tries = (j.tries + 1)
   WHERE (j.id = ANY (ARRAY( SELECT w.id
            FROM platform.jobs w
           WHERE ((w.finished_at IS NULL) AND (w.dead_at IS NULL) AND (w.run_at <= clock_timestamp()) AND ((w.locked_until IS NULL) OR (w.locked_until < clock_timestamp())) AND (w.kind = ANY (take_jobs.kinds)))
           ORDER BY w.run_at
          LIMIT take_jobs.most
          FOR UPDATE OF w SKIP LOCKED)))
   RETURNING j.id,
     j.kind,
     j.payload,
     j.tries;
END;

ALTER FUNCTION platform.take_jobs(node uuid, kinds text[], most integer, lease interval) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.take_jobs(node uuid, kinds text[], most integer, lease interval) IS 'Gives a node up to so many due jobs of the kinds that it knows, under a lease; another node takes over what is held longer.';

CREATE PROCEDURE platform.tell(IN target regclass, IN name text, IN operation text, IN topic text, IN condition text, IN payload text, IN subject text, IN key text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  execute format('create trigger %I after %s on %s referencing %s new table as new_rows for each statement execute function platform.tell_of_students(%L, %L, %L, %L, %L)',
    (select relname from pg_class where oid = target) || '_tell_' || name, operation, target,
    case operation when 'update' then 'old table as old_rows' else '' end, topic, condition, payload, subject, key);
end
$$;

ALTER PROCEDURE platform.tell(IN target regclass, IN name text, IN operation text, IN topic text, IN condition text, IN payload text, IN subject text, IN key text) OWNER TO techcourse_owner;

COMMENT ON PROCEDURE platform.tell(IN target regclass, IN name text, IN operation text, IN topic text, IN condition text, IN payload text, IN subject text, IN key text) IS 'For migrations: has a student-keyed table tell a topic of each inserted or updated row that meets a condition.';

CREATE FUNCTION platform.tell_courses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into platform.outbox (topic, subject_id, payload)
  select e.topic, n.id, e.payload
    from new_rows n left join old_rows o on o.id = n.id
   cross join lateral (values
     ('course.' || n.status || '.v1', n.status is distinct from coalesce(o.status, 'draft') and n.status <> 'draft',
      jsonb_build_object('course_id', n.id, 'instructor_id', n.instructor_id)),
     ('course.price_changed.v1', (n.price, n.currency) is distinct from (o.price, o.currency) and o.id is not null,
      jsonb_build_object('course_id', n.id, 'old_price', o.price::text, 'new_price', n.price::text, 'currency', n.currency))
   ) e (topic, is_so, payload)
   where e.is_so and platform.is_subscribed(e.topic);
  return null;
end
$$;

ALTER FUNCTION platform.tell_courses() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.tell_courses() IS 'Trigger for each statement: course.published.v1, course.archived.v1, course.price_changed.v1.';

CREATE FUNCTION platform.tell_new_courses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if platform.is_subscribed('course.published.v1') then
    insert into platform.outbox (topic, subject_id, payload)
    select 'course.published.v1', n.id, jsonb_build_object('course_id', n.id, 'instructor_id', n.instructor_id)
      from new_rows n where n.status = 'published';
  end if;
  return null;
end
$$;

ALTER FUNCTION platform.tell_new_courses() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.tell_new_courses() IS 'Trigger for each statement: course.published.v1 of a course that begins so.';

CREATE FUNCTION platform.tell_of_students() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if platform.is_subscribed(tg_argv[0]) then
    execute format(
      $q$insert into platform.student_outbox (student_id, topic, subject_id, payload)
         select n.student_id, %L, %s, jsonb_build_object('student_id', n.student_id, 'course_id', n.course_id) || %s
           from new_rows n %s where %s$q$,
      tg_argv[0], tg_argv[3], tg_argv[2], case tg_op when 'UPDATE' then 'join old_rows o using (' || tg_argv[4] || ')' else '' end, tg_argv[1]);
  end if;
  return null;
end
$_$;

ALTER FUNCTION platform.tell_of_students() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.tell_of_students() IS 'Trigger for each statement: tells the topic of its first argument for each row that meets its second. Further arguments: more of the payload, the subject, the key.';

CREATE FUNCTION platform.tell_users() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if platform.is_subscribed('user.created.v1') then
    insert into platform.outbox (topic, subject_id, payload)
    select 'user.created.v1', n.id, jsonb_build_object('user_id', n.id) from new_rows n;
  end if;
  return null;
end
$$;

ALTER FUNCTION platform.tell_users() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION platform.tell_users() IS 'Trigger for each statement: user.created.v1.';

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

CREATE FUNCTION platform.webhook_keys(webhook uuid) RETURNS bytea[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT array_agg(s.secret ORDER BY s.id DESC) AS array_agg FROM platform.webhook_secrets s WHERE ((s.webhook_id = webhook_keys.webhook) AND ((s.valid_until IS NULL) OR (s.valid_until > clock_timestamp()))));

ALTER FUNCTION platform.webhook_keys(webhook uuid) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION platform.webhook_keys(webhook uuid) IS 'The valid secrets of a receiver, the newest first; 32 bytes are one from before secrets were sealed.';

CREATE FUNCTION platform.without_words(document jsonb, words text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  word text;
  written text := document::text;
begin
  foreach word in array words loop
    -- as JSON writes it, whatever the case, and no character of it with a meaning of its own
    written := regexp_replace(written,
      regexp_replace(substr(to_jsonb(word)::text, 2, length(to_jsonb(word)::text) - 2), '([^[:alnum:]])', '\\\1', 'g'), 'erased', 'gi');
  end loop;
  return written::jsonb;
end
$$;

ALTER FUNCTION platform.without_words(document jsonb, words text[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION platform.without_words(document jsonb, words text[]) IS 'A document in which "erased" stands for each of some words, whatever their case.';

CREATE FUNCTION reporting.books_differences(first_day date DEFAULT NULL::date, last_day date DEFAULT NULL::date) RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  since constant date := coalesce(first_day, '-infinity');
  until constant date := coalesce(last_day, 'infinity');
begin
  return query
  select * from reporting.order_differences(since, until)
   union all
  select * from reporting.ledger_differences(since, until)
   union all
  select * from reporting.refund_differences(since, until)
   union all
  select * from reporting.coupon_differences();
end
$$;

ALTER FUNCTION reporting.books_differences(first_day date, last_day date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.books_differences(first_day date, last_day date) IS 'Where orders, payments, enrolments, coupons, refunds, taxes, shares, ledger and daily sales of these business days (null: of all) differ by a cent or more; no row: the books agree.';

CREATE FUNCTION reporting.check_books(first_day date, last_day date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  begun constant timestamptz := clock_timestamp();
  count_of integer;
  first_rows jsonb;
begin
  select count(*), coalesce(jsonb_agg(to_jsonb(d) - 'place' order by d.place) filter (where d.place <= 20), '[]') into count_of, first_rows
    from (select b.*, row_number() over (order by b.rule, b.day, b.currency, b.order_id) as place
            from reporting.books_differences(first_day, last_day) b) d;
  insert into reporting.book_checks (checked_at, first_day, last_day, differences, examples, took_milliseconds)
  values (begun, first_day, last_day, count_of, first_rows, extract(epoch from clock_timestamp() - begun) * 1000);
  return count_of;
end
$$;

ALTER FUNCTION reporting.check_books(first_day date, last_day date) OWNER TO techcourse_loader;

COMMENT ON FUNCTION reporting.check_books(first_day date, last_day date) IS 'Runs reporting.books_differences() over some business days (null: all), keeps the result in reporting.book_checks, and says how many differences there are.';

CREATE FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN round(CASE WHEN included THEN ((net_price * rate) / ((1)::numeric + rate)) ELSE (net_price * rate) END, 2);

ALTER FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) IS 'The tax in a price (included) or on top of it, rounded half up to cents, for each line by itself.';

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

CREATE TABLE sales.order_lines (
    student_id uuid NOT NULL,
    order_id uuid NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    list_price platform.money_amount NOT NULL,
    discount_amount platform.money_amount DEFAULT 0 NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    instructor_share numeric(5,4) NOT NULL,
    coupon_id uuid,
    refunded_amount platform.money_amount DEFAULT 0 NOT NULL,
    quantity integer DEFAULT 1 NOT NULL,
    tax_rate numeric(6,5) DEFAULT 0 NOT NULL,
    tax_included boolean DEFAULT true NOT NULL,
    tax_amount platform.money_amount DEFAULT 0 NOT NULL,
    released_coupon_id uuid,
    CONSTRAINT order_lines_amount_is_price_less_discount_and_tax_check CHECK (((amount)::numeric = (((list_price)::numeric - (discount_amount)::numeric) +
CASE
    WHEN tax_included THEN (0)::numeric
    ELSE (tax_amount)::numeric
END))),
    CONSTRAINT order_lines_discount_at_most_price_check CHECK (((discount_amount)::numeric <= (list_price)::numeric)),
    CONSTRAINT order_lines_discount_has_a_coupon_check CHECK ((((discount_amount)::numeric = (0)::numeric) OR (coupon_id IS NOT NULL) OR (released_coupon_id IS NOT NULL))),
    CONSTRAINT order_lines_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000))),
    CONSTRAINT order_lines_refunded_at_most_paid_check CHECK (((refunded_amount)::numeric <= (amount)::numeric)),
    CONSTRAINT order_lines_share_from_0_to_1_check CHECK (((instructor_share >= (0)::numeric) AND (instructor_share <= (1)::numeric))),
    CONSTRAINT order_lines_tax_is_the_rates_check CHECK (((tax_amount)::numeric = sales.tax_on(((list_price)::numeric - (discount_amount)::numeric), tax_rate, tax_included))),
    CONSTRAINT order_lines_tax_rate_from_0_to_1_check CHECK (((tax_rate >= (0)::numeric) AND (tax_rate < (1)::numeric)))
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

COMMENT ON COLUMN sales.order_lines.quantity IS 'How many of the course; list_price is for all of them.';

COMMENT ON COLUMN sales.order_lines.tax_rate IS 'Tax rate of the buyer''s country at the order, 0.19 is 19 percent.';

COMMENT ON COLUMN sales.order_lines.tax_included IS 'Whether list_price holds the tax; otherwise it comes on top.';

COMMENT ON COLUMN sales.order_lines.tax_amount IS 'The tax in the amount.';

COMMENT ON COLUMN sales.order_lines.released_coupon_id IS 'The coupon whose discount the line had, and whose slot was given back.';

CREATE FUNCTION reporting.coupon_differences() RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH slots AS (
          SELECT s.coupon_id,
             count(*) AS taken
            FROM sales.coupon_slots s
           GROUP BY s.coupon_id
         ), uses AS (
          SELECT u.coupon_id,
             u.student_id,
             count(*) AS uses
            FROM sales.coupon_redemptions u
           GROUP BY u.coupon_id, u.student_id
         )
  SELECT 'a coupon is redeemed within its limit'::text,
     NULL::date AS date,
     NULL::text AS text,
     NULL::uuid AS uuid,
     (c.max_redemptions)::numeric AS max_redemptions,
     (s.taken)::numeric AS taken
    FROM (slots s
      JOIN sales.coupons c ON ((c.id = s.coupon_id)))
   WHERE (s.taken > c.max_redemptions)
 UNION ALL
  SELECT 'a student redeems a coupon within its limit'::text,
     NULL::date,
     NULL::text,
     NULL::uuid,
     c.max_per_student,
     u.uses
    FROM (uses u
      JOIN sales.coupons c ON ((c.id = u.coupon_id)))
   WHERE (u.uses > c.max_per_student)
 UNION ALL
  SELECT 'a redemption has its slot'::text,
     NULL::date,
     NULL::text,
     COALESCE(u.order_id, s.order_id) AS "coalesce",
     ((u.order_id IS NOT NULL))::integer AS int4,
     ((s.order_id IS NOT NULL))::integer AS int4
    FROM (sales.coupon_redemptions u
      FULL JOIN sales.coupon_slots s ON (((s.coupon_id = u.coupon_id) AND (s.order_id = u.order_id))))
   WHERE ((u.order_id IS NULL) OR (s.order_id IS NULL))
 UNION ALL
  SELECT 'a discount has its redemption'::text,
     NULL::date,
     (l.currency)::text AS currency,
     l.order_id,
     l.discount_amount,
     0
    FROM (sales.order_lines l
      LEFT JOIN sales.coupon_redemptions u ON (((u.student_id = l.student_id) AND (u.order_id = l.order_id) AND (u.coupon_id = l.coupon_id))))
   WHERE ((((l.discount_amount)::numeric > (0)::numeric) AND (u.order_id IS NULL) AND ((l.coupon_id IS NOT NULL) OR (l.released_coupon_id IS NULL))) OR ((l.coupon_id IS NOT NULL) AND (u.order_id IS NULL)));
END;

ALTER FUNCTION reporting.coupon_differences() OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.coupon_differences() IS 'Where coupons were redeemed past a limit, or a discount has no redemption; for reporting.books_differences.';

CREATE FUNCTION reporting.ledger_differences(first_day date, last_day date) RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET work_mem TO '64MB'
    SET jit TO 'off'
    SET enable_nestloop TO 'off'
    AS $$
#variable_conflict use_column
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  return query
  with paid as (
    select p.id, p.business_day, p.order_id, p.currency::text as currency, p.amount
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day and p.amount > 0
  ), posted as (
    select e.transaction_id as id, e.business_day, e.currency::text as currency, sum(e.amount) as amount
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'gateway_clearing'
     where e.kind = 'sale' and e.business_day between first_day and last_day
     group by e.transaction_id, e.business_day, e.currency
  ), given_back as (
    select r.id, r.business_day, r.order_id, r.currency::text as currency, r.amount
      from sales.refunds r
     where r.business_day between first_day and last_day
  ), owed as (
    select e.transaction_id as id, e.business_day, e.currency::text as currency, sum(e.amount) as amount
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id and a.kind = 'student_refunds'
     where e.kind in ('refund', 'chargeback') and e.business_day between first_day and last_day
     group by e.transaction_id, e.business_day, e.currency
  )
  select 'the ledger holds every sale', business_day, currency, p.order_id, coalesce(p.amount, 0)::numeric, coalesce(e.amount, 0)
    from paid p full join posted e using (id, business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(e.amount, 0)
   union all
  select 'the ledger holds every refund', business_day, currency, r.order_id, coalesce(r.amount, 0), coalesce(e.amount, 0)
    from given_back r full join owed e using (id, business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(e.amount, 0);

  -- the same amounts and weights are allocated once, however many lines have them
  return query
  with sold as (
    select p.id, p.business_day, l.student_id, l.order_id, l.course_id, l.currency::text as currency, l.tax_amount::numeric as tax_amount,
           (l.amount - l.tax_amount)::numeric as net, l.instructor_id, l.instructor_share
      from sales.payments p
      join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
     where p.status = 'captured' and p.business_day between first_day and last_day
  ), shares as (
    select s.student_id, s.order_id, s.course_id, sum(s.share_percent) as percent,
           array_agg(s.instructor_id order by s.instructor_id) as payees,
           array_agg(l.instructor_share * s.share_percent order by s.instructor_id) as weights
      from sold l
      join sales.line_shares s on s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id
     group by s.student_id, s.order_id, s.course_id
  ), lines as materialized (
    select l.id, l.business_day, l.order_id, l.course_id, l.currency, l.tax_amount, l.net,
           array[l.instructor_id] || coalesce(s.payees, '{}') || null::uuid as payees,
           array[l.instructor_share * (100 - coalesce(s.percent, 0))] || coalesce(s.weights, '{}') || (1 - l.instructor_share) * 100 as weights
      from sold l
      left join shares s on s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id
  ), allocated as (
    select d.net, d.weights, sales.allocate(d.net, d.weights) as amounts
      from (select distinct l.net, l.weights from lines l where l.net > 0) d
  ), parts as (
    select l.id, l.business_day, l.order_id, l.course_id, l.currency,
           case when a.payee is null then 'platform_revenue' else 'instructor_earned' end as kind, a.payee, a.amount
      from lines l
      join allocated using (net, weights)
     cross join lateral unnest(l.payees, allocated.amounts) a (payee, amount)
     where a.amount > 0
     union all
    select l.id, l.business_day, l.order_id, l.course_id, l.currency, 'taxes', null, l.tax_amount from lines l where l.tax_amount > 0
  ), wanted as (
    select p.id, p.course_id, a.id as account_id, p.amount, p.business_day, p.order_id, p.currency
      from parts p
      left join sales.ledger_accounts a on a.kind = p.kind and a.currency::text = p.currency
        and coalesce(a.instructor_id, nobody) = coalesce(p.payee, nobody)
  ), posted as (
    select e.transaction_id as id, e.course_id, e.credit_account_id as account_id, e.amount::numeric as amount, e.business_day,
           e.order_id, e.currency::text as currency
      from sales.ledger_entries e
     where e.kind = 'sale' and e.business_day between first_day and last_day
  )
  select case when a.kind = 'taxes' then 'the ledger holds the tax of every line' else 'each has earned the share that was frozen at the sale' end,
         coalesce(w.business_day, e.business_day), coalesce(w.currency, e.currency), coalesce(w.order_id, e.order_id),
         coalesce(w.amount, 0), coalesce(e.amount, 0)
    from wanted w full join posted e using (id, course_id, account_id)
    left join sales.ledger_accounts a on a.id = account_id
   where coalesce(w.amount, 0) <> coalesce(e.amount, 0);

  return query
  with moved as (
    select e.order_id, e.course_id, e.currency::text as currency, a.kind, coalesce(a.instructor_id, e.order_id) as payee, e.amount::numeric as earned, 0::numeric as returned
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id
     where e.kind = 'sale' and e.transaction_id in (
       select r.payment_id from sales.refunds r where r.business_day between first_day and last_day)
     union all
    select e.order_id, e.course_id, e.currency::text, case a.kind when 'instructor_payable' then 'instructor_earned' else a.kind end,
           coalesce(a.instructor_id, e.order_id), 0, e.amount
      from sales.refunds r
      join sales.ledger_entries e on e.transaction_id = r.id and e.kind in ('refund', 'chargeback')
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind <> 'student_refunds'
     where r.payment_id in (select d.payment_id from sales.refunds d where d.business_day between first_day and last_day)
  )
  select 'nobody gives back more of a line than it brought', null::date, m.currency, m.order_id, sum(m.earned), sum(m.returned)
    from moved m
   group by m.order_id, m.course_id, m.currency, m.kind, m.payee
  having sum(m.returned) > sum(m.earned);

  return query
  with reported as (
    select d.day, d.currency, sum(d.gross_amount) as gross, sum(d.refund_amount) as refund, sum(d.tax_amount) as tax,
           sum(d.refunded_tax_amount) as refunded_tax
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  ), booked as (
    select b.day, b.currency, b.gross_amount as gross, b.refund_amount as refund, b.tax_amount as tax, b.refunded_tax_amount as refunded_tax
      from reporting.ledger_by_day b
     where b.day between first_day and last_day
  )
  select 'the daily sales report agrees with the ledger', day, currency, null::uuid, v.reported, v.booked
    from reported r full join booked b using (day, currency)
   cross join lateral (values (coalesce(r.gross, 0), coalesce(b.gross, 0)), (coalesce(r.refund, 0), coalesce(b.refund, 0)),
     (coalesce(r.tax, 0), coalesce(b.tax, 0)), (coalesce(r.refunded_tax, 0), coalesce(b.refunded_tax, 0))) v (reported, booked)
   where v.reported <> v.booked;

  return query
  select 'the balances of a currency add up to zero', null::date, a.currency::text, null::uuid, 0::numeric, sum(m.amount)
    from (select e.debit_account_id as account_id, e.amount::numeric as amount from sales.ledger_entries e
           where e.business_day between first_day and last_day
           union all
          select e.credit_account_id, -e.amount from sales.ledger_entries e where e.business_day between first_day and last_day) m
    join sales.ledger_accounts a on a.id = m.account_id
   group by a.currency
  having sum(m.amount) <> 0;
end
$$;

ALTER FUNCTION reporting.ledger_differences(first_day date, last_day date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.ledger_differences(first_day date, last_day date) IS 'Where the ledger of some days differs from payments, refunds, taxes, frozen shares and daily sales, or does not balance; for reporting.books_differences.';

CREATE TABLE reporting.book_checks (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    checked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    first_day date,
    last_day date,
    differences integer NOT NULL,
    examples jsonb DEFAULT '[]'::jsonb NOT NULL,
    took_milliseconds integer NOT NULL,
    CONSTRAINT book_checks_differences_not_negative_check CHECK ((differences >= 0)),
    CONSTRAINT book_checks_examples_are_a_list_check CHECK (((jsonb_typeof(examples) = 'array'::text) AND (jsonb_array_length(examples) <= 20))),
    CONSTRAINT book_checks_last_day_after_first_check CHECK ((last_day >= first_day)),
    CONSTRAINT book_checks_took_not_negative_check CHECK ((took_milliseconds >= 0))
);

ALTER TABLE ONLY reporting.book_checks FORCE ROW LEVEL SECURITY;

ALTER TABLE reporting.book_checks OWNER TO techcourse_owner;

COMMENT ON TABLE reporting.book_checks IS 'What reporting.books_differences() found, each time that it was asked by the academy itself. Shard class: local.';

COMMENT ON COLUMN reporting.book_checks.id IS 'Key of the check; the newest is the greatest.';

COMMENT ON COLUMN reporting.book_checks.checked_at IS 'When the check began.';

COMMENT ON COLUMN reporting.book_checks.first_day IS 'First business day that was looked at; null: from the beginning.';

COMMENT ON COLUMN reporting.book_checks.last_day IS 'Last business day that was looked at; null: to the end.';

COMMENT ON COLUMN reporting.book_checks.differences IS 'How many differences were found; 0: the books agreed to the cent.';

COMMENT ON COLUMN reporting.book_checks.examples IS 'The first 20 of them, as reporting.books_differences() tells them.';

COMMENT ON COLUMN reporting.book_checks.took_milliseconds IS 'How long it took.';

CREATE FUNCTION reporting.newest_book_check() RETURNS TABLE(checked_at timestamp with time zone, differences integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT c.checked_at,
     c.differences
    FROM reporting.book_checks c
   ORDER BY c.id DESC
  LIMIT 1;
END;

ALTER FUNCTION reporting.newest_book_check() OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.newest_book_check() IS 'When the academy last looked whether its books agree, and how many differences it found; no row: never.';

CREATE FUNCTION reporting.order_differences(first_day date, last_day date) RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET work_mem TO '64MB'
    SET jit TO 'off'
    SET enable_nestloop TO 'off'
    AS $$
#variable_conflict use_column
declare
  -- of one type with the columns, or else the planner may not use their statistics under row security; with room for time zones
  since constant timestamptz := greatest(first_day, '0001-01-01')::timestamptz - interval '1 day';
  until constant timestamptz := least(last_day, '9999-01-01')::timestamptz + interval '2 days';
begin
  return query
  with placed as (
    select o.student_id, o.id, o.currency, o.total_amount, o.paid_at, o.purpose
      from sales.orders o
     where o.placed_at >= since and o.placed_at < until
  ), lines as (
    select l.student_id, l.order_id, sum(l.amount) as amount
      from sales.order_lines l
      join placed o on o.student_id = l.student_id and o.id = l.order_id
     group by l.student_id, l.order_id
  )
  select 'the total of an order is the sum of its lines', null::date, o.currency::text, o.id, o.total_amount::numeric, coalesce(l.amount, 0)
    from placed o
    left join lines l on l.student_id = o.student_id and l.order_id = o.id
   where o.total_amount <> coalesce(l.amount, 0)
   union all
  select 'a paid order has a captured payment', null, o.currency::text, o.id, (o.paid_at is not null)::integer, (p.id is not null)::integer
    from placed o
    left join sales.payments p on p.student_id = o.student_id and p.order_id = o.id and p.status = 'captured'
   where (o.paid_at is null) <> (p.id is null);

  return query
  with paid as (
    select p.student_id, p.id, p.order_id, p.business_day, p.currency::text as currency, p.amount, p.gateway, p.reference
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day
  ), lines as (
    select p.student_id, p.order_id, min(l.currency)::text as currency, sum(l.amount) as amount,
           count(*) filter (where l.refunded_amount < l.amount or l.amount = 0) as kept,
           count(e.student_id) filter (where l.refunded_amount < l.amount or l.amount = 0) as enrolled
      from paid p
      join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
      left join learning.enrollments e on e.student_id = l.student_id and e.course_id = l.course_id and e.order_id = l.order_id
     group by p.student_id, p.order_id
  ), paid_by_day as (
    select p.business_day as day, p.currency, sum(p.amount) as amount from paid p group by p.business_day, p.currency
  ), reported_by_day as (
    select d.day, d.currency, sum(d.gross_amount) as amount
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  )
  select 'a captured payment pays the sum of the lines', p.business_day, p.currency, p.order_id, p.amount::numeric, coalesce(l.amount, 0)
    from paid p
    left join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where p.amount <> coalesce(l.amount, 0) or p.currency is distinct from l.currency
   union all
  select 'a captured payment has its enrolments', p.business_day, p.currency, p.order_id, l.kept, l.enrolled
    from paid p
    join sales.orders o on o.student_id = p.student_id and o.id = p.order_id and o.purpose = 'self'
    join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where l.kept <> l.enrolled
   union all
  select 'a captured payment is known by its reference', p.business_day, p.currency, p.order_id, 1, 0
    from paid p
    left join sales.payment_references r on r.gateway = p.gateway and r.reference = p.reference
   where p.gateway <> 'none' and (r.student_id, r.payment_id) is distinct from (p.student_id, p.id)
   union all
  select 'the daily sales report is the sum of the payments', day, currency, null, coalesce(p.amount, 0), coalesce(d.amount, 0)
    from paid_by_day p full join reported_by_day d using (day, currency)
   where coalesce(p.amount, 0) <> coalesce(d.amount, 0);

  return query
  select 'a reference stands for a payment', null::date, null::text, null::uuid, 1::numeric, 0::numeric
    from sales.payment_references r
    left join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id and p.gateway = r.gateway
   where p.id is null and not isfinite(first_day)
   union all
  select 'an enrolment by an order has a captured payment', null, null, e.order_id, 1, 0
    from learning.enrollments e
    left join sales.payments p on p.student_id = e.student_id and p.order_id = e.order_id and p.status = 'captured'
   where e.order_id is not null and p.id is null
     and e.enrolled_at >= since and e.enrolled_at < until;
end
$$;

ALTER FUNCTION reporting.order_differences(first_day date, last_day date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.order_differences(first_day date, last_day date) IS 'Where orders, payments, enrolments and daily sales of some days differ; for reporting.books_differences.';

CREATE FUNCTION reporting.refund_differences(first_day date, last_day date) RETURNS TABLE(rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET work_mem TO '64MB'
    SET jit TO 'off'
    SET enable_nestloop TO 'off'
    AS $$
#variable_conflict use_column
begin
  return query
  with touched as (
    select p.student_id, p.id, p.order_id, p.business_day, p.currency::text as currency, p.refunded_amount
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day
        or p.id in (select r.payment_id from sales.refunds r where r.business_day between first_day and last_day)
  ), refunds_of_payment as (
    select r.student_id, r.payment_id, sum(r.amount) as amount from sales.refunds r group by r.student_id, r.payment_id
  ), refunds_of_line as (
    select r.student_id, r.order_id, r.course_id, sum(r.amount) as amount from sales.refunds r group by r.student_id, r.order_id, r.course_id
  )
  select 'what a payment says is given back is the sum of its refunds', p.business_day, p.currency, p.order_id,
         p.refunded_amount::numeric, coalesce(r.amount, 0)
    from touched p
    left join refunds_of_payment r on r.student_id = p.student_id and r.payment_id = p.id
   where p.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'what a line says is given back is the sum of its refunds', null, l.currency::text, l.order_id, l.refunded_amount, coalesce(r.amount, 0)
    from touched p
    join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
    left join refunds_of_line r on r.student_id = l.student_id and r.order_id = l.order_id and r.course_id = l.course_id
   where l.refunded_amount <> coalesce(r.amount, 0);

  return query
  with refunded_by_day as (
    select r.business_day as day, r.currency::text as currency, sum(r.amount) as amount
      from sales.refunds r
     where r.business_day between first_day and last_day
     group by r.business_day, r.currency
  ), reported_by_day as (
    select d.day, d.currency, sum(d.refund_amount) as amount
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  )
  select 'the daily sales report is the sum of the refunds', day, currency, null::uuid, coalesce(r.amount, 0), coalesce(d.amount, 0)
    from refunded_by_day r full join reported_by_day d using (day, currency)
   where coalesce(r.amount, 0) <> coalesce(d.amount, 0);

  -- few rows, whatever was sold: all of them
  return query
  with asked as (
    select g.student_id, g.id, g.payment_id, g.amount, g.currency::text as currency, g.status, p.order_id, p.status as payment_status
      from sales.gateway_refunds g
      join sales.payments p on p.student_id = g.student_id and p.id = g.payment_id
  ), refunded as (
    select r.student_id, r.gateway_refund_id as id, sum(r.amount) as amount
      from sales.refunds r where r.gateway_refund_id is not null group by r.student_id, r.gateway_refund_id
  ), posted as (
    select e.transaction_id as id, sum(e.amount) filter (where d.kind = 'student_refunds') as paid,
           sum(e.amount) filter (where e.kind = 'correction' and k.kind = 'student_refunds') as lost
      from sales.ledger_entries e
      join sales.ledger_accounts d on d.id = e.debit_account_id
      join sales.ledger_accounts k on k.id = e.credit_account_id
     where e.transaction_id in (select a.id from asked a)
     group by e.transaction_id
  )
  select 'a gateway gives back what was refunded', null::date, a.currency, a.order_id,
         coalesce(r.amount, 0) + coalesce(e.lost, 0), a.amount::numeric
    from asked a
    left join refunded r on r.student_id = a.student_id and r.id = a.id
    left join posted e on e.id = a.id
   where a.payment_status <> 'surplus' and a.amount <> coalesce(r.amount, 0) + coalesce(e.lost, 0)
   union all
  select 'what a gateway has given back is posted', null, a.currency, a.order_id, case a.status when 'done' then a.amount else 0 end, coalesce(e.paid, 0)
    from asked a
    left join posted e on e.id = a.id
   where coalesce(e.paid, 0) <> case a.status when 'done' then a.amount else 0 end
   union all
  select 'surplus money is owed or given back', p.business_day, p.currency::text, p.order_id, p.amount, coalesce(least(g.amount, e.amount), 0)
    from sales.payments p
    left join (select a.student_id, a.payment_id, sum(a.amount) as amount from asked a group by a.student_id, a.payment_id) g
      on g.student_id = p.student_id and g.payment_id = p.id
    left join (select e.transaction_id, sum(e.amount) as amount from sales.ledger_entries e where e.kind = 'surplus' group by e.transaction_id) e
      on e.transaction_id = p.id
   where p.status = 'surplus' and (g.amount is distinct from p.amount::numeric or e.amount is distinct from p.amount::numeric);

  return query
  with owed as (
    select a.currency::text as currency, sum(m.amount) as amount
      from sales.ledger_accounts a
      join (select e.credit_account_id as account_id, e.amount::numeric as amount from sales.ledger_entries e
             union all
            select e.debit_account_id, -e.amount from sales.ledger_entries e) m on m.account_id = a.id
     where a.kind = 'student_refunds'
     group by a.currency
  ), waiting as (
    select w.currency, sum(w.amount) as amount
      from (select g.currency::text as currency, g.amount::numeric as amount from sales.gateway_refunds g where g.status <> 'done'
             union all
            -- refunded before gateways were asked by the academy, and not posted as given back
            select r.currency::text, r.amount from sales.refunds r
             where r.gateway_refund_id is null and not exists (
               select from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'student_refunds'
                where e.transaction_id = r.id)) w
     group by w.currency
  )
  select 'what is owed to students waits to be given back', null::date, currency, null::uuid, coalesce(o.amount, 0), coalesce(w.amount, 0)
    from owed o full join waiting w using (currency)
   where coalesce(o.amount, 0) <> coalesce(w.amount, 0);
end
$$;

ALTER FUNCTION reporting.refund_differences(first_day date, last_day date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION reporting.refund_differences(first_day date, last_day date) IS 'Where refunds, surplus payments, gateways and the account student_refunds differ; for reporting.books_differences.';

CREATE FUNCTION sales.acting_accountant() RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  person constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  role_name constant text := nullif(current_setting('app.role', true), '');
begin
  -- somebody at psql could say to be anybody: only the application has asked for a password
  if person is null or role_name not in ('accountant', 'admin') or session_user = 'accountant'
    or not exists (select from identity.user_roles r where r.user_id = person and r.role::text = role_name) then
    raise exception 'Money is moved by a known accountant or admin.' using errcode = 'TC459',
      hint = 'Sign in as one, at the application.', schema = 'sales', table = 'payouts';
  end if;
  return person;
end
$$;

ALTER FUNCTION sales.acting_accountant() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.acting_accountant() IS 'The accountant or admin who acts, by name: four eyes need two persons. For the functions of this room. Error: TC459 nobody, or not one of them.';

CREATE FUNCTION sales.add_lines(student uuid, for_order uuid, wish jsonb, buyer_country text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'extensions', 'pg_temp'
    AS $$
declare
  coupon record;
  tax numeric;
  settings constant jsonb := (select jsonb_object_agg(s.name, s.value) from platform.settings s
    where s.name in ('prices_include_tax', 'instructor_share', 'instructor_share_own_coupon'));
  discounted integer;
begin
  select t.rate into tax from sales.tax_rates t
   where t.country = buyer_country and t.valid_from <= platform.business_day(clock_timestamp()) order by t.valid_from desc limit 1;
  select null::uuid as coupon_id, null::numeric as percent_off, null::numeric as amount_off, null::text as currency,
         null::text as scope, null::uuid as course_id, null::uuid as instructor_id into coupon;
  if wish ->> 'coupon_code' is not null then
    select * into coupon from sales.redeem_coupon(for_order, wish ->> 'coupon_code');
  end if;
  with lines as (
    select c.id, c.instructor_id, c.currency, c.price * coalesce((w ->> 'quantity')::int, 1) as list_price,
           coalesce((w ->> 'quantity')::int, 1) as quantity,
           coupon.coupon_id is not null and c.price > 0 and coalesce(coupon.currency = c.currency, true) and case coupon.scope
             when 'platform' then true when 'instructor' then c.instructor_id = coupon.instructor_id else c.id = coupon.course_id end as fits
      from jsonb_array_elements(wish -> 'courses') w
      join catalog.courses c on c.id = (w ->> 'course_id')::uuid
  ), fitting as (
    select array_agg(l.id order by l.list_price desc, l.id) as ids, sum(l.list_price) as whole,
           array_agg(l.list_price order by l.list_price desc, l.id) as prices
      from lines l where l.fits
  ), discounts as (
    select d.id, d.amount
      from fitting f
     cross join lateral unnest(f.ids, case when coupon.percent_off is null
       then sales.allocate(least(coupon.amount_off, f.whole), f.prices)
       else array(select round(p * coupon.percent_off / 100, 2) from unnest(f.prices) with ordinality u (p, n) order by n) end) d (id, amount)
     where f.whole > 0
  )
  insert into sales.order_lines (student_id, order_id, course_id, instructor_id, quantity, list_price, discount_amount, currency,
                                 instructor_share, coupon_id, tax_rate, tax_included)
  select student, for_order, l.id, l.instructor_id, l.quantity, l.list_price, coalesce(d.amount, 0), l.currency,
         (settings ->> case when d.id is not null and coupon.instructor_id = l.instructor_id then 'instructor_share_own_coupon'
                            else 'instructor_share' end)::numeric,
         case when d.id is not null then coupon.coupon_id end,
         coalesce(tax, 0), (settings ->> 'prices_include_tax')::boolean
    from lines l left join discounts d on d.id = l.id
   order by l.id;
  if coupon.coupon_id is not null and not exists (
      select from sales.order_lines l where l.student_id = student and l.order_id = for_order and l.coupon_id is not null) then
    perform sales.refuse_order('coupon');
  end if;
  insert into sales.line_shares (student_id, order_id, course_id, instructor_id, share_percent)
  select student, for_order, i.course_id, i.instructor_id, i.share_percent
    from catalog.course_instructors i
   where i.course_id in (select (w ->> 'course_id')::uuid from jsonb_array_elements(wish -> 'courses') w) and i.share_percent > 0;
end
$$;

ALTER FUNCTION sales.add_lines(student uuid, for_order uuid, wish jsonb, buyer_country text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.add_lines(student uuid, for_order uuid, wish jsonb, buyer_country text) IS 'The lines of a new order with price, discount, tax and shares of this moment. A discount by amount is allocated over the lines that it fits. For sales.place_order.';

CREATE FUNCTION sales.add_lines_to_total() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update sales.orders o set total_amount = o.total_amount + n.amount
    from (select student_id, order_id, sum(amount) as amount from new_rows group by student_id, order_id) n
   where o.student_id = n.student_id and o.id = n.order_id and n.amount > 0;
  return null;
end
$$;

ALTER FUNCTION sales.add_lines_to_total() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.add_lines_to_total() IS 'Trigger for each statement: adds new lines to the total of their order. Once a payment points at the total, its foreign key refuses.';

CREATE FUNCTION sales.allocate(amount numeric, weights numeric[]) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH shares AS (
          SELECT w.n,
             div(((allocate.amount * (100)::numeric) * w.weight), t.whole) AS cents,
             mod(((allocate.amount * (100)::numeric) * w.weight), t.whole) AS remainder
            FROM (unnest(allocate.weights) WITH ORDINALITY w(weight, n)
              CROSS JOIN ( SELECT NULLIF(sum(weight.weight), (0)::numeric) AS whole
                    FROM unnest(allocate.weights) weight(weight)) t)
         ), left_over AS (
          SELECT ((allocate.amount * (100)::numeric) - sum(shares.cents)) AS cents
            FROM shares
         )
  SELECT array_agg((((COALESCE(r.cents, (0)::numeric) + (
         CASE
             WHEN ((r.place)::numeric <= left_over.cents) THEN 1
             ELSE 0
         END)::numeric) / 100.00))::numeric(14,2) ORDER BY r.n) AS array_agg
    FROM ( SELECT s.n,
             s.cents,
             s.remainder,
             row_number() OVER (ORDER BY s.remainder DESC, s.n) AS place
            FROM shares s) r,
     left_over;
END;

ALTER FUNCTION sales.allocate(amount numeric, weights numeric[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.allocate(amount numeric, weights numeric[]) IS 'Splits an amount by weights into whole cents that add up to it: the largest remainder method (Hamilton), ties to the first. Weights are not negative and not all 0.';

CREATE FUNCTION sales.approve_payout(payout_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'approved', approved_by = person, approved_at = clock_timestamp()
   where p.id = approve_payout.payout_id;
  return found;
end
$$;

ALTER FUNCTION sales.approve_payout(payout_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.approve_payout(payout_id uuid) IS 'Approves a planned payout, by another than its instructor and whoever planned it; false when there is none. Errors: TC451 not owed, TC452 not planned, TC459 who acts is no accountant.';

CREATE FUNCTION sales.begin_gateway_event(gateway text, event_id text, kind text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  insert into sales.gateway_events (gateway, event_id, kind)
  values (begin_gateway_event.gateway, begin_gateway_event.event_id, begin_gateway_event.kind)
  on conflict on constraint gateway_events_gateway_event_id_pkey do nothing;
  return exists (select from sales.gateway_events e
    where e.gateway = begin_gateway_event.gateway and e.event_id = begin_gateway_event.event_id and e.handled_at is null);
end
$$;

ALTER FUNCTION sales.begin_gateway_event(gateway text, event_id text, kind text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.begin_gateway_event(gateway text, event_id text, kind text) IS 'Keeps the id of a gateway''s event; whether it is still to be handled.';

CREATE FUNCTION sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  answered constant jsonb := sales.claim_request(key, 'pay_order', request_sha256);
  begun jsonb;
begin
  if answered is not null then
    return jsonb_build_object('answered', answered -> 'body');
  end if;
  begun := sales.begin_payment(order_id, gateway, key);
  return begun || (
    select jsonb_build_object('created_at', p.created_at, 'titles', (
             select coalesce(jsonb_agg(c.title order by c.id), '[]')
               from sales.order_lines l join catalog.courses c on c.id = l.course_id
              where l.student_id = student and l.order_id = begin_paying.order_id))
      from sales.payments p where p.student_id = student and p.id = (begun ->> 'payment_id')::uuid);
end
$$;

ALTER FUNCTION sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) IS 'Begins the payment of an order of the acting student as begin_payment does, with what a gateway is told of it; or {answered} what the same request was answered before; null when there is no such order. Errors: those of claim_request and begin_payment.';

CREATE FUNCTION sales.begin_payment(order_id uuid, gateway text, key text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  order_row sales.orders;
  payment sales.payments;
begin
  -- two tabs wait for each other here
  select o.* into order_row from sales.orders o where o.student_id = student and o.id = begin_payment.order_id for update;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p where p.student_id = student and p.idempotency_key = begin_payment.key;
  if found and payment.order_id <> order_row.id then
    raise exception 'The Idempotency-Key "%" was used for another payment.', key using errcode = 'TC420',
      hint = 'Use a new key for a new payment.', schema = 'sales', table = 'payments';
  end if;
  if not found then
    if order_row.closed_at is not null then
      raise exception 'The order % is closed.', order_row.id using errcode = 'TC422',
        hint = 'Place it again.', schema = 'sales', table = 'orders';
    end if;
    if order_row.paid_at is not null then
      raise exception 'The order % is paid.', order_row.id using errcode = 'TC423',
        hint = 'There is nothing left to pay.', schema = 'sales', table = 'orders';
    end if;
    select p.* into payment from sales.payments p
     where p.student_id = student and p.order_id = order_row.id and p.status = 'pending';
    if not found then
      insert into sales.payments as p (student_id, order_id, amount, currency, status, gateway, reference, idempotency_key)
      select student, order_row.id, order_row.total_amount, order_row.currency, 'pending', begin_payment.gateway,
             platform.uuid_v7()::text, begin_payment.key
      returning p.* into payment;
    end if;
  end if;
  return jsonb_build_object('payment_id', payment.id, 'order_id', payment.order_id, 'status', payment.status, 'gateway', payment.gateway,
    'amount', payment.amount::text, 'currency', payment.currency, 'reference', payment.reference,
    'failure_reason', payment.failure_reason);
end
$$;

ALTER FUNCTION sales.begin_payment(order_id uuid, gateway text, key text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.begin_payment(order_id uuid, gateway text, key text) IS 'The payment of an open order of the acting student: the one with this key, else the pending one, else a new one; null when there is no such order. Errors: TC420 key of another payment, TC422 closed, TC423 paid.';

CREATE TABLE sales.orders (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    placed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    currency platform.currency_code NOT NULL,
    country platform.country_code,
    total_amount platform.money_amount DEFAULT 0 NOT NULL,
    idempotency_key text,
    purpose text DEFAULT 'self'::text NOT NULL,
    wish_details jsonb,
    paid_at timestamp with time zone,
    closed_at timestamp with time zone,
    close_reason text,
    CONSTRAINT orders_close_reason_check CHECK ((close_reason = ANY (ARRAY['cancelled'::text, 'expired'::text, 'replaced'::text]))),
    CONSTRAINT orders_closed_has_a_reason_check CHECK (((closed_at IS NULL) = (close_reason IS NULL))),
    CONSTRAINT orders_closed_or_paid_check CHECK (((closed_at IS NULL) OR (paid_at IS NULL))),
    CONSTRAINT orders_idempotency_key_length_check CHECK (((length(idempotency_key) >= 8) AND (length(idempotency_key) <= 200))),
    CONSTRAINT orders_purpose_check CHECK ((purpose = ANY (ARRAY['self'::text, 'gift'::text, 'team'::text]))),
    CONSTRAINT orders_wish_details_check CHECK (((jsonb_typeof(wish_details) = 'object'::text) AND (pg_column_size(wish_details) <= 8000)))
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

COMMENT ON COLUMN sales.orders.purpose IS 'self: the buyer learns. Gifts and teams have no way to be ordered yet.';

COMMENT ON COLUMN sales.orders.wish_details IS 'What the buyer gave with it: billing, for the invoice. Personal data.';

COMMENT ON COLUMN sales.orders.paid_at IS 'When its payment was captured; null before.';

COMMENT ON COLUMN sales.orders.closed_at IS 'When it was closed unpaid; null otherwise.';

COMMENT ON COLUMN sales.orders.close_reason IS 'cancelled by the buyer, expired, or replaced by a newer order for the same course.';

CREATE FUNCTION sales.buyer_of(order_id uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT o.student_id
    FROM sales.orders o
   WHERE ((o.id = buyer_of.order_id) AND ((o.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text]))));
END;

ALTER FUNCTION sales.buyer_of(order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.buyer_of(order_id uuid) IS 'Who placed an order; null for others than that student, accountants and admins.';

CREATE FUNCTION sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  again sales.gateway_refunds;
begin
  update sales.gateway_refunds g
     set status = 'pending', done_at = null, reference = null, last_error = left(reason, 500),
         next_try_at = clock_timestamp() + interval '1 hour'
   where g.student_id = came_back.student_id and g.id = came_back.gateway_refund_id and g.status = 'done'
     and g.reference = came_back.reference
  returning g.* into again;
  if not found then
    return false;
  end if;
  perform sales.post_to_gateway(p, 'correction', 'gateway_clearing', 'student_refunds', again.amount, again.id, clock_timestamp())
    from sales.payments p where p.student_id = again.student_id and p.id = again.payment_id;
  return true;
end
$$;

ALTER FUNCTION sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) IS 'Money that a gateway had given back returned to it: posted as owed again, and tried again; false where that reference is not what was given back.';

CREATE FUNCTION sales.close_order(student_id uuid, order_id uuid, reason text) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  order_row sales.orders;
begin
  select o.* into order_row from sales.orders o
   where o.student_id = close_order.student_id and o.id = close_order.order_id for update;
  if order_row.closed_at is not null then
    return false;
  end if;
  if exists (select from sales.payments p where p.student_id = close_order.student_id and p.order_id = close_order.order_id
              and p.status = 'pending') then
    raise exception 'The order % is being paid at this moment.', order_id using errcode = 'TC427',
      hint = 'Wait until the payment has an end, then try again.', schema = 'sales', table = 'payments';
  end if;
  if order_row.paid_at is not null then
    raise exception 'The order % is paid.', order_id using errcode = 'TC423',
      hint = 'Ask for a refund instead.', schema = 'sales', table = 'orders';
  end if;
  update sales.orders o set closed_at = clock_timestamp(), close_reason = reason
   where o.student_id = close_order.student_id and o.id = close_order.order_id;
  delete from sales.course_holds h where h.student_id = close_order.student_id and h.order_id = close_order.order_id;
  perform sales.free_coupons(student_id, order_id);
  return true;
end
$$;

ALTER FUNCTION sales.close_order(student_id uuid, order_id uuid, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.close_order(student_id uuid, order_id uuid, reason text) IS 'Closes an order that is not paid, and gives back its coupon and courses; false when it was closed before. For the functions of this room. Errors: TC423 paid, TC427 being paid.';

CREATE FUNCTION sales.cancel_order(order_id uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT sales.close_order(o.student_id, o.id, 'cancelled'::text) AS close_order
    FROM sales.orders o
   WHERE ((o.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND (o.id = cancel_order.order_id));
END;

ALTER FUNCTION sales.cancel_order(order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.cancel_order(order_id uuid) IS 'Closes an unpaid order of the acting student; false when it was closed before, null when there is none. Errors: TC423 paid, TC427 being paid.';

CREATE FUNCTION sales.cancel_payout(payout_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'cancelled', cancelled_by = person, cancelled_at = clock_timestamp()
   where p.id = cancel_payout.payout_id;
  return found;
end
$$;

ALTER FUNCTION sales.cancel_payout(payout_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.cancel_payout(payout_id uuid) IS 'Cancels a payout that is not paid; what it was for is in the next month''s run. False when there is none. Errors: TC452 paid or cancelled, TC459 who acts is no accountant.';

CREATE FUNCTION sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric, captured_at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  payment sales.payments;
  outcome text := 'captured';
begin
  perform from sales.orders o join sales.payments p on p.student_id = o.student_id and p.order_id = o.id
    where p.student_id = capture_payment.student_id and p.id = capture_payment.payment_id for update of o;
  select p.* into payment from sales.payments p
   where p.student_id = capture_payment.student_id and p.id = capture_payment.payment_id for update;
  if not found then
    return null;
  end if;
  if payment.captured_at is not null then
    return 'already';
  end if;
  if payment.amount <> capture_payment.amount or payment.currency::text <> capture_payment.currency then
    raise exception 'The gateway took % %, and the payment % is % %.', capture_payment.amount, capture_payment.currency, payment.id,
      payment.amount, payment.currency using errcode = 'TC424', hint = 'Look into it at the gateway.', schema = 'sales', table = 'payments';
  end if;
  perform sales.name_payment(payment.student_id, payment.id, capture_payment.reference);
  if sales.is_wanted(payment) then
    update sales.payments p set status = 'captured', captured_at = capture_payment.captured_at, fee_amount = fee, failure_reason = null
     where p.student_id = payment.student_id and p.id = payment.id;
    insert into learning.events (student_id, kind, course_id)
    select e.student_id, 'enrolled', e.course_id from learning.enrollments e
     where e.student_id = payment.student_id and e.order_id = payment.order_id and e.ended_at is null;
  else
    outcome := 'surplus';
    update sales.payments p set status = 'surplus', captured_at = capture_payment.captured_at, fee_amount = fee, failure_reason = null
     where p.student_id = payment.student_id and p.id = payment.id;
    perform sales.post_to_gateway(payment, 'surplus', 'gateway_clearing', 'student_refunds', payment.amount, payment.id, capture_payment.captured_at);
    insert into sales.gateway_refunds (student_id, payment_id, amount, currency)
    values (payment.student_id, payment.id, payment.amount, payment.currency);
  end if;
  perform sales.post_to_gateway(payment, 'fee', 'gateway_fees', 'gateway_clearing', fee, payment.id, capture_payment.captured_at);
  return outcome;
end
$$;

ALTER FUNCTION sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric, captured_at timestamp with time zone) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric, captured_at timestamp with time zone) IS 'The gateway has taken the money: captured (enrolled and posted), already, surplus (not wanted any more: queued to be given back), or null for an unknown payment. Repeated, it changes nothing. Error: TC424 another amount.';

CREATE FUNCTION sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  order_row sales.orders;
  payment sales.payments;
  known uuid;
  taken numeric;
begin
  select o.* into order_row from sales.orders o join sales.payments p on p.student_id = o.student_id and p.order_id = o.id
   where p.student_id = charge_back.student_id and p.id = charge_back.payment_id and p.status = 'captured' for update of o;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p where p.student_id = charge_back.student_id and p.id = charge_back.payment_id;
  select g.id into known from sales.gateway_refunds g
   where g.student_id = payment.student_id and g.payment_id = payment.id and g.reference = charge_back.reference;
  if found then
    return known;
  end if;
  insert into sales.gateway_refunds as g (student_id, payment_id, amount, currency, status, reference, next_try_at, done_at)
  values (payment.student_id, payment.id, charge_back.amount, payment.currency, 'done', charge_back.reference, null, happened_at)
  returning g.id into known;
  taken := least(charge_back.amount, payment.amount - payment.refunded_amount);
  if taken > 0 then
    perform sales.refund_lines(order_row, payment, (
      select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'amount', l.part)) from (
        select unnest(a.courses) as course_id, unnest(sales.allocate(taken, a.left_over)) as part
          from (select array_agg(l.course_id order by l.course_id) as courses, array_agg(l.amount - l.refunded_amount order by l.course_id) as left_over
                  from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id) a) l
       where l.part > 0), 'chargeback', 'Taken back by the bank: ' || charge_back.reference, null, known, happened_at);
  end if;
  -- what the bank took beyond what the student had left is the academy's loss
  perform sales.post_to_gateway(payment, 'correction', 'platform_revenue', 'student_refunds', charge_back.amount - taken, known, happened_at);
  perform sales.post_to_gateway(payment, 'refund', 'student_refunds', 'gateway_clearing', charge_back.amount, known, happened_at);
  perform sales.post_to_gateway(payment, 'fee', 'gateway_fees', 'gateway_clearing', fee, known, happened_at);
  return known;
end
$$;

ALTER FUNCTION sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamp with time zone) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamp with time zone) IS 'A bank has taken a payment back: its lines are refunded and posted, once for a reference; beyond what was left it is the academy''s loss. Null for an unknown payment.';

CREATE FUNCTION sales.check_payout_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from sales.payouts p where p.id = new.payout_id and p.status = 'paid'
                    and p.amount = new.amount and p.currency = new.currency) then
    raise exception 'The entry % is not of a payout that is paid, and its amount.', new.id using errcode = 'TC453',
      hint = 'Mark the payout as paid; that posts it.', schema = 'sales', table = 'ledger_entries', column = 'payout_id';
  end if;
  return null;
end
$$;

ALTER FUNCTION sales.check_payout_entry() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.check_payout_entry() IS 'Trigger: the books hold the payment of no payout that is not paid (TC453).';

CREATE FUNCTION sales.check_wish(student uuid, wish jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  wanted constant uuid[] := array(select (w ->> 'course_id')::uuid from jsonb_array_elements(wish -> 'courses') w);
  quantities constant int[] := array(select coalesce((w ->> 'quantity')::int, 1) from jsonb_array_elements(wish -> 'courses') w);
  known record;
  other record;
begin
  if cardinality(wanted) not between 1 and 20 or array_position(wanted, null) is not null
    or cardinality(wanted) <> (select count(distinct u) from unnest(wanted) u)
    or 1 <> all (quantities) or wish ->> 'purpose' <> 'self' then
    perform sales.refuse_order('courses');
  end if;
  select count(*) filter (where c.status = 'published') as open, count(distinct c.currency) as currencies,
         (array_agg(c.id) filter (where c.instructor_id = student or student = any (c.editor_ids)))[1] as own into known
    from catalog.courses c where c.id = any (wanted);
  if known.open <> cardinality(wanted) then perform sales.refuse_order('not open'); end if;
  if known.currencies > 1 then perform sales.refuse_order('currencies'); end if;
  if known.own is not null then perform sales.refuse_order('own', known.own); end if;
  for other in
    select h.order_id, h.course_id, o.paid_at from sales.course_holds h
      join sales.orders o on o.student_id = h.student_id and o.id = h.order_id
     where h.student_id = student and h.course_id = any (wanted)
  loop
    if other.paid_at is not null then perform sales.refuse_order('owned', other.course_id); end if;
    -- whoever fills the basket again means the new one
    perform sales.close_order(student, other.order_id, 'replaced');
  end loop;
  for other in select e.course_id from learning.enrollments e
                where e.student_id = student and e.course_id = any (wanted) and e.ended_at is null loop
    perform sales.refuse_order('owned', other.course_id);
  end loop;
end
$$;

ALTER FUNCTION sales.check_wish(student uuid, wish jsonb) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.check_wish(student uuid, wish jsonb) IS 'Whether a student may order this; closes an earlier open order for the same courses. For sales.place_order, which tells the errors.';

CREATE FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  caller constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  known sales.answered_requests;
begin
  -- of two at once the second waits here for the first
  insert into sales.answered_requests (student_id, key, operation, request_sha256)
  values (caller, claim_request.key, claim_request.operation, claim_request.request_sha256)
  on conflict on constraint answered_requests_student_id_key_pkey do nothing;
  if found then
    return null;
  end if;
  select a.* into known from sales.answered_requests a where a.student_id = caller and a.key = claim_request.key;
  if known.operation <> claim_request.operation or known.request_sha256 <> claim_request.request_sha256 then
    raise exception 'The Idempotency-Key "%" was used for another request.', claim_request.key using errcode = 'TC420',
      hint = 'Use a new key for a new request.', schema = 'sales', table = 'answered_requests';
  end if;
  return case when known.status is not null then jsonb_build_object('status', known.status, 'body', known.body) end;
end
$$;

ALTER FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) IS 'Whether the acting user asked this before with the key: null when not, or when it has no answer yet and is to be gone on with; else the answer. Error: TC420 the key was for another request.';

CREATE FUNCTION sales.close_stale_orders(most integer DEFAULT 500) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  patience constant interval := (select make_interval(mins => (s.value #>> '{}')::integer)
    from platform.settings s where s.name = 'order_expiry_minutes');
  stale record;
  closed integer := 0;
begin
  for stale in
    select o.student_id, o.id from sales.orders o
     where o.closed_at is null and o.paid_at is null and o.placed_at < clock_timestamp() - patience
       and not exists (select from sales.payments p where p.student_id = o.student_id and p.order_id = o.id
                          and p.status = 'pending')
     order by o.placed_at limit most for update skip locked
  loop
    -- a payment that began in between keeps its order
    continue when exists (select from sales.payments p where p.student_id = stale.student_id and p.order_id = stale.id
                             and p.status = 'pending');
    closed := closed + sales.close_order(stale.student_id, stale.id, 'expired')::integer;
  end loop;
  return closed;
end
$$;

ALTER FUNCTION sales.close_stale_orders(most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.close_stale_orders(most integer) IS 'Closes orders that nobody paid within the setting order_expiry_minutes, and says how many; for the job that does it now and then.';

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
  -- and the course may be bought again
  delete from sales.course_holds h using sales.order_lines l
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
     and l.refunded_amount = l.amount
     and h.student_id = l.student_id and h.order_id = l.order_id and h.course_id = l.course_id;
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

CREATE FUNCTION sales.money(amount numeric, currency text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_build_object('amount', ((amount)::numeric(14,2))::text, 'currency', currency);

ALTER FUNCTION sales.money(amount numeric, currency text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.money(amount numeric, currency text) IS 'An amount as documents of the API write it: {"amount": "49.50", "currency": "EUR"}.';

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
    CONSTRAINT ledger_entries_kind_check CHECK ((kind = ANY (ARRAY['sale'::text, 'refund'::text, 'chargeback'::text, 'surplus'::text, 'release'::text, 'payout'::text, 'fee'::text, 'tax'::text, 'correction'::text]))),
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
    gateway_refund_id uuid,
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

COMMENT ON COLUMN sales.refunds.gateway_refund_id IS 'What the gateway gives back for it, together with the other lines of one refund.';

CREATE FUNCTION sales.credit_note_lines(student_id uuid, payment_id uuid, source_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT jsonb_agg(jsonb_build_object('course_id', l.course_id, 'title', c.title, 'quantity', l.quantity, 'list_price', sales.money((r.amount)::numeric, (r.currency)::text), 'discount', sales.money((0)::numeric, (r.currency)::text), 'tax_rate', (l.tax_rate)::text, 'tax_included', true, 'tax', sales.money(COALESCE(( SELECT sum((e.amount)::numeric) AS sum
            FROM (sales.ledger_entries e
              JOIN sales.ledger_accounts a ON (((a.id = e.debit_account_id) AND (a.kind = 'taxes'::text))))
           WHERE (e.transaction_id = r.id)), (0)::numeric), (r.currency)::text), 'amount', sales.money((r.amount)::numeric, (r.currency)::text)) ORDER BY c.title, c.id) AS jsonb_agg
    FROM ((sales.refunds r
      JOIN sales.order_lines l ON (((l.student_id = r.student_id) AND (l.order_id = r.order_id) AND (l.course_id = r.course_id))))
      JOIN catalog.courses c ON ((c.id = l.course_id)))
   WHERE ((r.student_id = credit_note_lines.student_id) AND (r.payment_id = credit_note_lines.payment_id) AND (COALESCE(r.gateway_refund_id, r.id) = credit_note_lines.source_id));
END;

ALTER FUNCTION sales.credit_note_lines(student_id uuid, payment_id uuid, source_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.credit_note_lines(student_id uuid, payment_id uuid, source_id uuid) IS 'What a credit note says of what was given back. For sales.number_invoices.';

CREATE FUNCTION sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text) RETURNS TABLE(state text, declined_reason text, charged numeric, charged_currency text, fee numeric, settled_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  charge sales.demo_charges;
begin
  if exists (select from sales.payment_references r where r.gateway = 'stripe') then
    raise exception 'The demo gateway is switched off: this academy has taken real payments.' using errcode = 'TC441',
      hint = 'Start the academy with TECHCOURSE_STRIPE_KEY and TECHCOURSE_STRIPE_WEBHOOK_SECRET.',
      schema = 'sales', table = 'demo_charges';
  end if;
  insert into sales.demo_charges (payment_id, card, amount, currency, state, reason, fee_amount, settled_at, refusals_left)
  values (demo_ask.payment_id, demo_ask.card, demo_ask.amount, demo_ask.currency, demo_ask.first_state,
          case demo_ask.first_state when 'declined' then demo_ask.reason end,
          case demo_ask.first_state when 'declined' then 0
            else least(demo_ask.amount, round(demo_ask.amount * 0.014 + 0.25, 2)) end,
          case when demo_ask.first_state in ('captured', 'declined') then clock_timestamp() end,
          case demo_ask.card when 'returns_refused_first' then 2 else 0 end)
  on conflict on constraint demo_charges_payment_id_pkey do nothing;
  if found then
    return query select * from sales.demo_look(demo_ask.payment_id);
    return;
  end if;
  select c.* into charge from sales.demo_charges c where c.payment_id = demo_ask.payment_id;
  if (charge.amount, charge.currency::text) is distinct from (demo_ask.amount, demo_ask.currency) then
    raise exception 'The payment % was asked for another amount before.', demo_ask.payment_id using errcode = 'TC440',
      hint = 'A key stands for one request; use a new payment.', schema = 'sales', table = 'demo_charges';
  end if;
  return query select * from sales.demo_look(demo_ask.payment_id);
end
$$;

ALTER FUNCTION sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text) IS 'The demo bank charges a card for a payment, once however often asked, and says what demo_look does. Errors: TC440 another amount than before, TC441 the academy has taken real payments.';

CREATE TABLE sales.demo_charges (
    payment_id uuid NOT NULL,
    card text NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    state text NOT NULL,
    reason text,
    fee_amount platform.money_amount DEFAULT 0 NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    settled_at timestamp with time zone,
    given_back_amount platform.money_amount DEFAULT 0 NOT NULL,
    refusals_left integer DEFAULT 0 NOT NULL,
    CONSTRAINT demo_charges_card_check CHECK ((card ~ '^[a-z][a-z_]{2,40}$'::text)),
    CONSTRAINT demo_charges_declined_has_a_reason_check CHECK (((state = 'declined'::text) = (reason IS NOT NULL))),
    CONSTRAINT demo_charges_given_back_at_most_taken_check CHECK (((given_back_amount)::numeric <=
CASE state
    WHEN 'captured'::text THEN (amount)::numeric
    ELSE (0)::numeric
END)),
    CONSTRAINT demo_charges_reason_length_check CHECK (((length(reason) >= 1) AND (length(reason) <= 100))),
    CONSTRAINT demo_charges_refusals_left_not_negative_check CHECK ((refusals_left >= 0)),
    CONSTRAINT demo_charges_settled_has_a_time_check CHECK (((state = ANY (ARRAY['captured'::text, 'declined'::text])) = (settled_at IS NOT NULL))),
    CONSTRAINT demo_charges_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'to_confirm'::text, 'captured'::text, 'declined'::text])))
);

ALTER TABLE ONLY sales.demo_charges FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.demo_charges OWNER TO techcourse_owner;

COMMENT ON TABLE sales.demo_charges IS 'Books of the demo gateway''s bank: what was charged for which payment. No money, no real cards. Shard class: local.';

COMMENT ON COLUMN sales.demo_charges.payment_id IS 'The payment; the key under which the bank is asked, so that it charges once.';

COMMENT ON COLUMN sales.demo_charges.card IS 'Name of the test card; its number is not kept.';

COMMENT ON COLUMN sales.demo_charges.amount IS 'What was asked for.';

COMMENT ON COLUMN sales.demo_charges.currency IS 'Currency of the amount.';

COMMENT ON COLUMN sales.demo_charges.state IS 'waiting (for the slow bank), to_confirm (by the buyer), captured or declined.';

COMMENT ON COLUMN sales.demo_charges.reason IS 'Why it is declined, a word for programs; set exactly then.';

COMMENT ON COLUMN sales.demo_charges.fee_amount IS 'What the bank keeps of it, in the same currency.';

COMMENT ON COLUMN sales.demo_charges.asked_at IS 'When the bank was first asked.';

COMMENT ON COLUMN sales.demo_charges.settled_at IS 'When it was captured or declined; null before.';

COMMENT ON COLUMN sales.demo_charges.given_back_amount IS 'What went back of it.';

COMMENT ON COLUMN sales.demo_charges.refusals_left IS 'How often giving back is still refused, by the test card that does so.';

CREATE FUNCTION sales.demo_confirm(payment_id uuid, approved boolean) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH confirmed AS (
          UPDATE sales.demo_charges c SET state =
                 CASE
                     WHEN demo_confirm.approved THEN 'captured'::text
                     ELSE 'declined'::text
                 END, reason =
                 CASE
                     WHEN (NOT demo_confirm.approved) THEN 'authentication_failed'::text
                     ELSE NULL::text
                 END, fee_amount =
                 CASE
                     WHEN demo_confirm.approved THEN (c.fee_amount)::numeric
                     ELSE (0)::numeric
                 END, settled_at = clock_timestamp()
           WHERE ((c.payment_id = demo_confirm.payment_id) AND (c.state = 'to_confirm'::text))
           RETURNING c.payment_id
         )
  SELECT (EXISTS ( SELECT
            FROM confirmed)) AS "exists";
END;

ALTER FUNCTION sales.demo_confirm(payment_id uuid, approved boolean) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.demo_confirm(payment_id uuid, approved boolean) IS 'The buyer confirms a payment to the demo bank, or does not; false when it waits for no confirmation.';

CREATE FUNCTION sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  charge sales.demo_charges;
begin
  select c.* into charge from sales.demo_charges c where c.payment_id = demo_give_back.payment_id for update;
  if exists (select from sales.demo_returns r where r.request_id = demo_give_back.request_id) then
    return 'done';
  end if;
  if charge.state is distinct from 'captured' or charge.currency::text <> demo_give_back.currency then
    return 'no_such_charge';
  end if;
  if charge.given_back_amount + demo_give_back.amount > charge.amount then
    return 'more_than_was_taken';
  end if;
  if charge.refusals_left > 0 then
    update sales.demo_charges c set refusals_left = c.refusals_left - 1 where c.payment_id = demo_give_back.payment_id;
    return 'try_later';
  end if;
  update sales.demo_charges c set given_back_amount = c.given_back_amount + demo_give_back.amount
   where c.payment_id = demo_give_back.payment_id;
  insert into sales.demo_returns (request_id, payment_id, amount, currency)
  values (demo_give_back.request_id, demo_give_back.payment_id, demo_give_back.amount, demo_give_back.currency);
  return 'done';
end
$$;

ALTER FUNCTION sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) IS 'The demo bank gives money back, once for a request however often asked: done, or why not.';

CREATE FUNCTION sales.demo_look(payment_id uuid) RETURNS TABLE(state text, declined_reason text, charged numeric, charged_currency text, fee numeric, settled_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  -- the slow answer is ready after three seconds, and nobody confirms after an hour
  update sales.demo_charges c
     set state = case c.state when 'waiting' then 'captured' else 'declined' end,
         reason = case c.state when 'to_confirm' then 'expired' end,
         fee_amount = case c.state when 'waiting' then c.fee_amount else 0 end,
         settled_at = clock_timestamp()
   where c.payment_id = demo_look.payment_id
     and (c.state = 'waiting' and c.asked_at < clock_timestamp() - interval '3 seconds'
          or c.state = 'to_confirm' and c.asked_at < clock_timestamp() - interval '1 hour');
  return query select c.state, c.reason, c.amount::numeric, c.currency::text, c.fee_amount::numeric, c.settled_at
    from sales.demo_charges c where c.payment_id = demo_look.payment_id;
end
$$;

ALTER FUNCTION sales.demo_look(payment_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.demo_look(payment_id uuid) IS 'What the demo bank says of a payment at this moment; no row when it never heard of it.';

CREATE TABLE sales.gateway_refunds (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    payment_id uuid NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    reference text,
    tries integer DEFAULT 0 NOT NULL,
    last_error text,
    next_try_at timestamp with time zone DEFAULT clock_timestamp(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT gateway_refunds_amount_positive_check CHECK (((amount)::numeric > (0)::numeric)),
    CONSTRAINT gateway_refunds_done_has_a_time_check CHECK (((status = 'done'::text) = (done_at IS NOT NULL))),
    CONSTRAINT gateway_refunds_last_error_length_check CHECK ((length(last_error) <= 500)),
    CONSTRAINT gateway_refunds_reference_length_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200))),
    CONSTRAINT gateway_refunds_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text]))),
    CONSTRAINT gateway_refunds_tries_not_negative_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY sales.gateway_refunds FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.gateway_refunds OWNER TO techcourse_owner;

COMMENT ON TABLE sales.gateway_refunds IS 'What a gateway has to give back to a student, for a refund or for money that was not wanted. Shard class: student-keyed.';

COMMENT ON COLUMN sales.gateway_refunds.student_id IS 'Who gets the money.';

COMMENT ON COLUMN sales.gateway_refunds.id IS 'Key, UUIDv7, together with the student; also the gateway''s idempotency key.';

COMMENT ON COLUMN sales.gateway_refunds.payment_id IS 'The payment from which it is given back.';

COMMENT ON COLUMN sales.gateway_refunds.amount IS 'How much.';

COMMENT ON COLUMN sales.gateway_refunds.currency IS 'Currency of the amount, ISO 4217.';

COMMENT ON COLUMN sales.gateway_refunds.status IS 'pending, done, or failed: left to the staff.';

COMMENT ON COLUMN sales.gateway_refunds.reference IS 'The gateway''s reference for it, or the bank''s for a chargeback.';

COMMENT ON COLUMN sales.gateway_refunds.tries IS 'How often the gateway was asked.';

COMMENT ON COLUMN sales.gateway_refunds.last_error IS 'Why the last try did not succeed.';

COMMENT ON COLUMN sales.gateway_refunds.next_try_at IS 'When it is tried next; null when it is not.';

COMMENT ON COLUMN sales.gateway_refunds.created_at IS 'When it was asked for.';

COMMENT ON COLUMN sales.gateway_refunds.done_at IS 'When the gateway had given it back.';

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
    idempotency_key text,
    fee_amount platform.money_amount,
    failure_reason text,
    checked_at timestamp with time zone,
    released_at timestamp with time zone,
    CONSTRAINT payments_captured_has_a_business_day_check CHECK (((captured_at IS NULL) = (business_day IS NULL))),
    CONSTRAINT payments_captured_has_a_time_check CHECK (((status = ANY (ARRAY['captured'::text, 'surplus'::text])) = (captured_at IS NOT NULL))),
    CONSTRAINT payments_failure_reason_check CHECK (((failure_reason IS NULL) OR ((status = 'failed'::text) AND ((length(failure_reason) >= 1) AND (length(failure_reason) <= 300))))),
    CONSTRAINT payments_gateway_check CHECK ((gateway ~ '^[a-z][a-z0-9_]{1,30}$'::text)),
    CONSTRAINT payments_idempotency_key_check CHECK ((idempotency_key ~ '^[!-~]{8,200}$'::text)),
    CONSTRAINT payments_only_captured_is_refunded_check CHECK ((((refunded_amount)::numeric = (0)::numeric) OR (status = 'captured'::text))),
    CONSTRAINT payments_only_captured_is_released_check CHECK (((released_at IS NULL) OR (status = 'captured'::text))),
    CONSTRAINT payments_reference_length_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200))),
    CONSTRAINT payments_refunded_at_most_paid_check CHECK (((refunded_amount)::numeric <= (amount)::numeric)),
    CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'captured'::text, 'failed'::text, 'surplus'::text])))
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

COMMENT ON COLUMN sales.payments.idempotency_key IS 'Key under which the payment was begun; the same key finds it again.';

COMMENT ON COLUMN sales.payments.fee_amount IS 'What the gateway kept for itself, if it says so.';

COMMENT ON COLUMN sales.payments.failure_reason IS 'Why a failed payment failed, in the gateway''s words.';

COMMENT ON COLUMN sales.payments.checked_at IS 'When the gateway was last asked what became of it.';

COMMENT ON COLUMN sales.payments.released_at IS 'When its refund window was over and what was earned by it became payable; null while that is to come.';

CREATE FUNCTION sales.due_gateway_refunds(most integer) RETURNS TABLE(student_id uuid, id uuid, payment_id uuid, gateway text, payment_reference text, amount numeric, currency text, tries integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE sales.gateway_refunds g SET tries = (g.tries + 1), next_try_at = (clock_timestamp() + '00:05:00'::interval)
    FROM ( SELECT d.student_id,
             d.id
            FROM sales.gateway_refunds d
           WHERE ((d.status = 'pending'::text) AND (d.next_try_at <= clock_timestamp()))
           ORDER BY d.next_try_at
          LIMIT due_gateway_refunds.most
          FOR UPDATE OF d SKIP LOCKED) due,
     sales.payments p
   WHERE ((g.student_id = due.student_id) AND (g.id = due.id) AND (p.student_id = g.student_id) AND (p.id = g.payment_id))
   RETURNING g.student_id,
     g.id,
     g.payment_id,
     p.gateway,
     p.reference,
     (g.amount)::numeric AS amount,
     (g.currency)::text AS currency,
     g.tries;
END;

ALTER FUNCTION sales.due_gateway_refunds(most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.due_gateway_refunds(most integer) IS 'What gateways have to give back now; each is out of reach of other nodes for five minutes.';

CREATE TABLE sales.invoices (
    id uuid NOT NULL,
    seller text NOT NULL,
    year integer NOT NULL,
    serial_no integer NOT NULL,
    previous_no integer GENERATED ALWAYS AS (NULLIF((serial_no - 1), 0)) STORED,
    number text GENERATED ALWAYS AS (((((seller || '-'::text) || (year)::text) || '-'::text) || lpad((serial_no)::text, GREATEST(6, length((serial_no)::text)), '0'::text))) STORED NOT NULL,
    kind text NOT NULL,
    student_id uuid NOT NULL,
    order_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    source_id uuid NOT NULL,
    corrects_id uuid,
    happened_at timestamp with time zone NOT NULL,
    business_day date NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    document jsonb NOT NULL,
    numbered_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT invoices_amount_positive_check CHECK (((amount)::numeric > (0)::numeric)),
    CONSTRAINT invoices_credit_note_corrects_one_check CHECK (((kind = 'credit_note'::text) = (corrects_id IS NOT NULL))),
    CONSTRAINT invoices_document_check CHECK (((jsonb_typeof(document) = 'object'::text) AND COALESCE((jsonb_typeof((document -> 'lines'::text)) = 'array'::text), false) AND (pg_column_size(document) <= 60000))),
    CONSTRAINT invoices_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
    CONSTRAINT invoices_seller_check CHECK ((seller ~ '^[A-Z0-9]{1,12}$'::text)),
    CONSTRAINT invoices_serial_no_from_1_check CHECK ((serial_no >= 1)),
    CONSTRAINT invoices_year_of_the_day_check CHECK (((year)::numeric = EXTRACT(year FROM business_day)))
);

ALTER TABLE ONLY sales.invoices FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.invoices OWNER TO techcourse_owner;

COMMENT ON TABLE sales.invoices IS 'Invoices for captured payments and credit notes for refunds, numbered without a gap; append only. Shard class: local.';

COMMENT ON COLUMN sales.invoices.id IS 'Key, UUIDv7, made of kind and source.';

COMMENT ON COLUMN sales.invoices.seller IS 'Who counts: the setting invoice_prefix when it was numbered.';

COMMENT ON COLUMN sales.invoices.year IS 'Calendar year of the business day; each year counts from 1.';

COMMENT ON COLUMN sales.invoices.serial_no IS 'Place among the seller''s numbers of the year, from 1.';

COMMENT ON COLUMN sales.invoices.previous_no IS 'The number before, which must be there; null for the first.';

COMMENT ON COLUMN sales.invoices.number IS 'The number as people read it, such as TC-2026-000001.';

COMMENT ON COLUMN sales.invoices.kind IS 'invoice or credit_note.';

COMMENT ON COLUMN sales.invoices.student_id IS 'The buyer.';

COMMENT ON COLUMN sales.invoices.order_id IS 'What was bought or given back.';

COMMENT ON COLUMN sales.invoices.payment_id IS 'The payment, also of what a credit note gives back.';

COMMENT ON COLUMN sales.invoices.source_id IS 'What it is for: the payment, or the request to give back (the refund where there is none).';

COMMENT ON COLUMN sales.invoices.corrects_id IS 'The invoice that a credit note corrects; null for an invoice.';

COMMENT ON COLUMN sales.invoices.happened_at IS 'When the money was captured or given back; the order of the numbers.';

COMMENT ON COLUMN sales.invoices.business_day IS 'Day of that in the accounting time zone; the date of the invoice.';

COMMENT ON COLUMN sales.invoices.amount IS 'Paid, or given back by a credit note, with tax.';

COMMENT ON COLUMN sales.invoices.currency IS 'Currency of the amount, ISO 4217.';

COMMENT ON COLUMN sales.invoices.document IS 'Seller and lines as they were, frozen.';

COMMENT ON COLUMN sales.invoices.numbered_at IS 'When it got its number.';

CREATE FUNCTION sales.due_invoices(since date) RETURNS TABLE(kind text, source_id uuid, student_id uuid, order_id uuid, payment_id uuid, captured_at timestamp with time zone, happened_at timestamp with time zone, amount numeric, currency text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT 'invoice'::text,
     p.id,
     p.student_id,
     p.order_id,
     p.id,
     p.captured_at,
     p.captured_at,
     (p.amount)::numeric AS amount,
     (p.currency)::text AS currency
    FROM sales.payments p
   WHERE ((p.status = 'captured'::text) AND ((p.amount)::numeric > (0)::numeric) AND ((due_invoices.since IS NULL) OR (p.business_day >= due_invoices.since)) AND (NOT (EXISTS ( SELECT
            FROM sales.invoices i
           WHERE ((i.kind = 'invoice'::text) AND (i.source_id = p.id))))))
 UNION ALL
  SELECT 'credit_note'::text,
     COALESCE(r.gateway_refund_id, r.id) AS "coalesce",
     r.student_id,
     r.order_id,
     r.payment_id,
     p.captured_at,
     GREATEST(min(r.refunded_at), p.captured_at) AS "greatest",
     sum((r.amount)::numeric) AS sum,
     (r.currency)::text AS currency
    FROM (sales.refunds r
      JOIN sales.payments p ON (((p.student_id = r.student_id) AND (p.id = r.payment_id))))
   WHERE (((due_invoices.since IS NULL) OR (r.business_day >= due_invoices.since)) AND (NOT (EXISTS ( SELECT
            FROM sales.invoices i
           WHERE ((i.kind = 'credit_note'::text) AND (i.source_id = COALESCE(r.gateway_refund_id, r.id)))))) AND ((due_invoices.since IS NULL) OR (p.business_day >= due_invoices.since) OR (EXISTS ( SELECT
            FROM sales.invoices i
           WHERE ((i.kind = 'invoice'::text) AND (i.source_id = p.id))))))
   GROUP BY COALESCE(r.gateway_refund_id, r.id), r.student_id, r.order_id, r.payment_id, p.captured_at, r.currency;
END;

ALTER FUNCTION sales.due_invoices(since date) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.due_invoices(since date) IS 'Captured payments and refunds, since a business day or ever, that have no number yet. For sales.number_invoices.';

CREATE FUNCTION sales.earned_of(students uuid[], payments uuid[]) RETURNS TABLE(student_id uuid, payment_id uuid, order_id uuid, course_id uuid, account_id uuid, instructor_id uuid, currency text, amount numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH wanted AS (
          SELECT w.student_id,
             w.payment_id
            FROM UNNEST(earned_of.students, earned_of.payments) w(student_id, payment_id)
         ), movements AS (
          SELECT w.student_id,
             w.payment_id,
             e.order_id,
             e.course_id,
             e.credit_account_id AS account_id,
             (e.amount)::numeric AS amount
            FROM (wanted w
              JOIN sales.ledger_entries e ON (((e.transaction_id = w.payment_id) AND (e.kind = 'sale'::text))))
         UNION ALL
          SELECT w.student_id,
             w.payment_id,
             e.order_id,
             e.course_id,
             e.debit_account_id,
             (- (e.amount)::numeric)
            FROM ((wanted w
              JOIN sales.refunds r ON (((r.student_id = w.student_id) AND (r.payment_id = w.payment_id))))
              JOIN sales.ledger_entries e ON (((e.transaction_id = r.id) AND (e.kind = ANY (ARRAY['refund'::text, 'chargeback'::text])))))
         )
  SELECT m.student_id,
     m.payment_id,
     m.order_id,
     m.course_id,
     m.account_id,
     a.instructor_id,
     (a.currency)::text AS currency,
     sum(m.amount) AS sum
    FROM (movements m
      JOIN sales.ledger_accounts a ON (((a.id = m.account_id) AND (a.kind = 'instructor_earned'::text))))
   GROUP BY m.student_id, m.payment_id, m.order_id, m.course_id, m.account_id, a.instructor_id, a.currency
  HAVING (sum(m.amount) > (0)::numeric);
END;

ALTER FUNCTION sales.earned_of(students uuid[], payments uuid[]) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.earned_of(students uuid[], payments uuid[]) IS 'What each payee still has of each line of some payments (students and payments in pairs): earned less given back. For the functions of this room.';

CREATE TABLE sales.gateway_events (
    gateway text NOT NULL,
    event_id text NOT NULL,
    kind text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    handled_at timestamp with time zone,
    CONSTRAINT gateway_events_event_id_length_check CHECK (((length(event_id) >= 1) AND (length(event_id) <= 200))),
    CONSTRAINT gateway_events_gateway_check CHECK ((gateway ~ '^[a-z][a-z0-9_]{1,30}$'::text)),
    CONSTRAINT gateway_events_kind_length_check CHECK (((length(kind) >= 1) AND (length(kind) <= 200)))
);

ALTER TABLE ONLY sales.gateway_events FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.gateway_events OWNER TO techcourse_owner;

COMMENT ON TABLE sales.gateway_events IS 'Events that a gateway sent, by their ids: what was handled is not handled again. Shard class: local.';

COMMENT ON COLUMN sales.gateway_events.gateway IS 'Which gateway told it, such as stripe.';

COMMENT ON COLUMN sales.gateway_events.event_id IS 'The gateway''s own id of the event.';

COMMENT ON COLUMN sales.gateway_events.kind IS 'The gateway''s own word for what happened.';

COMMENT ON COLUMN sales.gateway_events.received_at IS 'When it first came.';

COMMENT ON COLUMN sales.gateway_events.handled_at IS 'When it was handled; null while it is to be handled again when it comes again.';

CREATE FUNCTION sales.end_gateway_event(gateway text, event_id text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE sales.gateway_events e SET handled_at = clock_timestamp()
   WHERE ((e.gateway = end_gateway_event.gateway) AND (e.event_id = end_gateway_event.event_id) AND (e.handled_at IS NULL));
END;

ALTER FUNCTION sales.end_gateway_event(gateway text, event_id text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.end_gateway_event(gateway text, event_id text) IS 'A gateway''s event is handled.';

CREATE FUNCTION sales.fail_payment(student_id uuid, payment_id uuid, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  update sales.payments p set status = 'failed', failure_reason = left(fail_payment.reason, 300), checked_at = clock_timestamp()
   where p.student_id = fail_payment.student_id and p.id = fail_payment.payment_id and p.status = 'pending';
  return found;
end
$$;

ALTER FUNCTION sales.fail_payment(student_id uuid, payment_id uuid, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.fail_payment(student_id uuid, payment_id uuid, reason text) IS 'The gateway has not taken the money, and says why; false when the payment was not pending any more.';

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

CREATE FUNCTION sales.find_payment(gateway text, reference text) RETURNS TABLE(student_id uuid, payment_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT r.student_id,
     r.payment_id
    FROM sales.payment_references r
   WHERE ((r.gateway = find_payment.gateway) AND (r.reference = find_payment.reference));
END;

ALTER FUNCTION sales.find_payment(gateway text, reference text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.find_payment(gateway text, reference text) IS 'The payment for which a gateway''s reference stands.';

CREATE FUNCTION sales.forget_answers() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  gone integer;
begin
  delete from sales.answered_requests a where a.asked_at < clock_timestamp() - interval '2 days';
  get diagnostics gone = row_count;
  return gone;
end
$$;

ALTER FUNCTION sales.forget_answers() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.forget_answers() IS 'Clears answers away that are older than two days; says how many.';

CREATE FUNCTION sales.forget_gateway_events() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM sales.gateway_events e
           WHERE (e.received_at < (clock_timestamp() - '90 days'::interval))
           RETURNING e.event_id
         )
  SELECT count(*) AS count
    FROM gone;
END;

ALTER FUNCTION sales.forget_gateway_events() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.forget_gateway_events() IS 'Clears the ids of events away after 90 days, longer than any gateway sends them again; says how many.';

CREATE FUNCTION sales.free_coupons(student_id uuid, order_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  update sales.order_lines l set released_coupon_id = l.coupon_id, coupon_id = null
   where l.student_id = free_coupons.student_id and l.order_id = free_coupons.order_id and l.coupon_id is not null;
  delete from sales.coupon_redemptions u where u.student_id = free_coupons.student_id and u.order_id = free_coupons.order_id;
  delete from sales.coupon_slots s
   where s.order_id = free_coupons.order_id
     and s.coupon_id in (select l.released_coupon_id from sales.order_lines l
                          where l.student_id = free_coupons.student_id and l.order_id = free_coupons.order_id);
end
$$;

ALTER FUNCTION sales.free_coupons(student_id uuid, order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.free_coupons(student_id uuid, order_id uuid) IS 'Gives the coupon slots of an order back; its lines keep their discount and remember the coupon. For the functions of this room.';

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

CREATE FUNCTION sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  done sales.gateway_refunds;
begin
  update sales.gateway_refunds g
     set status = 'done', done_at = clock_timestamp(), reference = given_back.reference, last_error = null, next_try_at = null
   where g.student_id = given_back.student_id and g.id = given_back.gateway_refund_id and g.status <> 'done'
  returning g.* into done;
  if not found then
    return false;
  end if;
  perform sales.post_to_gateway(p, 'refund', 'student_refunds', 'gateway_clearing', done.amount, done.id, done.done_at)
    from sales.payments p where p.student_id = done.student_id and p.id = done.payment_id;
  return true;
end
$$;

ALTER FUNCTION sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) IS 'The gateway has given the money back: posted once; false when it was known.';

CREATE FUNCTION sales.guard_payment() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if old.status <> new.status and (old.status, new.status) not in (
       ('pending', 'captured'), ('pending', 'failed'), ('pending', 'surplus'), ('failed', 'captured'), ('failed', 'surplus'))
    or old.captured_at is not null and (old.captured_at, old.business_day) is distinct from (new.captured_at, new.business_day)
    or (old.student_id, old.id, old.order_id, old.amount, old.currency, old.gateway, old.created_at)
       is distinct from (new.student_id, new.id, new.order_id, new.amount, new.currency, new.gateway, new.created_at) then
    raise exception 'The payment % is %, and stays so.', old.id, old.status using errcode = 'TC421',
      hint = 'Give money back by a refund.', schema = 'sales', table = 'payments', column = 'status';
  end if;
  return new;
end
$$;

ALTER FUNCTION sales.guard_payment() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.guard_payment() IS 'Trigger: a payment goes from pending (or failed) to captured or surplus, from pending to failed, and nowhere else; what it is for never changes (TC421).';

CREATE FUNCTION sales.guard_payout() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION sales.guard_payout() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.guard_payout() IS 'Trigger: a payout goes from planned to approved to paid, is cancelled before that, and otherwise never changes (TC452); when it is approved and when it is paid the books owe it (TC451).';

CREATE TABLE sales.invoice_buyers (
    invoice_id uuid NOT NULL,
    student_id uuid NOT NULL,
    name text,
    address text,
    tax_number text,
    country platform.country_code,
    CONSTRAINT invoice_buyers_lengths_check CHECK (((length(name) <= 200) AND (length(address) <= 500) AND (length(tax_number) <= 40)))
);

ALTER TABLE ONLY sales.invoice_buyers FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.invoice_buyers OWNER TO techcourse_owner;

COMMENT ON TABLE sales.invoice_buyers IS 'To whom an invoice is made out, frozen with it; an erasure empties it, and the invoice stays. Shard class: local.';

COMMENT ON COLUMN sales.invoice_buyers.invoice_id IS 'The invoice.';

COMMENT ON COLUMN sales.invoice_buyers.student_id IS 'The buyer.';

COMMENT ON COLUMN sales.invoice_buyers.name IS 'Personal data. To whom it is made out; null once erased.';

COMMENT ON COLUMN sales.invoice_buyers.address IS 'Personal data. Address as given with the order; null when none was.';

COMMENT ON COLUMN sales.invoice_buyers.tax_number IS 'Personal data. Tax number as given with the order; null when none was.';

COMMENT ON COLUMN sales.invoice_buyers.country IS 'Personal data. Whose tax counted; null when unknown.';

CREATE FUNCTION sales.invoice_document(number text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT jsonb_build_object('id', i.id, 'number', i.number, 'kind', i.kind, 'issued_on', i.business_day, 'order_id', i.order_id, 'corrects', ( SELECT c.number
            FROM sales.invoices c
           WHERE (c.id = i.corrects_id)), 'seller', (i.document -> 'seller'::text), 'buyer', jsonb_build_object('name', b.name, 'address', b.address, 'tax_number', b.tax_number, 'country', b.country), 'lines', (i.document -> 'lines'::text), 'taxes', ( SELECT COALESCE(jsonb_agg(jsonb_build_object('rate', t.rate, 'net', sales.money(t.net, (i.currency)::text), 'tax', sales.money(t.tax, (i.currency)::text)) ORDER BY t.rate), '[]'::jsonb) AS "coalesce"
            FROM ( SELECT (l.value ->> 'tax_rate'::text) AS rate,
                     sum(((l.value #>> '{tax,amount}'::text[]))::numeric) AS tax,
                     sum((((l.value #>> '{amount,amount}'::text[]))::numeric - ((l.value #>> '{tax,amount}'::text[]))::numeric)) AS net
                    FROM jsonb_array_elements((i.document -> 'lines'::text)) l(value)
                   GROUP BY (l.value ->> 'tax_rate'::text)) t), 'total', sales.money((i.amount)::numeric, (i.currency)::text)) AS jsonb_build_object
    FROM (sales.invoices i
      JOIN sales.invoice_buyers b ON ((b.invoice_id = i.id)))
   WHERE ((i.number = upper(invoice_document.number)) AND ((i.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text]))));
END;

ALTER FUNCTION sales.invoice_document(number text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.invoice_document(number text) IS 'An invoice or credit note as JSON; null for others than its buyer, accountants and admins.';

CREATE FUNCTION sales.invoice_gaps() RETURNS TABLE(rule text, seller text, year integer, detail text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT 'numbers without a gap'::text,
     i.seller,
     i.year,
     (((max(i.serial_no) - count(*)))::text || ' missing'::text)
    FROM sales.invoices i
   GROUP BY i.seller, i.year
  HAVING (max(i.serial_no) <> count(*))
 UNION ALL
  SELECT 'an invoice is its payment'::text,
     i.seller,
     i.year,
     i.number
    FROM (sales.invoices i
      LEFT JOIN sales.payments p ON (((p.student_id = i.student_id) AND (p.id = i.source_id) AND (p.status = 'captured'::text))))
   WHERE ((i.kind = 'invoice'::text) AND (((i.amount)::numeric IS DISTINCT FROM (p.amount)::numeric) OR ((i.currency)::text IS DISTINCT FROM (p.currency)::text)))
 UNION ALL
  SELECT 'a credit note is its refund'::text,
     i.seller,
     i.year,
     i.number
    FROM (sales.invoices i
      LEFT JOIN ( SELECT r_1.student_id,
             COALESCE(r_1.gateway_refund_id, r_1.id) AS source_id,
             sum((r_1.amount)::numeric) AS amount
            FROM sales.refunds r_1
           GROUP BY r_1.student_id, COALESCE(r_1.gateway_refund_id, r_1.id)) r ON (((r.student_id = i.student_id) AND (r.source_id = i.source_id))))
   WHERE ((i.kind = 'credit_note'::text) AND ((i.amount)::numeric IS DISTINCT FROM r.amount))
 UNION ALL
  SELECT 'an invoice is the sum of its lines'::text,
     i.seller,
     i.year,
     i.number
    FROM sales.invoices i
   WHERE ((i.amount)::numeric <> ( SELECT sum(((l.value #>> '{amount,amount}'::text[]))::numeric) AS sum
            FROM jsonb_array_elements((i.document -> 'lines'::text)) l(value)));
END;

ALTER FUNCTION sales.invoice_gaps() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.invoice_gaps() IS 'What is wrong with the invoices: missing numbers, amounts that are not those of payments, refunds and lines; no rows: nothing.';

CREATE FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) RETURNS TABLE(id uuid, number text, kind text, business_day date, happened_at timestamp with time zone, order_id uuid, corrects text, net numeric, tax numeric, amount numeric, currency text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT i.id,
     i.number,
     i.kind,
     i.business_day,
     i.happened_at,
     i.order_id,
     c.number,
     ((i.amount)::numeric - t.tax),
     t.tax,
     (i.amount)::numeric AS amount,
     (i.currency)::text AS currency
    FROM ((sales.invoices i
      LEFT JOIN sales.invoices c ON ((c.id = i.corrects_id)))
      CROSS JOIN LATERAL ( SELECT COALESCE(sum(((l.value #>> '{tax,amount}'::text[]))::numeric), (0)::numeric) AS tax
            FROM jsonb_array_elements((i.document -> 'lines'::text)) l(value)) t)
   WHERE (((i.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text]))) AND ((invoice_journal.first_day IS NULL) OR (i.business_day >= invoice_journal.first_day)) AND ((invoice_journal.last_day IS NULL) OR (i.business_day <= invoice_journal.last_day)) AND ((invoice_journal.after_at IS NULL) OR (ROW(i.happened_at, i.id) < ROW(invoice_journal.after_at, invoice_journal.after_id))))
   ORDER BY i.happened_at DESC, i.id DESC
  LIMIT invoice_journal.most;
END;

ALTER FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) IS 'Invoices and credit notes of the acting person, or all for accountants and admins, between two business days, newest first.';

CREATE FUNCTION sales.invoice_lines(student_id uuid, order_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT jsonb_agg(jsonb_build_object('course_id', l.course_id, 'title', c.title, 'quantity', l.quantity, 'list_price', sales.money((l.list_price)::numeric, (l.currency)::text), 'discount', sales.money((l.discount_amount)::numeric, (l.currency)::text), 'tax_rate', (l.tax_rate)::text, 'tax_included', l.tax_included, 'tax', sales.money((l.tax_amount)::numeric, (l.currency)::text), 'amount', sales.money((l.amount)::numeric, (l.currency)::text)) ORDER BY c.title, c.id) AS jsonb_agg
    FROM (sales.order_lines l
      JOIN catalog.courses c ON ((c.id = l.course_id)))
   WHERE ((l.student_id = invoice_lines.student_id) AND (l.order_id = invoice_lines.order_id));
END;

ALTER FUNCTION sales.invoice_lines(student_id uuid, order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.invoice_lines(student_id uuid, order_id uuid) IS 'What an invoice says of the lines of an order. For sales.number_invoices.';

CREATE TABLE sales.course_holds (
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    order_id uuid NOT NULL
);

ALTER TABLE ONLY sales.course_holds FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.course_holds OWNER TO techcourse_owner;

COMMENT ON TABLE sales.course_holds IS 'The one order in which a student buys, or has bought, a course; gone when it is closed or given back. Shard class: student-keyed.';

COMMENT ON COLUMN sales.course_holds.student_id IS 'Who buys, or has bought.';

COMMENT ON COLUMN sales.course_holds.course_id IS 'The course.';

COMMENT ON COLUMN sales.course_holds.order_id IS 'In which order.';

CREATE FUNCTION sales.is_wanted(payment sales.payments) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT ((o.closed_at IS NULL) AND (o.paid_at IS NULL) AND (NOT (EXISTS ( SELECT
            FROM (((sales.order_lines l
              JOIN catalog.courses c ON ((c.id = l.course_id)))
              LEFT JOIN sales.course_holds h ON (((h.student_id = l.student_id) AND (h.course_id = l.course_id))))
              LEFT JOIN learning.enrollments e ON (((e.student_id = l.student_id) AND (e.course_id = l.course_id) AND (e.ended_at IS NULL))))
           WHERE ((l.student_id = o.student_id) AND (l.order_id = o.id) AND ((c.status <> 'published'::text) OR ((o.purpose = 'self'::text) AND ((h.order_id <> o.id) OR (e.student_id IS NOT NULL)))))))))
    FROM sales.orders o
   WHERE ((o.student_id = (is_wanted.payment).student_id) AND (o.id = (is_wanted.payment).order_id));
END;

ALTER FUNCTION sales.is_wanted(payment sales.payments) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.is_wanted(payment sales.payments) IS 'Whether money for a payment buys what was ordered, or came too late and goes back. For the functions of this room.';

CREATE TABLE sales.answered_requests (
    student_id uuid NOT NULL,
    key text NOT NULL,
    operation text NOT NULL,
    request_sha256 bytea NOT NULL,
    status integer,
    body jsonb,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT answered_requests_answer_is_whole_check CHECK (((status IS NULL) = (body IS NULL))),
    CONSTRAINT answered_requests_key_check CHECK ((key ~ '^[!-~]{8,200}$'::text)),
    CONSTRAINT answered_requests_operation_check CHECK ((operation ~ '^[a-z][a-z_]{1,60}$'::text)),
    CONSTRAINT answered_requests_request_sha256_length_check CHECK ((length(request_sha256) = 32)),
    CONSTRAINT answered_requests_status_check CHECK (((status >= 200) AND (status <= 299)))
);

ALTER TABLE ONLY sales.answered_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.answered_requests OWNER TO techcourse_owner;

COMMENT ON TABLE sales.answered_requests IS 'Answers to writes that cost money, by whoever asked and the Idempotency-Key; kept for two days. Shard class: student-keyed.';

COMMENT ON COLUMN sales.answered_requests.student_id IS 'Who asked: a student, or a member of the staff.';

COMMENT ON COLUMN sales.answered_requests.key IS 'The Idempotency-Key of the request.';

COMMENT ON COLUMN sales.answered_requests.operation IS 'What was asked, in snake_case.';

COMMENT ON COLUMN sales.answered_requests.request_sha256 IS 'SHA-256 of the request, to tell another one with the same key.';

COMMENT ON COLUMN sales.answered_requests.status IS 'HTTP status of the answer; null as long as it is worked on.';

COMMENT ON COLUMN sales.answered_requests.body IS 'The answer; null as long as it is worked on. Personal data.';

COMMENT ON COLUMN sales.answered_requests.asked_at IS 'When; cleared away after two days.';

CREATE FUNCTION sales.keep_answer(key text, status integer, body jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE sales.answered_requests a SET status = keep_answer.status, body = keep_answer.body
   WHERE ((a.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) AND (a.key = keep_answer.key) AND (a.status IS NULL));
END;

ALTER FUNCTION sales.keep_answer(key text, status integer, body jsonb) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.keep_answer(key text, status integer, body jsonb) IS 'Keeps the answer to a claimed request of the acting user; the first one stays.';

CREATE FUNCTION sales.ledger_account(kind text, instructor uuid, currency text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  account uuid;
begin
  loop
    select a.id into account from sales.ledger_accounts a
     where a.kind = ledger_account.kind and a.currency = ledger_account.currency
       and (a.instructor_id = ledger_account.instructor or a.instructor_id is null and ledger_account.instructor is null);
    exit when found;
    insert into sales.ledger_accounts (id, kind, instructor_id, currency)
    values (platform.uuid_v7_of('2026-01-01 00:00+00', 'account.' || kind || coalesce('.' || instructor, '') || '.' || currency),
            ledger_account.kind, ledger_account.instructor, ledger_account.currency)
    on conflict on constraint ledger_accounts_kind_instructor_id_currency_key do nothing;
  end loop;
  return account;
end
$$;

ALTER FUNCTION sales.ledger_account(kind text, instructor uuid, currency text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.ledger_account(kind text, instructor uuid, currency text) IS 'The account of a kind, instructor (null for those of the academy) and currency; opened when it is missing.';

CREATE TABLE sales.line_shares (
    student_id uuid NOT NULL,
    order_id uuid NOT NULL,
    course_id uuid NOT NULL,
    instructor_id uuid NOT NULL,
    share_percent numeric(5,2) NOT NULL,
    CONSTRAINT line_shares_share_percent_check CHECK (((share_percent > (0)::numeric) AND (share_percent <= (100)::numeric)))
);

ALTER TABLE ONLY sales.line_shares FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.line_shares OWNER TO techcourse_owner;

COMMENT ON TABLE sales.line_shares IS 'What further instructors get of the instructors'' part of a line, frozen at the order; the lead gets the rest. Shard class: student-keyed.';

COMMENT ON COLUMN sales.line_shares.student_id IS 'Who bought.';

COMMENT ON COLUMN sales.line_shares.order_id IS 'The order.';

COMMENT ON COLUMN sales.line_shares.course_id IS 'The course of the line.';

COMMENT ON COLUMN sales.line_shares.instructor_id IS 'A further instructor of the course.';

COMMENT ON COLUMN sales.line_shares.share_percent IS 'Percent of the instructors'' part that this one gets.';

CREATE FUNCTION sales.line_parts(student_id uuid, order_id uuid) RETURNS TABLE(course_id uuid, kind text, instructor_id uuid, amount numeric, currency text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH parties AS (
          SELECT l.course_id,
             l.currency,
             ((l.amount)::numeric - (l.tax_amount)::numeric) AS net,
             1 AS n,
             'instructor_earned'::text AS kind,
             l.instructor_id,
             (l.instructor_share * ((100)::numeric - COALESCE(( SELECT sum(s.share_percent) AS sum
                    FROM sales.line_shares s
                   WHERE ((s.student_id = l.student_id) AND (s.order_id = l.order_id) AND (s.course_id = l.course_id))), (0)::numeric))) AS weight
            FROM sales.order_lines l
           WHERE ((l.student_id = line_parts.student_id) AND (l.order_id = line_parts.order_id))
         UNION ALL
          SELECT l.course_id,
             l.currency,
             ((l.amount)::numeric - (l.tax_amount)::numeric),
             2,
             'instructor_earned'::text,
             s.instructor_id,
             (l.instructor_share * s.share_percent)
            FROM (sales.order_lines l
              JOIN sales.line_shares s ON (((s.student_id = l.student_id) AND (s.order_id = l.order_id) AND (s.course_id = l.course_id))))
           WHERE ((l.student_id = line_parts.student_id) AND (l.order_id = line_parts.order_id))
         UNION ALL
          SELECT l.course_id,
             l.currency,
             ((l.amount)::numeric - (l.tax_amount)::numeric),
             3,
             'platform_revenue'::text,
             NULL::uuid,
             (((1)::numeric - l.instructor_share) * (100)::numeric)
            FROM sales.order_lines l
           WHERE ((l.student_id = line_parts.student_id) AND (l.order_id = line_parts.order_id))
         ), lines AS (
          SELECT p.course_id,
             p.currency,
             array_agg(p.kind ORDER BY p.n, p.instructor_id) AS kinds,
             array_agg(p.instructor_id ORDER BY p.n, p.instructor_id) AS instructors,
             sales.allocate(min(p.net), array_agg(p.weight ORDER BY p.n, p.instructor_id)) AS amounts
            FROM parties p
           GROUP BY p.course_id, p.currency
         )
  SELECT l.course_id,
     a.kind,
     a.instructor_id,
     a.amount,
     (l.currency)::text AS currency
    FROM (lines l
      CROSS JOIN LATERAL UNNEST(l.kinds, l.instructors, l.amounts) a(kind, instructor_id, amount))
   WHERE (a.amount > (0)::numeric)
 UNION ALL
  SELECT l.course_id,
     'taxes'::text,
     NULL::uuid,
     l.tax_amount,
     (l.currency)::text AS currency
    FROM sales.order_lines l
   WHERE ((l.student_id = line_parts.student_id) AND (l.order_id = line_parts.order_id) AND ((l.tax_amount)::numeric > (0)::numeric));
END;

ALTER FUNCTION sales.line_parts(student_id uuid, order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.line_parts(student_id uuid, order_id uuid) IS 'Who gets what of each line of an order: the lead, further instructors, the academy, the taxes; together what is paid.';

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
    created_by uuid,
    approved_at timestamp with time zone,
    paid_by uuid,
    reference text,
    cancelled_by uuid,
    cancelled_at timestamp with time zone,
    CONSTRAINT payouts_amount_positive_check CHECK (((amount)::numeric > (0)::numeric)),
    CONSTRAINT payouts_approved_by_another_check CHECK ((approved_by <> instructor_id)),
    CONSTRAINT payouts_approved_by_another_than_planned_check CHECK ((approved_by <> created_by)),
    CONSTRAINT payouts_approved_has_an_approver_check CHECK (((status <> ALL (ARRAY['approved'::text, 'paid'::text])) OR (approved_by IS NOT NULL))),
    CONSTRAINT payouts_bank_reference_check CHECK ((((length(reference) >= 1) AND (length(reference) <= 140)) AND (reference ~ '[^[:space:]]'::text))),
    CONSTRAINT payouts_cancelled_has_a_time_check CHECK (((status = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT payouts_paid_by_another_check CHECK ((paid_by <> instructor_id)),
    CONSTRAINT payouts_paid_has_a_time_check CHECK (((status = 'paid'::text) = (paid_at IS NOT NULL))),
    CONSTRAINT payouts_paid_names_reference_and_payer_check CHECK ((num_nonnulls(reference, paid_by) =
CASE
    WHEN (status = 'paid'::text) THEN 2
    ELSE 0
END)),
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

COMMENT ON COLUMN sales.payouts.created_by IS 'Who ran the month, never the one who approves; null for payouts of an import.';

COMMENT ON COLUMN sales.payouts.approved_at IS 'When it was approved; null before.';

COMMENT ON COLUMN sales.payouts.paid_by IS 'Who noted that it was paid, never the one who is paid; null before.';

COMMENT ON COLUMN sales.payouts.reference IS 'The bank''s reference of the transfer; null before.';

COMMENT ON COLUMN sales.payouts.cancelled_by IS 'Who cancelled it; null when nobody is known or it is not cancelled.';

COMMENT ON COLUMN sales.payouts.cancelled_at IS 'When it was cancelled; set exactly when cancelled.';

CREATE FUNCTION sales.my_earnings() RETURNS TABLE(currency text, earned_amount numeric, payable_amount numeric, planned_amount numeric, paid_amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH accounts AS (
          SELECT a.id,
             a.kind,
             (a.currency)::text AS currency
            FROM sales.ledger_accounts a
           WHERE ((a.kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text])) AND (current_setting('app.role'::text, true) = 'instructor'::text) AND (a.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
         ), movements AS (
          SELECT a.kind,
             a.currency,
             (e.amount)::numeric AS amount
            FROM (accounts a
              JOIN sales.ledger_entries e ON ((e.credit_account_id = a.id)))
         UNION ALL
          SELECT a.kind,
             a.currency,
             (- (e.amount)::numeric)
            FROM (accounts a
              JOIN sales.ledger_entries e ON ((e.debit_account_id = a.id)))
         ), payouts AS (
          SELECT (p_1.currency)::text AS currency,
             sum((p_1.amount)::numeric) FILTER (WHERE (p_1.status = ANY (ARRAY['planned'::text, 'approved'::text]))) AS planned,
             sum((p_1.amount)::numeric) FILTER (WHERE (p_1.status = 'paid'::text)) AS paid
            FROM sales.payouts p_1
           WHERE (p_1.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)
           GROUP BY p_1.currency
         )
  SELECT m.currency,
     (COALESCE(sum(m.amount) FILTER (WHERE (m.kind = 'instructor_earned'::text)), (0)::numeric))::numeric(14,2) AS "coalesce",
     (COALESCE(sum(m.amount) FILTER (WHERE (m.kind = 'instructor_payable'::text)), (0)::numeric))::numeric(14,2) AS "coalesce",
     (COALESCE(min(p.planned), (0)::numeric))::numeric(14,2) AS "coalesce",
     (COALESCE(min(p.paid), (0)::numeric))::numeric(14,2) AS "coalesce"
    FROM (movements m
      LEFT JOIN payouts p ON ((p.currency = m.currency)))
   GROUP BY m.currency
   ORDER BY m.currency;
END;

ALTER FUNCTION sales.my_earnings() OWNER TO techcourse_reader;

COMMENT ON FUNCTION sales.my_earnings() IS 'The acting instructor''s money in each currency: earned and not payable yet, payable and not paid, what of that payouts plan, and paid.';

CREATE FUNCTION sales.refund_window() RETURNS interval
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT make_interval(days => ((s.value #>> '{}'::text[]))::integer) AS make_interval FROM platform.settings s WHERE (s.name = 'refund_window_days'::text));

ALTER FUNCTION sales.refund_window() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.refund_window() IS 'How long a payment may be taken back: the setting refund_window_days.';

CREATE FUNCTION sales.my_releases() RETURNS TABLE(currency text, day date, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH waiting AS (
          SELECT array_agg(p_1.student_id) AS students,
             array_agg(p_1.id) AS payments
            FROM (( SELECT DISTINCT e.student_id,
                     e.transaction_id
                    FROM (sales.ledger_accounts a
                      JOIN sales.ledger_entries e ON (((e.credit_account_id = a.id) AND (e.kind = 'sale'::text) AND (e.posted_at >= ( SELECT min(u.captured_at) AS min
                            FROM sales.payments u
                           WHERE ((u.status = 'captured'::text) AND (u.released_at IS NULL) AND ((u.amount)::numeric > (0)::numeric)))))))
                   WHERE ((a.kind = 'instructor_earned'::text) AND (current_setting('app.role'::text, true) = 'instructor'::text) AND (a.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))) s
              JOIN sales.payments p_1 ON (((p_1.student_id = s.student_id) AND (p_1.id = s.transaction_id) AND (p_1.released_at IS NULL))))
         )
  SELECT o.currency,
     platform.business_day((p.captured_at + sales.refund_window())) AS business_day,
     (sum(o.amount))::numeric(14,2) AS sum
    FROM ((waiting w
      CROSS JOIN LATERAL sales.earned_of(w.students, w.payments) o(student_id, payment_id, order_id, course_id, account_id, instructor_id, currency, amount))
      JOIN sales.payments p ON (((p.student_id = o.student_id) AND (p.id = o.payment_id))))
   WHERE (o.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)
   GROUP BY o.currency, (platform.business_day((p.captured_at + sales.refund_window())))
   ORDER BY o.currency, (platform.business_day((p.captured_at + sales.refund_window())));
END;

ALTER FUNCTION sales.my_releases() OWNER TO techcourse_reader;

COMMENT ON FUNCTION sales.my_releases() IS 'When the acting instructor''s earnings become payable: how much on which business day, in each currency.';

CREATE FUNCTION sales.name_payment(student_id uuid, payment_id uuid, reference text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  update sales.payments p set reference = name_payment.reference
   where p.student_id = name_payment.student_id and p.id = name_payment.payment_id and p.reference <> name_payment.reference;
  insert into sales.payment_references (gateway, reference, student_id, payment_id)
  select p.gateway, name_payment.reference, p.student_id, p.id from sales.payments p
   where p.student_id = name_payment.student_id and p.id = name_payment.payment_id
  on conflict on constraint payment_references_gateway_reference_pkey do nothing;
end
$$;

ALTER FUNCTION sales.name_payment(student_id uuid, payment_id uuid, reference text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.name_payment(student_id uuid, payment_id uuid, reference text) IS 'Notes the gateway''s reference for a payment, so that its messages find it; earlier references stay known.';

CREATE FUNCTION sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  update sales.gateway_refunds g
     set last_error = left(error, 500), next_try_at = clock_timestamp() + next_try,
         status = case when next_try is null then 'failed' else 'pending' end
   where g.student_id = not_given_back.student_id and g.id = not_given_back.gateway_refund_id and g.status <> 'done';
end
$$;

ALTER FUNCTION sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) IS 'The gateway did not give the money back; tried again after so long, or (null) left to the staff.';

CREATE FUNCTION sales.number_invoices(since date, most integer, public_url text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  setting constant jsonb := (select jsonb_object_agg(s.name, s.value #>> '{}') from platform.settings s where s.name in
    ('academy_name', 'seller_name', 'seller_address', 'seller_tax_number', 'invoice_prefix'));
  about_the_seller constant jsonb := jsonb_build_object(
    'name', coalesce(nullif(setting ->> 'seller_name', ''), setting ->> 'academy_name'),
    'address', setting ->> 'seller_address', 'tax_number', setting ->> 'seller_tax_number');
  before constant timestamptz := clock_timestamp();
  oldest constant date := coalesce(since, (select max(i.business_day) - 40 from sales.invoices i));
  made integer;
begin
  -- one at a time; whoever waited sees what the other numbered
  perform pg_advisory_xact_lock(hashtext('sales.number_invoices'), 0);
  with due as (
    select d.*, platform.business_day(d.happened_at) as business_day from sales.due_invoices(oldest) d
     order by d.happened_at, d.kind desc, d.source_id limit number_invoices.most
  ), placed as (
    select d.*, extract(year from d.business_day)::integer as year,
           row_number() over (partition by extract(year from d.business_day) order by d.happened_at, d.kind desc, d.source_id) as place
      from due d
  ), made_out as (
    insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id,
                                happened_at, business_day, amount, currency, document)
    select platform.uuid_v7_of(p.happened_at, p.kind || '.' || p.source_id), setting ->> 'invoice_prefix', p.year,
           p.place + coalesce((select max(i.serial_no) from sales.invoices i
                                where i.seller = setting ->> 'invoice_prefix' and i.year = p.year), 0),
           p.kind, p.student_id, p.order_id, p.payment_id, p.source_id,
           case p.kind when 'credit_note' then platform.uuid_v7_of(p.captured_at, 'invoice.' || p.payment_id) end,
           p.happened_at, p.business_day, p.amount, p.currency,
           jsonb_build_object('seller', about_the_seller, 'lines', case p.kind
             when 'invoice' then sales.invoice_lines(p.student_id, p.order_id)
             else sales.credit_note_lines(p.student_id, p.payment_id, p.source_id) end)
      from placed p
    returning id, student_id, order_id
  )
  insert into sales.invoice_buyers (invoice_id, student_id, name, address, tax_number, country)
  select m.id, m.student_id,
         case when u.status <> 'erased' then left(coalesce(o.wish_details #>> '{billing,name}', u.display_name), 200) end,
         case when u.status <> 'erased' then left(o.wish_details #>> '{billing,address}', 500) end,
         case when u.status <> 'erased' then left(o.wish_details #>> '{billing,tax_id}', 40) end,
         case when u.status <> 'erased' then o.country end
    from made_out m
    join sales.orders o on o.student_id = m.student_id and o.id = m.order_id
    join identity.users u on u.id = m.student_id
    -- an erasure at the same moment is waited for, or finds what is written here
     for share of u;
  get diagnostics made = row_count;
  -- a receipt for what was paid lately; what is older was a receipt to somebody long ago
  perform identity.queue_mail(u.id, u.email::text, 'receipt', u.locale, jsonb_build_object('name', u.display_name,
      'link', public_url || '/api/v1/invoices/' || i.number || '/pdf'))
    from sales.invoices i join identity.users u on u.id = i.student_id and u.status = 'active'
   where i.numbered_at >= before and i.kind = 'invoice' and i.happened_at > before - interval '1 day'
     and made > 0 and public_url is not null;
  return made;
end
$$;

ALTER FUNCTION sales.number_invoices(since date, most integer, public_url text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.number_invoices(since date, most integer, public_url text) IS 'Makes out and numbers what is captured or given back (since a business day; null: since 40 days before the last) and has no number yet, the oldest first, at most so many; says how many. Receipts go by mail where the public address is given.';

CREATE FUNCTION sales.number_own_invoices(public_url text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  oldest date;
begin
  -- only what concerns the acting person makes anybody wait for numbers
  select min(d.day) into oldest from (
    select p.business_day as day from sales.payments p
     where p.student_id = nullif(current_setting('app.user_id', true), '')::uuid and p.status = 'captured' and p.amount > 0
       and not exists (select from sales.invoices i where i.kind = 'invoice' and i.source_id = p.id)
    union all
    select p.business_day from sales.refunds r join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id
     where r.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       and not exists (select from sales.invoices i where i.kind = 'credit_note' and i.source_id = coalesce(r.gateway_refund_id, r.id))) d;
  return case when oldest is null then 0 else sales.number_invoices(oldest, 20000, public_url) end;
end
$$;

ALTER FUNCTION sales.number_own_invoices(public_url text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.number_own_invoices(public_url text) IS 'Numbers at once, when the acting person has something that is not numbered yet: that, and what others bought before it.';

CREATE FUNCTION sales.open_payments(older_than interval, most integer) RETURNS TABLE(student_id uuid, payment_id uuid, order_id uuid, gateway text, reference text, amount numeric, currency text, created_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 UPDATE sales.payments p SET checked_at = clock_timestamp()
    FROM ( SELECT d.student_id,
             d.id
            FROM sales.payments d
           WHERE ((d.status = 'pending'::text) AND (COALESCE(d.checked_at, d.created_at) < (clock_timestamp() - open_payments.older_than)))
           ORDER BY COALESCE(d.checked_at, d.created_at)
          LIMIT open_payments.most
          FOR UPDATE OF d SKIP LOCKED) due
   WHERE ((p.student_id = due.student_id) AND (p.id = due.id))
   RETURNING p.student_id,
     p.id,
     p.order_id,
     p.gateway,
     p.reference,
     (p.amount)::numeric AS amount,
     (p.currency)::text AS currency,
     p.created_at;
END;

ALTER FUNCTION sales.open_payments(older_than interval, most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.open_payments(older_than interval, most integer) IS 'Payments that wait for their gateway and were not looked after for so long; marked as looked after now, so that two nodes take different ones.';

CREATE FUNCTION sales.order_document(student_id uuid, order_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT jsonb_build_object('id', o.id, 'purpose', o.purpose, 'placed_at', o.placed_at, 'paid_at', o.paid_at, 'closed_at', o.closed_at, 'close_reason', o.close_reason, 'country', o.country, 'coupon_code', l.coupon_code, 'total', sales.money((o.total_amount)::numeric, (o.currency)::text), 'tax', sales.money(l.tax_amount, (o.currency)::text), 'refunded', sales.money(l.refunded_amount, (o.currency)::text), 'status',
         CASE
             WHEN (o.closed_at IS NOT NULL) THEN 'closed'::text
             WHEN (o.paid_at IS NULL) THEN 'open'::text
             WHEN (l.refunded_amount = (0)::numeric) THEN 'paid'::text
             WHEN (l.refunded_amount = (o.total_amount)::numeric) THEN 'refunded'::text
             ELSE 'partly_refunded'::text
         END, 'lines', l.lines) AS jsonb_build_object
    FROM (sales.orders o
      CROSS JOIN LATERAL ( SELECT COALESCE(sum((l_1.tax_amount)::numeric), (0)::numeric) AS tax_amount,
             COALESCE(sum((l_1.refunded_amount)::numeric), (0)::numeric) AS refunded_amount,
             min((k.code)::text) AS coupon_code,
             COALESCE(jsonb_agg(jsonb_build_object('course_id', l_1.course_id, 'course_slug', c.slug, 'course_title', c.title, 'quantity', l_1.quantity, 'list_price', sales.money((l_1.list_price)::numeric, (l_1.currency)::text), 'discount', sales.money((l_1.discount_amount)::numeric, (l_1.currency)::text), 'tax_rate', (l_1.tax_rate)::text, 'tax_included', l_1.tax_included, 'tax', sales.money((l_1.tax_amount)::numeric, (l_1.currency)::text), 'amount', sales.money((l_1.amount)::numeric, (l_1.currency)::text), 'refunded', sales.money((l_1.refunded_amount)::numeric, (l_1.currency)::text)) ORDER BY c.title, c.id), '[]'::jsonb) AS lines
            FROM ((sales.order_lines l_1
              JOIN catalog.courses c ON ((c.id = l_1.course_id)))
              LEFT JOIN sales.coupons k ON ((k.id = COALESCE(l_1.coupon_id, l_1.released_coupon_id))))
           WHERE ((l_1.student_id = o.student_id) AND (l_1.order_id = o.id))) l)
   WHERE ((o.student_id = order_document.student_id) AND (o.id = order_document.order_id) AND ((o.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text]))));
END;

ALTER FUNCTION sales.order_document(student_id uuid, order_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.order_document(student_id uuid, order_id uuid) IS 'An order with its lines as JSON; null for others than its student, accountants and admins.';

CREATE FUNCTION sales.pay_payout(payout_id uuid, reference text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'paid', paid_by = person, paid_at = clock_timestamp(), reference = btrim(pay_payout.reference)
   where p.id = pay_payout.payout_id;
  return found;
end
$$;

ALTER FUNCTION sales.pay_payout(payout_id uuid, reference text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.pay_payout(payout_id uuid, reference text) IS 'Notes that an approved payout was paid, with the bank''s reference, and posts it; false when there is none. Errors: TC451 not owed any more, TC452 not approved, TC459 who acts is no accountant.';

CREATE FUNCTION sales.payable_balance(instructor uuid, currency text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (COALESCE(( SELECT sum((e.amount)::numeric) AS sum
            FROM sales.ledger_entries e
           WHERE (e.credit_account_id = a.id)), (0)::numeric) - COALESCE(( SELECT sum((e.amount)::numeric) AS sum
            FROM sales.ledger_entries e
           WHERE (e.debit_account_id = a.id)), (0)::numeric))
    FROM sales.ledger_accounts a
   WHERE ((a.kind = 'instructor_payable'::text) AND (a.instructor_id = payable_balance.instructor) AND ((a.currency)::text = payable_balance.currency));
END;

ALTER FUNCTION sales.payable_balance(instructor uuid, currency text) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.payable_balance(instructor uuid, currency text) IS 'What the books owe an instructor at this moment in a currency, released and not paid; negative after a late refund, null without an account. For the functions of this room.';

CREATE FUNCTION sales.payable_balances(month date) RETURNS TABLE(instructor_id uuid, currency text, carried_amount numeric, month_amount numeric, later_amount numeric, planned_amount numeric, payable_amount numeric, payout_amount numeric, outcome text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH period AS (
          SELECT (date_trunc('month'::text, (payable_balances.month)::timestamp with time zone))::date AS first_day,
             ((date_trunc('month'::text, (payable_balances.month)::timestamp with time zone) + '1 mon'::interval))::date AS next_day,
             ( SELECT ((s.value #>> '{}'::text[]))::numeric AS "numeric"
                    FROM platform.settings s
                   WHERE (s.name = 'payout_minimum_amount'::text)) AS minimum
         ), due AS (
          SELECT array_agg(p.student_id) AS students,
             array_agg(p.id) AS payments
            FROM sales.payments p,
             period
           WHERE ((p.status = 'captured'::text) AND (p.released_at IS NULL) AND ((p.amount)::numeric > (0)::numeric) AND (p.captured_at < (((period.next_day)::timestamp without time zone AT TIME ZONE ( SELECT (s.value #>> '{}'::text[])
                    FROM platform.settings s
                   WHERE (s.name = 'accounting_time_zone'::text))) - sales.refund_window())))
         ), movements AS (
          SELECT a.instructor_id,
             (a.currency)::text AS currency,
             e.business_day,
             (e.amount)::numeric AS amount
            FROM (sales.ledger_accounts a
              JOIN sales.ledger_entries e ON (((e.credit_account_id = a.id) AND (e.kind <> 'payout'::text))))
           WHERE (a.kind = 'instructor_payable'::text)
         UNION ALL
          SELECT a.instructor_id,
             (a.currency)::text AS currency,
             e.business_day,
             (- (e.amount)::numeric)
            FROM (sales.ledger_accounts a
              JOIN sales.ledger_entries e ON (((e.debit_account_id = a.id) AND (e.kind <> 'payout'::text))))
           WHERE (a.kind = 'instructor_payable'::text)
         UNION ALL
          SELECT e.instructor_id,
             e.currency,
             period.first_day,
             e.amount
            FROM due,
             (period
              CROSS JOIN LATERAL sales.earned_of(due.students, due.payments) e(student_id, payment_id, order_id, course_id, account_id, instructor_id, currency, amount))
         UNION ALL
          SELECT p.instructor_id,
             (p.currency)::text AS currency,
             p.period_start,
             (- (p.amount)::numeric)
            FROM sales.payouts p,
             period
           WHERE ((p.status <> 'cancelled'::text) AND (p.period_start < period.first_day))
         ), sums AS (
          SELECT m.instructor_id,
             m.currency,
             COALESCE(sum(m.amount) FILTER (WHERE (m.business_day < period.first_day)), (0)::numeric) AS carried,
             COALESCE(sum(m.amount) FILTER (WHERE ((m.business_day >= period.first_day) AND (m.business_day < period.next_day))), (0)::numeric) AS in_month,
             LEAST(COALESCE(sum(m.amount) FILTER (WHERE (m.business_day >= period.next_day)), (0)::numeric), (0)::numeric) AS later
            FROM movements m,
             period
           GROUP BY m.instructor_id, m.currency
         ), planned AS (
          SELECT p.instructor_id,
             (p.currency)::text AS currency,
             sum((p.amount)::numeric) FILTER (WHERE (p.status <> 'cancelled'::text)) AS amount,
             bool_or((p.period_start = period.first_day)) AS this_month
            FROM sales.payouts p,
             period
           WHERE (p.period_start >= period.first_day)
           GROUP BY p.instructor_id, p.currency
         ), rests AS (
          SELECT s.instructor_id,
             s.currency,
             s.carried,
             s.in_month,
             s.later,
             COALESCE(p.amount, (0)::numeric) AS planned,
             COALESCE(p.this_month, false) AS this_month,
             (((s.carried + s.in_month) + s.later) - COALESCE(p.amount, (0)::numeric)) AS rest
            FROM (sums s
              LEFT JOIN planned p ON (((p.instructor_id = s.instructor_id) AND (p.currency = s.currency))))
         ), outcomes AS (
          SELECT r.instructor_id,
             r.currency,
             r.carried,
             r.in_month,
             r.later,
             r.planned,
             r.this_month,
             r.rest,
                 CASE
                     WHEN r.this_month THEN 'planned'::text
                     WHEN (r.rest < (0)::numeric) THEN 'carried_over'::text
                     WHEN (r.rest = (0)::numeric) THEN 'settled'::text
                     WHEN (r.rest < period.minimum) THEN 'below_minimum'::text
                     ELSE 'to_pay'::text
                 END AS outcome
            FROM rests r,
             period
         )
  SELECT o.instructor_id,
     o.currency,
     o.carried,
     o.in_month,
     o.later,
     o.planned,
     o.rest,
         CASE
             WHEN (o.outcome = 'to_pay'::text) THEN o.rest
             ELSE (0)::numeric
         END AS "case",
     o.outcome
    FROM outcomes o
   WHERE ((o.carried <> (0)::numeric) OR (o.in_month <> (0)::numeric) OR (o.planned <> (0)::numeric) OR (o.later <> (0)::numeric));
END;

ALTER FUNCTION sales.payable_balances(month date) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.payable_balances(month date) IS 'For each instructor and currency what a payout of a month would be, and why: carried over from before + released less given back in the month + what was given back since - payouts of the month or later = payable. For the functions of this room.';

CREATE FUNCTION sales.place_order(wish jsonb, key text, request_sha256 bytea) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  answer jsonb;
  placed sales.orders;
begin
  if student is null or current_setting('app.role', true) <> 'student' then perform sales.refuse_order('nobody'); end if;
  answer := sales.claim_request(place_order.key, 'place_order', place_order.request_sha256);
  if answer is not null then
    return answer;
  end if;
  -- a student takes turns with oneself, so that two tabs do not fill two baskets with the same course
  perform pg_advisory_xact_lock(hashtext('sales.redeem_coupon'), hashtext(student::text));
  perform sales.check_wish(student, wish);
  insert into sales.orders (student_id, currency, country, purpose, wish_details, idempotency_key)
  select student, c.currency, coalesce(wish ->> 'country', u.country), coalesce(wish ->> 'purpose', 'self'),
         nullif(jsonb_strip_nulls(jsonb_build_object('gift', wish -> 'gift', 'organization_id', wish -> 'organization_id',
                                                     'billing', wish -> 'billing')), '{}'), place_order.key
    from catalog.courses c, identity.users u
   where c.id = (wish #>> '{courses,0,course_id}')::uuid and u.id = student
  returning * into placed;
  perform sales.add_lines(student, placed.id, wish, placed.country);
  if placed.purpose = 'self' then
    insert into sales.course_holds (student_id, course_id, order_id)
    select l.student_id, l.course_id, l.order_id from sales.order_lines l where l.student_id = student and l.order_id = placed.id;
  end if;
  insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
  select o.student_id, o.id, 0, o.currency, 'captured', 'none', o.id::text, clock_timestamp()
    from sales.orders o where o.student_id = student and o.id = placed.id and o.total_amount = 0;
  if found then
    insert into learning.events (student_id, kind, course_id)
    select e.student_id, 'enrolled', e.course_id from learning.enrollments e where e.student_id = student and e.order_id = placed.id;
  end if;
  answer := jsonb_build_object('status', 201, 'body', sales.order_document(student, placed.id));
  perform sales.keep_answer(place_order.key, 201, answer -> 'body');
  return answer;
end
$$;

ALTER FUNCTION sales.place_order(wish jsonb, key text, request_sha256 bytea) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.place_order(wish jsonb, key text, request_sha256 bytea) IS 'Places an order of the acting student, or answers what the same key and request were answered: {status, body}. What costs nothing is paid at once. Errors: TC410 to TC420, TC427 to TC429, TC434.';

CREATE FUNCTION sales.post_payout() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, payout_id)
  values (platform.uuid_v7_of(new.paid_at, 'payout.' || new.id), new.id, new.paid_at, platform.business_day(new.paid_at), 'payout',
          sales.ledger_account('instructor_payable', new.instructor_id, new.currency),
          sales.ledger_account('bank', null, new.currency), new.amount, new.currency, new.id);
  return null;
end
$$;

ALTER FUNCTION sales.post_payout() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.post_payout() IS 'Trigger: posts a payout in the moment in which it is paid.';

CREATE FUNCTION sales.post_refund() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- each gives back of what it still has of the line, so that a whole refund is exact to the cent
  with moved as (
    select a.kind, a.instructor_id, e.amount from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id
     where e.transaction_id = new.payment_id and e.kind = 'sale' and e.course_id = new.course_id
    union all
    select case a.kind when 'instructor_payable' then 'instructor_earned' else a.kind end, a.instructor_id, -e.amount
      from sales.refunds r
      join sales.ledger_entries e on e.transaction_id = r.id and e.kind in ('refund', 'chargeback')
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind <> 'student_refunds'
     where r.student_id = new.student_id and r.order_id = new.order_id and r.course_id = new.course_id and r.id <> new.id
  ), remaining as (
    select m.kind, m.instructor_id, sum(m.amount) as amount from moved m group by m.kind, m.instructor_id having sum(m.amount) > 0
  ), parties as (
    select array_agg(r.kind order by r.kind, r.instructor_id) as kinds, array_agg(r.instructor_id order by r.kind, r.instructor_id) as instructors,
           sales.allocate(new.amount, array_agg(r.amount order by r.kind, r.instructor_id)) as amounts
      from remaining r
  )
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, student_id, order_id, course_id, refund_id)
  select platform.uuid_v7_of(new.refunded_at, 'refund.' || new.id || p.kind || coalesce(p.instructor_id::text, '')),
         new.id, new.refunded_at, new.business_day, case new.kind when 'chargeback' then 'chargeback' else 'refund' end,
         sales.ledger_account(case when p.kind = 'instructor_earned' and exists (
             select from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.debit_account_id
              where e.transaction_id = new.payment_id and e.kind = 'release' and e.course_id = new.course_id and a.instructor_id = p.instructor_id)
           then 'instructor_payable' else p.kind end, p.instructor_id, new.currency),
         sales.ledger_account('student_refunds', null, new.currency), p.amount, new.currency, new.student_id, new.order_id, new.course_id, new.id
    from parties, unnest(parties.kinds, parties.instructors, parties.amounts) p (kind, instructor_id, amount)
   where p.amount > 0;
  if not found then
    raise exception 'The sale that the refund % gives back is not in the books.', new.id using errcode = 'TC432',
      hint = 'Look with reporting.books_differences().', schema = 'sales', table = 'ledger_entries';
  end if;
  return null;
end
$$;

ALTER FUNCTION sales.post_refund() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.post_refund() IS 'Trigger: posts a refund, taken from whoever has earned of the line, in the parts that are left; from instructor_payable once the line is released. Error: TC432 no sale to give back.';

CREATE FUNCTION sales.preview_payouts(month date) RETURNS TABLE(instructor_id uuid, instructor_name text, currency text, carried_amount numeric, month_amount numeric, later_amount numeric, planned_amount numeric, payable_amount numeric, payout_amount numeric, outcome text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT b.instructor_id,
     u.display_name,
     b.currency,
     (b.carried_amount)::numeric(14,2) AS carried_amount,
     (b.month_amount)::numeric(14,2) AS month_amount,
     (b.later_amount)::numeric(14,2) AS later_amount,
     (b.planned_amount)::numeric(14,2) AS planned_amount,
     (b.payable_amount)::numeric(14,2) AS payable_amount,
     (b.payout_amount)::numeric(14,2) AS payout_amount,
     b.outcome
    FROM (sales.payable_balances(preview_payouts.month) b(instructor_id, currency, carried_amount, month_amount, later_amount, planned_amount, payable_amount, payout_amount, outcome)
      JOIN identity.users u ON ((u.id = b.instructor_id)))
   WHERE ((current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text])) OR (SESSION_USER = 'accountant'::name));
END;

ALTER FUNCTION sales.preview_payouts(month date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION sales.preview_payouts(month date) IS 'What a run for the month of a day would plan now, and who is paid nothing and why; also for a month that is not over. For accountants and admins, nobody else sees a row.';

CREATE FUNCTION sales.price_line() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.tax_amount := sales.tax_on(new.list_price - new.discount_amount, new.tax_rate, new.tax_included);
  new.amount := new.list_price - new.discount_amount + case when new.tax_included then 0 else new.tax_amount end;
  return new;
end
$$;

ALTER FUNCTION sales.price_line() OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.price_line() IS 'Trigger: works out the tax of a new line and what is paid for it.';

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

CREATE FUNCTION sales.refund_lines(order_row sales.orders, payment sales.payments, lines jsonb, kind text, reason text, requested_by uuid, given_back uuid, happened_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, reason, requested_by, refunded_at, gateway_refund_id)
  select order_row.student_id, payment.id, order_row.id, (l ->> 'course_id')::uuid, (l ->> 'amount')::numeric, order_row.currency,
         refund_lines.kind, refund_lines.reason, refund_lines.requested_by, happened_at, given_back
    from jsonb_array_elements(lines) l order by l ->> 'course_id';
  if (select (s.value #>> '{}')::boolean from platform.settings s where s.name = 'refund_frees_coupon')
    and not exists (select from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id
                      and l.refunded_amount < l.amount) then
    perform sales.free_coupons(order_row.student_id, order_row.id);
  end if;
end
$$;

ALTER FUNCTION sales.refund_lines(order_row sales.orders, payment sales.payments, lines jsonb, kind text, reason text, requested_by uuid, given_back uuid, happened_at timestamp with time zone) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.refund_lines(order_row sales.orders, payment sales.payments, lines jsonb, kind text, reason text, requested_by uuid, given_back uuid, happened_at timestamp with time zone) IS 'Refunds so much of each line; an order given back whole gives its coupon back by the setting refund_frees_coupon. For the functions of this room.';

CREATE FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
  caller constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  by_staff constant boolean := coalesce(current_setting('app.role', true) in ('accountant', 'admin'), false);
  order_row sales.orders;
  payment sales.payments;
  wanted jsonb;
  given_back uuid;
begin
  if by_staff then
    perform sales.acting_accountant();
  end if;
  select o.* into order_row from sales.orders o
   where o.student_id = refund_order.student_id and o.id = refund_order.order_id and (by_staff or o.student_id = caller) for update;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p
   where p.student_id = order_row.student_id and p.order_id = order_row.id and p.status = 'captured';
  if not found then
    raise exception 'The order % is not paid.', order_row.id using errcode = 'TC433',
      hint = 'There is nothing to give back.', schema = 'sales', table = 'orders';
  end if;
  if by_staff and coalesce(btrim(reason), '') = '' then
    raise exception 'A refund by staff needs a reason.' using errcode = 'TC426',
      hint = 'Say why in one sentence.', schema = 'sales', table = 'refunds', column = 'reason';
  end if;
  if not by_staff and (lines @? '$[*].amount' or order_row.purpose = 'team') then
    raise exception 'Students take lines back whole, and teams ask the staff.' using errcode = 'TC426',
      hint = 'Ask the staff of the academy.', schema = 'sales', table = 'refunds', column = 'lines';
  end if;
  if not by_staff and clock_timestamp() > payment.captured_at + (select make_interval(days => (s.value #>> '{}')::integer)
      from platform.settings s where s.name = 'refund_window_days') then
    raise exception 'The time in which the order % may be taken back is over.', order_row.id using errcode = 'TC425',
      hint = 'Ask the staff of the academy.', schema = 'sales', table = 'refunds', column = 'refunded_at';
  end if;
  if exists (select from jsonb_array_elements(lines) w
              where not exists (select from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id
                                  and l.course_id = (w ->> 'course_id')::uuid))
    or (select count(*) <> count(distinct w ->> 'course_id') from jsonb_array_elements(lines) w) then
    raise exception 'The order % has no such lines.', order_row.id using errcode = 'TC426',
      hint = 'Name courses of the order, each once.', schema = 'sales', table = 'refunds', column = 'lines';
  end if;
  select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'amount', coalesce((w ->> 'amount')::numeric, l.amount - l.refunded_amount)))
    into wanted
    from sales.order_lines l
    left join jsonb_array_elements(lines) w on (w ->> 'course_id')::uuid = l.course_id
   where l.student_id = order_row.student_id and l.order_id = order_row.id and (lines is null or w is not null)
     and coalesce((w ->> 'amount')::numeric, l.amount - l.refunded_amount) > 0;
  if wanted is null then
    raise exception 'Nothing of the order % is left to give back.', order_row.id using errcode = 'TC431',
      hint = 'See its refunds.', schema = 'sales', table = 'refunds', column = 'amount';
  end if;
  insert into sales.gateway_refunds as g (student_id, payment_id, amount, currency)
  select order_row.student_id, payment.id, sum((w ->> 'amount')::numeric), order_row.currency from jsonb_array_elements(wanted) w
  returning g.id into given_back;
  perform sales.refund_lines(order_row, payment, wanted, case when by_staff then 'staff' else 'student' end,
    left(coalesce(btrim(reason), ''), 500), caller, given_back, clock_timestamp());
  return given_back;
end
$_$;

ALTER FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) IS 'Gives lines of a paid order back: [{course_id, amount}], without amount what is left of it; null for all. Students within the refund window, whole lines; accountants and admins at any time, with a reason. The gateway''s part of it is answered, null when there is no such order. Errors: TC425 too late, TC426 not so, TC431 nothing left, TC433 not paid, TC459 unknown staff, and the limits of the lines.';

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

CREATE FUNCTION sales.refuse_order(problem text, course uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  case problem
    when 'nobody' then raise exception 'Orders are placed by students.' using errcode = 'TC428',
      hint = 'Sign in, and act as a student.', schema = 'sales', table = 'orders';
    when 'courses' then raise exception 'An order is for 1 to 20 courses, each once, for oneself.' using errcode = 'TC429',
      hint = 'Name each course once.', schema = 'sales', table = 'order_lines', column = 'courses';
    when 'not open' then raise exception 'A course of the order is not on sale.' using errcode = 'TC434',
      hint = 'Order published courses.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'own' then raise exception 'The course % is your own.', course using errcode = 'TC418',
      hint = 'Its instructors see it anyway.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'owned' then raise exception 'You have the course % already.', course using errcode = 'TC419',
      hint = 'Order without it.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'currencies' then raise exception 'The courses cost different currencies.' using errcode = 'TC417',
      hint = 'Place an order for each currency.', schema = 'sales', table = 'orders', column = 'currency';
    when 'coupon' then raise exception 'The coupon is good for nothing in this order.' using errcode = 'TC416',
      hint = 'Order without it.', schema = 'sales', table = 'coupons', column = 'code';
  end case;
end
$$;

ALTER FUNCTION sales.refuse_order(problem text, course uuid) OWNER TO techcourse_owner;

COMMENT ON FUNCTION sales.refuse_order(problem text, course uuid) IS 'Says why an order is refused: TC416 coupon, TC417 currencies, TC418 own course, TC419 owned, TC428 nobody, TC429 courses, TC434 not on sale.';

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

CREATE FUNCTION sales.release_earnings(up_to date DEFAULT NULL::date, most integer DEFAULT 2000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  time_zone constant text := (select s.value #>> '{}' from platform.settings s where s.name = 'accounting_time_zone');
  refund_window constant interval := sales.refund_window();
  due_before constant timestamptz :=
    least(clock_timestamp(), coalesce((up_to + 1)::timestamp at time zone time_zone, 'infinity')) - refund_window;
  -- a month that is paid out is not written to any more
  open_from constant date :=
    coalesce((select p.period_end from sales.payouts p order by p.period_start desc, p.id desc limit 1), '-infinity');
  students uuid[];
  payments uuid[];
begin
  -- nodes take turns
  perform pg_advisory_xact_lock(hashtext('sales.release_earnings'), 0);
  -- the row of the payment is what a refund waits for, or has held before; what it posted is seen by the next statement
  with released as (
    update sales.payments p set released_at = p.captured_at + refund_window
      from (select d.student_id, d.id from sales.payments d
             where d.status = 'captured' and d.released_at is null and d.amount > 0 and d.captured_at < due_before
             order by d.captured_at limit most) due
     where p.student_id = due.student_id and p.id = due.id and p.released_at is null
    returning p.student_id, p.id)
  select array_agg(r.student_id), array_agg(r.id) into students, payments from released r;
  with earned as materialized (
    select * from sales.earned_of(students, payments)
  ), accounts as materialized (
    select d.instructor_id, d.currency, sales.ledger_account('instructor_payable', d.instructor_id, d.currency) as id
      from (select distinct e.instructor_id, e.currency from earned e) d
  )
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, student_id, order_id, course_id)
  select platform.uuid_v7_of(p.released_at, 'release.' || p.id || e.course_id || e.instructor_id),
         p.id, p.released_at, greatest((p.released_at at time zone time_zone)::date, open_from), 'release',
         e.account_id, a.id, e.amount, e.currency, e.student_id, e.order_id, e.course_id
    from earned e
    join sales.payments p on p.student_id = e.student_id and p.id = e.payment_id
    join accounts a on a.instructor_id = e.instructor_id and a.currency = e.currency
  on conflict (student_id, order_id, course_id, debit_account_id) where kind = 'release' do nothing;
  return coalesce(cardinality(payments), 0);
end
$$;

ALTER FUNCTION sales.release_earnings(up_to date, most integer) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.release_earnings(up_to date, most integer) IS 'Makes payable what was earned by payments whose refund window ends by a day (null: now; never the future), so many payments at a time, oldest first; says how many there were. To be repeated until there are none. Each line and payee is released once, less what was given back before.';

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

CREATE FUNCTION sales.run_payouts(month date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
  first_day constant date := date_trunc('month', month)::date;
  next_day constant date := (date_trunc('month', month) + interval '1 month')::date;
  planned integer;
begin
  if next_day > platform.business_day(clock_timestamp()) then
    raise exception 'The month from % is not over.', first_day using errcode = 'TC450',
      hint = 'Look at its preview, and run it when it is over.', schema = 'sales', table = 'payouts', column = 'period_start';
  end if;
  -- one run at a time; the next one finds its payouts there
  perform pg_advisory_xact_lock(hashtext('sales.run_payouts'), 0);
  -- mostly none: the daily work has done it; a large backlog is released beforehand, by the command
  while sales.release_earnings(next_day - 1) > 0 loop
  end loop;
  insert into sales.payouts (instructor_id, period_start, period_end, amount, currency, created_by)
  select b.instructor_id, first_day, next_day, b.payout_amount, b.currency, person
    from sales.payable_balances(first_day) b
   where b.outcome = 'to_pay'
   order by b.instructor_id, b.currency
  on conflict on constraint payouts_instructor_id_period_start_currency_key do nothing;
  get diagnostics planned = row_count;
  return planned;
end
$$;

ALTER FUNCTION sales.run_payouts(month date) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.run_payouts(month date) IS 'Plans the payouts of the month of a day, after releasing what was due by its end; repeated, it adds none. Says how many are new. Errors: TC450 the month is not over, TC459 who acts is no accountant.';

CREATE FUNCTION sales.settle_payment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  purpose text;
  clearing uuid;
  missing uuid;
begin
  update sales.orders o set paid_at = new.captured_at
   where o.student_id = new.student_id and o.id = new.order_id
  returning o.purpose into purpose;
  if purpose = 'self' then
    insert into sales.course_holds (student_id, course_id, order_id)
    select l.student_id, l.course_id, l.order_id from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
       and not exists (select from sales.course_holds h
                        where h.student_id = l.student_id and h.course_id = l.course_id and h.order_id = l.order_id);
    insert into learning.enrollments as e (student_id, course_id, instructor_id, order_id, enrolled_at)
    select l.student_id, l.course_id, l.instructor_id, l.order_id, new.captured_at from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
    on conflict on constraint enrollments_student_id_course_id_pkey do update
      set ended_at = null, end_reason = null, order_id = excluded.order_id
      where e.ended_at is not null;
    select l.course_id into missing from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
       and not exists (select from learning.enrollments e where e.student_id = l.student_id and e.course_id = l.course_id
                          and e.order_id = l.order_id and e.ended_at is null);
    if found then
      raise exception 'The course % is taken already.', missing using errcode = 'TC419',
        hint = 'Give the money back.', schema = 'sales', table = 'payments';
    end if;
  end if;
  if new.amount > 0 then
    clearing := sales.ledger_account('gateway_clearing', null, new.currency);
    -- the key is made of what is posted, so that nothing is posted twice
    insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                      amount, currency, student_id, order_id, course_id)
    select platform.uuid_v7_of(new.captured_at, 'sale.' || new.id || p.course_id || p.kind || coalesce(p.instructor_id::text, '')),
           new.id, new.captured_at, new.business_day, 'sale', clearing,
           sales.ledger_account(p.kind, p.instructor_id, new.currency), p.amount, new.currency, new.student_id, new.order_id, p.course_id
      from sales.line_parts(new.student_id, new.order_id) p;
  end if;
  return null;
end
$$;

ALTER FUNCTION sales.settle_payment() OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.settle_payment() IS 'Trigger: a captured payment enrols its student in the courses of the order and posts the sale, as docs/ledger.md tells. Error: TC419 a course is taken already.';

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

CREATE FUNCTION sales.statement_lines(instructor uuid, currency text, month date) RETURNS TABLE(place bigint, day date, kind text, course_id uuid, course_title text, sold_on date, order_id uuid, payout_id uuid, earned_amount numeric, given_back_amount numeric, amount numeric, balance numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH period AS (
          SELECT (date_trunc('month'::text, (statement_lines.month)::timestamp with time zone))::date AS first_day,
             ((date_trunc('month'::text, (statement_lines.month)::timestamp with time zone) + '1 mon'::interval))::date AS next_day
           WHERE ((current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text])) OR (SESSION_USER = 'accountant'::name) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (statement_lines.instructor = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))
         ), account AS (
          SELECT a.id
            FROM sales.ledger_accounts a
           WHERE ((a.kind = 'instructor_payable'::text) AND (a.instructor_id = statement_lines.instructor) AND ((a.currency)::text = statement_lines.currency))
         ), movements AS (
          SELECT e.id,
             e.business_day,
             e.posted_at,
             e.kind,
             e.transaction_id,
             e.student_id,
             e.order_id,
             e.course_id,
             e.payout_id,
             e.debit_account_id,
             (e.amount)::numeric AS amount
            FROM (account
              JOIN sales.ledger_entries e ON ((e.credit_account_id = account.id)))
         UNION ALL
          SELECT e.id,
             e.business_day,
             e.posted_at,
             e.kind,
             e.transaction_id,
             e.student_id,
             e.order_id,
             e.course_id,
             e.payout_id,
             e.debit_account_id,
             (- (e.amount)::numeric)
            FROM (account
              JOIN sales.ledger_entries e ON ((e.debit_account_id = account.id)))
         ), lines AS (
          SELECT 1 AS part,
             period.first_day AS business_day,
             NULL::timestamp with time zone AS posted_at,
             NULL::uuid AS id,
             'opening_balance'::text AS kind,
             NULL::uuid AS student_id,
             NULL::uuid AS transaction_id,
             NULL::uuid AS order_id,
             NULL::uuid AS course_id,
             NULL::uuid AS payout_id,
             NULL::uuid AS earned_account_id,
             COALESCE(( SELECT sum(m.amount) AS sum
                    FROM movements m
                   WHERE (m.business_day < period.first_day)), (0)::numeric) AS amount
            FROM period
         UNION ALL
          SELECT 2,
             m.business_day,
             m.posted_at,
             m.id,
                 CASE m.kind
                     WHEN 'release'::text THEN 'earnings'::text
                     ELSE m.kind
                 END AS kind,
             m.student_id,
             m.transaction_id,
             m.order_id,
             m.course_id,
             m.payout_id,
             m.debit_account_id,
             m.amount
            FROM movements m,
             period
           WHERE ((m.business_day >= period.first_day) AND (m.business_day < period.next_day))
         UNION ALL
          SELECT 3,
             (period.next_day - 1),
             NULL::timestamp with time zone,
             NULL::uuid,
             'closing_balance'::text,
             NULL::uuid,
             NULL::uuid,
             NULL::uuid,
             NULL::uuid,
             NULL::uuid,
             NULL::uuid,
             0
            FROM period
         ), numbered AS (
          SELECT l.part,
             l.business_day,
             l.posted_at,
             l.id,
             l.kind,
             l.student_id,
             l.transaction_id,
             l.order_id,
             l.course_id,
             l.payout_id,
             l.earned_account_id,
             l.amount,
             row_number() OVER w AS place,
             sum(l.amount) OVER w AS balance
            FROM lines l
           WINDOW w AS (ORDER BY l.part, l.business_day, l.posted_at, l.id)
         )
  SELECT n.place,
     n.business_day,
     n.kind,
     n.course_id,
     c.title,
     p.business_day,
     n.order_id,
     n.payout_id,
     (
         CASE
             WHEN (n.kind = 'earnings'::text) THEN sold.amount
             ELSE NULL::numeric
         END)::numeric(14,2) AS "numeric",
     (
         CASE
             WHEN (n.kind = 'earnings'::text) THEN (sold.amount - n.amount)
             ELSE NULL::numeric
         END)::numeric(14,2) AS "numeric",
     (
         CASE
             WHEN (n.part = 2) THEN n.amount
             ELSE NULL::numeric
         END)::numeric(14,2) AS "numeric",
     (n.balance)::numeric(14,2) AS balance
    FROM (((numbered n
      LEFT JOIN catalog.courses c ON ((c.id = n.course_id)))
      LEFT JOIN sales.payments p ON (((n.kind = 'earnings'::text) AND (p.student_id = n.student_id) AND (p.id = n.transaction_id))))
      LEFT JOIN LATERAL ( SELECT sum((s.amount)::numeric) AS amount
            FROM sales.ledger_entries s
           WHERE ((n.kind = 'earnings'::text) AND (s.transaction_id = n.transaction_id) AND (s.kind = 'sale'::text) AND (s.course_id = n.course_id) AND (s.credit_account_id = n.earned_account_id))) sold ON (true))
   ORDER BY n.place;
END;

ALTER FUNCTION sales.statement_lines(instructor uuid, currency text, month date) OWNER TO techcourse_reader;

COMMENT ON FUNCTION sales.statement_lines(instructor uuid, currency text, month date) IS 'The month of a day on an instructor''s payable account in a currency: opening balance, earnings as they were released (earned less given back before), refunds after that, payouts, corrections, closing balance. For accountants, admins and the instructor; nobody else gets a row.';

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

CREATE FUNCTION sales.tell_new_payments() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if platform.is_subscribed('order.paid.v1') then
    insert into platform.student_outbox (student_id, topic, subject_id, payload)
    select n.student_id, 'order.paid.v1', n.order_id, jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id,
             'payment_id', n.id, 'amount', n.amount::text, 'currency', n.currency)
      from new_rows n where n.status = 'captured';
  end if;
  return null;
end
$$;

ALTER FUNCTION sales.tell_new_payments() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION sales.tell_new_payments() IS 'Trigger for each statement: order.paid.v1 of a payment that begins captured.';

CREATE FUNCTION sales.tell_payments() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into platform.student_outbox (student_id, topic, subject_id, payload)
  select n.student_id, e.topic, n.order_id,
         jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id, 'payment_id', n.id) || e.more
    from new_rows n join old_rows o on o.student_id = n.student_id and o.id = n.id and o.status <> n.status
   cross join lateral (values
     ('captured', 'order.paid.v1', jsonb_build_object('amount', n.amount::text, 'currency', n.currency)),
     ('failed', 'payment.failed.v1', jsonb_build_object('reason', coalesce(n.failure_reason, 'unknown')))
   ) e (status, topic, more)
   where e.status = n.status and platform.is_subscribed(e.topic);
  return null;
end
$$;

ALTER FUNCTION sales.tell_payments() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION sales.tell_payments() IS 'Trigger for each statement: order.paid.v1, payment.failed.v1.';

CREATE FUNCTION sales.tell_refunds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if platform.is_subscribed('order.refunded.v1') then
    insert into platform.student_outbox (student_id, topic, subject_id, payload)
    select n.student_id, 'order.refunded.v1', n.order_id, jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id,
             'course_id', n.course_id, 'refund_id', n.id, 'amount', n.amount::text, 'currency', n.currency, 'kind', n.kind)
      from new_rows n;
  end if;
  return null;
end
$$;

ALTER FUNCTION sales.tell_refunds() OWNER TO techcourse_recorder;

COMMENT ON FUNCTION sales.tell_refunds() IS 'Trigger for each statement: order.refunded.v1.';

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

CREATE VIEW analytics.learning_events AS
 SELECT encode(substr(sha256((k.salt || uuid_send(e.student_id))), 1, 16), 'hex'::text) AS student_key,
    e.occurred_at,
    e.id,
    (e.kind)::text AS kind,
    e.course_id,
    e.lesson_id
   FROM (analytics.student_key_salt k
     CROSS JOIN learning.events e);

ALTER TABLE analytics.learning_events OWNER TO techcourse_reader;

COMMENT ON VIEW analytics.learning_events IS 'What learners did, by student key.';

COMMENT ON COLUMN analytics.learning_events.student_key IS 'Keyed hash of the student, the same in all views of this schema.';

COMMENT ON COLUMN analytics.learning_events.occurred_at IS 'When.';

COMMENT ON COLUMN analytics.learning_events.id IS 'The event.';

COMMENT ON COLUMN analytics.learning_events.kind IS 'What was done.';

COMMENT ON COLUMN analytics.learning_events.course_id IS 'In which course; null outside of any.';

COMMENT ON COLUMN analytics.learning_events.lesson_id IS 'In which lesson; null outside of any.';

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

CREATE TABLE catalog.lesson_drafts (
    lesson_id uuid NOT NULL,
    author_id uuid NOT NULL,
    revision integer NOT NULL,
    lesson_version integer NOT NULL,
    markdown text,
    video_url text,
    saved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT lesson_drafts_lesson_version_positive_check CHECK ((lesson_version > 0)),
    CONSTRAINT lesson_drafts_markdown_length_check CHECK ((length(markdown) <= 200000)),
    CONSTRAINT lesson_drafts_revision_positive_check CHECK ((revision > 0)),
    CONSTRAINT lesson_drafts_video_url_is_https_check CHECK (((video_url ~ '^https://'::text) AND (length(video_url) <= 2000)))
);

ALTER TABLE ONLY catalog.lesson_drafts FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.lesson_drafts OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.lesson_drafts IS 'What an author has typed into a lesson and not yet published: one draft for each author. Shard class: reference.';

COMMENT ON COLUMN catalog.lesson_drafts.lesson_id IS 'The lesson.';

COMMENT ON COLUMN catalog.lesson_drafts.author_id IS 'Who types; nobody else sees the draft.';

COMMENT ON COLUMN catalog.lesson_drafts.revision IS 'Counts the saves, from 1; each names the next number.';

COMMENT ON COLUMN catalog.lesson_drafts.lesson_version IS 'Version of the lesson from which the draft was begun; shows its author that others have changed it since.';

COMMENT ON COLUMN catalog.lesson_drafts.markdown IS 'Text, CommonMark; null when there is none.';

COMMENT ON COLUMN catalog.lesson_drafts.video_url IS 'https address of the video; null when there is none.';

COMMENT ON COLUMN catalog.lesson_drafts.saved_at IS 'Last save, by the database''s clock.';

CREATE TABLE catalog.listing_counts (
    figure text NOT NULL,
    counted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT listing_counts_figure_check CHECK ((figure = 'students'::text))
);

ALTER TABLE ONLY catalog.listing_counts FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.listing_counts OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.listing_counts IS 'When the figures of the listings were last counted. Shard class: reference.';

COMMENT ON COLUMN catalog.listing_counts.figure IS 'Which figure of the listings.';

COMMENT ON COLUMN catalog.listing_counts.counted_at IS 'When it was last counted, for all courses.';

CREATE TABLE catalog.listings (
    course_id uuid NOT NULL,
    published boolean NOT NULL,
    category_id uuid NOT NULL,
    level text NOT NULL,
    language text NOT NULL,
    price numeric(10,2) NOT NULL,
    currency platform.currency_code NOT NULL,
    average numeric(5,4) DEFAULT 0 NOT NULL,
    ratings integer DEFAULT 0 NOT NULL,
    students integer DEFAULT 0 NOT NULL,
    price_range text GENERATED ALWAYS AS (
CASE
    WHEN (price = (0)::numeric) THEN 'free'::text
    WHEN (price < (25)::numeric) THEN 'under-25'::text
    WHEN (price < (50)::numeric) THEN '25-to-50'::text
    WHEN (price < (100)::numeric) THEN '50-to-100'::text
    ELSE '100-and-more'::text
END) STORED NOT NULL,
    half_stars smallint GENERATED ALWAYS AS ((floor((average * (2)::numeric)))::smallint) STORED NOT NULL,
    CONSTRAINT listings_figures_not_negative_check CHECK (((LEAST(average, (ratings)::numeric, (students)::numeric) >= (0)::numeric) AND (average <= (5)::numeric))),
    CONSTRAINT listings_language_length_check CHECK ((length(language) <= 3)),
    CONSTRAINT listings_level_length_check CHECK ((length(level) <= 20)),
    CONSTRAINT listings_price_range_length_check CHECK ((length(price_range) <= 20))
);

ALTER TABLE ONLY catalog.listings FORCE ROW LEVEL SECURITY;

ALTER TABLE catalog.listings OWNER TO techcourse_owner;

COMMENT ON TABLE catalog.listings IS 'Courses as the catalogue orders and counts them: copies by a trigger, and figures as of the last roll-up. Shard class: reference.';

COMMENT ON COLUMN catalog.listings.course_id IS 'The course.';

COMMENT ON COLUMN catalog.listings.published IS 'Whether it is on sale. Copy of the course''s status.';

COMMENT ON COLUMN catalog.listings.category_id IS 'Copy of the course''s.';

COMMENT ON COLUMN catalog.listings.level IS 'Copy of the course''s.';

COMMENT ON COLUMN catalog.listings.language IS 'Copy of the course''s.';

COMMENT ON COLUMN catalog.listings.price IS 'Copy of the course''s, in its currency.';

COMMENT ON COLUMN catalog.listings.currency IS 'ISO 4217 code. Copy of the course''s.';

COMMENT ON COLUMN catalog.listings.average IS 'Stars on average, 1 to 5 with four decimals, as of the last roll-up; 0 while nobody has rated.';

COMMENT ON COLUMN catalog.listings.ratings IS 'How many have rated it, as of the last roll-up.';

COMMENT ON COLUMN catalog.listings.students IS 'How many take it, as of the last count; who left, or was refunded, is not among them.';

COMMENT ON COLUMN catalog.listings.price_range IS 'free, under-25, 25-to-50, 50-to-100 or 100-and-more, in the course''s own currency.';

COMMENT ON COLUMN catalog.listings.half_stars IS 'The average in half stars, rounded down: 9 from 4.5 stars on.';

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

CREATE VIEW catalog.published_listings AS
 SELECT l.course_id,
    l.category_id,
    l.level,
    l.language,
    l.price,
    (l.currency)::text AS currency,
    l.average,
    l.ratings,
    l.students,
    l.price_range,
    l.half_stars,
    ( SELECT c.counted_at
           FROM catalog.listing_counts c
          WHERE (c.figure = 'students'::text)) AS students_counted_at
   FROM catalog.listings l
  WHERE l.published;

ALTER TABLE catalog.published_listings OWNER TO techcourse_reader;

COMMENT ON VIEW catalog.published_listings IS 'What the catalogue orders, filters and counts the courses on sale by, beside catalog.published_courses.';

COMMENT ON COLUMN catalog.published_listings.course_id IS 'The course.';

COMMENT ON COLUMN catalog.published_listings.category_id IS 'Where it stands in the catalogue.';

COMMENT ON COLUMN catalog.published_listings.level IS 'beginner, intermediate or advanced.';

COMMENT ON COLUMN catalog.published_listings.language IS 'ISO 639 code of the language of instruction.';

COMMENT ON COLUMN catalog.published_listings.price IS 'Price, 0 for a free course, in the currency beside it.';

COMMENT ON COLUMN catalog.published_listings.currency IS 'ISO 4217 code.';

COMMENT ON COLUMN catalog.published_listings.average IS 'Stars on average as of the last roll-up, 0 where nobody has rated.';

COMMENT ON COLUMN catalog.published_listings.ratings IS 'How many have rated it, as of the last roll-up.';

COMMENT ON COLUMN catalog.published_listings.students IS 'How many take it, as of the last count.';

COMMENT ON COLUMN catalog.published_listings.price_range IS 'free, under-25, 25-to-50, 50-to-100 or 100-and-more.';

COMMENT ON COLUMN catalog.published_listings.half_stars IS 'The average in half stars, rounded down.';

COMMENT ON COLUMN catalog.published_listings.students_counted_at IS 'When the students of all courses were last counted.';

CREATE VIEW identity.personal_tables WITH (security_invoker='true') AS
 SELECT listed.relation,
    listed.person_column,
    listed.keeper,
    listed.file,
    listed.explanation,
    listed.clearing
   FROM ( VALUES ('identity.users'::text,'id'::text,'reader'::text,'account'::text,'Your account: address, name, language, country, when it was made.'::text,''::text), ('identity.user_roles'::text,'user_id'::text,'reader'::text,'roles'::text,'What you may act as, since when.'::text,''::text), ('identity.user_roles'::text,'granted_by'::text,'reader'::text,NULL::text,'Rows of others whose role you granted.'::text,''::text), ('identity.instructor_profiles'::text,'user_id'::text,'reader'::text,'instructor-profile'::text,'What every visitor may read of you as an instructor.'::text,'display_name = ''Erased user''; bio = '''''::text), ('identity.role_requests'::text,'user_id'::text,'reader'::text,'role-requests'::text,'Your requests to become an instructor, and what was answered.'::text,'motivation = ''erased''; reason = case when reason is not null then ''erased'' end'::text), ('identity.role_requests'::text,'decided_by'::text,'reader'::text,NULL::text,'Requests of others that you decided.'::text,''::text), ('identity.credentials'::text,'user_id'::text,'gatekeeper'::text,'password'::text,'When you last changed your password; the password itself is kept by nobody.'::text,''::text), ('identity.second_factors'::text,'user_id'::text,'gatekeeper'::text,'second-factors'::text,'Your second factors, without their secrets.'::text,''::text), ('identity.recovery_codes'::text,'user_id'::text,'gatekeeper'::text,'recovery-codes'::text,'When recovery codes were used, without the codes.'::text,''::text), ('identity.external_identities'::text,'user_id'::text,'gatekeeper'::text,'external-identities'::text,'Accounts elsewhere by which you sign in.'::text,''::text), ('identity.sessions'::text,'user_id'::text,'gatekeeper'::text,'sessions'::text,'Browsers in which you are signed in.'::text,''::text), ('identity.api_tokens'::text,'user_id'::text,'gatekeeper'::text,'api-tokens'::text,'Your tokens for programs, without their secrets.'::text,''::text), ('identity.one_time_tokens'::text,'user_id'::text,'gatekeeper'::text,'mailed-links'::text,'Links that were mailed to you, without their secrets.'::text,''::text), ('identity.provider_sign_ins'::text,'user_id'::text,'gatekeeper'::text,'provider-sign-ins'::text,'Sign-ins by accounts elsewhere that wait for a code or for your confirmation.'::text,''::text), ('identity.mails'::text,'user_id'::text,'gatekeeper'::text,'letters'::text,'Letters to you, without what they said once they are sent.'::text,''::text), ('catalog.courses'::text,'instructor_id'::text,'reader'::text,'courses'::text,'Courses that you lead.'::text,''::text), ('catalog.course_instructors'::text,'instructor_id'::text,'reader'::text,'shared-courses'::text,'Courses in which you have a share.'::text,''::text), ('catalog.sections'::text,'instructor_id'::text,'reader'::text,'course-sections'::text,'Sections of the courses that you lead.'::text,''::text), ('catalog.lessons'::text,'instructor_id'::text,'reader'::text,'course-lessons'::text,'Lessons of the courses that you lead.'::text,''::text), ('catalog.lesson_contents'::text,'instructor_id'::text,'reader'::text,'course-lesson-contents'::text,'What the lessons of your courses say.'::text,''::text), ('catalog.quizzes'::text,'instructor_id'::text,'reader'::text,'course-quizzes'::text,'Quizzes of the courses that you lead.'::text,''::text), ('catalog.attachments'::text,'instructor_id'::text,'reader'::text,'course-attachments'::text,'Files attached to lessons of your courses; the files are downloaded there.'::text,''::text), ('catalog.lesson_drafts'::text,'author_id'::text,'reader'::text,'lesson-drafts'::text,'What you wrote and have not saved into a lesson yet.'::text,'markdown = null; video_url = null'::text), ('catalog.bank_questions'::text,'instructor_id'::text,'reader'::text,'question-bank'::text,'Questions of your question bank.'::text,''::text), ('learning.enrollments'::text,'student_id'::text,'reader'::text,'enrolments'::text,'Courses that you took or take.'::text,''::text), ('learning.enrollments'::text,'instructor_id'::text,'reader'::text,NULL::text,'Rows of your students.'::text,''::text), ('learning.lesson_progress'::text,'student_id'::text,'reader'::text,'lesson-progress'::text,'How far you came in each lesson.'::text,''::text), ('learning.attempt_slots'::text,'student_id'::text,'reader'::text,'attempt-slots'::text,'Attempts that you have used of those a quiz allows.'::text,''::text), ('learning.attempts'::text,'student_id'::text,'reader'::text,'attempts'::text,'Your attempts at quizzes: answers, points, scores.'::text,'answers = ''{}'''::text), ('learning.attempts'::text,'instructor_id'::text,'reader'::text,NULL::text,'Attempts of your students.'::text,''::text), ('learning.manual_grades'::text,'student_id'::text,'reader'::text,'manual-grades'::text,'What graders wrote to your essays.'::text,'comment = '''''::text), ('learning.manual_grades'::text,'graded_by'::text,'reader'::text,NULL::text,'Essays of others that you graded.'::text,''::text), ('learning.grading_claims'::text,'student_id'::text,'reader'::text,NULL::text,'Who reads an essay of yours at the moment.'::text,''::text), ('learning.grading_claims'::text,'claimed_by'::text,'reader'::text,NULL::text,'Essays of others that you read at the moment.'::text,''::text), ('learning.attempt_regrades'::text,'student_id'::text,'reader'::text,'regrades'::text,'How corrections of keys changed your results.'::text,''::text), ('learning.regrades'::text,'requested_by'::text,'reader'::text,NULL::text,'Corrections of keys that you asked for; they belong to the quiz, with their reasons.'::text,''::text), ('learning.certificates'::text,'student_id'::text,'reader'::text,'certificates'::text,'Your certificates.'::text,'revoked_reason = case when revoked_reason is not null then ''erased'' end; holder_name = null'::text), ('learning.certificates'::text,'revoked_by'::text,'reader'::text,NULL::text,'Certificates of others that you revoked.'::text,''::text), ('learning.certificate_numbers'::text,'student_id'::text,'reader'::text,NULL::text,'The same numbers as in your certificates.'::text,''::text), ('learning.reviews'::text,'student_id'::text,'reader'::text,'reviews'::text,'Your reviews of courses.'::text,'body = ''''; reply = null; replied_at = null'::text), ('learning.rating_changes'::text,'student_id'::text,'reader'::text,NULL::text,'Stars on their way into a course''s sum; the same as in your reviews.'::text,''::text), ('learning.activity_days'::text,'student_id'::text,'reader'::text,'activity-days'::text,'Days on which you learned.'::text,''::text), ('learning.events'::text,'student_id'::text,'reader'::text,'learning-events'::text,'What you viewed, answered and completed.'::text,'payload = ''{}'''::text), ('sales.orders'::text,'student_id'::text,'reader'::text,'orders'::text,'What you ordered.'::text,'country = null; idempotency_key = null; wish_details = null'::text), ('sales.order_lines'::text,'student_id'::text,'reader'::text,'order-lines'::text,'The courses of your orders, with prices.'::text,''::text), ('sales.order_lines'::text,'instructor_id'::text,'reader'::text,NULL::text,'Sales of your courses: the buyers'' rows; your part of them is in the payouts.'::text,''::text), ('sales.line_shares'::text,'student_id'::text,'reader'::text,NULL::text,'How the instructors of your courses share.'::text,''::text), ('sales.line_shares'::text,'instructor_id'::text,'reader'::text,NULL::text,'Sales of courses in which you have a share: the buyers'' rows.'::text,''::text), ('sales.course_holds'::text,'student_id'::text,'reader'::text,NULL::text,'The same courses as in your orders.'::text,''::text), ('sales.answered_requests'::text,'student_id'::text,'reader'::text,NULL::text,'What you were answered in the last two days, so that nothing is done twice.'::text,'body = case when body is not null then ''{}''::jsonb end'::text), ('sales.coupon_redemptions'::text,'student_id'::text,'reader'::text,'coupon-redemptions'::text,'Coupons that you used.'::text,''::text), ('sales.coupon_slots'::text,'student_id'::text,'reader'::text,NULL::text,'The same uses of coupons, counted.'::text,''::text), ('sales.coupons'::text,'created_by'::text,'reader'::text,'coupons'::text,'Coupons that you made.'::text,''::text), ('sales.coupons'::text,'instructor_id'::text,'reader'::text,NULL::text,'Coupons for your courses, made by you or by staff.'::text,''::text), ('sales.payments'::text,'student_id'::text,'reader'::text,'payments'::text,'What you paid.'::text,''::text), ('sales.payment_references'::text,'student_id'::text,'reader'::text,NULL::text,'The same references as in your payments.'::text,''::text), ('sales.gateway_refunds'::text,'student_id'::text,'reader'::text,'gateway-refunds'::text,'What gateways gave back to you.'::text,''::text), ('sales.refunds'::text,'student_id'::text,'reader'::text,'refunds'::text,'What you got back, and why.'::text,'reason = '''''::text), ('sales.refunds'::text,'requested_by'::text,'reader'::text,NULL::text,'Refunds to others that you asked for as staff.'::text,''::text), ('sales.invoices'::text,'student_id'::text,'reader'::text,'invoices'::text,'Invoices and credit notes to you.'::text,''::text), ('sales.invoice_buyers'::text,'student_id'::text,'reader'::text,'invoice-addresses'::text,'To whom your invoices were made out.'::text,'name = null; address = null; tax_number = null; country = null'::text), ('sales.ledger_entries'::text,'student_id'::text,'reader'::text,NULL::text,'The same money as in your payments and refunds, as the books post it.'::text,''::text), ('sales.ledger_accounts'::text,'instructor_id'::text,'reader'::text,'ledger-accounts'::text,'Accounts of the books that are kept for you.'::text,''::text), ('sales.payouts'::text,'instructor_id'::text,'reader'::text,'payouts'::text,'What you earned and were paid.'::text,''::text), ('sales.payouts'::text,'approved_by'::text,'reader'::text,NULL::text,'Payouts to others that you approved.'::text,''::text), ('sales.payouts'::text,'created_by'::text,'reader'::text,NULL::text,'Payouts to others that you planned by a run.'::text,''::text), ('sales.payouts'::text,'paid_by'::text,'reader'::text,NULL::text,'Payouts to others that you noted as paid.'::text,''::text), ('sales.payouts'::text,'cancelled_by'::text,'reader'::text,NULL::text,'Payouts to others that you cancelled.'::text,''::text), ('platform.imports'::text,'started_by'::text,'reader'::text,'imports'::text,'Files that you imported as staff, with their counts.'::text,''::text), ('platform.webhooks'::text,'created_by'::text,'reader'::text,'webhooks'::text,'Receivers of events that you set up as staff.'::text,''::text), ('platform.student_outbox'::text,'student_id'::text,'reader'::text,NULL::text,'Events on their way to receivers: ids, the same facts as in your other files.'::text,''::text), ('audit.change_log'::text,'changed_by'::text,'recorder'::text,NULL::text,'What you changed: ids and amounts, sealed against any change.'::text,''::text)) listed(relation, person_column, keeper, file, explanation, clearing)
  WHERE (EXISTS ( SELECT
           FROM (pg_class c
             JOIN pg_namespace n ON ((n.oid = c.relnamespace)))
          WHERE ((((n.nspname)::text || '.'::text) || (c.relname)::text) = listed.relation)));

ALTER TABLE identity.personal_tables OWNER TO techcourse_owner;

COMMENT ON VIEW identity.personal_tables IS 'Which tables hold rows of a person, in which file of an export they are, and what an erasure clears in them.';

COMMENT ON COLUMN identity.personal_tables.relation IS 'The table, with its room.';

COMMENT ON COLUMN identity.personal_tables.person_column IS 'Its column that points at the person.';

COMMENT ON COLUMN identity.personal_tables.keeper IS 'With whose rights the export reads: reader, gatekeeper (proofs of identity), recorder (not exported).';

COMMENT ON COLUMN identity.personal_tables.file IS 'Name of the file in an export; null: not exported, for the reason given.';

COMMENT ON COLUMN identity.personal_tables.explanation IS 'What the file holds, in words for the person; or why there is none.';

COMMENT ON COLUMN identity.personal_tables.clearing IS 'What an erasure sets in these rows, columns separated by semicolons; empty: the row holds nothing personal, or identity.erase_user() removes it.';

CREATE TABLE identity.role_requests (
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    role text DEFAULT 'instructor'::text NOT NULL,
    motivation text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    reason text,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    CONSTRAINT role_requests_declined_has_a_reason_check CHECK (((status <> 'declined'::text) OR (reason IS NOT NULL))),
    CONSTRAINT role_requests_motivation_length_check CHECK (((length(btrim(motivation)) >= 1) AND (length(btrim(motivation)) <= 2000))),
    CONSTRAINT role_requests_open_is_undecided_check CHECK ((((status = 'open'::text) = (decided_at IS NULL)) AND ((status = ANY (ARRAY['approved'::text, 'declined'::text])) = (decided_by IS NOT NULL)))),
    CONSTRAINT role_requests_reason_length_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 1000))),
    CONSTRAINT role_requests_role_check CHECK ((role = 'instructor'::text)),
    CONSTRAINT role_requests_status_check CHECK ((status = ANY (ARRAY['open'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY identity.role_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.role_requests OWNER TO techcourse_owner;

COMMENT ON TABLE identity.role_requests IS 'Who asks to become an instructor, in which words, and what an admin said to it. Shard class: reference.';

COMMENT ON COLUMN identity.role_requests.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN identity.role_requests.user_id IS 'Who asks.';

COMMENT ON COLUMN identity.role_requests.role IS 'For which role; so far only instructor is asked for.';

COMMENT ON COLUMN identity.role_requests.motivation IS 'Why, in the person''s own words, plain text. Personal data.';

COMMENT ON COLUMN identity.role_requests.status IS 'open, approved, declined, or withdrawn by whoever asked.';

COMMENT ON COLUMN identity.role_requests.reason IS 'What the admin answered; always there when declined, else null when nothing was said. Personal data.';

COMMENT ON COLUMN identity.role_requests.requested_at IS 'Moment of the request.';

COMMENT ON COLUMN identity.role_requests.decided_at IS 'Moment of the decision or withdrawal; null while open.';

COMMENT ON COLUMN identity.role_requests.decided_by IS 'The admin who decided; null while open and when withdrawn.';

CREATE TABLE identity.sign_ups (
    token_hash bytea NOT NULL,
    email extensions.citext NOT NULL,
    display_name text NOT NULL,
    locale text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_ups_display_name_length_check CHECK (((length(btrim(display_name)) >= 1) AND (length(btrim(display_name)) <= 120))),
    CONSTRAINT sign_ups_email_looks_like_an_address_check CHECK ((((email)::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (strpos((email)::text, '@'::text) <= 65) AND ((length((email)::text) - strpos((email)::text, '@'::text)) <= 189))),
    CONSTRAINT sign_ups_expire_after_creation_check CHECK ((expires_at > created_at)),
    CONSTRAINT sign_ups_locale_is_a_language_tag_check CHECK ((locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
    CONSTRAINT sign_ups_password_hash_is_argon2id_check CHECK (((password_hash ~ '^\$argon2id\$v=19\$.{20,}$'::text) AND (length(password_hash) <= 320))),
    CONSTRAINT sign_ups_token_hash_is_sha256_check CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY identity.sign_ups FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.sign_ups OWNER TO techcourse_owner;

COMMENT ON TABLE identity.sign_ups IS 'Sign-ups whose e-mail address is not proven yet; gone when it is, or a day later. Shard class: local.';

COMMENT ON COLUMN identity.sign_ups.token_hash IS 'SHA-256 of the token in the letter''s link. Secret.';

COMMENT ON COLUMN identity.sign_ups.email IS 'Address to prove. Personal data.';

COMMENT ON COLUMN identity.sign_ups.display_name IS 'Name as the person wants to be called. Personal data.';

COMMENT ON COLUMN identity.sign_ups.locale IS 'Language of pages and mails.';

COMMENT ON COLUMN identity.sign_ups.password_hash IS 'Argon2id in PHC format, for the account to come. Secret.';

COMMENT ON COLUMN identity.sign_ups.created_at IS 'When the person signed up.';

COMMENT ON COLUMN identity.sign_ups.expires_at IS 'When the link ends, a day later; the row goes with the next sign-up.';

CREATE TABLE identity.throttles (
    kind text NOT NULL,
    subject_hash bytea NOT NULL,
    window_began_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    uses integer DEFAULT 1 NOT NULL,
    CONSTRAINT throttles_kind_is_kebab_case_check CHECK (((kind ~ '^[a-z]+(-[a-z]+)*$'::text) AND (length(kind) <= 60))),
    CONSTRAINT throttles_subject_hash_is_sha256_check CHECK ((length(subject_hash) = 32)),
    CONSTRAINT throttles_uses_positive_check CHECK ((uses > 0))
);

ALTER TABLE ONLY identity.throttles FORCE ROW LEVEL SECURITY;

ALTER TABLE identity.throttles OWNER TO techcourse_owner;

COMMENT ON TABLE identity.throttles IS 'How often an address or an account has lately used what is easily misused, as SHA-256, on any node. Shard class: local.';

COMMENT ON COLUMN identity.throttles.kind IS 'What is counted, such as sign-up or password-reset-mail.';

COMMENT ON COLUMN identity.throttles.subject_hash IS 'SHA-256 of a network address or an e-mail address.';

COMMENT ON COLUMN identity.throttles.window_began_at IS 'When the count began.';

COMMENT ON COLUMN identity.throttles.uses IS 'How often since then.';

CREATE VIEW learning.course_events AS
 SELECT encode(substr(sha256((k.salt || uuid_send(e.student_id))), 1, 16), 'hex'::text) AS student_key,
    e.occurred_at,
    e.id,
    (e.kind)::text AS kind,
    e.course_id,
    e.lesson_id
   FROM ((analytics.student_key_salt k
     CROSS JOIN learning.events e)
     JOIN catalog.courses c ON ((c.id = e.course_id)))
  WHERE ((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((c.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (EXISTS ( SELECT
           FROM catalog.course_instructors i
          WHERE ((i.course_id = c.id) AND (i.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))))));

ALTER TABLE learning.course_events OWNER TO techcourse_reader;

COMMENT ON VIEW learning.course_events IS 'Events of courses by student keys, for their instructors and for admins.';

COMMENT ON COLUMN learning.course_events.student_key IS 'Keyed hash of the student, the same as in the views of analytics.';

COMMENT ON COLUMN learning.course_events.occurred_at IS 'When.';

COMMENT ON COLUMN learning.course_events.id IS 'The event.';

COMMENT ON COLUMN learning.course_events.kind IS 'What was done.';

COMMENT ON COLUMN learning.course_events.course_id IS 'In which course.';

COMMENT ON COLUMN learning.course_events.lesson_id IS 'In which lesson; null for the whole course.';

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

CREATE VIEW learning.course_progress AS
 SELECT e.student_id,
    e.course_id,
    u.display_name AS student_name,
    c.slug AS course_slug,
    c.title AS course_title,
    e.enrolled_at,
    e.ended_at,
    e.end_reason,
    e.completed_at,
    ( SELECT (count(*))::integer AS count
           FROM catalog.lessons l
          WHERE (l.course_id = e.course_id)) AS lessons,
    ( SELECT (count(*))::integer AS count
           FROM learning.lesson_progress p
          WHERE ((p.student_id = e.student_id) AND (p.course_id = e.course_id) AND (p.completed_at IS NOT NULL))) AS lessons_done,
    ( SELECT (count(*))::integer AS count
           FROM catalog.quizzes q
          WHERE (q.course_id = e.course_id)) AS quizzes,
    ( SELECT (count(DISTINCT a.quiz_id))::integer AS count
           FROM learning.attempts a
          WHERE ((a.student_id = e.student_id) AND (a.course_id = e.course_id) AND a.passed)) AS quizzes_passed,
    ( SELECT max(p.last_seen_at) AS max
           FROM learning.lesson_progress p
          WHERE ((p.student_id = e.student_id) AND (p.course_id = e.course_id))) AS last_seen_at,
    COALESCE(( SELECT p.lesson_id
           FROM learning.lesson_progress p
          WHERE ((p.student_id = e.student_id) AND (p.course_id = e.course_id) AND (p.completed_at IS NULL))
          ORDER BY p.last_seen_at DESC
         LIMIT 1), ( SELECT l.id
           FROM (catalog.lessons l
             JOIN catalog.sections s ON ((s.id = l.section_id)))
          WHERE ((l.course_id = e.course_id) AND (NOT (EXISTS ( SELECT
                   FROM learning.lesson_progress p
                  WHERE ((p.student_id = e.student_id) AND (p.lesson_id = l.id) AND (p.completed_at IS NOT NULL))))))
          ORDER BY s."position", l."position"
         LIMIT 1)) AS resume_lesson_id
   FROM ((learning.enrollments e
     JOIN catalog.courses c ON ((c.id = e.course_id)))
     JOIN identity.users u ON ((u.id = e.student_id)))
  WHERE ((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'student'::text) AND (e.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((e.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (EXISTS ( SELECT
           FROM catalog.course_instructors i
          WHERE ((i.course_id = e.course_id) AND (i.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))))));

ALTER TABLE learning.course_progress OWNER TO techcourse_reader;

COMMENT ON VIEW learning.course_progress IS 'Enrolments with what of the course is done, for their student, for its instructors and for admins.';

COMMENT ON COLUMN learning.course_progress.student_id IS 'Who learns.';

COMMENT ON COLUMN learning.course_progress.course_id IS 'What.';

COMMENT ON COLUMN learning.course_progress.student_name IS 'Name of the student. Personal data.';

COMMENT ON COLUMN learning.course_progress.course_slug IS 'Name of the course in addresses.';

COMMENT ON COLUMN learning.course_progress.course_title IS 'Title of the course.';

COMMENT ON COLUMN learning.course_progress.enrolled_at IS 'Since when.';

COMMENT ON COLUMN learning.course_progress.ended_at IS 'Until when; null while it lasts.';

COMMENT ON COLUMN learning.course_progress.end_reason IS 'Why it ended; null while it lasts.';

COMMENT ON COLUMN learning.course_progress.completed_at IS 'When all of the course was done; stays when lessons are added later.';

COMMENT ON COLUMN learning.course_progress.lessons IS 'How many lessons the course has now.';

COMMENT ON COLUMN learning.course_progress.lessons_done IS 'How many of them the student has done.';

COMMENT ON COLUMN learning.course_progress.quizzes IS 'How many quizzes the course has now.';

COMMENT ON COLUMN learning.course_progress.quizzes_passed IS 'How many of them the student has passed.';

COMMENT ON COLUMN learning.course_progress.last_seen_at IS 'When a lesson was last opened; null before the first.';

COMMENT ON COLUMN learning.course_progress.resume_lesson_id IS 'Where to go on: the lesson that was last opened and is not done, else the first that is not done; null when all are done.';

CREATE TABLE learning.course_ratings (
    course_id uuid NOT NULL,
    stars_1 integer DEFAULT 0 NOT NULL,
    stars_2 integer DEFAULT 0 NOT NULL,
    stars_3 integer DEFAULT 0 NOT NULL,
    stars_4 integer DEFAULT 0 NOT NULL,
    stars_5 integer DEFAULT 0 NOT NULL,
    ratings integer GENERATED ALWAYS AS (((((stars_1 + stars_2) + stars_3) + stars_4) + stars_5)) STORED NOT NULL,
    stars_total integer GENERATED ALWAYS AS (((((stars_1 + (2 * stars_2)) + (3 * stars_3)) + (4 * stars_4)) + (5 * stars_5))) STORED NOT NULL,
    rolled_up_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT course_ratings_counts_not_negative_check CHECK ((LEAST(stars_1, stars_2, stars_3, stars_4, stars_5) >= 0))
);

ALTER TABLE ONLY learning.course_ratings FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.course_ratings OWNER TO techcourse_owner;

COMMENT ON TABLE learning.course_ratings IS 'How many gave a course one to five stars, as of the last roll-up; with the open changes: learning.current_ratings. Shard class: reference.';

COMMENT ON COLUMN learning.course_ratings.course_id IS 'The course.';

COMMENT ON COLUMN learning.course_ratings.stars_1 IS 'How many gave one star.';

COMMENT ON COLUMN learning.course_ratings.stars_2 IS 'How many gave two stars.';

COMMENT ON COLUMN learning.course_ratings.stars_3 IS 'How many gave three stars.';

COMMENT ON COLUMN learning.course_ratings.stars_4 IS 'How many gave four stars.';

COMMENT ON COLUMN learning.course_ratings.stars_5 IS 'How many gave five stars.';

COMMENT ON COLUMN learning.course_ratings.ratings IS 'How many rated it; computed.';

COMMENT ON COLUMN learning.course_ratings.stars_total IS 'All stars together; computed.';

COMMENT ON COLUMN learning.course_ratings.rolled_up_at IS 'When open changes were last folded in.';

CREATE TABLE learning.rating_changes (
    student_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    course_id uuid NOT NULL,
    rating smallint NOT NULL,
    change smallint NOT NULL,
    CONSTRAINT rating_changes_change_is_one_check CHECK ((change = ANY (ARRAY['-1'::integer, 1]))),
    CONSTRAINT rating_changes_rating_from_1_to_5_check CHECK (((rating >= 1) AND (rating <= 5)))
);

ALTER TABLE ONLY learning.rating_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.rating_changes OWNER TO techcourse_owner;

COMMENT ON TABLE learning.rating_changes IS 'What reviews have added to and taken from the ratings since the last roll-up; appended by a trigger, removed by the roll-up. Shard class: student-keyed.';

COMMENT ON COLUMN learning.rating_changes.student_id IS 'Whose review changed.';

COMMENT ON COLUMN learning.rating_changes.id IS 'Key, UUIDv7, together with the student.';

COMMENT ON COLUMN learning.rating_changes.course_id IS 'The course.';

COMMENT ON COLUMN learning.rating_changes.rating IS 'Stars, 1 to 5.';

COMMENT ON COLUMN learning.rating_changes.change IS '1 when these stars were given, -1 when they were taken back.';

CREATE VIEW learning.current_ratings AS
 SELECT r.course_id,
    (sum(((((r.stars_1 + r.stars_2) + r.stars_3) + r.stars_4) + r.stars_5)))::integer AS ratings,
    round(((sum(((((r.stars_1 + (2 * r.stars_2)) + (3 * r.stars_3)) + (4 * r.stars_4)) + (5 * r.stars_5))))::numeric / (sum(((((r.stars_1 + r.stars_2) + r.stars_3) + r.stars_4) + r.stars_5)))::numeric), 4) AS average,
    (sum(r.stars_1))::integer AS stars_1,
    (sum(r.stars_2))::integer AS stars_2,
    (sum(r.stars_3))::integer AS stars_3,
    (sum(r.stars_4))::integer AS stars_4,
    (sum(r.stars_5))::integer AS stars_5
   FROM ( SELECT t.course_id,
            t.stars_1,
            t.stars_2,
            t.stars_3,
            t.stars_4,
            t.stars_5
           FROM learning.course_ratings t
        UNION ALL
         SELECT c.course_id,
                CASE
                    WHEN (c.rating = 1) THEN (c.change)::integer
                    ELSE 0
                END AS "case",
                CASE
                    WHEN (c.rating = 2) THEN (c.change)::integer
                    ELSE 0
                END AS "case",
                CASE
                    WHEN (c.rating = 3) THEN (c.change)::integer
                    ELSE 0
                END AS "case",
                CASE
                    WHEN (c.rating = 4) THEN (c.change)::integer
                    ELSE 0
                END AS "case",
                CASE
                    WHEN (c.rating = 5) THEN (c.change)::integer
                    ELSE 0
                END AS "case"
           FROM learning.rating_changes c) r
  GROUP BY r.course_id
 HAVING (sum(((((r.stars_1 + r.stars_2) + r.stars_3) + r.stars_4) + r.stars_5)) > 0);

ALTER TABLE learning.current_ratings OWNER TO techcourse_reader;

COMMENT ON VIEW learning.current_ratings IS 'How courses are rated, exact at the moment of reading; a course without ratings has no row.';

COMMENT ON COLUMN learning.current_ratings.course_id IS 'The course.';

COMMENT ON COLUMN learning.current_ratings.ratings IS 'How many rated it.';

COMMENT ON COLUMN learning.current_ratings.average IS 'Stars on average, 1 to 5, four decimals.';

COMMENT ON COLUMN learning.current_ratings.stars_1 IS 'How many gave one star.';

COMMENT ON COLUMN learning.current_ratings.stars_2 IS 'How many gave two stars.';

COMMENT ON COLUMN learning.current_ratings.stars_3 IS 'How many gave three stars.';

COMMENT ON COLUMN learning.current_ratings.stars_4 IS 'How many gave four stars.';

COMMENT ON COLUMN learning.current_ratings.stars_5 IS 'How many gave five stars.';

CREATE TABLE learning.reviews (
    student_id uuid NOT NULL,
    course_id uuid NOT NULL,
    rating smallint NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    reply text,
    replied_at timestamp with time zone,
    CONSTRAINT reviews_body_length_check CHECK ((length(body) <= 4000)),
    CONSTRAINT reviews_rating_from_1_to_5_check CHECK (((rating >= 1) AND (rating <= 5))),
    CONSTRAINT reviews_reply_has_a_time_check CHECK (((reply IS NULL) = (replied_at IS NULL))),
    CONSTRAINT reviews_reply_length_check CHECK (((length(btrim(reply)) >= 1) AND (length(btrim(reply)) <= 2000)))
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

COMMENT ON COLUMN learning.reviews.id IS 'Name of the review in addresses, UUIDv7.';

COMMENT ON COLUMN learning.reviews.reply IS 'Answer of an instructor of the course, public; null when there is none. Personal data.';

COMMENT ON COLUMN learning.reviews.replied_at IS 'When the instructor answered; set exactly when there is an answer.';

CREATE VIEW learning.public_reviews AS
 SELECT r.id AS review_id,
    r.course_id,
    r.rating,
    r.body,
    r.created_at,
    r.updated_at,
    r.reply,
    r.replied_at,
        CASE
            WHEN (u.status <> 'erased'::text) THEN (split_part(btrim(u.display_name), ' '::text, 1) || COALESCE(((' '::text || "left"(NULLIF("substring"(btrim(u.display_name), '\s(\S+)$'::text), ''::text), 1)) || '.'::text), ''::text))
            ELSE NULL::text
        END AS author
   FROM (learning.reviews r
     JOIN identity.users u ON ((u.id = r.student_id)));

ALTER TABLE learning.public_reviews OWNER TO techcourse_reader;

COMMENT ON VIEW learning.public_reviews IS 'Reviews with an abbreviated author.';

COMMENT ON COLUMN learning.public_reviews.review_id IS 'The review.';

COMMENT ON COLUMN learning.public_reviews.course_id IS 'The course that it is about.';

COMMENT ON COLUMN learning.public_reviews.rating IS 'Stars, 1 to 5.';

COMMENT ON COLUMN learning.public_reviews.body IS 'What was said; empty when only stars were given.';

COMMENT ON COLUMN learning.public_reviews.created_at IS 'First written.';

COMMENT ON COLUMN learning.public_reviews.updated_at IS 'Last changed.';

COMMENT ON COLUMN learning.public_reviews.reply IS 'Answer of the course''s instructor; null when there is none.';

COMMENT ON COLUMN learning.public_reviews.replied_at IS 'When the instructor answered; null when not.';

COMMENT ON COLUMN learning.public_reviews.author IS 'First name and initial of the last name; null when the person was erased.';

CREATE TABLE learning.regrade_runs (
    regrade_id uuid NOT NULL,
    quiz_id uuid NOT NULL,
    attempts_total integer NOT NULL,
    attempts_seen integer DEFAULT 0 NOT NULL,
    attempts_changed integer DEFAULT 0 NOT NULL,
    last_started_at timestamp with time zone,
    last_attempt_id uuid,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT regrade_runs_counts_check CHECK (((attempts_total >= 0) AND ((attempts_changed >= 0) AND (attempts_changed <= attempts_seen)))),
    CONSTRAINT regrade_runs_last_attempt_has_a_time_check CHECK (((last_started_at IS NULL) = (last_attempt_id IS NULL)))
);

ALTER TABLE ONLY learning.regrade_runs FORCE ROW LEVEL SECURITY;

ALTER TABLE learning.regrade_runs OWNER TO techcourse_owner;

COMMENT ON TABLE learning.regrade_runs IS 'How far the attempts at a quiz are graded again after a correction. Shard class: local.';

COMMENT ON COLUMN learning.regrade_runs.regrade_id IS 'The correction.';

COMMENT ON COLUMN learning.regrade_runs.quiz_id IS 'Its quiz.';

COMMENT ON COLUMN learning.regrade_runs.attempts_total IS 'How many attempts were handed in when it began.';

COMMENT ON COLUMN learning.regrade_runs.attempts_seen IS 'How many are graded again so far.';

COMMENT ON COLUMN learning.regrade_runs.attempts_changed IS 'How many of them got other points.';

COMMENT ON COLUMN learning.regrade_runs.last_started_at IS 'Beginning of the last attempt behind it; null before the first batch.';

COMMENT ON COLUMN learning.regrade_runs.last_attempt_id IS 'The last attempt behind it; null before the first batch.';

COMMENT ON COLUMN learning.regrade_runs.started_at IS 'When the correction was made.';

COMMENT ON COLUMN learning.regrade_runs.finished_at IS 'When the last batch was done; null while some remain.';

CREATE TABLE platform.event_types (
    topic platform.event_topic NOT NULL,
    description text NOT NULL,
    payload_schema jsonb NOT NULL,
    CONSTRAINT event_types_description_length_check CHECK (((length(description) >= 1) AND (length(description) <= 300))),
    CONSTRAINT event_types_payload_schema_is_object_check CHECK ((jsonb_typeof(payload_schema) = 'object'::text))
);

ALTER TABLE ONLY platform.event_types FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.event_types OWNER TO techcourse_owner;

COMMENT ON TABLE platform.event_types IS 'The events that webhooks can tell, each with the JSON Schema of its data. Shard class: reference.';

COMMENT ON COLUMN platform.event_types.topic IS 'Kind of event with its version.';

COMMENT ON COLUMN platform.event_types.description IS 'What has happened, for who writes a receiver.';

COMMENT ON COLUMN platform.event_types.payload_schema IS 'JSON Schema (2020-12) of the member data.';

CREATE TABLE platform.import_rows (
    import_id uuid NOT NULL,
    line_no integer NOT NULL,
    outcome text NOT NULL,
    column_name text,
    sentence text,
    subject_id uuid,
    CONSTRAINT import_rows_column_name_length_check CHECK ((length(column_name) <= 63)),
    CONSTRAINT import_rows_line_no_positive_check CHECK ((line_no > 0)),
    CONSTRAINT import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'refused'::text]))),
    CONSTRAINT import_rows_refused_has_a_sentence_check CHECK (((outcome = 'refused'::text) = (sentence IS NOT NULL))),
    CONSTRAINT import_rows_sentence_length_check CHECK ((length(sentence) <= 500))
);

ALTER TABLE ONLY platform.import_rows FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.import_rows OWNER TO techcourse_owner;

COMMENT ON TABLE platform.import_rows IS 'What became of each line of an import, in sentences that repeat none of its values; kept for 30 days. Shard class: local.';

COMMENT ON COLUMN platform.import_rows.import_id IS 'The import.';

COMMENT ON COLUMN platform.import_rows.line_no IS 'Line of the file in which the row begins; the header is line 1.';

COMMENT ON COLUMN platform.import_rows.outcome IS 'created, updated, unchanged or refused; after a dry run or a refused import what it would have been.';

COMMENT ON COLUMN platform.import_rows.column_name IS 'The column at fault; null where none is.';

COMMENT ON COLUMN platform.import_rows.sentence IS 'Why it was refused, without any value of the row; null otherwise.';

COMMENT ON COLUMN platform.import_rows.subject_id IS 'The user, course, student or coupon; null when it was refused before one was found.';

CREATE TABLE platform.recurring_jobs (
    kind text NOT NULL,
    next_run_at timestamp with time zone NOT NULL,
    CONSTRAINT recurring_jobs_kind_is_snake_case_check CHECK ((kind ~ '^[a-z][a-z0-9_]{1,62}$'::text))
);

ALTER TABLE ONLY platform.recurring_jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.recurring_jobs OWNER TO techcourse_owner;

COMMENT ON TABLE platform.recurring_jobs IS 'When the work that comes again is due next, once over all nodes. Shard class: local.';

COMMENT ON COLUMN platform.recurring_jobs.kind IS 'Which work, a name known to the application.';

COMMENT ON COLUMN platform.recurring_jobs.next_run_at IS 'Not ordered again before.';

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

CREATE TABLE platform.webhook_deliveries (
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    locked_by uuid,
    locked_until timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT webhook_deliveries_finished_has_a_time_check CHECK (((state = 'waiting'::text) = (finished_at IS NULL))),
    CONSTRAINT webhook_deliveries_locked_by_a_node_check CHECK (((locked_by IS NULL) = (locked_until IS NULL))),
    CONSTRAINT webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
    CONSTRAINT webhook_deliveries_tries_not_negative_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY platform.webhook_deliveries FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.webhook_deliveries OWNER TO techcourse_owner;

COMMENT ON TABLE platform.webhook_deliveries IS 'What each receiver is sent, and whether it took it. Shard class: local.';

COMMENT ON COLUMN platform.webhook_deliveries.webhook_id IS 'The receiver.';

COMMENT ON COLUMN platform.webhook_deliveries.event_id IS 'The event.';

COMMENT ON COLUMN platform.webhook_deliveries.state IS 'waiting, delivered, or failed after the last try.';

COMMENT ON COLUMN platform.webhook_deliveries.tries IS 'How often it was begun since it was ordered.';

COMMENT ON COLUMN platform.webhook_deliveries.next_try_at IS 'Not before.';

COMMENT ON COLUMN platform.webhook_deliveries.locked_by IS 'The start of a node that is sending it, UUIDv7; null otherwise.';

COMMENT ON COLUMN platform.webhook_deliveries.locked_until IS 'After that another node may send it. Null while it waits.';

COMMENT ON COLUMN platform.webhook_deliveries.finished_at IS 'When it was delivered or given up; null before.';

CREATE TABLE platform.webhook_tries (
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid DEFAULT platform.uuid_v7() NOT NULL,
    tried_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    status integer,
    duration_ms integer NOT NULL,
    error text,
    CONSTRAINT webhook_tries_duration_not_negative_check CHECK ((duration_ms >= 0)),
    CONSTRAINT webhook_tries_error_length_check CHECK ((length(error) <= 500)),
    CONSTRAINT webhook_tries_status_check CHECK (((status >= 100) AND (status <= 599)))
);

ALTER TABLE ONLY platform.webhook_tries FORCE ROW LEVEL SECURITY;

ALTER TABLE platform.webhook_tries OWNER TO techcourse_owner;

COMMENT ON TABLE platform.webhook_tries IS 'Each try of a delivery: what the receiver answered, and how long it took. Shard class: local.';

COMMENT ON COLUMN platform.webhook_tries.webhook_id IS 'The receiver.';

COMMENT ON COLUMN platform.webhook_tries.event_id IS 'The event.';

COMMENT ON COLUMN platform.webhook_tries.id IS 'Key, UUIDv7.';

COMMENT ON COLUMN platform.webhook_tries.tried_at IS 'When the answer was noted.';

COMMENT ON COLUMN platform.webhook_tries.status IS 'HTTP status; null when there was no answer.';

COMMENT ON COLUMN platform.webhook_tries.duration_ms IS 'Milliseconds from the connection to the answer.';

COMMENT ON COLUMN platform.webhook_tries.error IS 'Why there was no answer; null otherwise.';

CREATE VIEW reporting.booked_lines AS
 SELECT p.business_day AS day,
    l.course_id,
    (l.currency)::text AS currency,
    (o.country)::text AS country,
    COALESCE(l.coupon_id, l.released_coupon_id) AS coupon_id,
    l.tax_rate,
    l.quantity AS units,
    (l.discount_amount)::numeric AS discount_amount,
    (l.amount)::numeric AS gross_amount,
    (l.tax_amount)::numeric AS tax_amount,
    (0)::numeric AS refund_amount,
    (0)::numeric AS refunded_tax_amount
   FROM ((sales.payments p
     JOIN sales.order_lines l ON (((l.student_id = p.student_id) AND (l.order_id = p.order_id))))
     LEFT JOIN sales.orders o ON (((o.student_id = l.student_id) AND (o.id = l.order_id))))
  WHERE (p.status = 'captured'::text)
UNION ALL
 SELECT r.business_day AS day,
    r.course_id,
    (r.currency)::text AS currency,
    (o.country)::text AS country,
    COALESCE(l.coupon_id, l.released_coupon_id) AS coupon_id,
    l.tax_rate,
    0 AS units,
    (0)::numeric AS discount_amount,
    (0)::numeric AS gross_amount,
    (0)::numeric AS tax_amount,
    (r.amount)::numeric AS refund_amount,
    (0)::numeric AS refunded_tax_amount
   FROM ((sales.refunds r
     LEFT JOIN sales.order_lines l ON (((l.student_id = r.student_id) AND (l.order_id = r.order_id) AND (l.course_id = r.course_id))))
     LEFT JOIN sales.orders o ON (((o.student_id = r.student_id) AND (o.id = r.order_id))))
UNION ALL
 SELECT e.business_day AS day,
    e.course_id,
    (e.currency)::text AS currency,
    (o.country)::text AS country,
    COALESCE(l.coupon_id, l.released_coupon_id) AS coupon_id,
    l.tax_rate,
    0 AS units,
    (0)::numeric AS discount_amount,
    (0)::numeric AS gross_amount,
    (0)::numeric AS tax_amount,
    (0)::numeric AS refund_amount,
    (e.amount)::numeric AS refunded_tax_amount
   FROM (((sales.ledger_entries e
     JOIN sales.ledger_accounts a ON (((a.id = e.debit_account_id) AND (a.kind = 'taxes'::text))))
     LEFT JOIN sales.order_lines l ON (((l.student_id = e.student_id) AND (l.order_id = e.order_id) AND (l.course_id = e.course_id))))
     LEFT JOIN sales.orders o ON (((o.student_id = e.student_id) AND (o.id = e.order_id))))
  WHERE (e.kind = ANY (ARRAY['refund'::text, 'chargeback'::text]));

ALTER TABLE reporting.booked_lines OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.booked_lines IS 'Captured lines, refunds and taxes given back, each on its business day: what the reports of sales add up. For these views only.';

COMMENT ON COLUMN reporting.booked_lines.day IS 'Business day of the capture or refund.';

COMMENT ON COLUMN reporting.booked_lines.course_id IS 'The course.';

COMMENT ON COLUMN reporting.booked_lines.currency IS 'Currency of the amounts, ISO 4217.';

COMMENT ON COLUMN reporting.booked_lines.country IS 'Country of the buyer at the order; null when not told.';

COMMENT ON COLUMN reporting.booked_lines.coupon_id IS 'Coupon of the line, also one that was given back since; null without one.';

COMMENT ON COLUMN reporting.booked_lines.tax_rate IS 'Tax rate frozen in the line, 0 to 1.';

COMMENT ON COLUMN reporting.booked_lines.units IS 'Places in the course that were sold; 0 for a refund.';

COMMENT ON COLUMN reporting.booked_lines.discount_amount IS 'What the coupon took off the list price.';

COMMENT ON COLUMN reporting.booked_lines.gross_amount IS 'What was paid, with tax.';

COMMENT ON COLUMN reporting.booked_lines.tax_amount IS 'The tax in it.';

COMMENT ON COLUMN reporting.booked_lines.refund_amount IS 'What was given back, with tax.';

COMMENT ON COLUMN reporting.booked_lines.refunded_tax_amount IS 'The tax that was given back, by the ledger.';

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
 WITH days AS (
         SELECT b.day,
            b.course_id,
            b.currency,
            sum(b.units) AS units_sold,
            sum(b.gross_amount) AS gross_amount,
            sum(b.refund_amount) AS refund_amount,
            sum(b.discount_amount) AS discount_amount,
            sum(b.tax_amount) AS tax_amount,
            sum(b.refunded_tax_amount) AS refunded_tax_amount
           FROM reporting.booked_lines b
          GROUP BY b.day, b.course_id, b.currency
        )
 SELECT d.day,
    d.course_id,
    c.title AS course_title,
    i.display_name AS instructor_name,
    d.currency,
    d.units_sold,
    (d.gross_amount)::numeric(14,2) AS gross_amount,
    (d.refund_amount)::numeric(14,2) AS refund_amount,
    ((d.gross_amount - d.refund_amount))::numeric(14,2) AS net_amount,
    (d.discount_amount)::numeric(14,2) AS discount_amount,
    (d.tax_amount)::numeric(14,2) AS tax_amount,
    (d.refunded_tax_amount)::numeric(14,2) AS refunded_tax_amount
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

COMMENT ON COLUMN reporting.daily_sales.units_sold IS 'Places in the course that were sold on the day; refunds do not lower it.';

COMMENT ON COLUMN reporting.daily_sales.gross_amount IS 'What was paid for them, after discounts, with tax.';

COMMENT ON COLUMN reporting.daily_sales.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.daily_sales.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

COMMENT ON COLUMN reporting.daily_sales.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.daily_sales.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.daily_sales.refunded_tax_amount IS 'The tax in the refunds of the day.';

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

CREATE VIEW reporting.ledger_by_day AS
 SELECT e.business_day AS day,
    (e.currency)::text AS currency,
    (COALESCE(sum((e.amount)::numeric) FILTER (WHERE ((e.kind = 'sale'::text) AND (d.kind = 'gateway_clearing'::text))), (0)::numeric))::numeric(14,2) AS gross_amount,
    (COALESCE(sum((e.amount)::numeric) FILTER (WHERE ((e.kind <> 'sale'::text) AND (k.kind = 'student_refunds'::text))), (0)::numeric))::numeric(14,2) AS refund_amount,
    (COALESCE(sum((e.amount)::numeric) FILTER (WHERE ((e.kind = 'sale'::text) AND (k.kind = 'taxes'::text))), (0)::numeric))::numeric(14,2) AS tax_amount,
    (COALESCE(sum((e.amount)::numeric) FILTER (WHERE ((e.kind <> 'sale'::text) AND (d.kind = 'taxes'::text))), (0)::numeric))::numeric(14,2) AS refunded_tax_amount
   FROM ((sales.ledger_entries e
     JOIN sales.ledger_accounts d ON ((d.id = e.debit_account_id)))
     JOIN sales.ledger_accounts k ON ((k.id = e.credit_account_id)))
  WHERE (e.kind = ANY (ARRAY['sale'::text, 'refund'::text, 'chargeback'::text]))
  GROUP BY e.business_day, e.currency;

ALTER TABLE reporting.ledger_by_day OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.ledger_by_day IS 'Sales, refunds and their taxes by the ledger, for each business day and currency: what the reports of sales must agree with.';

COMMENT ON COLUMN reporting.ledger_by_day.day IS 'Business day in the accounting time zone.';

COMMENT ON COLUMN reporting.ledger_by_day.currency IS 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.ledger_by_day.gross_amount IS 'Sales posted to the gateway''s account.';

COMMENT ON COLUMN reporting.ledger_by_day.refund_amount IS 'Refunds and chargebacks owed to students.';

COMMENT ON COLUMN reporting.ledger_by_day.tax_amount IS 'Taxes of these sales.';

COMMENT ON COLUMN reporting.ledger_by_day.refunded_tax_amount IS 'Taxes of these refunds.';

CREATE VIEW reporting.orders AS
 SELECT o.id AS order_id,
    o.student_id,
    o.placed_at,
        CASE
            WHEN (o.closed_at IS NOT NULL) THEN 'closed'::text
            WHEN (o.paid_at IS NULL) THEN 'open'::text
            WHEN (l.refunded_amount = (0)::numeric) THEN 'paid'::text
            WHEN (l.refunded_amount = (o.total_amount)::numeric) THEN 'refunded'::text
            ELSE 'partly_refunded'::text
        END AS status,
    o.purpose,
    (o.country)::text AS country,
    (o.currency)::text AS currency,
    (o.total_amount)::numeric(14,2) AS total_amount,
    (l.tax_amount)::numeric(14,2) AS tax_amount,
    (l.refunded_amount)::numeric(14,2) AS refunded_amount,
    l.lines,
    (k.code)::text AS coupon_code,
    o.paid_at,
    o.closed_at,
    o.close_reason,
    p.gateway,
    p.reference AS payment_reference
   FROM (((sales.orders o
     CROSS JOIN LATERAL ( SELECT count(*) AS lines,
            COALESCE(sum((l_1.tax_amount)::numeric), (0)::numeric) AS tax_amount,
            COALESCE(sum((l_1.refunded_amount)::numeric), (0)::numeric) AS refunded_amount,
            (min((COALESCE(l_1.coupon_id, l_1.released_coupon_id))::text))::uuid AS coupon_id
           FROM sales.order_lines l_1
          WHERE ((l_1.student_id = o.student_id) AND (l_1.order_id = o.id))) l)
     LEFT JOIN sales.coupons k ON ((k.id = l.coupon_id)))
     LEFT JOIN sales.payments p ON (((p.student_id = o.student_id) AND (p.order_id = o.id) AND (p.status = 'captured'::text))));

ALTER TABLE reporting.orders OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.orders IS 'Every order: what it costs, whether it was paid, given back or closed, and where. Amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.orders.order_id IS 'Number of the order.';

COMMENT ON COLUMN reporting.orders.student_id IS 'Number of the buyer.';

COMMENT ON COLUMN reporting.orders.placed_at IS 'When it was placed.';

COMMENT ON COLUMN reporting.orders.status IS 'open, paid, partly_refunded, refunded or closed (never paid).';

COMMENT ON COLUMN reporting.orders.purpose IS 'self, gift or team.';

COMMENT ON COLUMN reporting.orders.country IS 'Country of the buyer, ISO 3166-1.';

COMMENT ON COLUMN reporting.orders.currency IS 'Currency of the amounts, ISO 4217.';

COMMENT ON COLUMN reporting.orders.total_amount IS 'What was to be paid, with tax.';

COMMENT ON COLUMN reporting.orders.tax_amount IS 'The tax in it.';

COMMENT ON COLUMN reporting.orders.refunded_amount IS 'What of it was given back.';

COMMENT ON COLUMN reporting.orders.lines IS 'How many courses.';

COMMENT ON COLUMN reporting.orders.coupon_code IS 'The coupon that was used.';

COMMENT ON COLUMN reporting.orders.paid_at IS 'When it was paid.';

COMMENT ON COLUMN reporting.orders.closed_at IS 'When it was closed unpaid.';

COMMENT ON COLUMN reporting.orders.close_reason IS 'cancelled, expired, or replaced by a newer order for the same course.';

COMMENT ON COLUMN reporting.orders.gateway IS 'Who took the money; none for what cost nothing.';

COMMENT ON COLUMN reporting.orders.payment_reference IS 'The gateway''s reference.';

CREATE VIEW reporting.payouts AS
 SELECT p.period_start,
    p.period_end,
    p.instructor_id,
    i.display_name AS instructor_name,
    p.status,
    (p.currency)::text AS currency,
    (p.amount)::numeric(14,2) AS amount,
    p.created_at AS planned_at,
    p.paid_at,
    p.id AS payout_id
   FROM (sales.payouts p
     JOIN identity.users i ON ((i.id = p.instructor_id)));

ALTER TABLE reporting.payouts OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.payouts IS 'Payouts to instructors with their period and state, one row for each currency.';

COMMENT ON COLUMN reporting.payouts.period_start IS 'First day of the period.';

COMMENT ON COLUMN reporting.payouts.period_end IS 'The day after its last one.';

COMMENT ON COLUMN reporting.payouts.instructor_id IS 'The instructor.';

COMMENT ON COLUMN reporting.payouts.instructor_name IS 'Name of the instructor. Personal data.';

COMMENT ON COLUMN reporting.payouts.status IS 'planned, approved, paid or cancelled.';

COMMENT ON COLUMN reporting.payouts.currency IS 'ISO 4217 code of the amount; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.payouts.amount IS 'What is paid out.';

COMMENT ON COLUMN reporting.payouts.planned_at IS 'When the payout was planned.';

COMMENT ON COLUMN reporting.payouts.paid_at IS 'When it was paid; null before.';

COMMENT ON COLUMN reporting.payouts.payout_id IS 'Key of the payout.';

CREATE VIEW reporting.payouts_due AS
 WITH earnings AS (
         SELECT a.instructor_id,
            a.currency,
            a.kind,
            (e.amount)::numeric AS amount
           FROM (sales.ledger_accounts a
             JOIN sales.ledger_entries e ON ((e.credit_account_id = a.id)))
          WHERE (a.kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text]))
        UNION ALL
         SELECT a.instructor_id,
            a.currency,
            a.kind,
            (- (e.amount)::numeric)
           FROM (sales.ledger_accounts a
             JOIN sales.ledger_entries e ON ((e.debit_account_id = a.id)))
          WHERE (a.kind = ANY (ARRAY['instructor_earned'::text, 'instructor_payable'::text]))
        ), owed AS (
         SELECT e.instructor_id,
            e.currency,
            sum(e.amount) AS amount,
            COALESCE(sum(e.amount) FILTER (WHERE (e.kind = 'instructor_earned'::text)), (0)::numeric) AS earned,
            COALESCE(sum(e.amount) FILTER (WHERE (e.kind = 'instructor_payable'::text)), (0)::numeric) AS payable
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
    (((o.amount - COALESCE(u.planned, (0)::numeric)) - COALESCE(u.approved, (0)::numeric)))::numeric(14,2) AS unplanned_amount,
    (o.earned)::numeric(14,2) AS earned_amount,
    (o.payable)::numeric(14,2) AS payable_amount
   FROM ((owed o
     JOIN identity.users i ON ((i.id = o.instructor_id)))
     LEFT JOIN under_way u ON (((u.instructor_id = o.instructor_id) AND ((u.currency)::bpchar = (o.currency)::bpchar))))
  WHERE ((o.amount <> (0)::numeric) OR (o.earned <> (0)::numeric) OR (u.instructor_id IS NOT NULL));

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

COMMENT ON COLUMN reporting.payouts_due.earned_amount IS 'Part of what is owed that students may still take back: the refund window of its sales is open.';

COMMENT ON COLUMN reporting.payouts_due.payable_amount IS 'Part of what is owed that is released: what payouts are planned from; negative after a late refund, and then carried over.';

CREATE VIEW reporting.receivables AS
 WITH open_items AS (
         SELECT
                CASE
                    WHEN (p.id IS NULL) THEN 'order not paid'::text
                    ELSE 'payment pending'::text
                END AS kind,
            COALESCE(p.created_at, o.placed_at) AS since,
            o.id AS order_id,
            COALESCE(p.id, o.id) AS item_id,
            (o.currency)::text AS currency,
            (o.total_amount)::numeric AS amount
           FROM (sales.orders o
             LEFT JOIN sales.payments p ON (((p.student_id = o.student_id) AND (p.order_id = o.id) AND (p.status = 'pending'::text))))
          WHERE ((o.closed_at IS NULL) AND (o.paid_at IS NULL))
        UNION ALL
         SELECT
                CASE p.status
                    WHEN 'surplus'::text THEN 'surplus to give back'::text
                    ELSE 'refund to give back'::text
                END AS "case",
            g.created_at,
            p.order_id,
            g.id,
            (g.currency)::text AS currency,
            (- (g.amount)::numeric)
           FROM (sales.gateway_refunds g
             JOIN sales.payments p ON (((p.student_id = g.student_id) AND (p.id = g.payment_id))))
          WHERE (g.status <> 'done'::text)
        UNION ALL
         SELECT 'chargeback'::text,
            r.refunded_at,
            r.order_id,
            r.id,
            (r.currency)::text AS currency,
            (- (r.amount)::numeric)
           FROM sales.refunds r
          WHERE (r.kind = 'chargeback'::text)
        )
 SELECT i.kind,
    i.since,
    platform.business_day(i.since) AS day,
    (date_part('day'::text, (now() - i.since)))::integer AS age_days,
        CASE
            WHEN ((now() - i.since) < '8 days'::interval) THEN 'up to 7 days'::text
            WHEN ((now() - i.since) < '31 days'::interval) THEN '8 to 30 days'::text
            WHEN ((now() - i.since) < '91 days'::interval) THEN '31 to 90 days'::text
            ELSE 'over 90 days'::text
        END AS age,
    i.order_id,
    i.item_id,
    i.currency,
    (i.amount)::numeric(14,2) AS amount
   FROM open_items i;

ALTER TABLE reporting.receivables OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.receivables IS 'Orders placed and not paid, payments that wait for their gateway, refunds and surplus that gateways have yet to give back, and chargebacks, each with its age.';

COMMENT ON COLUMN reporting.receivables.kind IS 'order not paid, payment pending (both owed to the academy), refund to give back, surplus to give back (both owed by it), chargeback (taken back by a bank).';

COMMENT ON COLUMN reporting.receivables.since IS 'When the order was placed, the payment begun, the refund asked for or the chargeback made.';

COMMENT ON COLUMN reporting.receivables.day IS 'Business day of it.';

COMMENT ON COLUMN reporting.receivables.age_days IS 'Whole days since then.';

COMMENT ON COLUMN reporting.receivables.age IS 'up to 7 days, 8 to 30 days, 31 to 90 days, over 90 days.';

COMMENT ON COLUMN reporting.receivables.order_id IS 'The order.';

COMMENT ON COLUMN reporting.receivables.item_id IS 'Key of the order, payment, gateway refund or refund.';

COMMENT ON COLUMN reporting.receivables.currency IS 'ISO 4217 code of the amount; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.receivables.amount IS 'Positive what the academy is to get, negative what it has to give back or has lost.';

CREATE VIEW reporting.sales_by_category AS
SELECT
    NULL::date AS day,
    NULL::date AS month,
    NULL::text AS category_slug,
    NULL::text AS category_name,
    NULL::text AS currency,
    NULL::bigint AS units_sold,
    NULL::numeric(14,2) AS gross_amount,
    NULL::numeric(14,2) AS refund_amount,
    NULL::numeric(14,2) AS net_amount,
    NULL::numeric(14,2) AS discount_amount,
    NULL::numeric(14,2) AS tax_amount,
    NULL::numeric(14,2) AS refunded_tax_amount;

ALTER TABLE reporting.sales_by_category OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.sales_by_category IS 'Sales of each category on each business day, one row for each currency; the category is the one of the course today. Adds up to daily_sales.';

COMMENT ON COLUMN reporting.sales_by_category.day IS 'Business day in the accounting time zone.';

COMMENT ON COLUMN reporting.sales_by_category.month IS 'First day of its month.';

COMMENT ON COLUMN reporting.sales_by_category.category_slug IS 'Short name of the category, as in addresses.';

COMMENT ON COLUMN reporting.sales_by_category.category_name IS 'Name of the category.';

COMMENT ON COLUMN reporting.sales_by_category.currency IS 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.sales_by_category.units_sold IS 'Places in courses that were sold; refunds do not lower it.';

COMMENT ON COLUMN reporting.sales_by_category.gross_amount IS 'What was paid for them, after discounts, with tax.';

COMMENT ON COLUMN reporting.sales_by_category.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.sales_by_category.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

COMMENT ON COLUMN reporting.sales_by_category.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.sales_by_category.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.sales_by_category.refunded_tax_amount IS 'The tax in the refunds of the day.';

CREATE VIEW reporting.sales_by_country AS
 SELECT b.day,
    (date_trunc('month'::text, (b.day)::timestamp with time zone))::date AS month,
    b.country,
    b.currency,
    sum(b.units) AS units_sold,
    (sum(b.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(b.refund_amount))::numeric(14,2) AS refund_amount,
    (sum((b.gross_amount - b.refund_amount)))::numeric(14,2) AS net_amount,
    (sum(b.discount_amount))::numeric(14,2) AS discount_amount,
    (sum(b.tax_amount))::numeric(14,2) AS tax_amount,
    (sum(b.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount
   FROM reporting.booked_lines b
  GROUP BY b.day, b.country, b.currency;

ALTER TABLE reporting.sales_by_country OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.sales_by_country IS 'Sales to buyers of each country on each business day, one row for each currency. Adds up to daily_sales.';

COMMENT ON COLUMN reporting.sales_by_country.day IS 'Business day in the accounting time zone.';

COMMENT ON COLUMN reporting.sales_by_country.month IS 'First day of its month.';

COMMENT ON COLUMN reporting.sales_by_country.country IS 'ISO 3166-1 alpha-2 code at the order; null when the buyer did not tell.';

COMMENT ON COLUMN reporting.sales_by_country.currency IS 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.sales_by_country.units_sold IS 'Places in courses that were sold; refunds do not lower it.';

COMMENT ON COLUMN reporting.sales_by_country.gross_amount IS 'What was paid for them, after discounts, with tax.';

COMMENT ON COLUMN reporting.sales_by_country.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.sales_by_country.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

COMMENT ON COLUMN reporting.sales_by_country.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.sales_by_country.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.sales_by_country.refunded_tax_amount IS 'The tax in the refunds of the day.';

CREATE VIEW reporting.sales_by_coupon AS
SELECT
    NULL::date AS day,
    NULL::date AS month,
    NULL::text AS coupon_code,
    NULL::text AS currency,
    NULL::bigint AS units_sold,
    NULL::numeric(14,2) AS gross_amount,
    NULL::numeric(14,2) AS refund_amount,
    NULL::numeric(14,2) AS net_amount,
    NULL::numeric(14,2) AS discount_amount,
    NULL::numeric(14,2) AS tax_amount,
    NULL::numeric(14,2) AS refunded_tax_amount;

ALTER TABLE reporting.sales_by_coupon OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.sales_by_coupon IS 'Sales with each coupon on each business day, one row for each currency, those without one as well; a coupon that an order gave back still counts where it gave a discount. Adds up to daily_sales.';

COMMENT ON COLUMN reporting.sales_by_coupon.day IS 'Business day in the accounting time zone.';

COMMENT ON COLUMN reporting.sales_by_coupon.month IS 'First day of its month.';

COMMENT ON COLUMN reporting.sales_by_coupon.coupon_code IS 'The code that students type; null for sales without a coupon.';

COMMENT ON COLUMN reporting.sales_by_coupon.currency IS 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.sales_by_coupon.units_sold IS 'Places in courses that were sold; refunds do not lower it.';

COMMENT ON COLUMN reporting.sales_by_coupon.gross_amount IS 'What was paid for them, after discounts, with tax.';

COMMENT ON COLUMN reporting.sales_by_coupon.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.sales_by_coupon.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

COMMENT ON COLUMN reporting.sales_by_coupon.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.sales_by_coupon.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.sales_by_coupon.refunded_tax_amount IS 'The tax in the refunds of the day.';

CREATE VIEW reporting.sales_by_course AS
SELECT
    NULL::date AS day,
    NULL::date AS month,
    NULL::uuid AS course_id,
    NULL::text AS course_slug,
    NULL::text AS course_title,
    NULL::text AS category_name,
    NULL::text AS instructor_name,
    NULL::text AS currency,
    NULL::bigint AS units_sold,
    NULL::numeric(14,2) AS gross_amount,
    NULL::numeric(14,2) AS refund_amount,
    NULL::numeric(14,2) AS net_amount,
    NULL::numeric(14,2) AS discount_amount,
    NULL::numeric(14,2) AS tax_amount,
    NULL::numeric(14,2) AS refunded_tax_amount;

ALTER TABLE reporting.sales_by_course OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.sales_by_course IS 'Sales of each course on each business day, one row for each currency. Adds up to daily_sales.';

COMMENT ON COLUMN reporting.sales_by_course.day IS 'Business day in the accounting time zone.';

COMMENT ON COLUMN reporting.sales_by_course.month IS 'First day of its month.';

COMMENT ON COLUMN reporting.sales_by_course.course_id IS 'The course.';

COMMENT ON COLUMN reporting.sales_by_course.course_slug IS 'Short name of the course, as in addresses.';

COMMENT ON COLUMN reporting.sales_by_course.course_title IS 'Its title today.';

COMMENT ON COLUMN reporting.sales_by_course.category_name IS 'Name of its category today.';

COMMENT ON COLUMN reporting.sales_by_course.instructor_name IS 'Name of who leads it today. Personal data.';

COMMENT ON COLUMN reporting.sales_by_course.currency IS 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.sales_by_course.units_sold IS 'Places in courses that were sold; refunds do not lower it.';

COMMENT ON COLUMN reporting.sales_by_course.gross_amount IS 'What was paid for them, after discounts, with tax.';

COMMENT ON COLUMN reporting.sales_by_course.refund_amount IS 'What was given back on the day, whenever it had been sold.';

COMMENT ON COLUMN reporting.sales_by_course.net_amount IS 'Gross less refunds; negative on a day with more refunds than sales.';

COMMENT ON COLUMN reporting.sales_by_course.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.sales_by_course.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.sales_by_course.refunded_tax_amount IS 'The tax in the refunds of the day.';

CREATE VIEW reporting.sales_by_month AS
 SELECT (date_trunc('month'::text, (d.day)::timestamp with time zone))::date AS month,
    d.currency,
    count(DISTINCT d.course_id) FILTER (WHERE (d.units_sold > 0)) AS courses_sold,
    (sum(d.units_sold))::bigint AS units_sold,
    (sum(d.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(d.refund_amount))::numeric(14,2) AS refund_amount,
    (sum(d.net_amount))::numeric(14,2) AS net_amount,
    (sum(d.discount_amount))::numeric(14,2) AS discount_amount,
    (sum(d.tax_amount))::numeric(14,2) AS tax_amount,
    (sum(d.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount
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

COMMENT ON COLUMN reporting.sales_by_month.discount_amount IS 'What coupons took off the list prices.';

COMMENT ON COLUMN reporting.sales_by_month.tax_amount IS 'The tax in the gross amount.';

COMMENT ON COLUMN reporting.sales_by_month.refunded_tax_amount IS 'The tax in the refunds.';

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

CREATE VIEW reporting.taxes AS
 SELECT b.day,
    (date_trunc('month'::text, (b.day)::timestamp with time zone))::date AS month,
    b.country,
    b.tax_rate,
    b.currency,
    (sum((b.gross_amount - b.tax_amount)))::numeric(14,2) AS taxable_amount,
    (sum(b.tax_amount))::numeric(14,2) AS tax_amount,
    (sum((b.refund_amount - b.refunded_tax_amount)))::numeric(14,2) AS refunded_taxable_amount,
    (sum(b.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount,
    (sum((b.tax_amount - b.refunded_tax_amount)))::numeric(14,2) AS net_tax_amount
   FROM reporting.booked_lines b
  GROUP BY b.day, b.country, b.tax_rate, b.currency;

ALTER TABLE reporting.taxes OWNER TO techcourse_reader;

COMMENT ON VIEW reporting.taxes IS 'Taxes on the sales of each business day, one row for each country of buyers, rate and currency; sales without a tax stand under the rate 0. Taxable and tax add up to daily_sales.';

COMMENT ON COLUMN reporting.taxes.day IS 'Business day in the accounting time zone; a refund stands on the day that it happened.';

COMMENT ON COLUMN reporting.taxes.month IS 'First day of its month.';

COMMENT ON COLUMN reporting.taxes.country IS 'ISO 3166-1 alpha-2 code at the order; null when the buyer did not tell.';

COMMENT ON COLUMN reporting.taxes.tax_rate IS 'Rate of the tax, 0 to 1; frozen at the order.';

COMMENT ON COLUMN reporting.taxes.currency IS 'Currency of the amounts, ISO 4217; amounts of different currencies must never be added.';

COMMENT ON COLUMN reporting.taxes.taxable_amount IS 'What was paid less the tax.';

COMMENT ON COLUMN reporting.taxes.tax_amount IS 'The tax.';

COMMENT ON COLUMN reporting.taxes.refunded_taxable_amount IS 'What was given back less the tax.';

COMMENT ON COLUMN reporting.taxes.refunded_tax_amount IS 'The tax that was given back.';

COMMENT ON COLUMN reporting.taxes.net_tax_amount IS 'Tax less the tax that was given back: what is owed for the day.';

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

CREATE TABLE sales.demo_returns (
    request_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    amount platform.money_amount NOT NULL,
    currency platform.currency_code NOT NULL,
    given_back_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT demo_returns_amount_positive_check CHECK (((amount)::numeric > (0)::numeric))
);

ALTER TABLE ONLY sales.demo_returns FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.demo_returns OWNER TO techcourse_owner;

COMMENT ON TABLE sales.demo_returns IS 'Books of the demo gateway''s bank: what it gave back. Shard class: local.';

COMMENT ON COLUMN sales.demo_returns.request_id IS 'The request to give back; the key under which the bank is asked, so that it gives back once.';

COMMENT ON COLUMN sales.demo_returns.payment_id IS 'The payment that it belongs to.';

COMMENT ON COLUMN sales.demo_returns.amount IS 'What went back.';

COMMENT ON COLUMN sales.demo_returns.currency IS 'Currency of the amount.';

COMMENT ON COLUMN sales.demo_returns.given_back_at IS 'When.';

CREATE VIEW sales.listed_payouts AS
 SELECT p.id AS payout_id,
    p.instructor_id,
    u.display_name AS instructor_name,
    p.period_start,
    p.period_end,
    (p.amount)::numeric(14,2) AS amount,
    (p.currency)::text AS currency,
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
   FROM (sales.payouts p
     JOIN identity.users u ON ((u.id = p.instructor_id)))
  WHERE ((CURRENT_USER = 'accountant'::name) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text])) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (p.instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

ALTER TABLE sales.listed_payouts OWNER TO techcourse_reader;

COMMENT ON VIEW sales.listed_payouts IS 'Payouts with the name of who is paid and who did what: all for accountants and admins, the own ones for an instructor.';

COMMENT ON COLUMN sales.listed_payouts.payout_id IS 'The payout.';

COMMENT ON COLUMN sales.listed_payouts.instructor_id IS 'Who is paid.';

COMMENT ON COLUMN sales.listed_payouts.instructor_name IS 'Name of who is paid. Personal data.';

COMMENT ON COLUMN sales.listed_payouts.period_start IS 'First day of the month that is paid for.';

COMMENT ON COLUMN sales.listed_payouts.period_end IS 'First day of the month after.';

COMMENT ON COLUMN sales.listed_payouts.amount IS 'What is paid out.';

COMMENT ON COLUMN sales.listed_payouts.currency IS 'ISO 4217 code of the amount; amounts of different currencies must never be added.';

COMMENT ON COLUMN sales.listed_payouts.status IS 'planned, approved by a second person, paid, or cancelled.';

COMMENT ON COLUMN sales.listed_payouts.reference IS 'The bank''s reference of the transfer; null until it is paid.';

COMMENT ON COLUMN sales.listed_payouts.created_at IS 'When it was planned.';

COMMENT ON COLUMN sales.listed_payouts.created_by IS 'Who ran the month; null when nobody is known.';

COMMENT ON COLUMN sales.listed_payouts.approved_at IS 'When it was approved; null before.';

COMMENT ON COLUMN sales.listed_payouts.approved_by IS 'Who approved it; null before.';

COMMENT ON COLUMN sales.listed_payouts.paid_at IS 'When it was noted as paid; null before.';

COMMENT ON COLUMN sales.listed_payouts.paid_by IS 'Who noted it; null before.';

COMMENT ON COLUMN sales.listed_payouts.cancelled_at IS 'When it was cancelled; null otherwise.';

COMMENT ON COLUMN sales.listed_payouts.cancelled_by IS 'Who cancelled it; null otherwise.';

CREATE TABLE sales.tax_rates (
    country platform.country_code NOT NULL,
    valid_from date NOT NULL,
    rate numeric(6,5) NOT NULL,
    name text NOT NULL,
    CONSTRAINT tax_rates_name_length_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT tax_rates_rate_from_0_to_1_check CHECK (((rate >= (0)::numeric) AND (rate < (1)::numeric)))
);

ALTER TABLE ONLY sales.tax_rates FORCE ROW LEVEL SECURITY;

ALTER TABLE sales.tax_rates OWNER TO techcourse_owner;

COMMENT ON TABLE sales.tax_rates IS 'The tax on sales to buyers of a country, from a day on until the next row; a country without a row has none. Shard class: reference.';

COMMENT ON COLUMN sales.tax_rates.country IS 'Country of the buyer, ISO 3166-1.';

COMMENT ON COLUMN sales.tax_rates.valid_from IS 'First business day of the rate; the newest row counts.';

COMMENT ON COLUMN sales.tax_rates.rate IS 'Part of the net price, 0.19 is 19 percent.';

COMMENT ON COLUMN sales.tax_rates.name IS 'What the tax is called there, for invoices.';

ALTER TABLE ONLY catalog.stored_files
    ADD CONSTRAINT stored_files_sha256_pkey PRIMARY KEY (sha256);

CREATE FUNCTION catalog.expect_file(sha256 bytea, size_bytes bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO catalog.stored_files AS f (sha256, size_bytes)
   VALUES (expect_file.sha256, expect_file.size_bytes) ON CONFLICT ON CONSTRAINT stored_files_sha256_pkey DO UPDATE SET touched_at = clock_timestamp();
END;

ALTER FUNCTION catalog.expect_file(sha256 bytea, size_bytes bigint) OWNER TO techcourse_loader;

COMMENT ON FUNCTION catalog.expect_file(sha256 bytea, size_bytes bigint) IS 'Says that a file is about to be stored: for a day it is not forgotten, even if no lesson holds it yet.';

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

ALTER TABLE ONLY identity.throttles
    ADD CONSTRAINT throttles_subject_pkey PRIMARY KEY (kind, subject_hash);

CREATE FUNCTION identity.throttle(kind text, subject_hash bytea, most integer, per interval) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO identity.throttles AS t (kind, subject_hash)
   VALUES (throttle.kind, throttle.subject_hash) ON CONFLICT ON CONSTRAINT throttles_subject_pkey DO UPDATE SET uses =
         CASE
             WHEN (t.window_began_at < (clock_timestamp() - throttle.per)) THEN 1
             ELSE (LEAST(t.uses, 1000000) + 1)
         END, window_began_at =
         CASE
             WHEN (t.window_began_at < (clock_timestamp() - throttle.per)) THEN clock_timestamp()
             ELSE t.window_began_at
         END
   RETURNING
         CASE
             WHEN (t.uses > throttle.most) THEN GREATEST(1, (ceil(EXTRACT(epoch FROM ((t.window_began_at + throttle.per) - clock_timestamp()))))::integer)
             ELSE 0
         END AS "case";
END;

ALTER FUNCTION identity.throttle(kind text, subject_hash bytea, most integer, per interval) OWNER TO techcourse_gatekeeper;

COMMENT ON FUNCTION identity.throttle(kind text, subject_hash bytea, most integer, per interval) IS 'Counts a use of what is easily misused: seconds to wait when it was used too often in this time, else 0.';

ALTER TABLE ONLY learning.activity_days
    ADD CONSTRAINT activity_days_student_id_day_pkey PRIMARY KEY (student_id, day);

CREATE FUNCTION learning.note_activity(student_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO learning.activity_days (student_id, day)
   VALUES (note_activity.student_id, platform.business_day(clock_timestamp())) ON CONFLICT ON CONSTRAINT activity_days_student_id_day_pkey DO NOTHING;
END;

ALTER FUNCTION learning.note_activity(student_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION learning.note_activity(student_id uuid) IS 'Notes that a student learned today, by the database''s clock and the academy''s time zone. For the functions of this room, not for the application.';

ALTER TABLE ONLY learning.regrade_runs
    ADD CONSTRAINT regrade_runs_regrade_id_pkey PRIMARY KEY (regrade_id);

ALTER TABLE ONLY learning.regrades
    ADD CONSTRAINT regrades_id_pkey PRIMARY KEY (id);

CREATE FUNCTION learning.regrades_of(quiz uuid) RETURNS TABLE(id uuid, question_id text, question jsonb, reason text, requested_by uuid, attempts_total integer, attempts_seen integer, attempts_changed integer, created_at timestamp with time zone, finished_at timestamp with time zone, now_passed bigint, no_longer_passed bigint, certificates_kept bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT r.id,
     r.question_id,
     r.question,
     r.reason,
     r.requested_by,
     COALESCE(n.attempts_total, r.attempts_seen) AS "coalesce",
     COALESCE(n.attempts_seen, r.attempts_seen) AS "coalesce",
     COALESCE(n.attempts_changed, r.attempts_changed) AS "coalesce",
     r.created_at,
         CASE
             WHEN (n.regrade_id IS NULL) THEN r.created_at
             ELSE n.finished_at
         END AS finished_at,
     count(*) FILTER (WHERE (a.passed_after AND (NOT a.passed_before))) AS count,
     count(*) FILTER (WHERE (a.passed_before AND (NOT a.passed_after))) AS count,
     count(*) FILTER (WHERE a.certificate_kept) AS count
    FROM ((learning.regrades r
      LEFT JOIN learning.regrade_runs n ON ((n.regrade_id = r.id)))
      LEFT JOIN learning.attempt_regrades a ON ((a.regrade_id = r.id)))
   WHERE ((r.quiz_id = regrades_of.quiz) AND ( SELECT catalog.may_edit(q.course_id) AS may_edit
            FROM catalog.quizzes q
           WHERE (q.id = regrades_of.quiz)))
   GROUP BY r.id, n.regrade_id
   ORDER BY r.id DESC;
END;

ALTER FUNCTION learning.regrades_of(quiz uuid) OWNER TO techcourse_reader;

COMMENT ON FUNCTION learning.regrades_of(quiz uuid) IS 'Corrections of a quiz that the acting person teaches, latest first, how far each is and what it changed; finished_at is null while attempts remain.';

ALTER TABLE ONLY platform.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_webhook_id_event_id_pkey PRIMARY KEY (webhook_id, event_id);

CREATE FUNCTION platform.send_again(webhook uuid, event uuid, from_time timestamp with time zone, until_time timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH again AS (
          INSERT INTO platform.webhook_deliveries AS d (webhook_id, event_id)  SELECT w.id,
                     e.id
                    FROM (platform.webhooks w
                      JOIN platform.events e ON ((((e.topic)::text = ANY (w.topics)) OR (((e.topic)::text = 'webhook.ping.v1'::text) AND (e.subject_id = w.id)))))
                   WHERE ((w.id = send_again.webhook) AND (current_setting('app.role'::text, true) = 'admin'::text) AND ((e.id = send_again.event) OR ((send_again.event IS NULL) AND (e.occurred_at >= send_again.from_time) AND (e.occurred_at < send_again.until_time)))) ON CONFLICT ON CONSTRAINT webhook_deliveries_webhook_id_event_id_pkey DO UPDATE SET state = 'waiting'::text, tries = 0, next_try_at = clock_timestamp(), finished_at = NULL::timestamp with time zone
           WHERE ((d.locked_until IS NULL) OR (d.locked_until < clock_timestamp()))
           RETURNING d.event_id
         )
  SELECT count(*) AS count
    FROM again;
END;

ALTER FUNCTION platform.send_again(webhook uuid, event uuid, from_time timestamp with time zone, until_time timestamp with time zone) OWNER TO techcourse_loader;

COMMENT ON FUNCTION platform.send_again(webhook uuid, event uuid, from_time timestamp with time zone, until_time timestamp with time zone) IS 'An admin has one event, or all of a time, sent to a receiver again, also those from before it subscribed. Says how many.';

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_id_pkey PRIMARY KEY (id);

CREATE FUNCTION sales.post_to_gateway(payment sales.payments, kind text, debit text, credit text, moved numeric, event uuid, happened_at timestamp with time zone) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 INSERT INTO sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id, amount, currency, student_id, order_id)  SELECT platform.uuid_v7_of(post_to_gateway.happened_at, ((((post_to_gateway.kind || '.'::text) || post_to_gateway.event) || '.'::text) || post_to_gateway.debit)) AS uuid_v7_of,
             post_to_gateway.event AS event,
             post_to_gateway.happened_at AS happened_at,
             platform.business_day(post_to_gateway.happened_at) AS business_day,
             post_to_gateway.kind AS kind,
             sales.ledger_account(post_to_gateway.debit, NULL::uuid, ((post_to_gateway.payment).currency)::text) AS ledger_account,
             sales.ledger_account(post_to_gateway.credit, NULL::uuid, ((post_to_gateway.payment).currency)::text) AS ledger_account,
             post_to_gateway.moved AS moved,
             (post_to_gateway.payment).currency AS currency,
             (post_to_gateway.payment).student_id AS student_id,
             (post_to_gateway.payment).order_id AS order_id
           WHERE (post_to_gateway.moved > (0)::numeric) ON CONFLICT ON CONSTRAINT ledger_entries_id_pkey DO NOTHING;
END;

ALTER FUNCTION sales.post_to_gateway(payment sales.payments, kind text, debit text, credit text, moved numeric, event uuid, happened_at timestamp with time zone) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.post_to_gateway(payment sales.payments, kind text, debit text, credit text, moved numeric, event uuid, happened_at timestamp with time zone) IS 'Posts one movement between accounts of the academy that belongs to a payment, once for a kind, event and account. For the functions of this room.';

ALTER TABLE ONLY sales.gateway_refunds
    ADD CONSTRAINT gateway_refunds_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY sales.payments
    ADD CONSTRAINT payments_student_id_id_pkey PRIMARY KEY (student_id, id);

CREATE FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT jsonb_build_object('id', g.id, 'order_id', p.order_id, 'status', g.status, 'amount', sales.money((g.amount)::numeric, (g.currency)::text), 'requested_at', g.created_at, 'given_back_at', g.done_at, 'reason', COALESCE(min(r.reason), ''::text), 'kind', COALESCE(min(r.kind), 'surplus'::text), 'lines', COALESCE(jsonb_agg(jsonb_build_object('course_id', r.course_id, 'amount', sales.money((r.amount)::numeric, (r.currency)::text)) ORDER BY r.course_id) FILTER (WHERE (r.id IS NOT NULL)), '[]'::jsonb)) AS jsonb_build_object
    FROM ((sales.gateway_refunds g
      JOIN sales.payments p ON (((p.student_id = g.student_id) AND (p.id = g.payment_id))))
      LEFT JOIN sales.refunds r ON (((r.student_id = g.student_id) AND (r.gateway_refund_id = g.id))))
   WHERE ((g.student_id = refund_document.student_id) AND (g.id = refund_document.gateway_refund_id) AND ((g.student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = ANY (ARRAY['accountant'::text, 'admin'::text]))))
   GROUP BY g.student_id, g.id, p.student_id, p.id;
END;

ALTER FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) OWNER TO techcourse_loader;

COMMENT ON FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) IS 'What is given back to a student, with the lines that it is for, as JSON; null for others than that student, accountants and admins.';

ALTER TABLE ONLY analytics.student_key_salt
    ADD CONSTRAINT student_key_salt_only_one_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY audit.change_log
    ADD CONSTRAINT change_log_changed_at_id_pkey PRIMARY KEY (changed_at, id);

ALTER TABLE ONLY audit.seals
    ADD CONSTRAINT seals_previous_hash_key UNIQUE (previous_hash);

ALTER TABLE ONLY audit.seals
    ADD CONSTRAINT seals_seal_no_pkey PRIMARY KEY (seal_no);

ALTER TABLE ONLY catalog.attachments
    ADD CONSTRAINT attachments_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.bank_questions
    ADD CONSTRAINT bank_questions_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.bank_questions
    ADD CONSTRAINT bank_questions_instructor_id_imported_as_key UNIQUE (instructor_id, imported_as);

ALTER TABLE ONLY catalog.categories
    ADD CONSTRAINT categories_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.categories
    ADD CONSTRAINT categories_slug_key UNIQUE (slug);

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_course_id_instructor_id_pkey PRIMARY KEY (course_id, instructor_id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_id_editor_ids_key UNIQUE (id, editor_ids);

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

ALTER TABLE ONLY catalog.lesson_drafts
    ADD CONSTRAINT lesson_drafts_lesson_id_author_id_pkey PRIMARY KEY (lesson_id, author_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_course_id_key UNIQUE (id, course_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_editor_ids_key UNIQUE (id, editor_ids);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_instructor_id_key UNIQUE (id, instructor_id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_section_id_position_key UNIQUE (section_id, "position") DEFERRABLE;

ALTER TABLE ONLY catalog.listing_counts
    ADD CONSTRAINT listing_counts_figure_pkey PRIMARY KEY (figure);

ALTER TABLE ONLY catalog.listings
    ADD CONSTRAINT listings_course_id_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY catalog.outlines
    ADD CONSTRAINT outlines_course_id_pkey PRIMARY KEY (course_id);

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
    ADD CONSTRAINT external_identities_id_key UNIQUE (id);

ALTER TABLE ONLY identity.external_identities
    ADD CONSTRAINT external_identities_issuer_subject_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY identity.instructor_profiles
    ADD CONSTRAINT instructor_profiles_user_id_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY identity.mails
    ADD CONSTRAINT mails_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY identity.one_time_tokens
    ADD CONSTRAINT one_time_tokens_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.provider_sign_ins
    ADD CONSTRAINT provider_sign_ins_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_code_hash_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY identity.role_requests
    ADD CONSTRAINT role_requests_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY identity.second_factors
    ADD CONSTRAINT second_factors_user_id_kind_pkey PRIMARY KEY (user_id, kind);

ALTER TABLE ONLY identity.sessions
    ADD CONSTRAINT sessions_id_key UNIQUE (id);

ALTER TABLE ONLY identity.sessions
    ADD CONSTRAINT sessions_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.sign_ups
    ADD CONSTRAINT sign_ups_token_hash_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_user_id_role_pkey PRIMARY KEY (user_id, role);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_email_key UNIQUE (email);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY identity.users
    ADD CONSTRAINT users_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY learning.attempt_regrades
    ADD CONSTRAINT attempt_regrades_attempt_regrade_id_pkey PRIMARY KEY (student_id, attempt_started_at, attempt_id, regrade_id);

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

ALTER TABLE ONLY learning.course_ratings
    ADD CONSTRAINT course_ratings_course_id_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY learning.enrollments
    ADD CONSTRAINT enrollments_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY learning.events
    ADD CONSTRAINT events_student_id_occurred_at_id_pkey PRIMARY KEY (student_id, occurred_at, id);

ALTER TABLE ONLY learning.grading_claims
    ADD CONSTRAINT grading_claims_attempt_pkey PRIMARY KEY (student_id, attempt_started_at, attempt_id);

ALTER TABLE ONLY learning.key_corrections
    ADD CONSTRAINT key_corrections_version_question_id_pkey PRIMARY KEY (quiz_id, version, question_id, regrade_id);

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_student_id_lesson_id_pkey PRIMARY KEY (student_id, lesson_id);

ALTER TABLE ONLY learning.manual_grades
    ADD CONSTRAINT manual_grades_attempt_question_id_pkey PRIMARY KEY (student_id, attempt_started_at, attempt_id, question_id);

ALTER TABLE ONLY learning.rating_changes
    ADD CONSTRAINT rating_changes_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY learning.reviews
    ADD CONSTRAINT reviews_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY platform.event_types
    ADD CONSTRAINT event_types_topic_pkey PRIMARY KEY (topic);

ALTER TABLE ONLY platform.events
    ADD CONSTRAINT events_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.events
    ADD CONSTRAINT events_sequence_no_key UNIQUE (sequence_no);

ALTER TABLE ONLY platform.import_rows
    ADD CONSTRAINT import_rows_import_id_line_no_pkey PRIMARY KEY (import_id, line_no);

ALTER TABLE ONLY platform.imports
    ADD CONSTRAINT imports_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.jobs
    ADD CONSTRAINT jobs_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.outbox
    ADD CONSTRAINT outbox_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.partition_plan
    ADD CONSTRAINT partition_plan_table_name_pkey PRIMARY KEY (table_name);

ALTER TABLE ONLY platform.recurring_jobs
    ADD CONSTRAINT recurring_jobs_kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY platform.settings
    ADD CONSTRAINT settings_name_pkey PRIMARY KEY (name);

ALTER TABLE ONLY platform.shard_plan
    ADD CONSTRAINT shard_plan_table_name_pkey PRIMARY KEY (table_name);

ALTER TABLE ONLY platform.student_outbox
    ADD CONSTRAINT student_outbox_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY platform.webhook_secrets
    ADD CONSTRAINT webhook_secrets_webhook_id_id_pkey PRIMARY KEY (webhook_id, id);

ALTER TABLE ONLY platform.webhook_tries
    ADD CONSTRAINT webhook_tries_webhook_id_event_id_id_pkey PRIMARY KEY (webhook_id, event_id, id);

ALTER TABLE ONLY platform.webhooks
    ADD CONSTRAINT webhooks_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY reporting.book_checks
    ADD CONSTRAINT book_checks_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.answered_requests
    ADD CONSTRAINT answered_requests_student_id_key_pkey PRIMARY KEY (student_id, key);

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

ALTER TABLE ONLY sales.course_holds
    ADD CONSTRAINT course_holds_student_id_course_id_pkey PRIMARY KEY (student_id, course_id);

ALTER TABLE ONLY sales.demo_charges
    ADD CONSTRAINT demo_charges_payment_id_pkey PRIMARY KEY (payment_id);

ALTER TABLE ONLY sales.demo_returns
    ADD CONSTRAINT demo_returns_request_id_pkey PRIMARY KEY (request_id);

ALTER TABLE ONLY sales.gateway_events
    ADD CONSTRAINT gateway_events_gateway_event_id_pkey PRIMARY KEY (gateway, event_id);

ALTER TABLE ONLY sales.invoice_buyers
    ADD CONSTRAINT invoice_buyers_invoice_id_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_kind_source_id_key UNIQUE (kind, source_id);

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_number_key UNIQUE (number);

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_seller_year_serial_no_key UNIQUE (seller, year, serial_no);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_id_currency_key UNIQUE (id, currency);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_kind_instructor_id_currency_key UNIQUE NULLS NOT DISTINCT (kind, instructor_id, currency);

ALTER TABLE ONLY sales.line_shares
    ADD CONSTRAINT line_shares_line_instructor_id_pkey PRIMARY KEY (student_id, order_id, course_id, instructor_id);

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
    ADD CONSTRAINT payments_student_id_idempotency_key_key UNIQUE (student_id, idempotency_key);

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_id_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_instructor_id_period_start_currency_key UNIQUE (instructor_id, period_start, currency);

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_student_id_id_pkey PRIMARY KEY (student_id, id);

ALTER TABLE ONLY sales.tax_rates
    ADD CONSTRAINT tax_rates_country_valid_from_pkey PRIMARY KEY (country, valid_from);

CREATE INDEX change_log_changed_by_idx ON ONLY audit.change_log USING btree (changed_by, changed_at DESC);

CREATE INDEX change_log_prices_idx ON ONLY audit.change_log USING btree (changed_at DESC) WHERE ((relation = 'catalog.courses'::text) AND (action = 'update'::text) AND (old_values ? 'price'::text));

CREATE INDEX change_log_relation_row_key_idx ON ONLY audit.change_log USING btree (relation, (((row_key ->> 'id'::text))::uuid), changed_at DESC);

CREATE INDEX change_log_transaction_id_idx ON ONLY audit.change_log USING btree (origin, transaction_id);

CREATE INDEX attachments_lesson_id_editor_ids_idx ON catalog.attachments USING btree (lesson_id, editor_ids);

CREATE INDEX attachments_lesson_id_instructor_id_idx ON catalog.attachments USING btree (lesson_id, instructor_id);

CREATE INDEX attachments_sha256_idx ON catalog.attachments USING btree (sha256);

CREATE INDEX bank_questions_instructor_id_idx ON catalog.bank_questions USING btree (instructor_id, id DESC);

CREATE INDEX course_instructors_course_id_lead_id_idx ON catalog.course_instructors USING btree (course_id, lead_id);

CREATE INDEX course_instructors_instructor_id_role_idx ON catalog.course_instructors USING btree (instructor_id, instructor_role);

CREATE INDEX courses_category_id_any_status_idx ON catalog.courses USING btree (category_id);

CREATE INDEX courses_category_id_idx ON catalog.courses USING btree (category_id, published_at DESC, id) WHERE (status = 'published'::text);

CREATE INDEX courses_instructor_id_idx ON catalog.courses USING btree (instructor_id, instructor_role);

CREATE INDEX courses_price_idx ON catalog.courses USING btree (price, id) WHERE (status = 'published'::text);

CREATE INDEX courses_published_at_idx ON catalog.courses USING btree (published_at DESC, id) WHERE (status = 'published'::text);

CREATE INDEX courses_search_idx ON catalog.courses USING gin (search);

CREATE INDEX courses_title_idx ON catalog.courses USING gin (title extensions.gin_trgm_ops);

CREATE INDEX lesson_contents_instructor_id_idx ON catalog.lesson_contents USING btree (instructor_id);

CREATE INDEX lesson_drafts_author_id_idx ON catalog.lesson_drafts USING btree (author_id);

CREATE INDEX lessons_course_id_editor_ids_idx ON catalog.lessons USING btree (course_id, editor_ids);

CREATE INDEX lessons_course_id_idx ON catalog.lessons USING btree (course_id, instructor_id, course_status);

CREATE INDEX lessons_section_id_course_id_idx ON catalog.lessons USING btree (section_id, course_id);

CREATE INDEX listings_average_idx ON catalog.listings USING btree (average DESC, course_id) WHERE published;

CREATE INDEX listings_facets_idx ON catalog.listings USING btree (category_id, level, language, price_range, half_stars) WHERE published;

CREATE INDEX listings_students_idx ON catalog.listings USING btree (students DESC, course_id) WHERE published;

CREATE INDEX quizzes_course_id_editor_ids_idx ON catalog.quizzes USING btree (course_id, editor_ids);

CREATE INDEX quizzes_course_id_idx ON catalog.quizzes USING btree (course_id, instructor_id, course_status);

CREATE INDEX quizzes_metadata_idx ON catalog.quizzes USING gin (metadata jsonb_path_ops);

CREATE INDEX quizzes_passing_score_idx ON catalog.quizzes USING btree ((((metadata ->> 'passing_score'::text))::numeric) DESC, course_id);

CREATE INDEX sections_course_id_editor_ids_idx ON catalog.sections USING btree (course_id, editor_ids);

CREATE INDEX sections_course_id_idx ON catalog.sections USING btree (course_id, instructor_id, course_status);

CREATE INDEX stored_files_touched_at_idx ON catalog.stored_files USING btree (touched_at);

CREATE INDEX api_tokens_user_id_acting_role_idx ON identity.api_tokens USING btree (user_id, acting_role);

CREATE INDEX external_identities_user_id_idx ON identity.external_identities USING btree (user_id);

CREATE INDEX mails_created_at_idx ON identity.mails USING brin (created_at);

CREATE INDEX mails_user_id_idx ON identity.mails USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX mails_waiting_idx ON identity.mails USING btree (next_try_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX one_time_tokens_user_id_idx ON identity.one_time_tokens USING btree (user_id);

CREATE INDEX provider_sign_ins_expires_at_idx ON identity.provider_sign_ins USING btree (expires_at);

CREATE INDEX provider_sign_ins_user_id_idx ON identity.provider_sign_ins USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX role_requests_decided_by_idx ON identity.role_requests USING btree (decided_by) WHERE (decided_by IS NOT NULL);

CREATE UNIQUE INDEX role_requests_one_open_per_user_key ON identity.role_requests USING btree (user_id, role) WHERE (status = 'open'::text);

CREATE INDEX role_requests_user_id_idx ON identity.role_requests USING btree (user_id);

CREATE INDEX role_requests_waiting_idx ON identity.role_requests USING btree (id) WHERE (status = 'open'::text);

CREATE INDEX sessions_expires_at_idx ON identity.sessions USING btree (expires_at);

CREATE INDEX sessions_user_id_idx ON identity.sessions USING btree (user_id, acting_role);

CREATE INDEX sign_ups_email_idx ON identity.sign_ups USING btree (email);

CREATE INDEX sign_ups_expires_at_idx ON identity.sign_ups USING btree (expires_at);

CREATE INDEX throttles_window_began_at_idx ON identity.throttles USING btree (window_began_at);

CREATE INDEX user_roles_granted_by_idx ON identity.user_roles USING btree (granted_by) WHERE (granted_by IS NOT NULL);

CREATE INDEX user_roles_role_idx ON identity.user_roles USING btree (role, user_id) WHERE ((role)::text <> 'student'::text);

CREATE INDEX users_created_at_idx ON identity.users USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX users_display_name_idx ON identity.users USING gin (display_name extensions.gin_trgm_ops);

CREATE INDEX users_email_part_idx ON identity.users USING gin (((email)::text) extensions.gin_trgm_ops);

CREATE INDEX attempt_regrades_regrade_id_idx ON learning.attempt_regrades USING btree (regrade_id, student_id);

CREATE INDEX attempt_slots_attempt_id_idx ON learning.attempt_slots USING btree (attempt_id);

CREATE INDEX attempt_slots_quiz_version_idx ON learning.attempt_slots USING btree (quiz_id, quiz_version, course_id, attempt_limit);

CREATE INDEX attempt_slots_student_id_course_id_idx ON learning.attempt_slots USING btree (student_id, course_id);

CREATE INDEX attempts_open_idx ON ONLY learning.attempts USING btree (deadline_at) WHERE ((status)::text = 'in_progress'::text);

CREATE INDEX attempts_quiz_id_idx ON ONLY learning.attempts USING btree (quiz_id, started_at DESC);

CREATE INDEX attempts_quiz_version_idx ON ONLY learning.attempts USING btree (quiz_id, quiz_version, course_id, passing_score);

CREATE INDEX attempts_started_at_idx ON ONLY learning.attempts USING brin (started_at);

CREATE INDEX attempts_waiting_for_grade_idx ON ONLY learning.attempts USING btree (instructor_id, submitted_at) WHERE ((status)::text = 'submitted'::text);

CREATE INDEX certificates_attempt_idx ON learning.certificates USING btree (student_id, attempt_started_at, attempt_id);

CREATE INDEX certificates_revoked_by_idx ON learning.certificates USING btree (revoked_by) WHERE (revoked_by IS NOT NULL);

CREATE INDEX enrollments_course_id_idx ON learning.enrollments USING btree (course_id, enrolled_at DESC);

CREATE INDEX enrollments_course_id_instructor_id_idx ON learning.enrollments USING btree (course_id, instructor_id);

CREATE INDEX enrollments_instructor_id_idx ON learning.enrollments USING btree (instructor_id, enrolled_at DESC);

CREATE INDEX enrollments_order_line_idx ON learning.enrollments USING btree (student_id, order_id, course_id) WHERE (order_id IS NOT NULL);

CREATE INDEX events_course_id_idx ON ONLY learning.events USING btree (course_id, occurred_at);

CREATE INDEX events_lesson_id_idx ON ONLY learning.events USING btree (lesson_id) WHERE (lesson_id IS NOT NULL);

CREATE INDEX events_occurred_at_idx ON ONLY learning.events USING brin (occurred_at);

CREATE INDEX grading_claims_claimed_by_idx ON learning.grading_claims USING btree (claimed_by);

CREATE INDEX key_corrections_regrade_id_idx ON learning.key_corrections USING btree (regrade_id);

CREATE INDEX lesson_progress_lesson_id_idx ON learning.lesson_progress USING btree (lesson_id, course_id);

CREATE INDEX lesson_progress_student_id_course_id_idx ON learning.lesson_progress USING btree (student_id, course_id);

CREATE INDEX manual_grades_graded_by_idx ON learning.manual_grades USING btree (graded_by);

CREATE INDEX rating_changes_course_id_idx ON learning.rating_changes USING btree (course_id) INCLUDE (rating, change);

CREATE UNIQUE INDEX regrade_runs_one_under_way_per_quiz_key ON learning.regrade_runs USING btree (quiz_id) WHERE (finished_at IS NULL);

CREATE INDEX regrade_runs_quiz_id_idx ON learning.regrade_runs USING btree (quiz_id);

CREATE INDEX regrades_quiz_id_idx ON learning.regrades USING btree (quiz_id, id DESC);

CREATE INDEX regrades_requested_by_idx ON learning.regrades USING btree (requested_by);

CREATE INDEX reviews_course_id_idx ON learning.reviews USING btree (course_id, created_at DESC) INCLUDE (rating);

CREATE INDEX events_occurred_at_idx ON platform.events USING btree (occurred_at);

CREATE INDEX imports_started_by_idx ON platform.imports USING btree (started_by);

CREATE INDEX jobs_finished_at_idx ON platform.jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX jobs_kind_idx ON platform.jobs USING btree (kind, id);

CREATE INDEX jobs_waiting_idx ON platform.jobs USING btree (run_at) WHERE ((finished_at IS NULL) AND (dead_at IS NULL));

CREATE INDEX webhook_deliveries_event_id_idx ON platform.webhook_deliveries USING btree (event_id);

CREATE INDEX webhook_deliveries_waiting_idx ON platform.webhook_deliveries USING btree (webhook_id, next_try_at) WHERE (state = 'waiting'::text);

CREATE INDEX webhooks_created_by_idx ON platform.webhooks USING btree (created_by);

CREATE INDEX answered_requests_asked_at_idx ON sales.answered_requests USING brin (asked_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX coupon_redemptions_coupon_id_idx ON sales.coupon_redemptions USING btree (coupon_id, redeemed_at);

CREATE INDEX coupon_redemptions_coupon_id_use_limit_idx ON sales.coupon_redemptions USING btree (coupon_id, use_limit);

CREATE INDEX coupon_redemptions_slot_idx ON sales.coupon_redemptions USING btree (coupon_id, order_id);

CREATE INDEX coupon_slots_coupon_id_slot_limit_idx ON sales.coupon_slots USING btree (coupon_id, slot_limit);

CREATE INDEX coupons_course_id_idx ON sales.coupons USING btree (course_id) WHERE (course_id IS NOT NULL);

CREATE INDEX coupons_created_by_idx ON sales.coupons USING btree (created_by);

CREATE INDEX coupons_instructor_id_idx ON sales.coupons USING btree (instructor_id) WHERE (instructor_id IS NOT NULL);

CREATE INDEX course_holds_line_idx ON sales.course_holds USING btree (student_id, order_id, course_id);

CREATE INDEX demo_returns_payment_id_idx ON sales.demo_returns USING btree (payment_id);

CREATE INDEX gateway_events_received_at_idx ON sales.gateway_events USING btree (received_at);

CREATE INDEX gateway_refunds_due_idx ON sales.gateway_refunds USING btree (next_try_at) WHERE (status = 'pending'::text);

CREATE INDEX gateway_refunds_payment_idx ON sales.gateway_refunds USING btree (student_id, payment_id);

CREATE INDEX invoice_buyers_student_id_idx ON sales.invoice_buyers USING btree (student_id);

CREATE INDEX invoices_business_day_idx ON sales.invoices USING btree (business_day, happened_at, id);

CREATE INDEX invoices_corrects_id_idx ON sales.invoices USING btree (corrects_id) WHERE (corrects_id IS NOT NULL);

CREATE INDEX invoices_previous_no_idx ON sales.invoices USING btree (seller, year, previous_no);

CREATE INDEX invoices_student_id_idx ON sales.invoices USING btree (student_id, happened_at DESC, id DESC);

CREATE INDEX ledger_accounts_instructor_id_idx ON sales.ledger_accounts USING btree (instructor_id) WHERE (instructor_id IS NOT NULL);

CREATE INDEX ledger_entries_business_day_idx ON sales.ledger_entries USING btree (business_day, kind);

CREATE INDEX ledger_entries_credit_account_idx ON sales.ledger_entries USING btree (credit_account_id, currency, posted_at);

CREATE INDEX ledger_entries_debit_account_idx ON sales.ledger_entries USING btree (debit_account_id, currency, posted_at);

CREATE UNIQUE INDEX ledger_entries_payout_once_key ON sales.ledger_entries USING btree (payout_id) WHERE (kind = 'payout'::text);

CREATE UNIQUE INDEX ledger_entries_released_once_key ON sales.ledger_entries USING btree (student_id, order_id, course_id, debit_account_id) WHERE (kind = 'release'::text);

CREATE INDEX ledger_entries_transaction_id_idx ON sales.ledger_entries USING btree (transaction_id);

CREATE INDEX line_shares_instructor_id_idx ON sales.line_shares USING btree (instructor_id);

CREATE INDEX order_lines_coupon_id_idx ON sales.order_lines USING btree (coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX order_lines_course_id_idx ON sales.order_lines USING btree (course_id);

CREATE INDEX order_lines_instructor_id_idx ON sales.order_lines USING btree (instructor_id);

CREATE INDEX order_lines_order_currency_idx ON sales.order_lines USING btree (student_id, order_id, currency);

CREATE INDEX order_lines_redemption_idx ON sales.order_lines USING btree (student_id, order_id, coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX order_lines_released_coupon_id_idx ON sales.order_lines USING btree (released_coupon_id) WHERE (released_coupon_id IS NOT NULL);

CREATE INDEX orders_id_idx ON sales.orders USING btree (id);

CREATE INDEX orders_open_idx ON sales.orders USING btree (placed_at) WHERE ((closed_at IS NULL) AND (paid_at IS NULL));

CREATE INDEX orders_placed_at_idx ON sales.orders USING brin (placed_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX payments_business_day_idx ON sales.payments USING btree (business_day) INCLUDE (student_id, order_id) WHERE (status = 'captured'::text);

CREATE UNIQUE INDEX payments_one_captured_per_order_key ON sales.payments USING btree (student_id, order_id) WHERE (status = 'captured'::text);

CREATE UNIQUE INDEX payments_one_pending_per_order_key ON sales.payments USING btree (student_id, order_id) WHERE (status = 'pending'::text);

CREATE INDEX payments_order_total_idx ON sales.payments USING btree (student_id, order_id, amount, currency);

CREATE INDEX payments_pending_idx ON sales.payments USING btree (COALESCE(checked_at, created_at)) WHERE (status = 'pending'::text);

CREATE INDEX payments_unreleased_idx ON sales.payments USING btree (captured_at) WHERE ((status = 'captured'::text) AND (released_at IS NULL) AND ((amount)::numeric > (0)::numeric));

CREATE INDEX payouts_approved_by_idx ON sales.payouts USING btree (approved_by) WHERE (approved_by IS NOT NULL);

CREATE INDEX payouts_cancelled_by_idx ON sales.payouts USING btree (cancelled_by) WHERE (cancelled_by IS NOT NULL);

CREATE INDEX payouts_created_by_idx ON sales.payouts USING btree (created_by) WHERE (created_by IS NOT NULL);

CREATE INDEX payouts_paid_by_idx ON sales.payouts USING btree (paid_by) WHERE (paid_by IS NOT NULL);

CREATE INDEX payouts_period_start_idx ON sales.payouts USING btree (period_start, id);

CREATE INDEX refunds_business_day_idx ON sales.refunds USING btree (business_day) INCLUDE (course_id, currency, amount);

CREATE INDEX refunds_gateway_refund_idx ON sales.refunds USING btree (student_id, gateway_refund_id) WHERE (gateway_refund_id IS NOT NULL);

CREATE INDEX refunds_order_line_idx ON sales.refunds USING btree (student_id, order_id, course_id);

CREATE INDEX refunds_payment_idx ON sales.refunds USING btree (student_id, payment_id, order_id, currency);

CREATE INDEX refunds_requested_by_idx ON sales.refunds USING btree (requested_by) WHERE (requested_by IS NOT NULL);

CREATE OR REPLACE VIEW reporting.sales_by_category AS
 SELECT b.day,
    (date_trunc('month'::text, (b.day)::timestamp with time zone))::date AS month,
    k.slug AS category_slug,
    k.name AS category_name,
    b.currency,
    sum(b.units) AS units_sold,
    (sum(b.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(b.refund_amount))::numeric(14,2) AS refund_amount,
    (sum((b.gross_amount - b.refund_amount)))::numeric(14,2) AS net_amount,
    (sum(b.discount_amount))::numeric(14,2) AS discount_amount,
    (sum(b.tax_amount))::numeric(14,2) AS tax_amount,
    (sum(b.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount
   FROM ((reporting.booked_lines b
     JOIN catalog.courses c ON ((c.id = b.course_id)))
     JOIN catalog.categories k ON ((k.id = c.category_id)))
  GROUP BY b.day, k.id, b.currency;

CREATE OR REPLACE VIEW reporting.sales_by_coupon AS
 SELECT b.day,
    (date_trunc('month'::text, (b.day)::timestamp with time zone))::date AS month,
    (k.code)::text AS coupon_code,
    b.currency,
    sum(b.units) AS units_sold,
    (sum(b.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(b.refund_amount))::numeric(14,2) AS refund_amount,
    (sum((b.gross_amount - b.refund_amount)))::numeric(14,2) AS net_amount,
    (sum(b.discount_amount))::numeric(14,2) AS discount_amount,
    (sum(b.tax_amount))::numeric(14,2) AS tax_amount,
    (sum(b.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount
   FROM (reporting.booked_lines b
     LEFT JOIN sales.coupons k ON ((k.id = b.coupon_id)))
  GROUP BY b.day, k.id, b.currency;

CREATE OR REPLACE VIEW reporting.sales_by_course AS
 SELECT b.day,
    (date_trunc('month'::text, (b.day)::timestamp with time zone))::date AS month,
    b.course_id,
    c.slug AS course_slug,
    c.title AS course_title,
    k.name AS category_name,
    u.display_name AS instructor_name,
    b.currency,
    sum(b.units) AS units_sold,
    (sum(b.gross_amount))::numeric(14,2) AS gross_amount,
    (sum(b.refund_amount))::numeric(14,2) AS refund_amount,
    (sum((b.gross_amount - b.refund_amount)))::numeric(14,2) AS net_amount,
    (sum(b.discount_amount))::numeric(14,2) AS discount_amount,
    (sum(b.tax_amount))::numeric(14,2) AS tax_amount,
    (sum(b.refunded_tax_amount))::numeric(14,2) AS refunded_tax_amount
   FROM (((reporting.booked_lines b
     JOIN catalog.courses c ON ((c.id = b.course_id)))
     JOIN catalog.categories k ON ((k.id = c.category_id)))
     JOIN identity.users u ON ((u.id = c.instructor_id)))
  GROUP BY b.day, b.course_id, c.id, k.id, u.id, b.currency;

CREATE TRIGGER change_log_append_only BEFORE DELETE OR UPDATE ON audit.change_log FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.change_log ENABLE ALWAYS TRIGGER change_log_append_only;

CREATE TRIGGER change_log_never_truncated BEFORE TRUNCATE ON audit.change_log FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.change_log ENABLE ALWAYS TRIGGER change_log_never_truncated;

CREATE TRIGGER seals_append_only BEFORE DELETE OR UPDATE ON audit.seals FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.seals ENABLE ALWAYS TRIGGER seals_append_only;

CREATE TRIGGER seals_never_truncated BEFORE TRUNCATE ON audit.seals FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.seals ENABLE ALWAYS TRIGGER seals_never_truncated;

CREATE TRIGGER attachments_copy_lesson_editors BEFORE INSERT ON catalog.attachments FOR EACH ROW EXECUTE FUNCTION catalog.copy_lesson_editors();

CREATE TRIGGER attachments_keep_room AFTER INSERT OR UPDATE OF lesson_id, sha256 ON catalog.attachments FOR EACH ROW EXECUTE FUNCTION catalog.keep_room_for_files();

CREATE TRIGGER bank_questions_check BEFORE INSERT OR UPDATE ON catalog.bank_questions FOR EACH ROW EXECUTE FUNCTION catalog.check_bank_question();

CREATE TRIGGER course_instructors_audit AFTER INSERT OR DELETE OR UPDATE ON catalog.course_instructors FOR EACH ROW EXECUTE FUNCTION audit.record_change('course_id,instructor_id', 'share_percent');

ALTER TABLE catalog.course_instructors ENABLE ALWAYS TRIGGER course_instructors_audit;

CREATE TRIGGER course_instructors_audit_truncate AFTER TRUNCATE ON catalog.course_instructors FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('course_id,instructor_id', 'share_percent');

ALTER TABLE catalog.course_instructors ENABLE ALWAYS TRIGGER course_instructors_audit_truncate;

CREATE TRIGGER course_instructors_count_shares AFTER INSERT OR DELETE OR UPDATE ON catalog.course_instructors FOR EACH ROW EXECUTE FUNCTION catalog.count_shares();

CREATE TRIGGER course_instructors_hold_course BEFORE INSERT OR DELETE OR UPDATE ON catalog.course_instructors FOR EACH ROW EXECUTE FUNCTION catalog.hold_shared_course();

CREATE TRIGGER courses_audit AFTER INSERT OR DELETE OR UPDATE ON catalog.courses FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'price,currency,status,instructor_id');

ALTER TABLE catalog.courses ENABLE ALWAYS TRIGGER courses_audit;

CREATE TRIGGER courses_audit_truncate AFTER TRUNCATE ON catalog.courses FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'price,currency,status,instructor_id');

ALTER TABLE catalog.courses ENABLE ALWAYS TRIGGER courses_audit_truncate;

CREATE TRIGGER courses_begin_listings AFTER INSERT ON catalog.courses REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.begin_listings();

CREATE TRIGGER courses_begin_outlines AFTER INSERT ON catalog.courses REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.begin_outlines();

CREATE TRIGGER courses_changes BEFORE INSERT OR UPDATE ON catalog.courses FOR EACH ROW EXECUTE FUNCTION catalog.course_changes();

CREATE TRIGGER courses_check_new_status AFTER UPDATE ON catalog.courses FOR EACH ROW WHEN (((CURRENT_USER = 'techcourse_app'::name) AND (old.status <> new.status) AND (new.status <> 'archived'::text))) EXECUTE FUNCTION catalog.check_publishing();

CREATE TRIGGER courses_check_publishing AFTER INSERT ON catalog.courses FOR EACH ROW WHEN (((CURRENT_USER = 'techcourse_app'::name) AND (new.status <> 'draft'::text))) EXECUTE FUNCTION catalog.check_publishing();

CREATE TRIGGER courses_keep_listing AFTER UPDATE ON catalog.courses FOR EACH ROW WHEN (((((((old.status IS DISTINCT FROM new.status) OR (old.category_id IS DISTINCT FROM new.category_id)) OR (old.level IS DISTINCT FROM new.level)) OR (old.language IS DISTINCT FROM new.language)) OR (old.price IS DISTINCT FROM new.price)) OR ((old.currency)::bpchar IS DISTINCT FROM (new.currency)::bpchar))) EXECUTE FUNCTION catalog.keep_listing();

CREATE TRIGGER courses_tell AFTER UPDATE ON catalog.courses REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_courses();

CREATE TRIGGER courses_tell_new AFTER INSERT ON catalog.courses REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_new_courses();

CREATE TRIGGER lesson_contents_copy_lesson_editors BEFORE INSERT ON catalog.lesson_contents FOR EACH ROW EXECUTE FUNCTION catalog.copy_lesson_editors();

CREATE TRIGGER lesson_contents_count_version AFTER UPDATE ON catalog.lesson_contents FOR EACH ROW WHEN (((old.markdown IS DISTINCT FROM new.markdown) OR (old.video_url IS DISTINCT FROM new.video_url))) EXECUTE FUNCTION catalog.count_lesson_version();

CREATE TRIGGER lesson_contents_touch_updated_at BEFORE UPDATE ON catalog.lesson_contents FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER lesson_drafts_check BEFORE INSERT OR UPDATE ON catalog.lesson_drafts FOR EACH ROW EXECUTE FUNCTION catalog.check_draft();

CREATE TRIGGER lessons_copy_course_columns BEFORE INSERT ON catalog.lessons FOR EACH ROW EXECUTE FUNCTION catalog.copy_course_columns();

CREATE TRIGGER lessons_count_delete AFTER DELETE ON catalog.lessons REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER lessons_count_insert AFTER INSERT ON catalog.lessons REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER lessons_count_update AFTER UPDATE ON catalog.lessons REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER lessons_count_version BEFORE UPDATE ON catalog.lessons FOR EACH ROW WHEN (((((old.title IS DISTINCT FROM new.title) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.minutes IS DISTINCT FROM new.minutes)) OR (old.preview IS DISTINCT FROM new.preview))) EXECUTE FUNCTION catalog.count_lesson_version();

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

CREATE TRIGGER quizzes_drop_versions BEFORE DELETE ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION catalog.drop_quiz_versions();

CREATE TRIGGER quizzes_keep_new_version AFTER UPDATE ON catalog.quizzes FOR EACH ROW WHEN ((old.version <> new.version)) EXECUTE FUNCTION catalog.keep_quiz_version();

CREATE TRIGGER quizzes_keep_version AFTER INSERT ON catalog.quizzes FOR EACH ROW EXECUTE FUNCTION catalog.keep_quiz_version();

CREATE TRIGGER sections_copy_course_columns BEFORE INSERT ON catalog.sections FOR EACH ROW EXECUTE FUNCTION catalog.copy_course_columns();

CREATE TRIGGER sections_count_delete AFTER DELETE ON catalog.sections REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER sections_count_insert AFTER INSERT ON catalog.sections REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER sections_count_update AFTER UPDATE ON catalog.sections REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION catalog.count_outline_change();

CREATE TRIGGER api_tokens_audit AFTER INSERT OR DELETE OR UPDATE ON identity.api_tokens FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'user_id,acting_role,scopes,expires_at,revoked_at');

ALTER TABLE identity.api_tokens ENABLE ALWAYS TRIGGER api_tokens_audit;

CREATE TRIGGER api_tokens_audit_truncate AFTER TRUNCATE ON identity.api_tokens FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'user_id,acting_role,scopes,expires_at,revoked_at');

ALTER TABLE identity.api_tokens ENABLE ALWAYS TRIGGER api_tokens_audit_truncate;

CREATE TRIGGER api_tokens_tell_made AFTER INSERT ON identity.api_tokens FOR EACH ROW EXECUTE FUNCTION identity.tell_person('token-made');

CREATE TRIGGER credentials_audit AFTER DELETE OR UPDATE ON identity.credentials FOR EACH ROW EXECUTE FUNCTION audit.record_change('user_id', 'changed_at');

ALTER TABLE identity.credentials ENABLE ALWAYS TRIGGER credentials_audit;

CREATE TRIGGER credentials_audit_inserts AFTER INSERT ON identity.credentials REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.record_inserts('user_id', 'changed_at');

ALTER TABLE identity.credentials ENABLE ALWAYS TRIGGER credentials_audit_inserts;

CREATE TRIGGER credentials_audit_truncate AFTER TRUNCATE ON identity.credentials FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('user_id', 'changed_at');

ALTER TABLE identity.credentials ENABLE ALWAYS TRIGGER credentials_audit_truncate;

CREATE TRIGGER external_identities_audit AFTER INSERT OR DELETE OR UPDATE ON identity.external_identities FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'user_id,provider');

ALTER TABLE identity.external_identities ENABLE ALWAYS TRIGGER external_identities_audit;

CREATE TRIGGER external_identities_audit_truncate AFTER TRUNCATE ON identity.external_identities FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'user_id,provider');

ALTER TABLE identity.external_identities ENABLE ALWAYS TRIGGER external_identities_audit_truncate;

CREATE TRIGGER recovery_codes_audit AFTER UPDATE OF used_at ON identity.recovery_codes FOR EACH ROW EXECUTE FUNCTION audit.record_change('user_id', 'used_at');

ALTER TABLE identity.recovery_codes ENABLE ALWAYS TRIGGER recovery_codes_audit;

CREATE TRIGGER recovery_codes_tell_used AFTER UPDATE OF used_at ON identity.recovery_codes FOR EACH ROW WHEN (((old.used_at IS NULL) AND (new.used_at IS NOT NULL))) EXECUTE FUNCTION identity.tell_person('recovery-code-used');

CREATE TRIGGER role_requests_audit AFTER INSERT OR DELETE OR UPDATE ON identity.role_requests FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'user_id,role,status,decided_by');

ALTER TABLE identity.role_requests ENABLE ALWAYS TRIGGER role_requests_audit;

CREATE TRIGGER role_requests_audit_truncate AFTER TRUNCATE ON identity.role_requests FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'user_id,role,status,decided_by');

ALTER TABLE identity.role_requests ENABLE ALWAYS TRIGGER role_requests_audit_truncate;

CREATE TRIGGER second_factors_audit AFTER DELETE OR UPDATE ON identity.second_factors FOR EACH ROW EXECUTE FUNCTION audit.record_change('user_id,kind', 'confirmed_at,recovery_codes_renewed_at');

ALTER TABLE identity.second_factors ENABLE ALWAYS TRIGGER second_factors_audit;

CREATE TRIGGER second_factors_audit_truncate AFTER TRUNCATE ON identity.second_factors FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('user_id,kind', 'confirmed_at,recovery_codes_renewed_at');

ALTER TABLE identity.second_factors ENABLE ALWAYS TRIGGER second_factors_audit_truncate;

CREATE TRIGGER second_factors_tell_codes AFTER UPDATE OF recovery_codes_renewed_at ON identity.second_factors FOR EACH ROW WHEN ((new.recovery_codes_renewed_at IS DISTINCT FROM old.recovery_codes_renewed_at)) EXECUTE FUNCTION identity.tell_person('recovery-codes-renewed');

CREATE TRIGGER second_factors_tell_off AFTER DELETE ON identity.second_factors FOR EACH ROW WHEN ((old.confirmed_at IS NOT NULL)) EXECUTE FUNCTION identity.tell_person('second-factor-off');

CREATE TRIGGER second_factors_tell_on AFTER UPDATE OF confirmed_at ON identity.second_factors FOR EACH ROW WHEN (((old.confirmed_at IS NULL) AND (new.confirmed_at IS NOT NULL))) EXECUTE FUNCTION identity.tell_person('second-factor-on');

CREATE TRIGGER user_roles_audit AFTER DELETE OR UPDATE ON identity.user_roles FOR EACH ROW EXECUTE FUNCTION audit.record_change('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit;

CREATE TRIGGER user_roles_audit_inserts AFTER INSERT ON identity.user_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.record_inserts('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit_inserts;

CREATE TRIGGER user_roles_audit_truncate AFTER TRUNCATE ON identity.user_roles FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('user_id,role', 'role,granted_by');

ALTER TABLE identity.user_roles ENABLE ALWAYS TRIGGER user_roles_audit_truncate;

CREATE TRIGGER user_roles_check_holder BEFORE INSERT ON identity.user_roles FOR EACH ROW WHEN (((new.role)::text <> 'student'::text)) EXECUTE FUNCTION identity.check_role_holder();

CREATE TRIGGER user_roles_keep_an_admin BEFORE DELETE OR UPDATE ON identity.user_roles FOR EACH ROW WHEN (((old.role)::text = 'admin'::text)) EXECUTE FUNCTION identity.keep_an_admin();

CREATE TRIGGER users_audit AFTER DELETE OR UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'status,email_changed_at');

ALTER TABLE identity.users ENABLE ALWAYS TRIGGER users_audit;

CREATE TRIGGER users_audit_truncate AFTER TRUNCATE ON identity.users FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'status,email_changed_at');

ALTER TABLE identity.users ENABLE ALWAYS TRIGGER users_audit_truncate;

CREATE TRIGGER users_keep_an_admin BEFORE UPDATE OF status ON identity.users FOR EACH ROW WHEN (((old.status = 'active'::text) AND (new.status <> 'active'::text))) EXECUTE FUNCTION identity.keep_an_admin();

CREATE TRIGGER users_note_email_change BEFORE UPDATE OF email ON identity.users FOR EACH ROW WHEN (((lower((new.email)::text) <> lower((old.email)::text)) AND (new.status <> 'erased'::text))) EXECUTE FUNCTION identity.note_email_change();

CREATE TRIGGER users_tell AFTER INSERT ON identity.users REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_users();

CREATE TRIGGER users_tell_email AFTER UPDATE OF email ON identity.users FOR EACH ROW WHEN (((lower((new.email)::text) <> lower((old.email)::text)) AND (new.status <> 'erased'::text))) EXECUTE FUNCTION identity.tell_both_addresses();

CREATE TRIGGER users_touch_updated_at BEFORE UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER attempt_regrades_append_only BEFORE DELETE OR UPDATE ON learning.attempt_regrades FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.attempt_regrades ENABLE ALWAYS TRIGGER attempt_regrades_append_only;

CREATE TRIGGER attempt_regrades_audit_inserts AFTER INSERT ON learning.attempt_regrades REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.record_inserts('student_id,attempt_id,regrade_id', 'score_before,score_after,certificate_kept');

ALTER TABLE learning.attempt_regrades ENABLE ALWAYS TRIGGER attempt_regrades_audit_inserts;

CREATE TRIGGER attempt_regrades_never_truncated BEFORE TRUNCATE ON learning.attempt_regrades FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.attempt_regrades ENABLE ALWAYS TRIGGER attempt_regrades_never_truncated;

CREATE TRIGGER attempts_settle AFTER UPDATE ON learning.attempts FOR EACH ROW WHEN (((SESSION_USER = 'techcourse_app'::name) AND ((old.score)::numeric IS DISTINCT FROM (new.score)::numeric))) EXECUTE FUNCTION learning.settle_after_grade();

CREATE TRIGGER attempts_stamp BEFORE UPDATE ON learning.attempts FOR EACH ROW WHEN ((CURRENT_USER <> 'techcourse_loader'::name)) EXECUTE FUNCTION learning.stamp_attempt();

CREATE TRIGGER attempts_tell_graded AFTER UPDATE ON learning.attempts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('attempt.graded.v1', 'n.status = ''graded'' and n.score is distinct from o.score', 'jsonb_build_object(''quiz_id'', n.quiz_id, ''attempt_id'', n.id, ''score'', n.score::text, ''passed'', n.passed)', 'n.id', 'student_id, started_at, id');

CREATE TRIGGER attempts_tell_submitted AFTER UPDATE ON learning.attempts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('attempt.submitted.v1', 'n.status <> ''in_progress'' and o.status = ''in_progress''', 'jsonb_build_object(''quiz_id'', n.quiz_id, ''attempt_id'', n.id, ''late'', n.late)', 'n.id', 'student_id, started_at, id');

CREATE TRIGGER certificates_audit AFTER INSERT OR DELETE OR UPDATE ON learning.certificates FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,course_id', 'number,revoked_at');

ALTER TABLE learning.certificates ENABLE ALWAYS TRIGGER certificates_audit;

CREATE TRIGGER certificates_audit_truncate AFTER TRUNCATE ON learning.certificates FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,course_id', 'number,revoked_at');

ALTER TABLE learning.certificates ENABLE ALWAYS TRIGGER certificates_audit_truncate;

CREATE TRIGGER certificates_check BEFORE INSERT OR UPDATE OF course_id, student_id, attempt_id, attempt_started_at, score ON learning.certificates FOR EACH ROW EXECUTE FUNCTION learning.check_certificate();

CREATE TRIGGER certificates_tell_issued AFTER INSERT ON learning.certificates REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('certificate.issued.v1', 'n.revoked_at is null', 'jsonb_build_object(''number'', n.number)', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER certificates_tell_revoked AFTER UPDATE ON learning.certificates REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('certificate.revoked.v1', 'n.revoked_at is not null and o.revoked_at is null', 'jsonb_build_object(''number'', n.number)', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER enrollments_check_entitlement BEFORE INSERT ON learning.enrollments FOR EACH ROW EXECUTE FUNCTION learning.check_entitlement();

CREATE TRIGGER enrollments_check_new_entitlement BEFORE UPDATE ON learning.enrollments FOR EACH ROW WHEN ((((old.ended_at IS NOT NULL) AND (new.ended_at IS NULL)) OR (new.order_id IS DISTINCT FROM old.order_id) OR (new.course_id <> old.course_id) OR (new.student_id <> old.student_id))) EXECUTE FUNCTION learning.check_entitlement();

CREATE TRIGGER enrollments_tell_again AFTER UPDATE ON learning.enrollments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('enrollment.created.v1', 'n.ended_at is null and o.ended_at is not null', '''{"again": true}''', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER enrollments_tell_completed AFTER UPDATE ON learning.enrollments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('course.completed.v1', 'n.completed_at is not null and o.completed_at is null', '''{}''', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER enrollments_tell_created AFTER INSERT ON learning.enrollments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('enrollment.created.v1', 'n.ended_at is null', '''{"again": false}''', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER enrollments_tell_ended AFTER UPDATE ON learning.enrollments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('enrollment.ended.v1', 'n.ended_at is not null and o.ended_at is null', 'jsonb_build_object(''reason'', n.end_reason)', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER key_corrections_append_only BEFORE DELETE OR UPDATE ON learning.key_corrections FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.key_corrections ENABLE ALWAYS TRIGGER key_corrections_append_only;

CREATE TRIGGER key_corrections_never_truncated BEFORE TRUNCATE ON learning.key_corrections FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.key_corrections ENABLE ALWAYS TRIGGER key_corrections_never_truncated;

CREATE TRIGGER lesson_progress_tell_completed AFTER UPDATE ON learning.lesson_progress REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('lesson.completed.v1', 'n.completed_at is not null and o.completed_at is null', 'jsonb_build_object(''lesson_id'', n.lesson_id)', 'n.lesson_id', 'student_id, lesson_id');

CREATE TRIGGER lesson_progress_tell_completed_first AFTER INSERT ON learning.lesson_progress REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('lesson.completed.v1', 'n.completed_at is not null', 'jsonb_build_object(''lesson_id'', n.lesson_id)', 'n.lesson_id', 'student_id, lesson_id');

CREATE TRIGGER manual_grades_audit AFTER INSERT OR DELETE OR UPDATE ON learning.manual_grades FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,attempt_id,question_id', 'points,graded_by');

ALTER TABLE learning.manual_grades ENABLE ALWAYS TRIGGER manual_grades_audit;

CREATE TRIGGER manual_grades_audit_truncate AFTER TRUNCATE ON learning.manual_grades FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,attempt_id,question_id', 'points,graded_by');

ALTER TABLE learning.manual_grades ENABLE ALWAYS TRIGGER manual_grades_audit_truncate;

CREATE TRIGGER regrades_append_only BEFORE DELETE OR UPDATE ON learning.regrades FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.regrades ENABLE ALWAYS TRIGGER regrades_append_only;

CREATE TRIGGER regrades_audit_inserts AFTER INSERT ON learning.regrades REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.record_inserts('id', 'quiz_id,question_id,requested_by,attempts_seen,attempts_changed');

ALTER TABLE learning.regrades ENABLE ALWAYS TRIGGER regrades_audit_inserts;

CREATE TRIGGER regrades_never_truncated BEFORE TRUNCATE ON learning.regrades FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE learning.regrades ENABLE ALWAYS TRIGGER regrades_never_truncated;

CREATE TRIGGER reviews_count_new_rating AFTER UPDATE ON learning.reviews FOR EACH ROW WHEN (((old.rating <> new.rating) OR (old.course_id <> new.course_id))) EXECUTE FUNCTION learning.count_rating();

CREATE TRIGGER reviews_count_rating AFTER INSERT OR DELETE ON learning.reviews FOR EACH ROW EXECUTE FUNCTION learning.count_rating();

CREATE TRIGGER reviews_tell_changed AFTER UPDATE ON learning.reviews REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('review.posted.v1', 'n.rating <> o.rating', 'jsonb_build_object(''rating'', n.rating)', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER reviews_tell_posted AFTER INSERT ON learning.reviews REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.tell_of_students('review.posted.v1', 'true', 'jsonb_build_object(''rating'', n.rating)', 'n.course_id', 'student_id, course_id');

CREATE TRIGGER reviews_touch_updated_at BEFORE UPDATE ON learning.reviews FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER imports_audit AFTER INSERT OR DELETE OR UPDATE ON platform.imports FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'kind,mode,dry_run,state,started_by,created_count,updated_count,refused_count');

ALTER TABLE platform.imports ENABLE ALWAYS TRIGGER imports_audit;

CREATE TRIGGER imports_audit_truncate AFTER TRUNCATE ON platform.imports FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'kind,mode,dry_run,state,started_by,created_count,updated_count,refused_count');

ALTER TABLE platform.imports ENABLE ALWAYS TRIGGER imports_audit_truncate;

CREATE TRIGGER imports_touch_updated_at BEFORE UPDATE ON platform.imports FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER settings_audit AFTER INSERT OR DELETE OR UPDATE ON platform.settings FOR EACH ROW EXECUTE FUNCTION audit.record_change('name', 'value');

ALTER TABLE platform.settings ENABLE ALWAYS TRIGGER settings_audit;

CREATE TRIGGER settings_audit_truncate AFTER TRUNCATE ON platform.settings FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('name', 'value');

ALTER TABLE platform.settings ENABLE ALWAYS TRIGGER settings_audit_truncate;

CREATE TRIGGER settings_touch_updated_at BEFORE UPDATE ON platform.settings FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER webhooks_audit AFTER INSERT OR DELETE OR UPDATE ON platform.webhooks FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'url,topics,active,disabled_at,created_by');

ALTER TABLE platform.webhooks ENABLE ALWAYS TRIGGER webhooks_audit;

CREATE TRIGGER webhooks_audit_truncate AFTER TRUNCATE ON platform.webhooks FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'url,topics,active,disabled_at,created_by');

ALTER TABLE platform.webhooks ENABLE ALWAYS TRIGGER webhooks_audit_truncate;

CREATE TRIGGER webhooks_check BEFORE INSERT OR UPDATE OF topics ON platform.webhooks FOR EACH ROW EXECUTE FUNCTION platform.check_webhook();

CREATE TRIGGER webhooks_touch_updated_at BEFORE UPDATE ON platform.webhooks FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER coupon_slots_return AFTER DELETE ON sales.coupon_slots FOR EACH ROW EXECUTE FUNCTION sales.return_coupon_slot();

CREATE TRIGGER coupons_audit AFTER INSERT OR DELETE OR UPDATE ON sales.coupons FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'percent_off,amount_off,currency,scope,course_id,instructor_id,valid_from,valid_until,max_redemptions,max_per_student,first_purchase_only,active,created_by');

ALTER TABLE sales.coupons ENABLE ALWAYS TRIGGER coupons_audit;

CREATE TRIGGER coupons_audit_truncate AFTER TRUNCATE ON sales.coupons FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'percent_off,amount_off,currency,scope,course_id,instructor_id,valid_from,valid_until,max_redemptions,max_per_student,first_purchase_only,active,created_by');

ALTER TABLE sales.coupons ENABLE ALWAYS TRIGGER coupons_audit_truncate;

CREATE TRIGGER coupons_touch_updated_at BEFORE UPDATE ON sales.coupons FOR EACH ROW EXECUTE FUNCTION platform.touch_updated_at();

CREATE TRIGGER invoice_buyers_frozen BEFORE UPDATE ON sales.invoice_buyers FOR EACH ROW WHEN (((old.invoice_id <> new.invoice_id) OR (old.student_id <> new.student_id) OR ((new.name IS NOT NULL) AND (new.name IS DISTINCT FROM old.name)) OR ((new.address IS NOT NULL) AND (new.address IS DISTINCT FROM old.address)) OR ((new.tax_number IS NOT NULL) AND (new.tax_number IS DISTINCT FROM old.tax_number)) OR ((new.country IS NOT NULL) AND ((new.country)::bpchar IS DISTINCT FROM (old.country)::bpchar)))) EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.invoice_buyers ENABLE ALWAYS TRIGGER invoice_buyers_frozen;

CREATE TRIGGER invoice_buyers_never_deleted BEFORE DELETE ON sales.invoice_buyers FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.invoice_buyers ENABLE ALWAYS TRIGGER invoice_buyers_never_deleted;

CREATE TRIGGER invoice_buyers_never_truncated BEFORE TRUNCATE ON sales.invoice_buyers FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.invoice_buyers ENABLE ALWAYS TRIGGER invoice_buyers_never_truncated;

CREATE TRIGGER invoices_append_only BEFORE DELETE OR UPDATE ON sales.invoices FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.invoices ENABLE ALWAYS TRIGGER invoices_append_only;

CREATE TRIGGER invoices_never_truncated BEFORE TRUNCATE ON sales.invoices FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.invoices ENABLE ALWAYS TRIGGER invoices_never_truncated;

CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE ON sales.ledger_entries FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_append_only;

CREATE TRIGGER ledger_entries_check_payout AFTER INSERT ON sales.ledger_entries FOR EACH ROW WHEN ((new.kind = 'payout'::text)) EXECUTE FUNCTION sales.check_payout_entry();

CREATE TRIGGER ledger_entries_never_truncated BEFORE TRUNCATE ON sales.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.ledger_entries ENABLE ALWAYS TRIGGER ledger_entries_never_truncated;

CREATE TRIGGER order_lines_add_to_total AFTER INSERT ON sales.order_lines REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sales.add_lines_to_total();

CREATE TRIGGER order_lines_price BEFORE INSERT ON sales.order_lines FOR EACH ROW WHEN ((new.amount IS NULL)) EXECUTE FUNCTION sales.price_line();

CREATE TRIGGER payments_audit AFTER DELETE OR UPDATE ON sales.payments FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,id', 'amount,currency,status,order_id');

ALTER TABLE sales.payments ENABLE ALWAYS TRIGGER payments_audit;

CREATE TRIGGER payments_audit_truncate AFTER TRUNCATE ON sales.payments FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,id', 'amount,currency,status,order_id');

ALTER TABLE sales.payments ENABLE ALWAYS TRIGGER payments_audit_truncate;

CREATE TRIGGER payments_guard BEFORE UPDATE ON sales.payments FOR EACH ROW EXECUTE FUNCTION sales.guard_payment();

CREATE TRIGGER payments_settle AFTER UPDATE ON sales.payments FOR EACH ROW WHEN (((new.status = 'captured'::text) AND (old.status <> 'captured'::text))) EXECUTE FUNCTION sales.settle_payment();

CREATE TRIGGER payments_settle_new AFTER INSERT ON sales.payments FOR EACH ROW WHEN ((new.status = 'captured'::text)) EXECUTE FUNCTION sales.settle_payment();

CREATE TRIGGER payments_stamp_business_day BEFORE INSERT OR UPDATE OF captured_at ON sales.payments FOR EACH ROW EXECUTE FUNCTION sales.stamp_business_day();

CREATE TRIGGER payments_tell AFTER UPDATE ON sales.payments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sales.tell_payments();

CREATE TRIGGER payments_tell_new AFTER INSERT ON sales.payments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sales.tell_new_payments();

CREATE TRIGGER payouts_audit AFTER INSERT OR DELETE OR UPDATE ON sales.payouts FOR EACH ROW EXECUTE FUNCTION audit.record_change('id', 'instructor_id,period_start,period_end,amount,currency,status,created_by,approved_by,paid_by,reference,cancelled_by');

ALTER TABLE sales.payouts ENABLE ALWAYS TRIGGER payouts_audit;

CREATE TRIGGER payouts_audit_truncate AFTER TRUNCATE ON sales.payouts FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('id', 'instructor_id,period_start,period_end,amount,currency,status,created_by,approved_by,paid_by,reference,cancelled_by');

ALTER TABLE sales.payouts ENABLE ALWAYS TRIGGER payouts_audit_truncate;

CREATE TRIGGER payouts_guard BEFORE INSERT OR UPDATE ON sales.payouts FOR EACH ROW EXECUTE FUNCTION sales.guard_payout();

CREATE TRIGGER payouts_post AFTER UPDATE ON sales.payouts FOR EACH ROW WHEN (((new.status = 'paid'::text) AND (old.status <> 'paid'::text))) EXECUTE FUNCTION sales.post_payout();

CREATE TRIGGER refunds_append_only BEFORE DELETE OR UPDATE OF student_id, id, payment_id, order_id, course_id, amount, currency, kind, requested_by, refunded_at, business_day ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_append_only;

CREATE TRIGGER refunds_audit AFTER INSERT OR DELETE OR UPDATE ON sales.refunds FOR EACH ROW EXECUTE FUNCTION audit.record_change('student_id,id', 'payment_id,order_id,course_id,amount,currency,kind,requested_by');

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_audit;

CREATE TRIGGER refunds_audit_truncate AFTER TRUNCATE ON sales.refunds FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('student_id,id', 'payment_id,order_id,course_id,amount,currency,kind,requested_by');

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_audit_truncate;

CREATE TRIGGER refunds_count AFTER INSERT ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.count_refund();

CREATE TRIGGER refunds_never_truncated BEFORE TRUNCATE ON sales.refunds FOR EACH STATEMENT EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_never_truncated;

CREATE TRIGGER refunds_post AFTER INSERT ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.post_refund();

CREATE TRIGGER refunds_reason_append_only BEFORE UPDATE OF reason ON sales.refunds FOR EACH ROW WHEN ((new.reason <> ''::text)) EXECUTE FUNCTION sales.refuse_change();

ALTER TABLE sales.refunds ENABLE ALWAYS TRIGGER refunds_reason_append_only;

CREATE TRIGGER refunds_stamp_business_day BEFORE INSERT ON sales.refunds FOR EACH ROW EXECUTE FUNCTION sales.stamp_business_day();

CREATE TRIGGER refunds_tell AFTER INSERT ON sales.refunds REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sales.tell_refunds();

CREATE TRIGGER tax_rates_audit AFTER INSERT OR DELETE OR UPDATE ON sales.tax_rates FOR EACH ROW EXECUTE FUNCTION audit.record_change('country,valid_from', 'rate,name');

ALTER TABLE sales.tax_rates ENABLE ALWAYS TRIGGER tax_rates_audit;

CREATE TRIGGER tax_rates_audit_truncate AFTER TRUNCATE ON sales.tax_rates FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change('country,valid_from', 'rate,name');

ALTER TABLE sales.tax_rates ENABLE ALWAYS TRIGGER tax_rates_audit_truncate;

ALTER TABLE ONLY catalog.attachments
    ADD CONSTRAINT attachments_lesson_id_editor_ids_fkey FOREIGN KEY (lesson_id, editor_ids) REFERENCES catalog.lessons(id, editor_ids) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY catalog.attachments
    ADD CONSTRAINT attachments_lesson_id_instructor_id_fkey FOREIGN KEY (lesson_id, instructor_id) REFERENCES catalog.lessons(id, instructor_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY catalog.attachments
    ADD CONSTRAINT attachments_sha256_fkey FOREIGN KEY (sha256) REFERENCES catalog.stored_files(sha256) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.bank_questions
    ADD CONSTRAINT bank_questions_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_course_id_lead_id_fkey FOREIGN KEY (course_id, lead_id) REFERENCES catalog.courses(id, instructor_id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.course_instructors
    ADD CONSTRAINT course_instructors_instructor_id_role_fkey FOREIGN KEY (instructor_id, instructor_role) REFERENCES identity.user_roles(user_id, role) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_category_id_fkey FOREIGN KEY (category_id) REFERENCES catalog.categories(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.courses
    ADD CONSTRAINT courses_instructor_id_role_fkey FOREIGN KEY (instructor_id, instructor_role) REFERENCES identity.user_roles(user_id, role) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.lesson_contents
    ADD CONSTRAINT lesson_contents_lesson_id_editor_ids_fkey FOREIGN KEY (lesson_id, editor_ids) REFERENCES catalog.lessons(id, editor_ids) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY catalog.lesson_contents
    ADD CONSTRAINT lesson_contents_lesson_id_instructor_id_fkey FOREIGN KEY (lesson_id, instructor_id) REFERENCES catalog.lessons(id, instructor_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY catalog.lesson_drafts
    ADD CONSTRAINT lesson_drafts_author_id_fkey FOREIGN KEY (author_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY catalog.lesson_drafts
    ADD CONSTRAINT lesson_drafts_lesson_id_fkey FOREIGN KEY (lesson_id) REFERENCES catalog.lessons(id) ON DELETE CASCADE;

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_course_id_editor_ids_fkey FOREIGN KEY (course_id, editor_ids) REFERENCES catalog.courses(id, editor_ids) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.lessons
    ADD CONSTRAINT lessons_section_id_course_id_fkey FOREIGN KEY (section_id, course_id) REFERENCES catalog.sections(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.listings
    ADD CONSTRAINT listings_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE CASCADE;

ALTER TABLE ONLY catalog.outlines
    ADD CONSTRAINT outlines_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE CASCADE;

ALTER TABLE ONLY catalog.quiz_versions
    ADD CONSTRAINT quiz_versions_quiz_id_course_id_fkey FOREIGN KEY (quiz_id, course_id) REFERENCES catalog.quizzes(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.quizzes
    ADD CONSTRAINT quizzes_course_id_editor_ids_fkey FOREIGN KEY (course_id, editor_ids) REFERENCES catalog.courses(id, editor_ids) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_course_fkey FOREIGN KEY (course_id, instructor_id, course_status) REFERENCES catalog.courses(id, instructor_id, status) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY catalog.sections
    ADD CONSTRAINT sections_course_id_editor_ids_fkey FOREIGN KEY (course_id, editor_ids) REFERENCES catalog.courses(id, editor_ids) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY identity.api_tokens
    ADD CONSTRAINT api_tokens_user_id_acting_role_fkey FOREIGN KEY (user_id, acting_role) REFERENCES identity.user_roles(user_id, role) ON DELETE CASCADE;

ALTER TABLE ONLY identity.credentials
    ADD CONSTRAINT credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.external_identities
    ADD CONSTRAINT external_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.instructor_profiles
    ADD CONSTRAINT instructor_profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.mails
    ADD CONSTRAINT mails_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.provider_sign_ins
    ADD CONSTRAINT provider_sign_ins_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.role_requests
    ADD CONSTRAINT role_requests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.role_requests
    ADD CONSTRAINT role_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.second_factors
    ADD CONSTRAINT second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY identity.sessions
    ADD CONSTRAINT sessions_user_id_acting_role_fkey FOREIGN KEY (user_id, acting_role) REFERENCES identity.user_roles(user_id, role) ON DELETE CASCADE;

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY identity.user_roles
    ADD CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.activity_days
    ADD CONSTRAINT activity_days_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.attempt_regrades
    ADD CONSTRAINT attempt_regrades_attempt_fkey FOREIGN KEY (student_id, attempt_started_at, attempt_id) REFERENCES learning.attempts(student_id, started_at, id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.attempt_regrades
    ADD CONSTRAINT attempt_regrades_regrade_id_fkey FOREIGN KEY (regrade_id) REFERENCES learning.regrades(id) ON DELETE RESTRICT;

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
    ADD CONSTRAINT certificates_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.certificates
    ADD CONSTRAINT certificates_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.course_ratings
    ADD CONSTRAINT course_ratings_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

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

ALTER TABLE ONLY learning.grading_claims
    ADD CONSTRAINT grading_claims_attempt_fkey FOREIGN KEY (student_id, attempt_started_at, attempt_id) REFERENCES learning.attempts(student_id, started_at, id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.grading_claims
    ADD CONSTRAINT grading_claims_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.key_corrections
    ADD CONSTRAINT key_corrections_quiz_version_fkey FOREIGN KEY (quiz_id, version) REFERENCES catalog.quiz_versions(quiz_id, version) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.key_corrections
    ADD CONSTRAINT key_corrections_regrade_id_fkey FOREIGN KEY (regrade_id) REFERENCES learning.regrades(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_lesson_id_course_id_fkey FOREIGN KEY (lesson_id, course_id) REFERENCES catalog.lessons(id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.lesson_progress
    ADD CONSTRAINT lesson_progress_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.manual_grades
    ADD CONSTRAINT manual_grades_attempt_fkey FOREIGN KEY (student_id, attempt_started_at, attempt_id) REFERENCES learning.attempts(student_id, started_at, id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.manual_grades
    ADD CONSTRAINT manual_grades_graded_by_fkey FOREIGN KEY (graded_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.rating_changes
    ADD CONSTRAINT rating_changes_course_id_fkey FOREIGN KEY (course_id) REFERENCES catalog.courses(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.rating_changes
    ADD CONSTRAINT rating_changes_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.regrade_runs
    ADD CONSTRAINT regrade_runs_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES catalog.quizzes(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.regrade_runs
    ADD CONSTRAINT regrade_runs_regrade_id_fkey FOREIGN KEY (regrade_id) REFERENCES learning.regrades(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.regrades
    ADD CONSTRAINT regrades_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES catalog.quizzes(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.regrades
    ADD CONSTRAINT regrades_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY learning.reviews
    ADD CONSTRAINT reviews_student_id_course_id_fkey FOREIGN KEY (student_id, course_id) REFERENCES learning.enrollments(student_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY platform.import_rows
    ADD CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES platform.imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY platform.imports
    ADD CONSTRAINT imports_started_by_fkey FOREIGN KEY (started_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY platform.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_event_id_fkey FOREIGN KEY (event_id) REFERENCES platform.events(id) ON DELETE CASCADE;

ALTER TABLE ONLY platform.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES platform.webhooks(id) ON DELETE CASCADE;

ALTER TABLE ONLY platform.webhook_secrets
    ADD CONSTRAINT webhook_secrets_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES platform.webhooks(id) ON DELETE CASCADE;

ALTER TABLE ONLY platform.webhook_tries
    ADD CONSTRAINT webhook_tries_delivery_fkey FOREIGN KEY (webhook_id, event_id) REFERENCES platform.webhook_deliveries(webhook_id, event_id) ON DELETE CASCADE;

ALTER TABLE ONLY platform.webhooks
    ADD CONSTRAINT webhooks_created_by_fkey FOREIGN KEY (created_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.answered_requests
    ADD CONSTRAINT answered_requests_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

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

ALTER TABLE ONLY sales.course_holds
    ADD CONSTRAINT course_holds_line_fkey FOREIGN KEY (student_id, order_id, course_id) REFERENCES sales.order_lines(student_id, order_id, course_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.demo_returns
    ADD CONSTRAINT demo_returns_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES sales.demo_charges(payment_id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.gateway_refunds
    ADD CONSTRAINT gateway_refunds_payment_fkey FOREIGN KEY (student_id, payment_id) REFERENCES sales.payments(student_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.invoice_buyers
    ADD CONSTRAINT invoice_buyers_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES sales.invoices(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.invoice_buyers
    ADD CONSTRAINT invoice_buyers_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES sales.invoices(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_previous_no_fkey FOREIGN KEY (seller, year, previous_no) REFERENCES sales.invoices(seller, year, serial_no) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.invoices
    ADD CONSTRAINT invoices_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_accounts
    ADD CONSTRAINT ledger_accounts_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_credit_account_fkey FOREIGN KEY (credit_account_id, currency) REFERENCES sales.ledger_accounts(id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.ledger_entries
    ADD CONSTRAINT ledger_entries_debit_account_fkey FOREIGN KEY (debit_account_id, currency) REFERENCES sales.ledger_accounts(id, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.line_shares
    ADD CONSTRAINT line_shares_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.line_shares
    ADD CONSTRAINT line_shares_line_fkey FOREIGN KEY (student_id, order_id, course_id) REFERENCES sales.order_lines(student_id, order_id, course_id) ON DELETE RESTRICT;

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

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_released_coupon_id_fkey FOREIGN KEY (released_coupon_id) REFERENCES sales.coupons(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_student_id_fkey FOREIGN KEY (student_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payments
    ADD CONSTRAINT payments_order_total_fkey FOREIGN KEY (student_id, order_id, amount, currency) REFERENCES sales.orders(student_id, id, total_amount, currency) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_created_by_fkey FOREIGN KEY (created_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_instructor_id_fkey FOREIGN KEY (instructor_id) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.payouts
    ADD CONSTRAINT payouts_paid_by_fkey FOREIGN KEY (paid_by) REFERENCES identity.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY sales.refunds
    ADD CONSTRAINT refunds_gateway_refund_fkey FOREIGN KEY (student_id, gateway_refund_id) REFERENCES sales.gateway_refunds(student_id, id) ON DELETE RESTRICT;

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

ALTER TABLE catalog.attachments ENABLE ROW LEVEL SECURITY;

CREATE POLICY attachments_instructor_policy ON catalog.attachments TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids)))))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY attachments_loader_policy ON catalog.attachments TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attachments_reader_policy ON catalog.attachments FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.bank_questions ENABLE ROW LEVEL SECURITY;

CREATE POLICY bank_questions_instructor_policy ON catalog.bank_questions TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY bank_questions_loader_policy ON catalog.bank_questions TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY bank_questions_reader_policy ON catalog.bank_questions FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.categories ENABLE ROW LEVEL SECURITY;

CREATE POLICY categories_admin_adds_policy ON catalog.categories FOR INSERT TO techcourse_app WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY categories_admin_edits_policy ON catalog.categories FOR UPDATE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY categories_everyone_reads_policy ON catalog.categories FOR SELECT TO techcourse_app USING (true);

CREATE POLICY categories_loader_policy ON catalog.categories TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY categories_reader_policy ON catalog.categories FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.course_instructors ENABLE ROW LEVEL SECURITY;

CREATE POLICY course_instructors_admin_policy ON catalog.course_instructors TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY course_instructors_involved_read_policy ON catalog.course_instructors FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY course_instructors_lead_policy ON catalog.course_instructors TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (lead_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))) WITH CHECK (((current_setting('app.role'::text, true) = 'instructor'::text) AND (lead_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY course_instructors_leave_policy ON catalog.course_instructors FOR DELETE TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY course_instructors_loader_policy ON catalog.course_instructors TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY course_instructors_reader_policy ON catalog.course_instructors FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.courses ENABLE ROW LEVEL SECURITY;

CREATE POLICY courses_instructor_adds_policy ON catalog.courses FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY courses_instructor_edits_policy ON catalog.courses FOR UPDATE TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY courses_loader_policy ON catalog.courses TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY courses_public_reads_policy ON catalog.courses FOR SELECT TO techcourse_app USING (((status <> 'draft'::text) OR (current_setting('app.role'::text, true) = 'admin'::text) OR (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))));

CREATE POLICY courses_reader_policy ON catalog.courses FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.lesson_contents ENABLE ROW LEVEL SECURITY;

CREATE POLICY lesson_contents_instructor_policy ON catalog.lesson_contents TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids)))))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY lesson_contents_loader_policy ON catalog.lesson_contents TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lesson_contents_reader_policy ON catalog.lesson_contents FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.lesson_drafts ENABLE ROW LEVEL SECURITY;

CREATE POLICY lesson_drafts_author_policy ON catalog.lesson_drafts TO techcourse_app USING (((current_setting('app.role'::text, true) = ANY (ARRAY['instructor'::text, 'admin'::text])) AND (author_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))) WITH CHECK (((current_setting('app.role'::text, true) = ANY (ARRAY['instructor'::text, 'admin'::text])) AND (author_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY lesson_drafts_loader_policy ON catalog.lesson_drafts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lesson_drafts_reader_policy ON catalog.lesson_drafts FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.lessons ENABLE ROW LEVEL SECURITY;

CREATE POLICY lessons_instructor_policy ON catalog.lessons TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids)))))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY lessons_loader_policy ON catalog.lessons TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lessons_public_reads_policy ON catalog.lessons FOR SELECT TO techcourse_app USING ((course_status <> 'draft'::text));

CREATE POLICY lessons_reader_policy ON catalog.lessons FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.listing_counts ENABLE ROW LEVEL SECURITY;

CREATE POLICY listing_counts_loader_policy ON catalog.listing_counts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY listing_counts_reader_policy ON catalog.listing_counts FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.listings ENABLE ROW LEVEL SECURITY;

CREATE POLICY listings_loader_policy ON catalog.listings TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY listings_reader_policy ON catalog.listings FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.outlines ENABLE ROW LEVEL SECURITY;

CREATE POLICY outlines_loader_policy ON catalog.outlines TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY outlines_reader_policy ON catalog.outlines FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.quiz_versions ENABLE ROW LEVEL SECURITY;

CREATE POLICY quiz_versions_loader_policy ON catalog.quiz_versions TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY quiz_versions_reader_policy ON catalog.quiz_versions FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.quizzes ENABLE ROW LEVEL SECURITY;

CREATE POLICY quizzes_instructor_policy ON catalog.quizzes TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids)))))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY quizzes_loader_policy ON catalog.quizzes TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY quizzes_reader_policy ON catalog.quizzes FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.sections ENABLE ROW LEVEL SECURITY;

CREATE POLICY sections_instructor_policy ON catalog.sections TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids)))))) WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND ((instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid = ANY (editor_ids))))));

CREATE POLICY sections_loader_policy ON catalog.sections TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY sections_public_reads_policy ON catalog.sections FOR SELECT TO techcourse_app USING ((course_status <> 'draft'::text));

CREATE POLICY sections_reader_policy ON catalog.sections FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE catalog.stored_files ENABLE ROW LEVEL SECURITY;

CREATE POLICY stored_files_loader_policy ON catalog.stored_files TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY stored_files_reader_policy ON catalog.stored_files FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE identity.api_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_tokens_gatekeeper_policy ON identity.api_tokens TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.credentials ENABLE ROW LEVEL SECURITY;

CREATE POLICY credentials_gatekeeper_policy ON identity.credentials TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY credentials_loader_policy ON identity.credentials TO techcourse_loader USING (true) WITH CHECK (true);

ALTER TABLE identity.external_identities ENABLE ROW LEVEL SECURITY;

CREATE POLICY external_identities_gatekeeper_policy ON identity.external_identities TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.instructor_profiles ENABLE ROW LEVEL SECURITY;

CREATE POLICY instructor_profiles_everyone_reads_policy ON identity.instructor_profiles FOR SELECT TO techcourse_app USING (true);

CREATE POLICY instructor_profiles_gatekeeper_policy ON identity.instructor_profiles TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY instructor_profiles_loader_policy ON identity.instructor_profiles TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY instructor_profiles_reader_policy ON identity.instructor_profiles FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY instructor_profiles_self_adds_policy ON identity.instructor_profiles FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY instructor_profiles_self_edits_policy ON identity.instructor_profiles FOR UPDATE TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

ALTER TABLE identity.mails ENABLE ROW LEVEL SECURITY;

CREATE POLICY mails_gatekeeper_policy ON identity.mails TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.one_time_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY one_time_tokens_gatekeeper_policy ON identity.one_time_tokens TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.provider_sign_ins ENABLE ROW LEVEL SECURITY;

CREATE POLICY provider_sign_ins_gatekeeper_policy ON identity.provider_sign_ins TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.recovery_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY recovery_codes_gatekeeper_policy ON identity.recovery_codes TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.role_requests ENABLE ROW LEVEL SECURITY;

CREATE POLICY role_requests_gatekeeper_policy ON identity.role_requests TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY role_requests_loader_policy ON identity.role_requests TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY role_requests_reader_policy ON identity.role_requests FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY role_requests_self_and_admin_read_policy ON identity.role_requests FOR SELECT TO techcourse_app USING (((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

ALTER TABLE identity.second_factors ENABLE ROW LEVEL SECURITY;

CREATE POLICY second_factors_gatekeeper_policy ON identity.second_factors TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY sessions_gatekeeper_policy ON identity.sessions TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.sign_in_failures ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_failures_gatekeeper_policy ON identity.sign_in_failures TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.sign_ups ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_ups_gatekeeper_policy ON identity.sign_ups TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.throttles ENABLE ROW LEVEL SECURITY;

CREATE POLICY throttles_gatekeeper_policy ON identity.throttles TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE identity.user_roles ENABLE ROW LEVEL SECURITY;

CREATE POLICY user_roles_admin_adds_policy ON identity.user_roles FOR INSERT TO techcourse_app WITH CHECK (((current_setting('app.role'::text, true) = 'admin'::text) AND (granted_by = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY user_roles_admin_removes_policy ON identity.user_roles FOR DELETE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY user_roles_gatekeeper_adds_policy ON identity.user_roles FOR INSERT TO techcourse_gatekeeper WITH CHECK (((role)::text = 'student'::text));

CREATE POLICY user_roles_gatekeeper_adds_role_policy ON identity.user_roles FOR INSERT TO techcourse_gatekeeper WITH CHECK (true);

CREATE POLICY user_roles_gatekeeper_policy ON identity.user_roles FOR SELECT TO techcourse_gatekeeper USING (true);

CREATE POLICY user_roles_loader_policy ON identity.user_roles TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY user_roles_reader_policy ON identity.user_roles FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY user_roles_self_reads_policy ON identity.user_roles FOR SELECT TO techcourse_app USING (((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

ALTER TABLE identity.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_admin_adds_policy ON identity.users FOR INSERT TO techcourse_app WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY users_gatekeeper_adds_policy ON identity.users FOR INSERT TO techcourse_gatekeeper WITH CHECK (true);

CREATE POLICY users_gatekeeper_edits_policy ON identity.users FOR UPDATE TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY users_gatekeeper_policy ON identity.users FOR SELECT TO techcourse_gatekeeper USING (true);

CREATE POLICY users_gatekeeper_suspends_policy ON identity.users FOR UPDATE TO techcourse_gatekeeper USING (true) WITH CHECK (true);

CREATE POLICY users_loader_policy ON identity.users TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY users_reader_policy ON identity.users FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY users_self_edits_policy ON identity.users FOR UPDATE TO techcourse_app USING (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text))) WITH CHECK (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

CREATE POLICY users_self_reads_policy ON identity.users FOR SELECT TO techcourse_app USING (((id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid) OR (current_setting('app.role'::text, true) = 'admin'::text)));

ALTER TABLE learning.activity_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_days_loader_policy ON learning.activity_days TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY activity_days_reader_policy ON learning.activity_days FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY activity_days_student_reads_policy ON learning.activity_days FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.attempt_regrades ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempt_regrades_loader_policy ON learning.attempt_regrades TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attempt_regrades_reader_policy ON learning.attempt_regrades FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.attempt_slots ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempt_slots_loader_policy ON learning.attempt_slots TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attempt_slots_reader_policy ON learning.attempt_slots FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY attempt_slots_student_reads_policy ON learning.attempt_slots FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempts_instructor_reads_policy ON learning.attempts FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'admin'::text) OR ((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))));

CREATE POLICY attempts_loader_policy ON learning.attempts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY attempts_reader_policy ON learning.attempts FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY attempts_student_reads_policy ON learning.attempts FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.certificate_numbers ENABLE ROW LEVEL SECURITY;

CREATE POLICY certificate_numbers_loader_policy ON learning.certificate_numbers TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY certificate_numbers_reader_policy ON learning.certificate_numbers FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.certificates ENABLE ROW LEVEL SECURITY;

CREATE POLICY certificates_loader_policy ON learning.certificates TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY certificates_reader_policy ON learning.certificates FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY certificates_student_reads_policy ON learning.certificates FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.course_ratings ENABLE ROW LEVEL SECURITY;

CREATE POLICY course_ratings_loader_policy ON learning.course_ratings TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY course_ratings_reader_policy ON learning.course_ratings FOR SELECT TO techcourse_reader USING (true);

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

ALTER TABLE learning.grading_claims ENABLE ROW LEVEL SECURITY;

CREATE POLICY grading_claims_loader_policy ON learning.grading_claims TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY grading_claims_reader_policy ON learning.grading_claims FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.key_corrections ENABLE ROW LEVEL SECURITY;

CREATE POLICY key_corrections_loader_policy ON learning.key_corrections TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY key_corrections_reader_policy ON learning.key_corrections FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.lesson_progress ENABLE ROW LEVEL SECURITY;

CREATE POLICY lesson_progress_loader_policy ON learning.lesson_progress TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY lesson_progress_reader_policy ON learning.lesson_progress FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY lesson_progress_student_policy ON learning.lesson_progress TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE learning.manual_grades ENABLE ROW LEVEL SECURITY;

CREATE POLICY manual_grades_loader_policy ON learning.manual_grades TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY manual_grades_reader_policy ON learning.manual_grades FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.rating_changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY rating_changes_loader_policy ON learning.rating_changes TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY rating_changes_reader_policy ON learning.rating_changes FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.regrade_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY regrade_runs_loader_policy ON learning.regrade_runs TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY regrade_runs_reader_policy ON learning.regrade_runs FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.regrades ENABLE ROW LEVEL SECURITY;

CREATE POLICY regrades_loader_policy ON learning.regrades TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY regrades_reader_policy ON learning.regrades FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE learning.reviews ENABLE ROW LEVEL SECURITY;

CREATE POLICY reviews_everyone_reads_policy ON learning.reviews FOR SELECT TO techcourse_app USING (true);

CREATE POLICY reviews_loader_policy ON learning.reviews TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY reviews_reader_policy ON learning.reviews FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY reviews_student_policy ON learning.reviews TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)) WITH CHECK ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE platform.event_types ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_types_admin_reads_policy ON platform.event_types FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) IS NOT NULL));

CREATE POLICY event_types_loader_policy ON platform.event_types TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY event_types_reader_policy ON platform.event_types FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY events_admin_reads_policy ON platform.events FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY events_loader_policy ON platform.events TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY events_reader_policy ON platform.events FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.import_rows ENABLE ROW LEVEL SECURITY;

CREATE POLICY import_rows_admin_reads_policy ON platform.import_rows FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY import_rows_loader_policy ON platform.import_rows TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY import_rows_reader_policy ON platform.import_rows FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY imports_admin_reads_policy ON platform.imports FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY imports_loader_policy ON platform.imports TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY imports_reader_policy ON platform.imports FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY jobs_app_policy ON platform.jobs TO techcourse_app USING (true) WITH CHECK (true);

CREATE POLICY jobs_loader_policy ON platform.jobs TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY jobs_reader_policy ON platform.jobs FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbox_loader_policy ON platform.outbox TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY outbox_reader_policy ON platform.outbox FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY outbox_recorder_policy ON platform.outbox TO techcourse_recorder USING (true) WITH CHECK (true);

ALTER TABLE platform.recurring_jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY recurring_jobs_loader_policy ON platform.recurring_jobs TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY recurring_jobs_reader_policy ON platform.recurring_jobs FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY settings_admin_changes_policy ON platform.settings FOR UPDATE TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY settings_everyone_reads_policy ON platform.settings FOR SELECT TO techcourse_app USING (true);

CREATE POLICY settings_gatekeeper_policy ON platform.settings FOR SELECT TO techcourse_gatekeeper USING (true);

CREATE POLICY settings_loader_policy ON platform.settings TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY settings_reader_policy ON platform.settings FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.student_outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY student_outbox_loader_policy ON platform.student_outbox TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY student_outbox_reader_policy ON platform.student_outbox FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY student_outbox_recorder_policy ON platform.student_outbox TO techcourse_recorder USING (true) WITH CHECK (true);

ALTER TABLE platform.webhook_deliveries ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_deliveries_admin_reads_policy ON platform.webhook_deliveries FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY webhook_deliveries_loader_policy ON platform.webhook_deliveries TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY webhook_deliveries_reader_policy ON platform.webhook_deliveries FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.webhook_secrets ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_secrets_gatekeeper_policy ON platform.webhook_secrets TO techcourse_gatekeeper USING (true) WITH CHECK (true);

ALTER TABLE platform.webhook_tries ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_tries_admin_reads_policy ON platform.webhook_tries FOR SELECT TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY webhook_tries_loader_policy ON platform.webhook_tries TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY webhook_tries_reader_policy ON platform.webhook_tries FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE platform.webhooks ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhooks_admin_policy ON platform.webhooks TO techcourse_app USING ((current_setting('app.role'::text, true) = 'admin'::text)) WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY webhooks_loader_policy ON platform.webhooks TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY webhooks_reader_policy ON platform.webhooks FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY webhooks_recorder_policy ON platform.webhooks FOR SELECT TO techcourse_recorder USING (true);

ALTER TABLE reporting.book_checks ENABLE ROW LEVEL SECURITY;

CREATE POLICY book_checks_accountant_reads_policy ON reporting.book_checks FOR SELECT TO accountant USING (true);

CREATE POLICY book_checks_loader_policy ON reporting.book_checks TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY book_checks_reader_policy ON reporting.book_checks FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.answered_requests ENABLE ROW LEVEL SECURITY;

CREATE POLICY answered_requests_loader_policy ON sales.answered_requests TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY answered_requests_reader_policy ON sales.answered_requests FOR SELECT TO techcourse_reader USING (true);

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

ALTER TABLE sales.course_holds ENABLE ROW LEVEL SECURITY;

CREATE POLICY course_holds_loader_policy ON sales.course_holds TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY course_holds_reader_policy ON sales.course_holds FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY course_holds_student_reads_policy ON sales.course_holds FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.demo_charges ENABLE ROW LEVEL SECURITY;

CREATE POLICY demo_charges_loader_policy ON sales.demo_charges TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY demo_charges_reader_policy ON sales.demo_charges FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.demo_returns ENABLE ROW LEVEL SECURITY;

CREATE POLICY demo_returns_loader_policy ON sales.demo_returns TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY demo_returns_reader_policy ON sales.demo_returns FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.gateway_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY gateway_events_loader_policy ON sales.gateway_events TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY gateway_events_reader_policy ON sales.gateway_events FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.gateway_refunds ENABLE ROW LEVEL SECURITY;

CREATE POLICY gateway_refunds_loader_policy ON sales.gateway_refunds TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY gateway_refunds_reader_policy ON sales.gateway_refunds FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY gateway_refunds_student_reads_policy ON sales.gateway_refunds FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.invoice_buyers ENABLE ROW LEVEL SECURITY;

CREATE POLICY invoice_buyers_loader_policy ON sales.invoice_buyers TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY invoice_buyers_reader_policy ON sales.invoice_buyers FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY invoice_buyers_student_reads_policy ON sales.invoice_buyers FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.invoices ENABLE ROW LEVEL SECURITY;

CREATE POLICY invoices_loader_policy ON sales.invoices TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY invoices_reader_policy ON sales.invoices FOR SELECT TO techcourse_reader USING (true);

CREATE POLICY invoices_student_reads_policy ON sales.invoices FOR SELECT TO techcourse_app USING ((student_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

ALTER TABLE sales.ledger_accounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_accounts_loader_policy ON sales.ledger_accounts TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY ledger_accounts_reader_policy ON sales.ledger_accounts FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.ledger_entries ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_entries_loader_policy ON sales.ledger_entries TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY ledger_entries_reader_policy ON sales.ledger_entries FOR SELECT TO techcourse_reader USING (true);

ALTER TABLE sales.line_shares ENABLE ROW LEVEL SECURITY;

CREATE POLICY line_shares_instructor_reads_policy ON sales.line_shares FOR SELECT TO techcourse_app USING (((current_setting('app.role'::text, true) = 'instructor'::text) AND (instructor_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)));

CREATE POLICY line_shares_loader_policy ON sales.line_shares TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY line_shares_reader_policy ON sales.line_shares FOR SELECT TO techcourse_reader USING (true);

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

ALTER TABLE sales.tax_rates ENABLE ROW LEVEL SECURITY;

CREATE POLICY tax_rates_admin_adds_policy ON sales.tax_rates FOR INSERT TO techcourse_app WITH CHECK ((current_setting('app.role'::text, true) = 'admin'::text));

CREATE POLICY tax_rates_everyone_reads_policy ON sales.tax_rates FOR SELECT TO techcourse_app USING (true);

CREATE POLICY tax_rates_loader_policy ON sales.tax_rates TO techcourse_loader USING (true) WITH CHECK (true);

CREATE POLICY tax_rates_reader_policy ON sales.tax_rates FOR SELECT TO techcourse_reader USING (true);

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
GRANT USAGE ON SCHEMA reporting TO techcourse_loader;
GRANT USAGE ON SCHEMA reporting TO techcourse_app;

GRANT USAGE ON SCHEMA sales TO techcourse_app;
GRANT USAGE ON SCHEMA sales TO techcourse_reader;
GRANT USAGE ON SCHEMA sales TO techcourse_loader;
GRANT USAGE ON SCHEMA sales TO accountant;

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

REVOKE ALL ON FUNCTION catalog.are_tags(tags text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.are_tags(tags text[]) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.are_tags(tags text[]) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.arrange_outline(course_id uuid, tree jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.arrange_outline(course_id uuid, tree jsonb) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.bank_question_faults(question jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.bank_question_faults(question jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.bank_question_faults(question jsonb, place text) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.begin_listings() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.begin_outlines() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.check_bank_question() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.check_draft() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.check_publishing() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.check_quiz() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.claim_outline(course_id uuid, expected integer) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.claim_outline(course_id uuid, expected integer) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.copy_course_columns() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.copy_lesson_editors() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.count_lesson_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.count_outline_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.count_shares() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.count_students() FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.count_students() TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.course_changes() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.drop_quiz_versions() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.entries_without_feedback(entries jsonb, mixed boolean) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.find_courses(words text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.find_courses(words text, most integer) TO techcourse_app;

GRANT SELECT ON TABLE catalog.attachments TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.attachments TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.attachments TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.attachments TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE catalog.attachments TO techcourse_app;

GRANT INSERT(file_name),UPDATE(file_name) ON TABLE catalog.attachments TO techcourse_app;

GRANT INSERT(media_type) ON TABLE catalog.attachments TO techcourse_app;

GRANT INSERT(sha256) ON TABLE catalog.attachments TO techcourse_app;

GRANT SELECT ON TABLE catalog.stored_files TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE catalog.stored_files TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.forget_unused_files(unused_for interval, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.forget_unused_files(unused_for interval, at_most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.hold_shared_course() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.import_bank_questions(items jsonb, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.import_bank_questions(items jsonb, dry_run boolean) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.is_bank_question(question jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.is_bank_question(question jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.is_bank_question(question jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_faults(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_faults(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_faults(document jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.is_quiz(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.is_quiz(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.is_quiz(document jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.keep_listing() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.keep_quiz_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.keep_room_for_files() FROM PUBLIC;

REVOKE ALL ON FUNCTION catalog.listed_faults(faults catalog.document_fault[]) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.listed_faults(faults catalog.document_fault[]) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.listed_faults(faults catalog.document_fault[]) TO techcourse_loader;

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

REVOKE ALL ON FUNCTION catalog.may_edit(course_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.may_edit(course_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.may_edit(course_id uuid) TO techcourse_reader;
GRANT ALL ON FUNCTION catalog.may_edit(course_id uuid) TO techcourse_loader;

GRANT SELECT ON TABLE catalog.outlines TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.outlines TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.outline_version(course_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.outline_version(course_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.pointer_part(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.pointer_part(name text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.pointer_part(name text) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.pointer_part(name text) TO techcourse_reader;

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

GRANT SELECT ON TABLE catalog.quizzes TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.quizzes TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.quizzes TO techcourse_app;

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE catalog.quizzes TO techcourse_app;

GRANT SELECT ON TABLE catalog.sections TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.sections TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT("position"),UPDATE("position") ON TABLE catalog.sections TO techcourse_app;

GRANT INSERT(title),UPDATE(title) ON TABLE catalog.sections TO techcourse_app;

GRANT SELECT ON TABLE identity.instructor_profiles TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE identity.instructor_profiles TO techcourse_loader;
GRANT SELECT ON TABLE identity.instructor_profiles TO techcourse_app;

GRANT INSERT(user_id) ON TABLE identity.instructor_profiles TO techcourse_app;
GRANT SELECT(user_id),INSERT(user_id) ON TABLE identity.instructor_profiles TO techcourse_gatekeeper;

GRANT INSERT(display_name),UPDATE(display_name) ON TABLE identity.instructor_profiles TO techcourse_app;
GRANT INSERT(display_name) ON TABLE identity.instructor_profiles TO techcourse_gatekeeper;

GRANT INSERT(bio),UPDATE(bio) ON TABLE identity.instructor_profiles TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.publish_faults(course_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.publish_faults(course_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.question_extra_faults(question jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.question_extra_faults(question jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.question_extra_faults(question jsonb, place text) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.question_extra_faults(question jsonb, place text) TO techcourse_reader;

GRANT SELECT ON TABLE catalog.bank_questions TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.bank_questions TO techcourse_loader;
GRANT SELECT ON TABLE catalog.bank_questions TO techcourse_app;

GRANT INSERT(id) ON TABLE catalog.bank_questions TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE catalog.bank_questions TO techcourse_app;

GRANT INSERT(question),UPDATE(question) ON TABLE catalog.bank_questions TO techcourse_app;

GRANT INSERT(tags),UPDATE(tags) ON TABLE catalog.bank_questions TO techcourse_app;

GRANT INSERT(imported_as) ON TABLE catalog.bank_questions TO techcourse_app;

GRANT UPDATE(archived_at) ON TABLE catalog.bank_questions TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.question_from_bank(bank catalog.bank_questions, question_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.question_from_bank(bank catalog.bank_questions, question_id text) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.question_without_key(question jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.question_without_key(question jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.question_without_key(question jsonb) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_texts(texts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_texts(texts jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_texts(texts jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_texts(texts jsonb) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_accepts_texts(texts jsonb) TO techcourse_reader;

GRANT SELECT ON TABLE catalog.course_instructors TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.course_instructors TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(course_id) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(instructor_id) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT INSERT(share_percent),UPDATE(share_percent) ON TABLE catalog.course_instructors TO techcourse_app;

GRANT SELECT ON TABLE catalog.quiz_versions TO techcourse_reader;
GRANT SELECT,INSERT,DELETE ON TABLE catalog.quiz_versions TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_history(quiz_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_history(quiz_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.quiz_ids(entries jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_ids(entries jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_ids(entries jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_ids(entries jsonb) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_key_fault(question jsonb) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_moment(written jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_moment(written jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_moment(written jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_opening_faults(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_opening_faults(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_opening_faults(document jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_option_faults(options jsonb, place text) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) TO techcourse_loader;
GRANT ALL ON FUNCTION catalog.quiz_question_faults(question jsonb, place text) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION catalog.quiz_without_keys(document jsonb) TO techcourse_reader;

REVOKE ALL ON FUNCTION catalog.with_bank_questions(document jsonb, ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.with_bank_questions(document jsonb, ids uuid[]) TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.provider_sign_ins TO techcourse_gatekeeper;

GRANT SELECT ON TABLE identity.user_roles TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.user_roles TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE identity.user_roles TO techcourse_app;
GRANT SELECT ON TABLE identity.user_roles TO techcourse_gatekeeper;

GRANT INSERT(user_id) ON TABLE identity.user_roles TO techcourse_app;
GRANT INSERT(user_id) ON TABLE identity.user_roles TO techcourse_gatekeeper;

GRANT INSERT(role) ON TABLE identity.user_roles TO techcourse_app;
GRANT INSERT(role) ON TABLE identity.user_roles TO techcourse_gatekeeper;

GRANT INSERT(granted_by) ON TABLE identity.user_roles TO techcourse_app;
GRANT INSERT(granted_by) ON TABLE identity.user_roles TO techcourse_gatekeeper;

GRANT SELECT ON TABLE identity.users TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE identity.users TO techcourse_loader;
GRANT SELECT ON TABLE identity.users TO techcourse_app;

GRANT INSERT(id) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(id),INSERT(id) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(email) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(email),INSERT(email),UPDATE(email) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(display_name),UPDATE(display_name) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(display_name),INSERT(display_name) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(bio),UPDATE(bio) ON TABLE identity.users TO techcourse_app;

GRANT INSERT(country),UPDATE(country) ON TABLE identity.users TO techcourse_app;

GRANT INSERT(locale),UPDATE(locale) ON TABLE identity.users TO techcourse_app;
GRANT SELECT(locale),INSERT(locale) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT SELECT(status),UPDATE(status) ON TABLE identity.users TO techcourse_gatekeeper;

GRANT INSERT(email_verified_at),UPDATE(email_verified_at) ON TABLE identity.users TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.awaits_code(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.awaits_code(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.awaits_link(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.awaits_link(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.begin_second_factor(secret bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.begin_second_factor(secret bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.change_email(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.change_email(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.change_password(password_hash text, kept_session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.change_password(password_hash text, kept_session bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.check_role_holder() FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.mails TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.clear_mails(older_than interval) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.clear_mails(older_than interval) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sessions TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.close_session(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.close_session(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.confirm_identity(token_hash bytea, letter_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.confirm_identity(token_hash bytea, letter_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.decide_role_request(request uuid, approve boolean, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.decide_role_request(request uuid, approve boolean, reason text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.end_own_sessions(session_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.end_own_sessions(session_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.end_provider_sign_in(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.end_provider_sign_in(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean, display_name text, locale text, letter_hash bytea, link text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean, display_name text, locale text, letter_hash bytea, link text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.erase_proofs(who uuid, address text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.erase_proofs(who uuid, address text) TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.erase_user(who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.erase_user(who uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.find_people(part text, held_role text, with_status text, after uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.find_people(part text, held_role text, with_status text, after uuid, most integer) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sign_in_failures TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.forget_sign_in_failures(subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.forget_sign_in_failures(subject_hash bytea) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.credentials TO techcourse_gatekeeper;
GRANT INSERT ON TABLE identity.credentials TO techcourse_loader;

GRANT SELECT(user_id) ON TABLE identity.credentials TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.has_password() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.has_password() TO techcourse_app;

REVOKE ALL ON FUNCTION identity.is_fresh_session(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.is_fresh_session(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.keep_an_admin() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.mail_failed(mail_id uuid, error text, most_tries integer) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.mail_failed(mail_id uuid, error text, most_tries integer) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.mail_sent(mail_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.mail_sent(mail_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.note_email_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet, before bytea, proven boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet, before bytea, proven boolean) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval, user_agent text, address inet) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.api_tokens TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.own_api_tokens(after uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_api_tokens(after uuid, most integer) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.external_identities TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.own_identities() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_identities() TO techcourse_app;

REVOKE ALL ON FUNCTION identity.own_proofs(file text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_proofs(file text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.own_rows(file text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_rows(file text) TO techcourse_app;

GRANT SELECT ON TABLE platform.settings TO techcourse_app;
GRANT SELECT ON TABLE platform.settings TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.settings TO techcourse_loader;

GRANT SELECT(name) ON TABLE platform.settings TO techcourse_gatekeeper;

GRANT UPDATE(value) ON TABLE platform.settings TO techcourse_app;
GRANT UPDATE(value) ON TABLE platform.settings TO techcourse_loader;
GRANT SELECT(value) ON TABLE platform.settings TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.role_in_force(role text, proven boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.role_in_force(role text, proven boolean) TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.time_step() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.time_step() TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.recovery_codes TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.second_factors TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.own_second_factor() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_second_factor() TO techcourse_app;

REVOKE ALL ON FUNCTION identity.own_sessions(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.own_sessions(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.require_second_factor() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.require_second_factor() TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.remove_second_factor() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.remove_second_factor() TO techcourse_app;

REVOKE ALL ON FUNCTION identity.renew_recovery_codes(code_hashes bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.renew_recovery_codes(code_hashes bytea[]) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.replace_password(user_id uuid, password_hash text, kept_session bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.request_email_change(new_email text, token_hash bytea, details jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.request_email_change(new_email text, token_hash bytea, details jsonb) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.request_password_reset(email text, token_hash bytea, details jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.request_password_reset(email text, token_hash bytea, details jsonb) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.request_role(motivation text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.request_role(motivation text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text, details jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text, details jsonb) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.require_admin() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.require_admin() TO techcourse_gatekeeper;
GRANT ALL ON FUNCTION identity.require_admin() TO techcourse_reader;
GRANT ALL ON FUNCTION identity.require_admin() TO techcourse_loader;

REVOKE ALL ON FUNCTION identity.reset_password(token_hash bytea, password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.reset_password(token_hash bytea, password_hash text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.return_from_provider(token_hash bytea, provider text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.return_from_provider(token_hash bytea, provider text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.revoke_api_token(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.revoke_api_token(id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.rows_of_person(file text, keeper text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.rows_of_person(file text, keeper text) TO techcourse_reader;
GRANT ALL ON FUNCTION identity.rows_of_person(file text, keeper text) TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.saw_api_token(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.saw_api_token(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.second_factor_of(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.second_factor_of(user_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.session_of(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.session_of(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sign_in_blocked_until(kind text, subject_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.sign_in_candidate(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.sign_in_candidate(email text) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.suspend_user(who uuid, suspended boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.suspend_user(who uuid, suspended boolean) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval, user_agent text, address inet) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval, user_agent text, address inet) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.take_mails(most integer, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.take_mails(most integer, lease interval) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.take_off_second_factor(who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.take_off_second_factor(who uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.tell_both_addresses() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.tell_person() FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.token_of(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.token_of(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.unlink_identity(identity_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.unlink_identity(identity_id uuid) TO techcourse_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.one_time_tokens TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION identity.use_token(token_hash bytea, purpose text) FROM PUBLIC;

REVOKE ALL ON FUNCTION identity.verify_sign_up(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.verify_sign_up(token_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.waiting_mails() FROM PUBLIC;
GRANT ALL ON FUNCTION identity.waiting_mails() TO techcourse_app;

REVOKE ALL ON FUNCTION identity.withdraw_role_request(request uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.withdraw_role_request(request uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.answer_fault(question jsonb, answer jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.answer_fault(question jsonb, answer jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.answer_fault(question jsonb, answer jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.answer_share(question jsonb, answer jsonb, OUT share numeric, OUT parts jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) TO techcourse_reader;

REVOKE ALL ON FUNCTION learning.paper_of(document jsonb, paper jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.paper_of(document jsonb, paper jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.paper_of(document jsonb, paper jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.shuffled(entries jsonb, seed text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.shuffled(entries jsonb, seed text) TO techcourse_reader;

REVOKE ALL ON FUNCTION learning.question_shown(question jsonb, seed text, shuffle boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.question_shown(question jsonb, seed text, shuffle boolean) TO techcourse_reader;

GRANT SELECT ON TABLE learning.attempt_slots TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.attempt_slots TO techcourse_loader;
GRANT SELECT ON TABLE learning.attempt_slots TO techcourse_app;

GRANT SELECT ON TABLE learning.attempts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.attempts TO techcourse_loader;
GRANT SELECT ON TABLE learning.attempts TO techcourse_app;

REVOKE ALL ON FUNCTION learning.attempt_paper(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.attempt_paper(attempt_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.grade_answer(question jsonb, answer jsonb, OUT points numeric, OUT parts jsonb) TO techcourse_loader;

GRANT SELECT ON TABLE learning.key_corrections TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE learning.key_corrections TO techcourse_loader;

GRANT SELECT ON TABLE learning.regrades TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE learning.regrades TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.key_document(quiz_id uuid, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.key_document(quiz_id uuid, version integer) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.key_document(quiz_id uuid, version integer) TO techcourse_loader;

GRANT SELECT ON TABLE learning.manual_grades TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.manual_grades TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.attempt_result(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.attempt_result(attempt_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.begin_regrade(quiz uuid, corrected jsonb, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.begin_regrade(quiz uuid, corrected jsonb, reason text) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.certificate_check_character(characters text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.certificate_check_character(characters text) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.check_certificate() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.check_correction(quiz uuid, corrected jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.check_correction(quiz uuid, corrected jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.check_correction(quiz uuid, corrected jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.check_entitlement() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.claim_grading(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.claim_grading(attempt_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.count_rating() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.draw_paper(document jsonb, seed uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.draw_paper(document jsonb, seed uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.end_enrolment(student_id uuid, course_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.end_enrolment(student_id uuid, course_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.enrol(student_id uuid, course_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.enrol(student_id uuid, course_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.grade_document(document jsonb, answers jsonb, OUT item_points jsonb, OUT score numeric) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer) TO techcourse_app;

GRANT SELECT ON TABLE learning.grading_claims TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE learning.grading_claims TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.grading_queue(course uuid, after_at timestamp with time zone, after_id uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.grading_queue(course uuid, after_at timestamp with time zone, after_id uuid, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.taught_attempt(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.taught_attempt(attempt_id uuid) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.taught_attempt(attempt_id uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.grading_sheet(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.grading_sheet(attempt_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.hand_in(student uuid, started timestamp with time zone, attempt uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.hand_in(student uuid, started timestamp with time zone, attempt uuid, at timestamp with time zone) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.hand_in_overdue(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.hand_in_overdue(most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.item_analysis(quiz uuid, wanted_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.item_analysis(quiz uuid, wanted_version integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.new_certificate_number() FROM PUBLIC;
GRANT ALL ON FUNCTION learning.new_certificate_number() TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.number_in(answer jsonb, unit text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.number_in(answer jsonb, unit text) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.number_in(answer jsonb, unit text) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.own_attempt(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.own_attempt(attempt_id uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.plain_text(written text, case_sensitive boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.plain_text(written text, case_sensitive boolean) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.plain_text(written text, case_sensitive boolean) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.preview_regrade(quiz uuid, corrected jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.preview_regrade(quiz uuid, corrected jsonb) TO techcourse_app;

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

GRANT SELECT ON TABLE learning.course_attempts TO techcourse_app;

REVOKE ALL ON FUNCTION learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer, before_at timestamp with time zone, before_id uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer, before_at timestamp with time zone, before_id uuid, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.read_attachments(lesson_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.read_attachments(lesson_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.read_attachment(attachment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.read_attachment(attachment_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.read_lesson(lesson_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.read_lesson(lesson_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.record_events(events jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.record_events(events jsonb) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean) TO techcourse_app;

GRANT SELECT ON TABLE learning.attempt_regrades TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE learning.attempt_regrades TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.regrade_changes(regrade uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.regrade_changes(regrade uuid, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.same_parts(question jsonb, corrected jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.same_parts(question jsonb, corrected jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.same_parts(question jsonb, corrected jsonb) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.score_of(document jsonb, item_points jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.score_of(document jsonb, item_points jsonb) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.score_of(document jsonb, item_points jsonb) TO techcourse_loader;

GRANT SELECT ON TABLE learning.certificates TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.certificates TO techcourse_loader;
GRANT SELECT ON TABLE learning.certificates TO techcourse_app;

REVOKE ALL ON FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) TO techcourse_reader;
GRANT ALL ON FUNCTION learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamp with time zone, after_id uuid, until_at timestamp with time zone, until_id uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.regrade_step(regrade uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.regrade_step(regrade uuid, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.reply_to_review(course_id uuid, review_id uuid, reply text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.reply_to_review(course_id uuid, review_id uuid, reply text) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.revoke_certificate(number text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.revoke_certificate(number text, reason text) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.roll_up_ratings() FROM PUBLIC;
GRANT ALL ON FUNCTION learning.roll_up_ratings() TO techcourse_app;

REVOKE ALL ON FUNCTION learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.settle_after_grade() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.settle_certificate(student_id uuid, course_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.settle_course(student_id uuid, course_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.stamp_attempt() FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.start_attempt(quiz_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.start_attempt(quiz_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.business_day(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO techcourse_app;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO accountant;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO marketing;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO auditor;
GRANT ALL ON FUNCTION platform.business_day(at timestamp with time zone) TO analyst;

GRANT SELECT ON TABLE learning.activity_days TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.activity_days TO techcourse_loader;
GRANT SELECT ON TABLE learning.activity_days TO techcourse_app;

REVOKE ALL ON FUNCTION learning.streak(OUT current_days integer, OUT longest_days integer, OUT last_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.streak(OUT current_days integer, OUT longest_days integer, OUT last_day date) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.submit_attempt(attempt_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.submit_attempt(attempt_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.take_attempt(quiz_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.take_attempt(quiz_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.teaches_quiz(quiz uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.teaches_quiz(quiz uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.time_of_uuid_v7(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.time_of_uuid_v7(id uuid) TO techcourse_loader;

GRANT SELECT ON TABLE learning.certificate_numbers TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.certificate_numbers TO techcourse_loader;

REVOKE ALL ON FUNCTION learning.verify_certificate(number text) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.verify_certificate(number text) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.act_as(user_id uuid, role text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.act_as(user_id uuid, role text) TO techcourse_app;
GRANT ALL ON FUNCTION platform.act_as(user_id uuid, role text) TO techcourse_loader;

REVOKE ALL ON FUNCTION platform.check_webhook() FROM PUBLIC;

GRANT SELECT ON TABLE platform.events TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE platform.events TO techcourse_loader;
GRANT SELECT ON TABLE platform.events TO techcourse_app;

REVOKE ALL ON FUNCTION platform.clear_events() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.clear_events() TO techcourse_app;

REVOKE ALL ON FUNCTION platform.clear_imports() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.clear_imports() TO techcourse_app;

GRANT SELECT ON TABLE platform.jobs TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE platform.jobs TO techcourse_loader;
GRANT SELECT ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(id) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(kind) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(payload) ON TABLE platform.jobs TO techcourse_app;

GRANT INSERT(run_at) ON TABLE platform.jobs TO techcourse_app;

REVOKE ALL ON FUNCTION platform.clear_jobs() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.clear_jobs() TO techcourse_app;

REVOKE ALL ON FUNCTION platform.collect_events(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.collect_events(most integer) TO techcourse_app;

GRANT SELECT ON TABLE platform.webhooks TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.webhooks TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE platform.webhooks TO techcourse_app;

GRANT INSERT(id) ON TABLE platform.webhooks TO techcourse_app;

GRANT INSERT(url),UPDATE(url) ON TABLE platform.webhooks TO techcourse_app;

GRANT INSERT(description),UPDATE(description) ON TABLE platform.webhooks TO techcourse_app;

GRANT SELECT(topics) ON TABLE platform.webhooks TO techcourse_recorder;
GRANT INSERT(topics),UPDATE(topics) ON TABLE platform.webhooks TO techcourse_app;

GRANT SELECT(active) ON TABLE platform.webhooks TO techcourse_recorder;
GRANT UPDATE(active) ON TABLE platform.webhooks TO techcourse_app;

GRANT UPDATE(failing_from) ON TABLE platform.webhooks TO techcourse_app;

GRANT UPDATE(disabled_at) ON TABLE platform.webhooks TO techcourse_app;

GRANT INSERT(created_by) ON TABLE platform.webhooks TO techcourse_app;

REVOKE ALL ON FUNCTION platform.is_subscribed(topic text) FROM PUBLIC;

GRANT SELECT ON TABLE platform.outbox TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE platform.outbox TO techcourse_loader;
GRANT INSERT ON TABLE platform.outbox TO techcourse_recorder;

REVOKE ALL ON FUNCTION platform.emit(topic text, subject uuid, payload jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.emit(topic text, subject uuid, payload jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION platform.emit(topic text, subject uuid, payload jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.emit(topic text, subject uuid, payload jsonb) TO techcourse_gatekeeper;

GRANT SELECT ON TABLE platform.student_outbox TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE platform.student_outbox TO techcourse_loader;
GRANT INSERT ON TABLE platform.student_outbox TO techcourse_recorder;

REVOKE ALL ON FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION platform.ensure_partitions(parent regclass, from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.ensure_partitions() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.erase_traces(who uuid, address text, name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.fail_job(job uuid, node uuid, error text, most_tries integer) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.fail_job(job uuid, node uuid, error text, most_tries integer) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.finish_job(job uuid, node uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.finish_job(job uuid, node uuid) TO techcourse_app;

REVOKE ALL ON PROCEDURE platform.give_function(IN target regprocedure, IN new_owner text) FROM PUBLIC;

REVOKE ALL ON PROCEDURE platform.give_view(IN target regclass, IN new_owner text) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.hold_job(job uuid, node uuid, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.hold_job(job uuid, node uuid, lease interval) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) TO techcourse_app;

GRANT SELECT ON TABLE platform.imports TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.imports TO techcourse_loader;
GRANT SELECT ON TABLE platform.imports TO techcourse_app;

REVOKE ALL ON FUNCTION platform.note_broken_off_imports(kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.note_broken_off_imports(kind text) TO techcourse_loader;

REVOKE ALL ON FUNCTION platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text, first_retry interval, most_tries integer) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text, first_retry interval, most_tries integer) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.order_recurring_job(kind text, every interval) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.order_recurring_job(kind text, every interval) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.ping_webhook(webhook uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.ping_webhook(webhook uuid) TO techcourse_app;

REVOKE ALL ON PROCEDURE platform.protect(IN target regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.retry_job(job uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.retry_job(job uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) TO techcourse_app;

GRANT SELECT,INSERT,UPDATE ON TABLE platform.webhook_secrets TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION platform.secrets_to_seal(mark bytea, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.secrets_to_seal(mark bytea, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.take_deliveries(node uuid, each integer, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.take_deliveries(node uuid, each integer, lease interval) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.take_jobs(node uuid, kinds text[], most integer, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.take_jobs(node uuid, kinds text[], most integer, lease interval) TO techcourse_app;

REVOKE ALL ON PROCEDURE platform.tell(IN target regclass, IN name text, IN operation text, IN topic text, IN condition text, IN payload text, IN subject text, IN key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.tell_courses() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.tell_new_courses() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.tell_of_students() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.tell_users() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.touch_updated_at() FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_app;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_loader;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_recorder;
GRANT ALL ON FUNCTION platform.uuid_v7_of(at timestamp with time zone, name text) TO techcourse_gatekeeper;

REVOKE ALL ON FUNCTION platform.webhook_keys(webhook uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.webhook_keys(webhook uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION platform.without_words(document jsonb, words text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.without_words(document jsonb, words text[]) TO techcourse_loader;

REVOKE ALL ON FUNCTION reporting.books_differences(first_day date, last_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION reporting.books_differences(first_day date, last_day date) TO accountant;
GRANT ALL ON FUNCTION reporting.books_differences(first_day date, last_day date) TO techcourse_loader;

REVOKE ALL ON FUNCTION reporting.check_books(first_day date, last_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION reporting.check_books(first_day date, last_day date) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) TO techcourse_reader;
GRANT ALL ON FUNCTION sales.tax_on(net_price numeric, rate numeric, included boolean) TO techcourse_app;

GRANT SELECT ON TABLE sales.coupon_redemptions TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_redemptions TO techcourse_loader;
GRANT SELECT ON TABLE sales.coupon_redemptions TO techcourse_app;

GRANT SELECT ON TABLE sales.coupon_slots TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_slots TO techcourse_loader;

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

GRANT SELECT ON TABLE sales.order_lines TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.order_lines TO techcourse_loader;
GRANT SELECT ON TABLE sales.order_lines TO techcourse_app;

REVOKE ALL ON FUNCTION reporting.coupon_differences() FROM PUBLIC;

REVOKE ALL ON FUNCTION reporting.ledger_differences(first_day date, last_day date) FROM PUBLIC;

GRANT SELECT ON TABLE reporting.book_checks TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE reporting.book_checks TO techcourse_loader;
GRANT SELECT ON TABLE reporting.book_checks TO accountant;

REVOKE ALL ON FUNCTION reporting.newest_book_check() FROM PUBLIC;
GRANT ALL ON FUNCTION reporting.newest_book_check() TO techcourse_app;

REVOKE ALL ON FUNCTION reporting.order_differences(first_day date, last_day date) FROM PUBLIC;

REVOKE ALL ON FUNCTION reporting.refund_differences(first_day date, last_day date) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.acting_accountant() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.acting_accountant() TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.add_lines(student uuid, for_order uuid, wish jsonb, buyer_country text) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.add_lines_to_total() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.allocate(amount numeric, weights numeric[]) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.allocate(amount numeric, weights numeric[]) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.allocate(amount numeric, weights numeric[]) TO techcourse_reader;
GRANT ALL ON FUNCTION sales.allocate(amount numeric, weights numeric[]) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.approve_payout(payout_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.approve_payout(payout_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION sales.approve_payout(payout_id uuid) TO accountant;

REVOKE ALL ON FUNCTION sales.begin_gateway_event(gateway text, event_id text, kind text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.begin_gateway_event(gateway text, event_id text, kind text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.begin_payment(order_id uuid, gateway text, key text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.begin_payment(order_id uuid, gateway text, key text) TO techcourse_app;

GRANT SELECT ON TABLE sales.orders TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.orders TO techcourse_loader;
GRANT SELECT ON TABLE sales.orders TO techcourse_app;

REVOKE ALL ON FUNCTION sales.buyer_of(order_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.buyer_of(order_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION sales.buyer_of(order_id uuid) TO accountant;

REVOKE ALL ON FUNCTION sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.close_order(student_id uuid, order_id uuid, reason text) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.cancel_order(order_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.cancel_order(order_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.cancel_payout(payout_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.cancel_payout(payout_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION sales.cancel_payout(payout_id uuid) TO accountant;

REVOKE ALL ON FUNCTION sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric, captured_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric, captured_at timestamp with time zone) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamp with time zone) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.check_payout_entry() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.check_wish(student uuid, wish jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) TO techcourse_app;
GRANT ALL ON FUNCTION sales.claim_request(key text, operation text, request_sha256 bytea) TO accountant;

REVOKE ALL ON FUNCTION sales.close_stale_orders(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.close_stale_orders(most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.count_refund() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.coupon_watermark(coupon uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.money(amount numeric, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.money(amount numeric, currency text) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.money(amount numeric, currency text) TO techcourse_reader;
GRANT ALL ON FUNCTION sales.money(amount numeric, currency text) TO techcourse_app;

GRANT SELECT ON TABLE sales.ledger_accounts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.ledger_accounts TO techcourse_loader;

GRANT SELECT ON TABLE sales.ledger_entries TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE sales.ledger_entries TO techcourse_loader;

GRANT SELECT ON TABLE sales.refunds TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE sales.refunds TO techcourse_loader;
GRANT SELECT ON TABLE sales.refunds TO techcourse_app;

GRANT UPDATE(reason) ON TABLE sales.refunds TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.credit_note_lines(student_id uuid, payment_id uuid, source_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text) TO techcourse_app;

GRANT SELECT ON TABLE sales.demo_charges TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.demo_charges TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.demo_confirm(payment_id uuid, approved boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.demo_confirm(payment_id uuid, approved boolean) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.demo_look(payment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.demo_look(payment_id uuid) TO techcourse_app;

GRANT SELECT ON TABLE sales.gateway_refunds TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.gateway_refunds TO techcourse_loader;
GRANT SELECT ON TABLE sales.gateway_refunds TO techcourse_app;

GRANT SELECT ON TABLE sales.payments TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payments TO techcourse_loader;
GRANT SELECT ON TABLE sales.payments TO techcourse_app;

REVOKE ALL ON FUNCTION sales.due_gateway_refunds(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.due_gateway_refunds(most integer) TO techcourse_app;

GRANT SELECT ON TABLE sales.invoices TO techcourse_reader;
GRANT SELECT,INSERT ON TABLE sales.invoices TO techcourse_loader;
GRANT SELECT ON TABLE sales.invoices TO techcourse_app;

REVOKE ALL ON FUNCTION sales.due_invoices(since date) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.earned_of(students uuid[], payments uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.earned_of(students uuid[], payments uuid[]) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.earned_of(students uuid[], payments uuid[]) TO techcourse_reader;

GRANT SELECT ON TABLE sales.gateway_events TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.gateway_events TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.end_gateway_event(gateway text, event_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.end_gateway_event(gateway text, event_id text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.fail_payment(student_id uuid, payment_id uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.fail_payment(student_id uuid, payment_id uuid, reason text) TO techcourse_app;

GRANT SELECT ON TABLE sales.payment_references TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payment_references TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.find_payment(gateway text, reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.find_payment(gateway text, reference text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.forget_answers() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.forget_answers() TO techcourse_app;

REVOKE ALL ON FUNCTION sales.forget_gateway_events() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.forget_gateway_events() TO techcourse_app;

REVOKE ALL ON FUNCTION sales.free_coupons(student_id uuid, order_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.guard_payment() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.guard_payout() FROM PUBLIC;

GRANT SELECT ON TABLE sales.invoice_buyers TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.invoice_buyers TO techcourse_loader;
GRANT SELECT ON TABLE sales.invoice_buyers TO techcourse_app;

REVOKE ALL ON FUNCTION sales.invoice_document(number text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.invoice_document(number text) TO techcourse_app;
GRANT ALL ON FUNCTION sales.invoice_document(number text) TO accountant;

REVOKE ALL ON FUNCTION sales.invoice_gaps() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.invoice_gaps() TO techcourse_app;
GRANT ALL ON FUNCTION sales.invoice_gaps() TO accountant;

REVOKE ALL ON FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) TO techcourse_app;
GRANT ALL ON FUNCTION sales.invoice_journal(first_day date, last_day date, after_at timestamp with time zone, after_id uuid, most integer) TO accountant;

REVOKE ALL ON FUNCTION sales.invoice_lines(student_id uuid, order_id uuid) FROM PUBLIC;

GRANT SELECT ON TABLE sales.course_holds TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.course_holds TO techcourse_loader;
GRANT SELECT ON TABLE sales.course_holds TO techcourse_app;

REVOKE ALL ON FUNCTION sales.is_wanted(payment sales.payments) FROM PUBLIC;

GRANT SELECT ON TABLE sales.answered_requests TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.answered_requests TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.keep_answer(key text, status integer, body jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.keep_answer(key text, status integer, body jsonb) TO techcourse_app;
GRANT ALL ON FUNCTION sales.keep_answer(key text, status integer, body jsonb) TO accountant;

REVOKE ALL ON FUNCTION sales.ledger_account(kind text, instructor uuid, currency text) FROM PUBLIC;

GRANT SELECT ON TABLE sales.line_shares TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.line_shares TO techcourse_loader;
GRANT SELECT ON TABLE sales.line_shares TO techcourse_app;

REVOKE ALL ON FUNCTION sales.line_parts(student_id uuid, order_id uuid) FROM PUBLIC;

GRANT SELECT ON TABLE sales.payouts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.payouts TO techcourse_loader;
GRANT SELECT ON TABLE sales.payouts TO techcourse_app;

REVOKE ALL ON FUNCTION sales.my_earnings() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.my_earnings() TO techcourse_app;

REVOKE ALL ON FUNCTION sales.refund_window() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.refund_window() TO techcourse_loader;
GRANT ALL ON FUNCTION sales.refund_window() TO techcourse_reader;

REVOKE ALL ON FUNCTION sales.my_releases() FROM PUBLIC;
GRANT ALL ON FUNCTION sales.my_releases() TO techcourse_app;

REVOKE ALL ON FUNCTION sales.name_payment(student_id uuid, payment_id uuid, reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.name_payment(student_id uuid, payment_id uuid, reference text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.number_invoices(since date, most integer, public_url text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.number_invoices(since date, most integer, public_url text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.number_own_invoices(public_url text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.number_own_invoices(public_url text) TO techcourse_app;
GRANT ALL ON FUNCTION sales.number_own_invoices(public_url text) TO accountant;

REVOKE ALL ON FUNCTION sales.open_payments(older_than interval, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.open_payments(older_than interval, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.order_document(student_id uuid, order_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.order_document(student_id uuid, order_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION sales.order_document(student_id uuid, order_id uuid) TO accountant;

REVOKE ALL ON FUNCTION sales.pay_payout(payout_id uuid, reference text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.pay_payout(payout_id uuid, reference text) TO techcourse_app;
GRANT ALL ON FUNCTION sales.pay_payout(payout_id uuid, reference text) TO accountant;

REVOKE ALL ON FUNCTION sales.payable_balance(instructor uuid, currency text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.payable_balance(instructor uuid, currency text) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.payable_balance(instructor uuid, currency text) TO techcourse_reader;

REVOKE ALL ON FUNCTION sales.payable_balances(month date) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.payable_balances(month date) TO techcourse_loader;
GRANT ALL ON FUNCTION sales.payable_balances(month date) TO techcourse_reader;

REVOKE ALL ON FUNCTION sales.place_order(wish jsonb, key text, request_sha256 bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.place_order(wish jsonb, key text, request_sha256 bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.post_payout() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.post_refund() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.preview_payouts(month date) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.preview_payouts(month date) TO techcourse_app;
GRANT ALL ON FUNCTION sales.preview_payouts(month date) TO accountant;

REVOKE ALL ON FUNCTION sales.price_line() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.redeem_coupon(order_id uuid, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.redeem_coupon(order_id uuid, code text) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.refund_lines(order_row sales.orders, payment sales.payments, lines jsonb, kind text, reason text, requested_by uuid, given_back uuid, happened_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) TO techcourse_app;
GRANT ALL ON FUNCTION sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) TO accountant;

REVOKE ALL ON FUNCTION sales.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.refuse_order(problem text, course uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.refuse_order(problem text, course uuid) TO techcourse_loader;

REVOKE ALL ON FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.release_coupon(order_id uuid, coupon_id uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.release_earnings(up_to date, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.release_earnings(up_to date, most integer) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.return_coupon_slot() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.run_payouts(month date) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.run_payouts(month date) TO techcourse_app;
GRANT ALL ON FUNCTION sales.run_payouts(month date) TO accountant;

REVOKE ALL ON FUNCTION sales.settle_payment() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.stamp_business_day() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.statement_lines(instructor uuid, currency text, month date) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.statement_lines(instructor uuid, currency text, month date) TO techcourse_app;
GRANT ALL ON FUNCTION sales.statement_lines(instructor uuid, currency text, month date) TO accountant;

REVOKE ALL ON FUNCTION sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.tell_new_payments() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.tell_payments() FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.tell_refunds() FROM PUBLIC;

GRANT SELECT ON TABLE analytics.student_key_salt TO techcourse_reader;

GRANT SELECT ON TABLE analytics.attempts TO analyst;

GRANT SELECT ON TABLE analytics.completion_cohorts TO analyst;

GRANT SELECT ON TABLE analytics.courses_by_passing_score TO analyst;

GRANT SELECT ON TABLE analytics.enrollments TO analyst;

GRANT SELECT ON TABLE learning.events TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.events TO techcourse_loader;
GRANT SELECT ON TABLE learning.events TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(kind) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE learning.events TO techcourse_app;

GRANT INSERT(payload) ON TABLE learning.events TO techcourse_app;

GRANT SELECT ON TABLE analytics.learning_events TO analyst;

GRANT SELECT ON TABLE analytics.pass_rate_by_attempt TO analyst;

GRANT SELECT ON TABLE analytics.question_statistics TO analyst;

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

GRANT SELECT ON TABLE catalog.course_quizzes TO techcourse_app;

GRANT SELECT ON TABLE catalog.lesson_drafts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.lesson_drafts TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(author_id) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(revision),UPDATE(revision) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(lesson_version),UPDATE(lesson_version) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(markdown),UPDATE(markdown) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT INSERT(video_url),UPDATE(video_url) ON TABLE catalog.lesson_drafts TO techcourse_app;

GRANT SELECT ON TABLE catalog.listing_counts TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.listing_counts TO techcourse_loader;

GRANT SELECT ON TABLE catalog.listings TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE catalog.listings TO techcourse_loader;

GRANT SELECT ON TABLE catalog.published_courses TO techcourse_app;

GRANT SELECT ON TABLE catalog.published_listings TO techcourse_app;

GRANT SELECT ON TABLE identity.personal_tables TO techcourse_app;
GRANT SELECT ON TABLE identity.personal_tables TO techcourse_reader;
GRANT SELECT ON TABLE identity.personal_tables TO techcourse_gatekeeper;
GRANT SELECT ON TABLE identity.personal_tables TO techcourse_loader;

GRANT SELECT ON TABLE identity.role_requests TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE identity.role_requests TO techcourse_loader;
GRANT SELECT ON TABLE identity.role_requests TO techcourse_app;
GRANT SELECT ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT INSERT(user_id) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT INSERT(role) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT INSERT(motivation) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT UPDATE(status) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT UPDATE(reason) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT UPDATE(decided_at) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT UPDATE(decided_by) ON TABLE identity.role_requests TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.sign_ups TO techcourse_gatekeeper;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE identity.throttles TO techcourse_gatekeeper;

GRANT SELECT ON TABLE learning.course_events TO techcourse_app;

GRANT SELECT ON TABLE learning.lesson_progress TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.lesson_progress TO techcourse_loader;
GRANT SELECT ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(lesson_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT INSERT(position_seconds),UPDATE(position_seconds) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT UPDATE(last_seen_at) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT UPDATE(completed_at) ON TABLE learning.lesson_progress TO techcourse_app;

GRANT SELECT ON TABLE learning.course_progress TO techcourse_app;

GRANT SELECT ON TABLE learning.course_ratings TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.course_ratings TO techcourse_loader;

GRANT SELECT ON TABLE learning.rating_changes TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE learning.rating_changes TO techcourse_loader;

GRANT SELECT ON TABLE learning.current_ratings TO techcourse_app;

GRANT SELECT ON TABLE learning.reviews TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.reviews TO techcourse_loader;
GRANT SELECT,DELETE ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(student_id) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(course_id) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(rating),UPDATE(rating) ON TABLE learning.reviews TO techcourse_app;

GRANT INSERT(body),UPDATE(body) ON TABLE learning.reviews TO techcourse_app;

GRANT SELECT ON TABLE learning.public_reviews TO techcourse_app;

GRANT SELECT ON TABLE learning.regrade_runs TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE learning.regrade_runs TO techcourse_loader;

GRANT SELECT ON TABLE platform.event_types TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.event_types TO techcourse_loader;
GRANT SELECT ON TABLE platform.event_types TO techcourse_app;

GRANT SELECT ON TABLE platform.import_rows TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE platform.import_rows TO techcourse_loader;
GRANT SELECT ON TABLE platform.import_rows TO techcourse_app;

GRANT SELECT ON TABLE platform.recurring_jobs TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.recurring_jobs TO techcourse_loader;

GRANT SELECT ON TABLE platform.shard_plan TO techcourse_reader;
GRANT SELECT ON TABLE platform.shard_plan TO techcourse_loader;

GRANT SELECT ON TABLE platform.webhook_deliveries TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.webhook_deliveries TO techcourse_loader;
GRANT SELECT ON TABLE platform.webhook_deliveries TO techcourse_app;

GRANT SELECT ON TABLE platform.webhook_tries TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE platform.webhook_tries TO techcourse_loader;
GRANT SELECT ON TABLE platform.webhook_tries TO techcourse_app;

GRANT SELECT ON TABLE reporting.coupon_performance TO marketing;

GRANT SELECT ON TABLE reporting.daily_sales TO accountant;

GRANT SELECT ON TABLE reporting.ledger_balances TO accountant;

GRANT SELECT ON TABLE reporting.ledger_by_day TO accountant;

GRANT SELECT ON TABLE reporting.orders TO accountant;

GRANT SELECT ON TABLE reporting.payouts TO accountant;

GRANT SELECT ON TABLE reporting.payouts_due TO accountant;

GRANT SELECT ON TABLE reporting.receivables TO accountant;

GRANT SELECT ON TABLE reporting.sales_by_category TO accountant;

GRANT SELECT ON TABLE reporting.sales_by_country TO accountant;

GRANT SELECT ON TABLE reporting.sales_by_coupon TO accountant;
GRANT SELECT ON TABLE reporting.sales_by_coupon TO marketing;

GRANT SELECT ON TABLE reporting.sales_by_course TO accountant;

GRANT SELECT ON TABLE reporting.sales_by_month TO accountant;

GRANT SELECT ON TABLE reporting.student_segments TO marketing;

GRANT SELECT ON TABLE reporting.taxes TO accountant;

GRANT SELECT ON TABLE sales.coupon_returned_slots TO techcourse_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sales.coupon_returned_slots TO techcourse_loader;

GRANT SELECT ON TABLE sales.coupon_watermarks TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.coupon_watermarks TO techcourse_loader;

GRANT SELECT ON TABLE sales.demo_returns TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.demo_returns TO techcourse_loader;

GRANT SELECT ON TABLE sales.listed_payouts TO accountant;
GRANT SELECT ON TABLE sales.listed_payouts TO techcourse_app;

GRANT SELECT ON TABLE sales.tax_rates TO techcourse_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sales.tax_rates TO techcourse_loader;
GRANT SELECT ON TABLE sales.tax_rates TO techcourse_app;

GRANT INSERT(country) ON TABLE sales.tax_rates TO techcourse_app;

GRANT INSERT(valid_from) ON TABLE sales.tax_rates TO techcourse_app;

GRANT INSERT(rate) ON TABLE sales.tax_rates TO techcourse_app;

GRANT INSERT(name) ON TABLE sales.tax_rates TO techcourse_app;

REVOKE ALL ON FUNCTION catalog.expect_file(sha256 bytea, size_bytes bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION catalog.expect_file(sha256 bytea, size_bytes bigint) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.record_sign_in_failure(kind text, subject_hash bytea) TO techcourse_app;

REVOKE ALL ON FUNCTION identity.throttle(kind text, subject_hash bytea, most integer, per interval) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.throttle(kind text, subject_hash bytea, most integer, per interval) TO techcourse_app;

REVOKE ALL ON FUNCTION learning.note_activity(student_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION learning.regrades_of(quiz uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION learning.regrades_of(quiz uuid) TO techcourse_app;

REVOKE ALL ON FUNCTION platform.send_again(webhook uuid, event uuid, from_time timestamp with time zone, until_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.send_again(webhook uuid, event uuid, from_time timestamp with time zone, until_time timestamp with time zone) TO techcourse_app;

REVOKE ALL ON FUNCTION sales.post_to_gateway(payment sales.payments, kind text, debit text, credit text, moved numeric, event uuid, happened_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) TO techcourse_app;
GRANT ALL ON FUNCTION sales.refund_document(student_id uuid, gateway_refund_id uuid) TO accountant;

ALTER DEFAULT PRIVILEGES FOR ROLE techcourse_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
