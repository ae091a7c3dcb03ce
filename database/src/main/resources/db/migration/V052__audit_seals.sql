-- Seals. A block is every row of the transactions from one number up to (not including) the oldest one still open:
-- what is in it can neither grow nor shrink any more, so sealing waits for nobody and nobody waits for it.
create function audit.row_hash(entry audit.change_log) returns bytea
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return sha256(convert_to(jsonb_build_array(
    (extract(epoch from (entry).changed_at) * 1000000)::bigint, (entry).id, (entry).origin::text, (entry).transaction_id::text,
    (entry).relation, (entry).action, (entry).row_key, (entry).old_values, (entry).new_values,
    (entry).changed_by, (entry).acting_role, (entry).database_role)::text, 'UTF8'));
comment on function audit.row_hash(audit.change_log) is
  'SHA-256 of a row of the change log, over a JSON array of all its columns; the same in any time zone or locale.';

create function audit.seal_hash(seal audit.seals) returns bytea
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return sha256(convert_to(jsonb_build_array(
    (seal).seal_no, (seal).origin::text, (seal).from_transaction::text, (seal).to_transaction::text, (seal).open_transaction::text,
    (seal).row_count, (extract(epoch from (seal).sealed_at) * 1000000)::bigint,
    encode((seal).rows_hash, 'hex'), encode((seal).previous_hash, 'hex'))::text, 'UTF8'));
comment on function audit.seal_hash(audit.seals) is
  'SHA-256 of a seal: its number, range, count, time, the hash of its rows, and the hash of the seal before.';

create function audit.block(origin bigint, from_transaction xid8, to_transaction xid8)
  returns table (row_count bigint, first_changed_at timestamptz, last_changed_at timestamptz, rows_hash bytea)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select count(*), min(l.changed_at), max(l.changed_at),
         sha256(coalesce(string_agg(audit.row_hash(l), ''::bytea order by l.changed_at, l.id), ''::bytea))
    from audit.change_log l
   where l.origin = block.origin
     and l.transaction_id >= block.from_transaction
     and l.transaction_id < block.to_transaction;
end;
comment on function audit.block(bigint, xid8, xid8) is
  'Count, times and SHA-256 of the log''s rows in a range of transactions of one database cluster.';

create function audit.seal() returns audit.seals
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last audit.seals;
  fresh audit.seals;
begin
  -- sealers take turns; writers are not concerned
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select * into last from audit.seals order by seal_no desc limit 1;
  fresh.origin := audit.origin();
  fresh.seal_no := coalesce(last.seal_no, 0) + 1;
  fresh.previous_hash := coalesce(last.seal_hash, sha256('techcourse'::bytea));
  fresh.from_transaction := coalesce(
    (select max(s.to_transaction) from audit.seals s where s.origin = fresh.origin), '0'::xid8);
  fresh.to_transaction := pg_snapshot_xmin(pg_current_snapshot());
  fresh.open_transaction := pg_snapshot_xmax(pg_current_snapshot());
  if fresh.to_transaction <= fresh.from_transaction then
    return null;
  end if;
  select * into fresh.row_count, fresh.first_changed_at, fresh.last_changed_at, fresh.rows_hash
    from audit.block(fresh.origin, fresh.from_transaction, fresh.to_transaction);
  if fresh.row_count = 0 then
    return null;
  end if;
  fresh.sealed_at := clock_timestamp();
  fresh.seal_hash := audit.seal_hash(fresh);
  insert into audit.seals select fresh.*;
  return fresh;
end
$$;
comment on function audit.seal() is
  'Seals all rows of finished transactions that are not sealed yet, and returns the seal; null when there are none.';

create function audit.verify() returns table (seal_no bigint, fault text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  seal audit.seals;
  previous audit.seals;
  found record;
begin
  for seal in select * from audit.seals s order by s.seal_no loop
    verify.seal_no := seal.seal_no;
    if seal.seal_no <> coalesce(previous.seal_no, 0) + 1 then
      fault := format('the seals between %s and %s are missing', coalesce(previous.seal_no, 0), seal.seal_no);
      return next;
    elsif seal.previous_hash <> coalesce(previous.seal_hash, sha256('techcourse'::bytea)) then
      fault := 'the seal does not follow from the one before it';
      return next;
    end if;
    if seal.seal_hash <> audit.seal_hash(seal) then
      fault := 'the seal itself was changed';
      return next;
    end if;
    select * into found from audit.block(seal.origin, seal.from_transaction, seal.to_transaction);
    if found.row_count <> seal.row_count then
      fault := format('%s rows were sealed, %s are there', seal.row_count, found.row_count);
      return next;
    elsif found.rows_hash <> seal.rows_hash then
      fault := 'a row was changed';
      return next;
    end if;
    if exists (select from audit.change_log l
                where l.origin = seal.origin and l.transaction_id >= seal.open_transaction
                  and l.changed_at < seal.sealed_at - interval '1 second') then
      fault := 'a later row claims to be older than this seal';
      return next;
    end if;
    if previous.origin = seal.origin and previous.to_transaction <> seal.from_transaction then
      fault := 'transactions between this seal and the one before it are not covered';
      return next;
    end if;
    previous := seal;
  end loop;
  -- a row that names a cluster which never sealed it, or a transaction before the first seal
  return query
    select null::bigint, format('%s rows name a database cluster that is not this one and has no seal', count(*))
      from audit.change_log l
     where l.origin <> audit.origin() and not exists (select from audit.seals s where s.origin = l.origin)
    having count(*) > 0;
end
$$;
comment on function audit.verify() is
  'Checks every seal against the log; each row names a seal that does not hold, and why. No row: nothing was changed, removed or slipped in.';

do $$
declare
  target regprocedure;
begin
  grant execute on function audit.origin(), audit.row_hash(audit.change_log), audit.seal_hash(audit.seals),
    audit.block(bigint, xid8, xid8) to techcourse_recorder, auditor;
  grant usage on schema audit to techcourse_app;
  grant execute on function audit.seal(), audit.verify() to auditor, techcourse_app, techcourse_loader;
  foreach target in array array['audit.seal()', 'audit.verify()']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_recorder');
  end loop;
end
$$;
