-- The proof: every seal against the rows of its block, and the rows that no seal covers against the last one.
-- Bodies are kept as text ($$), as those of the seals are.
create function audit.backdated(origin bigint, from_transaction xid8, to_transaction xid8) returns bigint
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*)
    from audit.change_log l
   where l.origin = backdated.origin
     and l.transaction_id >= backdated.from_transaction
     and l.transaction_id < backdated.to_transaction
     -- the clocks of a primary and its successor may differ by some seconds
     and l.changed_at < (select max(s.sealed_at) - interval '10 seconds' from audit.seals s
                          where s.origin = l.origin and s.open_transaction <= l.transaction_id)
$$;
comment on function audit.backdated(bigint, xid8, xid8) is
  'How many rows of a range of transactions claim a time before a seal that was made before their transaction began.';

create function audit.verify() returns table (seal_no bigint, fault text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function audit.verify() is
  'Checks every seal against the log; each row names a seal that does not hold (null: rows outside of every seal), and why. No row: nothing was changed, removed or slipped in. A chain that was rewritten as a whole, or cut at its end, is found by a seal kept elsewhere.';
grant execute on function audit.backdated(bigint, xid8, xid8) to techcourse_recorder;
grant execute on function audit.verify() to auditor, techcourse_app, techcourse_loader;
call platform.give_function('audit.verify()', 'techcourse_recorder');
