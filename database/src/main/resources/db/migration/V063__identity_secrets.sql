-- Forgotten and changed passwords, changed addresses, and the sessions that a person has open.
alter table identity.sessions add column id uuid not null default platform.uuid_v7();
-- a session's name, by which its person ends it; the token itself is known to the browser alone
alter table identity.sessions add constraint sessions_id_key unique (id);

create function identity.request_password_reset(email text, token_hash bytea, details jsonb) returns void
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
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
comment on function identity.request_password_reset(text, bytea, jsonb) is
  'Writes the letter with which a forgotten password is replaced within the hour; nothing where the address has no account.';

create function identity.use_token(token_hash bytea, purpose text) returns identity.one_time_tokens
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.use_token(bytea, text) is
  'Takes a link that was sent by letter, once: whoever comes second is refused. Error: TC120 unknown, used or old link.';

create function identity.replace_password(user_id uuid, password_hash text, kept_session bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.replace_password(uuid, text, bytea) is
  'Gives a person a new password and ends every session but one, every API token and every open link; a letter says so.';

create function identity.reset_password(token_hash bytea, password_hash text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.replace_password((identity.use_token(reset_password.token_hash, 'reset_password')).user_id,
    reset_password.password_hash, null);
end
$$;
comment on function identity.reset_password(bytea, text) is
  'Replaces a forgotten password by the link of a letter, once. Error: TC120 unknown, used or old link.';

create function identity.change_password(password_hash text, kept_session bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.replace_password(nullif(current_setting('app.user_id', true), '')::uuid,
    change_password.password_hash, change_password.kept_session);
end
$$;
comment on function identity.change_password(text, bytea) is
  'Changes the password of the acting person, who has just shown the old one to the application; the given session stays.';

create function identity.request_email_change(new_email text, token_hash bytea, details jsonb) returns void
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
declare
  acting constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  person record;
  taken uuid;
begin
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
comment on function identity.request_email_change(text, bytea, jsonb) is
  'Asks for another e-mail address of the acting person: a link goes to the new one, a warning to the old one.';

create function identity.change_email(token_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  used constant identity.one_time_tokens := identity.use_token(change_email.token_hash, 'change_email');
begin
  update identity.users u set email = used.new_email, email_verified_at = clock_timestamp() where u.id = used.user_id;
  delete from identity.one_time_tokens t where t.user_id = used.user_id and t.used_at is null;
  return used.user_id;
end
$$;
comment on function identity.change_email(bytea) is
  'Changes an e-mail address by the link that was sent to the new one, once. Errors: TC120 unknown, used or old link; users_email_key when it has an account by now.';

create function identity.own_sessions(token_hash bytea)
  returns table (id uuid, created_at timestamptz, expires_at timestamptz, acting_role text, user_agent text, address text, current boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.id, s.created_at, s.expires_at, s.acting_role::text, s.user_agent, host(s.address),
         s.token_hash is not distinct from own_sessions.token_hash
    from identity.sessions s
   where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid and s.expires_at > clock_timestamp()
   order by s.id desc;
end;
comment on function identity.own_sessions(bytea) is 'The browsers in which the acting person is signed in, the newest first; this one is marked.';

create function identity.end_own_sessions(session_id uuid) returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with ended as (
    delete from identity.sessions s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and (end_own_sessions.session_id is null or s.id = end_own_sessions.session_id)
    returning 1)
  select count(*) from ended;
end;
comment on function identity.end_own_sessions(uuid) is
  'Signs the acting person out of one browser, or with null everywhere; answers of how many.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.request_password_reset(text,bytea,jsonb)', 'identity.reset_password(bytea,text)',
    'identity.change_password(text,bytea)', 'identity.request_email_change(text,bytea,jsonb)', 'identity.change_email(bytea)',
    'identity.own_sessions(bytea)', 'identity.end_own_sessions(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
  call platform.give_function('identity.use_token(bytea,text)', 'techcourse_gatekeeper');
  call platform.give_function('identity.replace_password(uuid,text,bytea)', 'techcourse_gatekeeper');
end
$$;
