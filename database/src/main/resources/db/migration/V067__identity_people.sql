-- Staff's view of people: found by a part of a name or address, suspended and let back in; an admin always remains.
-- staff look up a person by a part of the address
create index users_email_part_idx on identity.users using gin ((email::text) extensions.gin_trgm_ops);

create function identity.find_people(part text, held_role text, with_status text, after uuid, most integer)
  returns table (id uuid, email text, display_name text, status text, roles text[], created_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.find_people(text, text, text, uuid, integer) is
  'For admins: people, newest first, by a part of the name or e-mail address, a role, a status; null means any. Error: TC140.';
grant execute on function identity.require_admin() to techcourse_reader;
grant execute on function identity.find_people(text, text, text, uuid, integer) to techcourse_app;
call platform.give_function('identity.find_people(text,text,text,uuid,integer)', 'techcourse_reader');

grant update (status) on identity.users to techcourse_gatekeeper;
create policy users_gatekeeper_suspends_policy on identity.users for update to techcourse_gatekeeper using (true) with check (true);

create function identity.suspend_user(who uuid, suspended boolean) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.suspend_user(uuid, boolean) is
  'For admins: a suspended person is signed out everywhere, tokens and mailed links end; true suspends, false lets back in. Answers the status, null for nobody. Errors: TC140, TC143 erased, TC144 the last admin.';
grant execute on function identity.suspend_user(uuid, boolean) to techcourse_app;
call platform.give_function('identity.suspend_user(uuid,boolean)', 'techcourse_gatekeeper');

create function identity.keep_an_admin() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.keep_an_admin() is
  'Trigger: the last active admin neither loses the role nor is suspended or erased, whoever else leaves at the same time (TC144).';
call platform.give_function('identity.keep_an_admin()', 'techcourse_gatekeeper');
create trigger user_roles_keep_an_admin before update or delete on identity.user_roles
  for each row when (old.role = 'admin') execute function identity.keep_an_admin();
create trigger users_keep_an_admin before update of status on identity.users
  for each row when (old.status = 'active' and new.status <> 'active') execute function identity.keep_an_admin();

create function identity.check_role_holder() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from identity.users u where u.id = new.user_id and u.status = 'erased') then
    raise exception 'The user % is erased.', new.user_id using errcode = 'TC143', hint = 'An erasure cannot be taken back.',
      schema = 'identity', table = 'user_roles';
  end if;
  return new;
end
$$;
comment on function identity.check_role_holder() is 'Trigger: nobody who is erased gets a staff role (TC143).';
call platform.give_function('identity.check_role_holder()', 'techcourse_gatekeeper');
create trigger user_roles_check_holder before insert on identity.user_roles
  for each row when (new.role <> 'student') execute function identity.check_role_holder();

alter table platform.settings
  add constraint settings_refund_window_days_check check (
    case when name = 'refund_window_days' then jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^[0-9]{1,3}$' else true end),
  add constraint settings_instructor_share_check check (
    case when name = 'instructor_share' and jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric between 0 and 1
      else name <> 'instructor_share' end),
  add constraint settings_academy_name_check check (
    case when name = 'academy_name' then jsonb_typeof(value) = 'string' and length(btrim(value #>> '{}')) between 1 and 120 else true end);
