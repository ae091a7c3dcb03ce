-- Whoever's ways into an account change is told by letter, and the change log keeps that it happened: by triggers, in
-- the transaction of the fact, whichever function or person wrote it. The log keeps times and ids, never an address.
alter table identity.second_factors add column recovery_codes_renewed_at timestamptz;
alter table identity.users add column email_changed_at timestamptz;

create function identity.note_email_change() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.email_changed_at := clock_timestamp();
  return new;
end
$$;
comment on function identity.note_email_change() is 'Trigger: notes when an account got another e-mail address, for the change log, which keeps no address.';
-- another case of the same letters is the same address
create trigger users_note_email_change before update of email on identity.users
  for each row when (lower(new.email::text) <> lower(old.email::text) and new.status <> 'erased')
  execute function identity.note_email_change();

create function identity.tell_person() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- a person who is being erased is told nothing any more
  perform identity.queue_mail(u.id, u.email::text, tg_argv[0], u.locale, jsonb_build_object('name', u.display_name))
     from identity.users u
    where u.id = case tg_op when 'DELETE' then old.user_id else new.user_id end and u.status <> 'erased';
  return null;
end
$$;
comment on function identity.tell_person() is 'Trigger: writes the letter named by its argument to the person whose row it is.';

create function identity.tell_both_addresses() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.queue_mail(new.id, address, 'email-changed', new.locale, jsonb_build_object('name', new.display_name))
     from unnest(array[old.email::text, new.email::text]) address;
  return null;
end
$$;
comment on function identity.tell_both_addresses() is
  'Trigger: writes that an account has another e-mail address, to the old one too, where its person may still read it.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.tell_person()', 'identity.tell_both_addresses()']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;

create trigger users_tell_email after update of email on identity.users
  for each row when (lower(new.email::text) <> lower(old.email::text) and new.status <> 'erased')
  execute function identity.tell_both_addresses();
create trigger second_factors_tell_on after update of confirmed_at on identity.second_factors
  for each row when (old.confirmed_at is null and new.confirmed_at is not null)
  execute function identity.tell_person('second-factor-on');
create trigger second_factors_tell_off after delete on identity.second_factors
  for each row when (old.confirmed_at is not null) execute function identity.tell_person('second-factor-off');
create trigger second_factors_tell_codes after update of recovery_codes_renewed_at on identity.second_factors
  for each row when (new.recovery_codes_renewed_at is distinct from old.recovery_codes_renewed_at)
  execute function identity.tell_person('recovery-codes-renewed');
create trigger recovery_codes_tell_used after update of used_at on identity.recovery_codes
  for each row when (old.used_at is null and new.used_at is not null)
  execute function identity.tell_person('recovery-code-used');
create trigger api_tokens_tell_made after insert on identity.api_tokens
  for each row execute function identity.tell_person('token-made');

-- the change log: a set-up that nobody confirmed is no fact yet, and a code's hash is no key for a log
drop trigger users_audit on identity.users;
drop trigger users_audit_truncate on identity.users;
call audit.watch('identity.users', 'id', 'status,email_changed_at', false);
call audit.watch('identity.credentials', 'user_id', 'changed_at', false);
call audit.watch_inserts('identity.credentials', 'user_id', 'changed_at');
call audit.watch('identity.second_factors', 'user_id,kind', 'confirmed_at,recovery_codes_renewed_at', false);
call audit.watch('identity.api_tokens', 'id', 'user_id,acting_role,scopes,expires_at,revoked_at');
create trigger recovery_codes_audit after update of used_at on identity.recovery_codes
  for each row execute function audit.record_change('user_id', 'used_at');
alter table identity.recovery_codes enable always trigger recovery_codes_audit;

-- letters are written by functions of the database alone
revoke execute on function identity.queue_mail(uuid, text, text, text, jsonb) from techcourse_app;
