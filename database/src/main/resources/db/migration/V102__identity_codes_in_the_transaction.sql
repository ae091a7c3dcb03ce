-- What cannot be taken back needs a code of whoever has a second factor: the database looks whether one was spent in
-- this very transaction. The application still finds the step to which a code belongs, and asks for the password.
alter table identity.second_factors add column proven_in xid8;

create or replace function identity.prove_second_factor(user_id uuid, step bigint, code_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- the factor before its codes, as everybody locks them
  perform from identity.second_factors f
    where f.user_id = prove_second_factor.user_id and f.confirmed_at is not null for update;
  if not found then
    return false;
  end if;
  if prove_second_factor.step is not null then
    update identity.second_factors f set last_step = prove_second_factor.step, proven_in = pg_current_xact_id()
     where f.user_id = prove_second_factor.user_id and f.last_step < prove_second_factor.step
       and prove_second_factor.step between identity.time_step() - 1 and identity.time_step() + 1;
    return found;
  end if;
  update identity.recovery_codes c set used_at = clock_timestamp()
   where c.user_id = prove_second_factor.user_id and c.code_hash = prove_second_factor.code_hash and c.used_at is null;
  if not found then
    return false;
  end if;
  update identity.second_factors f set proven_in = pg_current_xact_id() where f.user_id = prove_second_factor.user_id;
  return true;
end
$$;
comment on function identity.prove_second_factor(uuid, bigint, bytea) is
  'Spends a code for this transaction: by its time step, which counts for 90 seconds and only if no code of it or of a later one was used, or by a recovery code''s SHA-256. False: not good, or spent.';

create function identity.require_second_factor() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from identity.second_factors f
    where f.user_id = nullif(current_setting('app.user_id', true), '')::uuid and f.confirmed_at is not null
      -- also where this transaction has written nothing yet, and no code was ever spent
      and (f.proven_in = pg_current_xact_id_if_assigned()) is not true;
  if found then
    raise exception 'This needs a code of your second factor.' using errcode = 'TC134',
      hint = 'Give a code of the authenticator app, or a recovery code.', schema = 'identity', table = 'second_factors';
  end if;
end
$$;
comment on function identity.require_second_factor() is
  'Goes on only where the acting person has no second factor, or has spent a code in this transaction. Error: TC134 no code shown.';
grant execute on function identity.require_second_factor() to techcourse_loader;
call platform.give_function('identity.require_second_factor()', 'techcourse_gatekeeper');

create or replace function identity.renew_recovery_codes(code_hashes bytea[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  perform identity.require_second_factor();
  update identity.second_factors f set recovery_codes_renewed_at = clock_timestamp()
   where f.user_id = me and f.confirmed_at is not null;
  if not found then
    raise exception 'You have no second factor.' using errcode = 'TC133', hint = 'Set one up first.',
      schema = 'identity', table = 'recovery_codes';
  end if;
  delete from identity.recovery_codes c where c.user_id = me;
  insert into identity.recovery_codes (user_id, code_hash) select me, unnest(code_hashes);
end
$$;
comment on function identity.renew_recovery_codes(bytea[]) is
  'Replaces the acting person''s recovery codes (SHA-256), spent and unspent. Errors: TC133 no second factor, TC134 no code shown.';

create or replace function identity.remove_second_factor() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select identity.require_second_factor();
  delete from identity.second_factors f where f.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
  delete from identity.recovery_codes c where c.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
  update identity.sessions s set second_factor_at = null
   where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid;
end;
comment on function identity.remove_second_factor() is
  'Takes the acting person''s second factor and recovery codes away; sessions that it let act as staff may need a new one. Error: TC134 no code shown.';

create or replace function identity.change_password(password_hash text, kept_session bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.require_second_factor();
  perform identity.replace_password(nullif(current_setting('app.user_id', true), '')::uuid,
    change_password.password_hash, change_password.kept_session);
end
$$;
comment on function identity.change_password(text, bytea) is
  'Changes the password of the acting person, who has just shown the old one to the application; the given session stays. Error: TC134 no code shown.';

create or replace function identity.request_email_change(new_email text, token_hash bytea, details jsonb) returns void
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
declare
  acting constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  person record;
  taken uuid;
begin
  perform identity.require_second_factor();
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
  'Asks for another e-mail address of the acting person: a link goes to the new one, a warning to the old one. Error: TC134 no code shown.';
