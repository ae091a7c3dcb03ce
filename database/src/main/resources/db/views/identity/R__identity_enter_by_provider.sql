-- Who comes from a provider: known by issuer and subject, or new, or about to be linked. Never by the e-mail address
-- alone: an address that has an account here only begins a confirmation.
create or replace function identity.enter_by_provider(token_hash bytea, issuer text, subject text, email text, verified boolean,
    display_name text, locale text, letter_hash bytea, link text)
  returns table (outcome text, user_id uuid, roles text[])
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  journey identity.provider_sign_ins;
  person record;
  letter bytea;
  decided text;
begin
  -- one after the other for each identity: of a hundred who come new at once one makes the account
  perform pg_advisory_xact_lock(hashtextextended(enter_by_provider.issuer || ' ' || enter_by_provider.subject, 0));
  select s.* into strict journey from identity.provider_sign_ins s where s.token_hash = enter_by_provider.token_hash and s.stage = 'back';
  select u.id, u.status into person from identity.external_identities e join identity.users u on u.id = e.user_id
   where e.issuer = enter_by_provider.issuer and e.subject = enter_by_provider.subject;
  if not found and me is null and verified and email is not null then
    insert into identity.users (email, display_name, locale, email_verified_at)
    values (enter_by_provider.email::citext, enter_by_provider.display_name, enter_by_provider.locale, clock_timestamp())
    on conflict on constraint users_email_key do nothing returning id, 'active' as status into person;
    if found then
      insert into identity.user_roles (user_id, role) values (person.id, 'student');
      insert into identity.external_identities (issuer, subject, user_id, provider)
      values (enter_by_provider.issuer, enter_by_provider.subject, person.id, journey.provider);
      delete from identity.sign_ups s where s.email = enter_by_provider.email::citext;
    end if;
  end if;
  if person.id is not null then
    decided := case
      when person.status <> 'active' or not exists (select from identity.user_roles r where r.user_id = person.id) then 'closed'
      when person.id <> me then 'taken'
      when me is null and exists (select from identity.second_factors f where f.user_id = person.id and f.confirmed_at is not null)
        then 'code'
      else 'welcome' end;
    update identity.provider_sign_ins s set stage = 'code', user_id = person.id, expires_at = clock_timestamp() + interval '10 minutes'
     where s.token_hash = enter_by_provider.token_hash and decided = 'code';
    return query select decided, person.id, array(select r.role::text from identity.user_roles r where r.user_id = person.id order by r.role);
    return;
  end if;
  if me is null and (email is null or verified is not true) then
    return query select 'unverified', null::uuid, null::text[];
    return;
  end if;
  -- whoever is signed in may link to that account; anybody else only to the one that has the proven address
  select u.id, u.status, u.email::text as email, u.display_name, u.locale into person from identity.users u
   where case when me is null then u.email = enter_by_provider.email::citext else u.id = me end;
  if person.status is distinct from 'active' then
    return query select 'closed', null::uuid, null::text[];
    return;
  end if;
  if me is null and identity.throttle('link-identity-mail', sha256(convert_to(lower(person.email), 'UTF8')), 5, interval '1 hour') = 0 then
    letter := letter_hash;
    perform identity.queue_mail(person.id, person.email, 'link-identity', person.locale,
      jsonb_build_object('name', person.display_name, 'link', link));
  end if;
  update identity.provider_sign_ins s
     set stage = 'link', user_id = person.id, issuer = enter_by_provider.issuer, subject = enter_by_provider.subject,
         letter_hash = letter, expires_at = clock_timestamp() + interval '1 hour'
   where s.token_hash = enter_by_provider.token_hash;
  return query select case when me is null then 'letter' else 'confirm' end, null::uuid, null::text[];
end
$$;
comment on function identity.enter_by_provider(bytea, text, text, text, boolean, text, text, bytea, text) is
  'What becomes of somebody whom a provider has signed in: welcome (linked or new), code (second factor awaited), letter or confirm (a confirmation awaited), unverified, closed, taken.';
grant execute on function identity.enter_by_provider(bytea, text, text, text, boolean, text, text, bytea, text) to techcourse_app;
call platform.give_function('identity.enter_by_provider(bytea,text,text,text,boolean,text,text,bytea,text)', 'techcourse_gatekeeper');
