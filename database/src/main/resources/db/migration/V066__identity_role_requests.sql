-- Becoming an instructor is a request that an admin decides, once; an admin stays, whatever happens at the same time.
create table identity.role_requests (
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  role text not null default 'instructor',
  motivation text not null,
  status text not null default 'open',
  reason text,
  requested_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by uuid,
  constraint role_requests_id_pkey primary key (id),
  constraint role_requests_user_id_fkey foreign key (user_id) references identity.users (id) on delete restrict,
  constraint role_requests_decided_by_fkey foreign key (decided_by) references identity.users (id) on delete restrict,
  constraint role_requests_role_check check (role in ('instructor')),
  constraint role_requests_motivation_length_check check (length(btrim(motivation)) between 1 and 2000),
  constraint role_requests_status_check check (status in ('open', 'approved', 'declined', 'withdrawn')),
  constraint role_requests_reason_length_check check (length(btrim(reason)) between 1 and 1000),
  constraint role_requests_declined_has_a_reason_check check (status <> 'declined' or reason is not null),
  constraint role_requests_open_is_undecided_check check (
    (status = 'open') = (decided_at is null) and (status in ('approved', 'declined')) = (decided_by is not null))
);
comment on table identity.role_requests is
  'Who asks to become an instructor, in which words, and what an admin said to it. Shard class: reference.';
-- one open request for each person and role
create unique index role_requests_one_open_per_user_key on identity.role_requests (user_id, role) where status = 'open';
create index role_requests_user_id_idx on identity.role_requests (user_id);
create index role_requests_decided_by_idx on identity.role_requests (decided_by) where decided_by is not null;
-- the admin's list, oldest first
create index role_requests_waiting_idx on identity.role_requests (id) where status = 'open';
call platform.protect('identity.role_requests');
insert into platform.shard_plan (table_name, class) values ('identity.role_requests', 'reference');
grant select on identity.role_requests to techcourse_app;
create policy role_requests_self_and_admin_read_policy on identity.role_requests for select to techcourse_app
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid or current_setting('app.role', true) = 'admin');
grant select, insert (user_id, role, motivation), update (status, reason, decided_at, decided_by)
  on identity.role_requests to techcourse_gatekeeper;
create policy role_requests_gatekeeper_policy on identity.role_requests to techcourse_gatekeeper using (true) with check (true);
-- what the person wrote and what was answered are nobody's business but theirs: the log keeps who decided what
call audit.watch('identity.role_requests', 'id', 'user_id,role,status,decided_by');

grant insert (user_id, role, granted_by) on identity.user_roles to techcourse_gatekeeper;
create policy user_roles_gatekeeper_adds_role_policy on identity.user_roles for insert to techcourse_gatekeeper with check (true);
grant select (user_id), insert (user_id, display_name) on identity.instructor_profiles to techcourse_gatekeeper;
create policy instructor_profiles_gatekeeper_policy on identity.instructor_profiles to techcourse_gatekeeper
  using (true) with check (true);

create function identity.require_admin() returns uuid
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    raise exception 'Only an admin may do this, not the role "%".', current_setting('app.role', true) using errcode = 'TC140',
      hint = 'Act as admin.';
  end if;
  return nullif(current_setting('app.user_id', true), '')::uuid;
end
$$;
comment on function identity.require_admin() is 'Who acts, when acting as admin; else error TC140.';
grant execute on function identity.require_admin() to techcourse_gatekeeper;

create function identity.request_role(motivation text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.request_role(text) is
  'Asks for the acting person to become an instructor. Error: TC141 is one already; a second open request breaks role_requests_one_open_per_user_key.';

create function identity.withdraw_role_request(request uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.role_requests r set status = 'withdrawn', decided_at = clock_timestamp()
   where r.id = request and r.user_id = nullif(current_setting('app.user_id', true), '')::uuid and r.status = 'open';
  return found;
end
$$;
comment on function identity.withdraw_role_request(uuid) is 'Takes an own open request back; false when there is none.';

create function identity.decide_role_request(request uuid, approve boolean, reason text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.decide_role_request(uuid, boolean, text) is
  'An admin approves (role and public profile follow) or declines; false for an unknown request. Errors: TC140 no admin, TC142 decided already.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.request_role(text)', 'identity.withdraw_role_request(uuid)',
    'identity.decide_role_request(uuid,boolean,text)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
