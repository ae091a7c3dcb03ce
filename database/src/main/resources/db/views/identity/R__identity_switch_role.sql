-- Acting as another role is no sign-in: the new session is as old as the one that it takes the place of, so that nobody
-- makes an old session fresh by it, and it belongs to whom that one belonged.
create or replace function identity.switch_role(before bytea, token_hash bytea, acting_role text, lifetime interval,
    user_agent text, address inet) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  earlier record;
begin
  select s.user_id, s.created_at into earlier from identity.sessions s
   where s.token_hash = switch_role.before and s.expires_at > clock_timestamp() for update;
  if not found then
    return false;
  end if;
  perform identity.open_session(switch_role.token_hash, earlier.user_id, switch_role.acting_role, switch_role.lifetime,
    switch_role.user_agent, switch_role.address, switch_role.before, false);
  update identity.sessions s set created_at = earlier.created_at where s.token_hash = switch_role.token_hash;
  return true;
end
$$;
comment on function identity.switch_role(bytea, bytea, text, interval, text, inet) is
  'Puts a session of another role in the place of a living one (SHA-256 of both tokens); false where that one has ended. Fails where the user does not hold the role.';
grant execute on function identity.switch_role(bytea, bytea, text, interval, text, inet) to techcourse_app;
call platform.give_function('identity.switch_role(bytea,bytea,text,interval,text,inet)', 'techcourse_gatekeeper');
