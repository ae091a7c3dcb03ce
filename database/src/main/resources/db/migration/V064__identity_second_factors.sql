-- Second factors: codes by the clock (RFC 6238) and recovery codes. The application finds the 30-second step to which a
-- code belongs, because it alone can read the secret; whether that step counts, once and now, is said here.
-- a setting that comes with the schema is nobody's change, and the log of a new database has no month to keep it in yet
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('second_factor_required_for_staff', 'false',
   'true: accountant, marketing, auditor, analyst and admin act as such only with a second factor; without one they can but set one up.');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings add constraint settings_second_factor_required_for_staff_check check (
  name <> 'second_factor_required_for_staff' or jsonb_typeof(value) = 'boolean');
grant select (name, value) on platform.settings to techcourse_gatekeeper;
create policy settings_gatekeeper_policy on platform.settings for select to techcourse_gatekeeper using (true);

alter table identity.sessions add column second_factor_at timestamptz;
alter table identity.second_factors add constraint second_factors_confirmed_by_a_code_check
  check (confirmed_at is null or last_step is not null);

create function identity.time_step() returns bigint
  language sql volatile set search_path = pg_catalog, pg_temp
  return floor(extract(epoch from clock_timestamp()) / 30)::bigint;
comment on function identity.time_step() is 'The current 30-second step since 1970 (RFC 6238), by the database''s clock.';
grant execute on function identity.time_step() to techcourse_gatekeeper;

create function identity.role_in_force(role text, proven boolean) returns text
  language sql stable set search_path = pg_catalog, pg_temp
  return case when not proven and role in ('accountant', 'marketing', 'auditor', 'analyst', 'admin')
      and exists (select from platform.settings s where s.name = 'second_factor_required_for_staff' and s.value = 'true')
    then 'visitor' else role end;
comment on function identity.role_in_force(text, boolean) is
  'As what a session or token may act: its role; as nobody in particular (visitor) where staff needs a second factor and has shown none.';
grant execute on function identity.role_in_force(text, boolean) to techcourse_gatekeeper;

create function identity.begin_second_factor(secret bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.begin_second_factor(bytea) is
  'Keeps a new, encrypted secret for the acting person until a first code confirms it. Error: TC130 has one already.';

create function identity.own_second_factor()
  returns table (secret bytea, confirmed_at timestamptz, recovery_codes_left integer, step bigint, required boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select f.secret, f.confirmed_at,
         (select count(*)::integer from identity.recovery_codes c where c.user_id = me.id and c.used_at is null),
         identity.time_step(),
         exists (select from identity.user_roles r
                  where r.user_id = me.id and identity.role_in_force(r.role, false) <> r.role::text)
    from (values (nullif(current_setting('app.user_id', true), '')::uuid)) me (id)
    left join identity.second_factors f on f.user_id = me.id;
end;
comment on function identity.own_second_factor() is
  'The acting person''s second factor, nulls without one; the time step; whether one of the person''s roles needs one.';

create function identity.second_factor_of(user_id uuid) returns table (secret bytea, step bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select f.secret, identity.time_step() from identity.second_factors f
   where f.user_id = second_factor_of.user_id and f.confirmed_at is not null;
end;
comment on function identity.second_factor_of(uuid) is
  'What a sign-in needs to check a code: the encrypted secret and the time step; no row for a person without a second factor.';

create function identity.confirm_second_factor(secret bytea, step bigint, code_hashes bytea[], session bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.confirm_second_factor(bytea, bigint, bytea[], bytea) is
  'Switches the acting person''s second factor on by a first right code, keeps the recovery codes (SHA-256) and ends the other sessions. Error: TC131 nothing to confirm.';

create function identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if prove_second_factor.step is not null then
    update identity.second_factors f set last_step = prove_second_factor.step
     where f.user_id = prove_second_factor.user_id and f.confirmed_at is not null and f.last_step < prove_second_factor.step
       and prove_second_factor.step between identity.time_step() - 1 and identity.time_step() + 1;
  else
    update identity.recovery_codes c set used_at = clock_timestamp()
     where c.user_id = prove_second_factor.user_id and c.code_hash = prove_second_factor.code_hash and c.used_at is null;
  end if;
  return found;
end
$$;
comment on function identity.prove_second_factor(uuid, bigint, bytea) is
  'Spends a code: by its time step, which counts for 90 seconds and only if no code of it or of a later one was used, or by a recovery code''s SHA-256. False: not good, or spent.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.begin_second_factor(bytea)', 'identity.own_second_factor()',
    'identity.second_factor_of(uuid)', 'identity.confirm_second_factor(bytea,bigint,bytea[],bytea)',
    'identity.prove_second_factor(uuid,bigint,bytea)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
