-- A session says whether a second factor was shown for it. Whoever has one opens no session without it, on whatever
-- path; sessions and tokens of staff act as staff only as far as identity.role_in_force() lets them.
create function identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval,
    user_agent text, address inet, before bytea, proven boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
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
comment on function identity.open_session(bytea, uuid, text, interval, text, inet, bytea, boolean) is
  'Keeps a new session under the SHA-256 of its token and ends the one before it, whose second factor it takes over. Fails where the user does not hold the role. Error: TC132 no second factor shown.';
grant execute on function identity.open_session(bytea, uuid, text, interval, text, inet, bytea, boolean) to techcourse_app;
call platform.give_function('identity.open_session(bytea,uuid,text,interval,text,inet,bytea,boolean)', 'techcourse_gatekeeper');

create or replace function identity.open_session(token_hash bytea, user_id uuid, acting_role text, lifetime interval,
    user_agent text, address inet) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select identity.open_session(open_session.token_hash, open_session.user_id, open_session.acting_role,
    open_session.lifetime, open_session.user_agent, open_session.address, null, false);
end;
comment on function identity.open_session(bytea, uuid, text, interval, text, inet) is
  'A first session without a second factor. Fails where the user does not hold the role. Error: TC132 the user has one.';

create or replace function identity.session_of(token_hash bytea)
  returns table (user_id uuid, display_name text, acting_role text, roles text[], expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.user_id, u.display_name, identity.role_in_force(s.acting_role::text, s.second_factor_at is not null),
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role), s.expires_at
    from identity.sessions s
    join identity.users u on u.id = s.user_id and u.status = 'active'
   where s.token_hash = session_of.token_hash
     and s.expires_at > clock_timestamp();
end;
comment on function identity.session_of(bytea) is
  'Who a browser''s token stands for, and as which role in force; no row when it is unknown or has expired.';

create or replace function identity.token_of(token_hash bytea)
  returns table (user_id uuid, display_name text, acting_role text, roles text[], scopes text[], seen_lately boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select t.user_id, u.display_name,
         identity.role_in_force(t.acting_role::text, exists (
           select from identity.second_factors f where f.user_id = u.id and f.confirmed_at is not null)),
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role), t.scopes,
         coalesce(t.last_used_at > clock_timestamp() - interval '1 minute', false)
    from identity.api_tokens t
    join identity.users u on u.id = t.user_id and u.status = 'active'
   where t.token_hash = token_of.token_hash and t.revoked_at is null and t.expires_at > clock_timestamp();
end;
comment on function identity.token_of(bytea) is
  'Who a program''s token stands for, as which role in force, and what it is good for; no row when it is unknown or has ended.';

create function identity.renew_recovery_codes(code_hashes bytea[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  perform from identity.second_factors f where f.user_id = me and f.confirmed_at is not null for update;
  if not found then
    raise exception 'You have no second factor.' using errcode = 'TC133', hint = 'Set one up first.',
      schema = 'identity', table = 'recovery_codes';
  end if;
  delete from identity.recovery_codes c where c.user_id = me;
  insert into identity.recovery_codes (user_id, code_hash) select me, unnest(code_hashes);
end
$$;
comment on function identity.renew_recovery_codes(bytea[]) is
  'Replaces the acting person''s recovery codes (SHA-256), spent and unspent. Error: TC133 no second factor.';

create function identity.remove_second_factor() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from identity.second_factors f where f.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
  delete from identity.recovery_codes c where c.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
  update identity.sessions s set second_factor_at = null
   where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
end;
comment on function identity.remove_second_factor() is
  'Takes the acting person''s second factor and recovery codes away; sessions that it let act as staff may need a new one.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.renew_recovery_codes(bytea[])', 'identity.remove_second_factor()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
