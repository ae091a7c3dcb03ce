-- Links to accounts elsewhere: confirmed, listed, ended by their person.
create or replace function identity.awaits_link(token_hash bytea) returns table (user_id uuid, provider text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.user_id, s.provider from identity.provider_sign_ins s
   where s.token_hash = awaits_link.token_hash and s.stage = 'link' and s.expires_at > clock_timestamp();
end;
comment on function identity.awaits_link(bytea) is 'To whose account this browser is about to link which provider; no row for none.';

create or replace function identity.confirm_identity(token_hash bytea, letter_hash bytea) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  wanted record;
begin
  -- by the letter to the account's address, or signed in to the account; in the browser that came from the provider
  delete from identity.provider_sign_ins s using identity.users u
   where s.token_hash = confirm_identity.token_hash and s.stage = 'link' and s.expires_at > clock_timestamp()
     and u.id = s.user_id and u.status = 'active'
     and (s.letter_hash = confirm_identity.letter_hash or s.user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  returning s.provider, s.issuer, s.subject, s.user_id, u.email, u.display_name, u.locale into wanted;
  if not found then
    raise exception 'There is nothing to confirm here any more.' using errcode = 'TC146',
      hint = 'Go to the provider again, and confirm in the same browser.', schema = 'identity', table = 'provider_sign_ins';
  end if;
  insert into identity.external_identities (issuer, subject, user_id, provider)
  values (wanted.issuer, wanted.subject, wanted.user_id, wanted.provider);
  perform identity.queue_mail(wanted.user_id, wanted.email::text, 'identity-linked', wanted.locale,
    jsonb_build_object('name', wanted.display_name));
  return wanted.provider;
end
$$;
comment on function identity.confirm_identity(bytea, bytea) is
  'Links the account elsewhere with which this browser came, once, and names the provider. Errors: TC146 nothing to confirm, external_identities_issuer_subject_pkey it has been linked meanwhile.';

create or replace function identity.own_identities() returns table (id uuid, provider text, issuer text, linked_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select e.id, e.provider, e.issuer, e.linked_at from identity.external_identities e
   where e.user_id = nullif(current_setting('app.user_id', true), '')::uuid order by e.id;
end;
comment on function identity.own_identities() is 'Accounts elsewhere by which the acting person signs in, the oldest first.';

create or replace function identity.unlink_identity(identity_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  -- one after the other: of two that are unlinked at once the second sees that the first is gone
  perform pg_advisory_xact_lock(hashtextextended('identity.unlink_identity ' || me::text, 0));
  delete from identity.external_identities e where e.id = identity_id and e.user_id = me;
  if not found then
    return false;
  end if;
  if not exists (select from identity.credentials c where c.user_id = me)
    and not exists (select from identity.external_identities e where e.user_id = me) then
    raise exception 'This is your last way in.' using errcode = 'TC145', hint = 'Set a password first.',
      schema = 'identity', table = 'external_identities';
  end if;
  perform identity.queue_mail(u.id, u.email::text, 'identity-unlinked', u.locale, jsonb_build_object('name', u.display_name))
     from identity.users u where u.id = me;
  return true;
end
$$;
comment on function identity.unlink_identity(uuid) is
  'Unlinks an own account elsewhere; false when there is none. Error: TC145 it is the last way in.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.awaits_link(bytea)', 'identity.confirm_identity(bytea,bytea)', 'identity.own_identities()',
    'identity.unlink_identity(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
