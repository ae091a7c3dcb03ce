-- Managers come by letter and go by a word of another: who may read the list does not learn whether an address has an account.
create function sales.new_code() returns text
  language sql volatile set search_path = pg_catalog, pg_temp
  -- 244 random bits; the database keeps a digest only
  return encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
comment on function sales.new_code() is 'A secret for a letter. For the functions of this room.';

create function sales.is_manager(organisation uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from sales.organisations o
                  where o.id = organisation and nullif(current_setting('app.user_id', true), '')::uuid = any (o.manager_ids));
end;
comment on function sales.is_manager(uuid) is 'Whether the acting person manages an organisation.';

create function sales.managers_of(organisation uuid)
  returns table (id uuid, email text, display_name text, invited_at timestamptz, joined_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.email::text, u.display_name, m.invited_at, m.joined_at
    from sales.organisation_managers m
    left join identity.users u on u.id = m.user_id
   where m.organisation_id = organisation and sales.is_manager(organisation)
   order by m.id;
end;
comment on function sales.managers_of(uuid) is
  'Managers of an organisation of the acting person, and whom a letter asked to become one; nothing to others.';

create function sales.invite_manager(organisation uuid, address text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  code constant text := sales.new_code();
  inviter record;
begin
  perform from sales.organisations o where o.id = organisation and sales.is_manager(o.id) for no key update;
  if not found then
    return false;
  end if;
  insert into sales.organisation_managers as m (organisation_id, email, code_hash)
  values (organisation, btrim(address)::extensions.citext, sha256(convert_to(code, 'UTF8')))
  on conflict on constraint organisation_managers_organisation_id_email_key do update
    set code_hash = excluded.code_hash, invited_at = clock_timestamp()
    where m.user_id is null;
  if found then
    update sales.organisations o set letters = o.letters + 1 where o.id = organisation;
    select u.locale, u.display_name, o.name into inviter
      from sales.organisations o, identity.users u
     where o.id = organisation and u.id = nullif(current_setting('app.user_id', true), '')::uuid;
    perform identity.queue_mail(null, btrim(address), 'manager-invited', inviter.locale,
      jsonb_build_object('link', '/organisations/join/' || code, 'from', inviter.display_name, 'what', inviter.name));
  end if;
  return true;
end
$$;
comment on function sales.invite_manager(uuid, text) is
  'Asks somebody by letter to manage an organisation of the acting person; an earlier code for the address ends, and a manager gets no letter. False when there is no such organisation.';

create function sales.join_organisation(code text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  invited sales.organisation_managers;
begin
  select m.* into invited from sales.organisation_managers m where m.code_hash = sha256(convert_to(join_organisation.code, 'UTF8'));
  perform from sales.organisations o where o.id = invited.organisation_id for no key update;
  if exists (select from sales.organisation_managers m where m.organisation_id = invited.organisation_id and m.user_id = student) then
    delete from sales.organisation_managers m where m.organisation_id = invited.organisation_id and m.id = invited.id and m.user_id is null;
  else
    update sales.organisation_managers m set user_id = student, joined_at = clock_timestamp(), code_hash = null
     where m.organisation_id = invited.organisation_id and m.id = invited.id and m.code_hash = invited.code_hash;
  end if;
  if not found then
    raise exception 'The code leads nowhere, or was used.' using errcode = 'TC471',
      hint = 'Ask whoever gave it to you for another.', schema = 'sales', table = 'organisation_managers', column = 'code';
  end if;
  return invited.organisation_id;
end
$$;
comment on function sales.join_organisation(text) is
  'Makes the acting person a manager by the code of a letter, and answers of which organisation. Error: TC471 no such code.';

create function sales.remove_manager(organisation uuid, manager uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from sales.organisations o where o.id = organisation for no key update;
  delete from sales.organisation_managers m
   where m.organisation_id = organisation and m.id = manager and sales.is_manager(organisation);
  return found;
end
$$;
comment on function sales.remove_manager(uuid, uuid) is
  'Takes a manager, or an invitation, from an organisation of the acting person; the last one stays, by a check. False when there is none.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.is_manager(uuid)', 'sales.managers_of(uuid)', 'sales.invite_manager(uuid,text)',
    'sales.join_organisation(text)', 'sales.remove_manager(uuid,uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
call platform.give_function('sales.new_code()', 'techcourse_loader');
