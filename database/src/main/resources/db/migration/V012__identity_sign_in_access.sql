-- Before sign-in nobody is anybody, so the application reads proofs only through narrow functions of the gatekeeper.
do $$
declare
  target regclass;
begin
  foreach target in array array['identity.credentials', 'identity.second_factors', 'identity.recovery_codes',
    'identity.external_identities', 'identity.sessions', 'identity.api_tokens', 'identity.one_time_tokens',
    'identity.sign_in_failures']::regclass[] loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy %I on %s to techcourse_gatekeeper using (true) with check (true)',
      (select relname from pg_catalog.pg_class where oid = target) || '_gatekeeper_policy', target);
    execute format('grant select, insert, update, delete on %s to techcourse_gatekeeper', target);
    insert into platform.shard_plan (table_name, class) values (target::text, 'local');
  end loop;
end
$$;
-- the loader gives the sample academy its demo passwords
grant select (user_id), insert on identity.credentials to techcourse_loader;
create policy credentials_loader_policy on identity.credentials to techcourse_loader using (true) with check (true);

grant select (id, email, display_name, status) on identity.users to techcourse_gatekeeper;
grant select on identity.user_roles to techcourse_gatekeeper;
create policy users_gatekeeper_policy on identity.users for select to techcourse_gatekeeper using (true);
create policy user_roles_gatekeeper_policy on identity.user_roles for select to techcourse_gatekeeper using (true);

create function identity.sign_in_candidate(email text)
  returns table (user_id uuid, display_name text, password_hash text, roles text[])
  language sql stable security definer set search_path = extensions, pg_catalog, pg_temp
begin atomic
  select u.id, u.display_name, c.password_hash,
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role)
    from identity.users u
    join identity.credentials c on c.user_id = u.id
   where u.email = sign_in_candidate.email::extensions.citext
     and u.status = 'active';
end;
comment on function identity.sign_in_candidate(text) is
  'What a sign-in with a password needs to know of an active user: id, name, Argon2id hash, roles. No row for an unknown e-mail.';

create function identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval,
    user_agent text, address inet) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into identity.sessions (token_hash, user_id, acting_role, expires_at, user_agent, address)
  values (open_session.token_hash, open_session.user_id, open_session.acting_role,
          clock_timestamp() + open_session.lifetime, left(open_session.user_agent, 300), open_session.address);
end;
comment on function identity.open_session(bytea, uuid, text, interval, text, inet) is
  'Keeps a new session under the SHA-256 of its token. Fails where the user does not hold the role.';

create function identity.session_of(token_hash bytea)
  returns table (user_id uuid, display_name text, acting_role text, roles text[], expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.user_id, u.display_name, s.acting_role::text,
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role), s.expires_at
    from identity.sessions s
    join identity.users u on u.id = s.user_id and u.status = 'active'
   where s.token_hash = session_of.token_hash
     and s.expires_at > clock_timestamp();
end;
comment on function identity.session_of(bytea) is
  'Who a browser''s token stands for, and as which role; no row when it is unknown or has expired.';

create function identity.close_session(token_hash bytea) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from identity.sessions s where s.token_hash = close_session.token_hash or s.expires_at <= clock_timestamp();
end;
comment on function identity.close_session(bytea) is 'Signs a browser out, and clears away what has expired.';

create function identity.record_sign_in_failure(kind text, subject_hash bytea) returns timestamptz
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into identity.sign_in_failures as f (subject_kind, subject_hash)
  values (record_sign_in_failure.kind, record_sign_in_failure.subject_hash)
  on conflict on constraint sign_in_failures_subject_pkey do update
    set failures = case when f.last_failed_at < clock_timestamp() - interval '1 day' then 1 else least(f.failures, 1000) + 1 end,
        last_failed_at = clock_timestamp(),
        blocked_until = case when f.failures >= 4
          then clock_timestamp() + least(interval '1 second' * 2 ^ least(f.failures - 3, 12), interval '15 minutes') end
  returning f.blocked_until;
end;
comment on function identity.record_sign_in_failure(text, bytea) is
  'Counts a wrong guess for an account or an address (SHA-256); from the fifth on, answers until when it must wait: 2, 4, 8 .. seconds, at most 15 minutes.';

create function identity.sign_in_blocked_until(kind text, subject_hash bytea) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select f.blocked_until from identity.sign_in_failures f
   where f.subject_kind = sign_in_blocked_until.kind and f.subject_hash = sign_in_blocked_until.subject_hash
     and f.blocked_until > clock_timestamp();
end;
comment on function identity.sign_in_blocked_until(text, bytea) is
  'Until when an account or an address must wait after wrong guesses; null when it need not.';

create function identity.forget_sign_in_failures(subject_hash bytea) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from identity.sign_in_failures f where f.subject_hash = forget_sign_in_failures.subject_hash;
end;
comment on function identity.forget_sign_in_failures(bytea) is 'Forgets wrong guesses after a right one.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.sign_in_candidate(text)', 'identity.session_of(bytea)',
    'identity.open_session(bytea,uuid,text,interval,text,inet)', 'identity.close_session(bytea)',
    'identity.record_sign_in_failure(text,bytea)', 'identity.sign_in_blocked_until(text,bytea)',
    'identity.forget_sign_in_failures(bytea)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
