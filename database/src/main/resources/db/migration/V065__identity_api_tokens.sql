-- API tokens: made, listed, ended and looked up only through narrow functions. A token ends with its role (foreign
-- key), with its time, when it is revoked, and while its user is not active.
alter table identity.api_tokens
  add constraint api_tokens_scopes_are_known_check check (scopes <@ array[
    'identity:read', 'identity:write', 'catalog:read', 'catalog:write', 'learning:read', 'learning:write', 'sales:read',
    'sales:write', 'audit:read', 'audit:write', 'reporting:read', 'reporting:write', 'analytics:read', 'analytics:write',
    'platform:read', 'platform:write', 'loading:read', 'loading:write']),
  add constraint api_tokens_expire_within_a_year_check check (expires_at <= created_at + interval '366 days');

create function identity.create_api_token(token_hash bytea, name text, scopes text[], acting_role text, days integer)
  returns table (id uuid, created_at timestamptz, expires_at timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  made constant timestamptz := clock_timestamp();
begin
  -- a token that ended makes room for its name
  delete from identity.api_tokens t
   where t.user_id = me and t.name = create_api_token.name and (t.revoked_at is not null or t.expires_at <= made);
  return query
    insert into identity.api_tokens as t (user_id, acting_role, name, token_hash, scopes, created_at, expires_at)
    values (me, create_api_token.acting_role, create_api_token.name, create_api_token.token_hash,
            array(select distinct s from unnest(create_api_token.scopes) s order by s),
            made, made + make_interval(days => create_api_token.days))
    returning t.id, t.created_at, t.expires_at;
end
$$;
comment on function identity.create_api_token(bytea, text, text[], text, integer) is
  'Keeps a new token of the acting person under its SHA-256, for some days. Fails where the person does not hold the role or has a living token of this name.';

create function identity.own_api_tokens(after uuid, most integer)
  returns table (id uuid, name text, acting_role text, scopes text[], created_at timestamptz, expires_at timestamptz,
                 last_used_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select t.id, t.name, t.acting_role::text, t.scopes, t.created_at, t.expires_at, t.last_used_at
    from identity.api_tokens t
   where t.user_id = nullif(current_setting('app.user_id', true), '')::uuid
     and t.revoked_at is null and t.expires_at > clock_timestamp()
     and (own_api_tokens.after is null or t.id < own_api_tokens.after)
   order by t.id desc
   limit own_api_tokens.most;
end;
comment on function identity.own_api_tokens(uuid, integer) is 'The living tokens of the acting person, newest first; never their hashes.';

create function identity.revoke_api_token(id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.api_tokens t set revoked_at = clock_timestamp()
   where t.id = revoke_api_token.id and t.user_id = nullif(current_setting('app.user_id', true), '')::uuid
     and t.revoked_at is null;
  return found;
end
$$;
comment on function identity.revoke_api_token(uuid) is 'Ends an own token at once; false when there is none to end.';

create function identity.token_of(token_hash bytea)
  returns table (user_id uuid, display_name text, acting_role text, roles text[], scopes text[], seen_lately boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select t.user_id, u.display_name, t.acting_role::text,
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role), t.scopes,
         coalesce(t.last_used_at > clock_timestamp() - interval '1 minute', false)
    from identity.api_tokens t
    join identity.users u on u.id = t.user_id and u.status = 'active'
   where t.token_hash = token_of.token_hash and t.revoked_at is null and t.expires_at > clock_timestamp();
end;
comment on function identity.token_of(bytea) is
  'Who a program''s token stands for, as which role, and what it is good for; no row when it is unknown or has ended.';

create function identity.saw_api_token(token_hash bytea) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  -- who finds the row taken leaves it: somebody else notes the same minute
  update identity.api_tokens t set last_used_at = clock_timestamp()
   where t.id in (select s.id from identity.api_tokens s
                   where s.token_hash = saw_api_token.token_hash
                     and (s.last_used_at is null or s.last_used_at <= clock_timestamp() - interval '1 minute')
                   for update skip locked);
end;
comment on function identity.saw_api_token(bytea) is 'Notes that a token was used, once a minute at most; never waits for another use of it.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.create_api_token(bytea,text,text[],text,integer)',
    'identity.own_api_tokens(uuid,integer)', 'identity.revoke_api_token(uuid)', 'identity.token_of(bytea)',
    'identity.saw_api_token(bytea)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
