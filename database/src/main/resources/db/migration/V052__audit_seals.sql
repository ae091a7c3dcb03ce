-- Seals. A block is every row of the transactions from one number up to (not including) the oldest one still open:
-- what is in it can neither grow nor shrink any more, so sealing waits for nobody and nobody waits for it.
-- Bodies are kept as text ($$), not parsed, so that the command that verifies can compare them with its own.
create function audit.row_hash(entry audit.change_log) returns bytea
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(jsonb_build_array(
    entry.changed_at at time zone 'UTC', entry.id, entry.origin::text, entry.transaction_id::text,
    entry.relation, entry.action, entry.row_key, entry.old_values, entry.new_values,
    entry.changed_by, entry.acting_role, entry.database_role)::text, 'UTF8'))
$$;
comment on function audit.row_hash(audit.change_log) is
  'SHA-256 of a row of the change log, over a JSON array of all its columns; the same in any time zone or locale.';

create function audit.seal_hash(seal audit.seals) returns bytea
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(jsonb_build_array(
    seal.seal_no, seal.origin::text, seal.from_transaction::text, seal.to_transaction::text, seal.open_transaction::text,
    seal.row_count, seal.first_changed_at at time zone 'UTC', seal.last_changed_at at time zone 'UTC',
    seal.sealed_at at time zone 'UTC', encode(seal.rows_hash, 'hex'), encode(seal.previous_hash, 'hex'))::text, 'UTF8'))
$$;
comment on function audit.seal_hash(audit.seals) is
  'SHA-256 of a seal: its number, range, count, times, the hash of its rows, and the hash of the seal before.';

create function audit.block(origin bigint, from_transaction xid8, to_transaction xid8)
  returns table (row_count bigint, first_changed_at timestamptz, last_changed_at timestamptz, rows_hash bytea)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*), min(l.changed_at), max(l.changed_at),
         sha256(coalesce(string_agg(audit.row_hash(l), ''::bytea order by l.changed_at, l.id), ''::bytea))
    from audit.change_log l
   where l.origin = block.origin
     and l.transaction_id >= block.from_transaction
     and l.transaction_id < block.to_transaction
$$;
comment on function audit.block(bigint, xid8, xid8) is
  'Count, times and SHA-256 of the log''s rows in a range of transactions of one database cluster.';

create function audit.add_seal(origin bigint, to_transaction xid8, open_transaction xid8, sealed_at timestamptz,
    even_if_empty boolean) returns audit.seals
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function audit.add_seal(bigint, xid8, xid8, timestamptz, boolean) is
  'Adds the next seal to the chain; null when there is nothing to seal. Only audit.seal() calls it.';

create function audit.seal() returns audit.seals
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function audit.seal() is
  'Seals all rows of finished transactions that are not sealed yet, and returns the seal; null when there are none. In a quiet time it seals an empty block every hour. Error: TC502 wrong isolation level.';

grant execute on function audit.origin(), audit.row_hash(audit.change_log), audit.seal_hash(audit.seals),
  audit.block(bigint, xid8, xid8) to techcourse_recorder, auditor;
grant usage on schema audit to techcourse_app;
grant execute on function audit.seal() to auditor, techcourse_app, techcourse_loader;
call platform.give_function('audit.seal()', 'techcourse_recorder');
call platform.give_function('audit.add_seal(bigint,xid8,xid8,timestamptz,boolean)', 'techcourse_recorder');
