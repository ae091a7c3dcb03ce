-- Keys, time and the acting person: the few functions that every room stands on.

-- UUIDv7 (RFC 9562, section 5.7). PostgreSQL 18 has its own; before, the time is laid over a random UUID.
-- No search_path on these two: the names in their bodies are bound when they are made, and a setting would keep the
-- planner from inlining them, which costs more than the rest of a bulk load.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    create function platform.uuid_v7() returns uuid language sql volatile parallel safe
      return uuidv7();
  else
    create function platform.uuid_v7() returns uuid language sql volatile parallel safe
      return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
  end if;
end
$$;
comment on function platform.uuid_v7() is
  'A new UUID version 7 (RFC 9562): milliseconds since 1970 in the first 48 bits, then random bits.';

-- The same arguments give the same key, so that a repeated import or seed finds its own rows again.
create function platform.uuid_v7_of(at timestamptz, name text) returns uuid
  language sql immutable strict parallel safe
  return encode(set_bit(set_bit(set_bit(set_bit(set_bit(set_bit(overlay(decode(md5(name), 'hex')
    placing substring(int8send((extract(epoch from at - timestamptz '1970-01-01 00:00:00+00') * 1000)::bigint) from 3) from 1 for 6),
    55, 0), 54, 1), 53, 1), 52, 1), 71, 1), 70, 0), 'hex')::uuid;
comment on function platform.uuid_v7_of(timestamptz, text) is
  'A UUID version 7 for a moment and a name, the same each time: the MD5 of the name after the 48-bit time.';

create domain platform.currency_code as char(3)
  constraint currency_code_iso_4217_check check (value ~ '^[A-Z]{3}$');
comment on domain platform.currency_code is 'ISO 4217 alphabetic code, upper case.';
create domain platform.money_amount as numeric(14, 2)
  constraint money_amount_not_negative_check check (value >= 0);
comment on domain platform.money_amount is 'An amount of money, never negative; its currency stands in the column beside it.';
create domain platform.country_code as char(2)
  constraint country_code_iso_3166_check check (value ~ '^[A-Z]{2}$');
comment on domain platform.country_code is 'ISO 3166-1 alpha-2 code, upper case.';

create function platform.act_as(user_id uuid, role text) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
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
comment on function platform.act_as(uuid, text) is
  'Says for the rest of the transaction who acts, and as which role: row security and the audit read it. Errors: TC001 unknown role, TC002 no user.';
grant execute on function platform.act_as(uuid, text) to techcourse_app, techcourse_loader;

create function platform.touch_updated_at() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function platform.touch_updated_at() is 'Trigger: stamps updated_at with the database''s clock.';

create procedure platform.protect(target regclass)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
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
comment on procedure platform.protect(regclass) is
  'For migrations: forces row security on a table and lets in only the owner of the persona views (to read) and the loader. Everyone else needs a policy.';

grant execute on function platform.uuid_v7(), platform.uuid_v7_of(timestamptz, text)
  to techcourse_app, techcourse_loader, techcourse_recorder, techcourse_gatekeeper;

create procedure platform.give_function(target regprocedure, new_owner text)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  room constant text := (select pronamespace::regnamespace::text from pg_proc where oid = target);
begin
  execute format('grant create on schema %s to %I', room, new_owner);
  execute format('alter routine %s owner to %I', target, new_owner);
  execute format('revoke create on schema %s from %I', room, new_owner);
end
$$;
comment on procedure platform.give_function(regprocedure, text) is
  'For migrations: gives a function to a nologin role, whose narrow rights it then runs with.';

create procedure platform.give_view(target regclass, new_owner text)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  room constant text := (select relnamespace::regnamespace::text from pg_class where oid = target);
begin
  execute format('grant create on schema %s to %I', room, new_owner);
  execute format('alter view %s owner to %I', target, new_owner);
  execute format('revoke create on schema %s from %I', room, new_owner);
end
$$;
comment on procedure platform.give_view(regclass, text) is
  'For migrations: gives a view to a nologin role, with whose narrow rights it then reads.';
