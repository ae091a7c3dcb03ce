-- Organisations that buy seats for their people, and who may manage those seats. Managers are copied beside whatever they
-- may read, so that row security asks no other table; a foreign key keeps the copies equal.
create table sales.organisations (
  id uuid not null default platform.uuid_v7(),
  name text not null,
  creator_id uuid not null,
  creator_no integer not null,
  manager_ids uuid[] not null,
  letters integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  constraint organisations_id_pkey primary key (id),
  constraint organisations_creator_id_creator_no_key unique (creator_id, creator_no),
  -- what seats copy
  constraint organisations_id_manager_ids_key unique (id, manager_ids),
  constraint organisations_creator_id_fkey foreign key (creator_id) references identity.users (id) on delete restrict,
  constraint organisations_name_length_check check (length(btrim(name)) between 1 and 200),
  -- letters to anybody name it: no place for an advertisement
  constraint organisations_name_holds_no_link_check check (name !~* '(://|www[.])'),
  constraint organisations_at_most_20_of_a_creator_check check (creator_no between 1 and 20),
  constraint organisations_has_1_to_50_managers_check check (cardinality(manager_ids) between 1 and 50),
  constraint organisations_at_most_200_letters_check check (letters between 0 and 200),
  constraint organisations_version_positive_check check (version > 0)
);
comment on table sales.organisations is
  'Teams that buy seats; what they bought is in sales.seats. Shard class: reference.';

create table sales.organisation_managers (
  organisation_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  user_id uuid,
  email extensions.citext,
  code_hash bytea,
  invited_at timestamptz not null default clock_timestamp(),
  joined_at timestamptz,
  constraint organisation_managers_organisation_id_id_pkey primary key (organisation_id, id),
  constraint organisation_managers_organisation_id_user_id_key unique (organisation_id, user_id),
  constraint organisation_managers_organisation_id_email_key unique (organisation_id, email),
  constraint organisation_managers_code_hash_key unique (code_hash),
  constraint organisation_managers_organisation_id_fkey foreign key (organisation_id)
    references sales.organisations (id) on delete restrict,
  constraint organisation_managers_user_id_fkey foreign key (user_id) references identity.users (id) on delete restrict,
  constraint organisation_managers_email_looks_like_an_address_check
    check (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email::text) <= 254),
  constraint organisation_managers_code_hash_length_check check (length(code_hash) = 32),
  constraint organisation_managers_joined_or_invited_check check (
    (user_id is null) = (joined_at is null) and (user_id is null or code_hash is null))
);
comment on table sales.organisation_managers is
  'Who manages the seats of an organisation, and who was invited to by letter and has not come yet. Shard class: reference.';
create index organisation_managers_user_id_idx on sales.organisation_managers (user_id) where user_id is not null;

call platform.protect('sales.organisations');
call platform.protect('sales.organisation_managers');
grant delete on sales.organisation_managers to techcourse_loader;
grant select (id, name, version, created_at), update (name, version) on sales.organisations to techcourse_app;
create policy organisations_manager_reads_policy on sales.organisations for select to techcourse_app
  using (nullif(current_setting('app.user_id', true), '')::uuid = any (manager_ids));
create policy organisations_manager_renames_policy on sales.organisations for update to techcourse_app
  using (nullif(current_setting('app.user_id', true), '')::uuid = any (manager_ids));
insert into platform.shard_plan (table_name, class) values
  ('sales.organisations', 'reference'), ('sales.organisation_managers', 'reference');
call audit.watch('sales.organisations', 'id', 'creator_id');
call audit.watch('sales.organisation_managers', 'organisation_id,id', 'user_id');

create function sales.copy_managers() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  organisation constant uuid := case tg_op when 'DELETE' then old.organisation_id else new.organisation_id end;
begin
  -- two at once take turns, and each counts what the other left
  perform from sales.organisations o where o.id = organisation for no key update;
  update sales.organisations o
     set manager_ids = array(select m.user_id from sales.organisation_managers m
                              where m.organisation_id = organisation and m.user_id is not null order by m.user_id)
   where o.id = organisation;
  return null;
end
$$;
comment on function sales.copy_managers() is
  'Trigger: copies who manages an organisation into its row, where a check refuses to be left without anybody.';
call platform.give_function('sales.copy_managers()', 'techcourse_loader');
create trigger organisation_managers_copy after insert or delete on sales.organisation_managers
  for each row execute function sales.copy_managers();
create trigger organisation_managers_copy_joined after update of user_id on sales.organisation_managers
  for each row execute function sales.copy_managers();

create function sales.found_organisation(name text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  founder constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  organisation uuid;
begin
  insert into sales.organisations as o (name, creator_id, creator_no, manager_ids)
  select btrim(found_organisation.name), founder, coalesce(max(k.creator_no), 0) + 1, array[founder]
    from sales.organisations k where k.creator_id = founder
  returning o.id into organisation;
  insert into sales.organisation_managers (organisation_id, user_id, joined_at) values (organisation, founder, clock_timestamp());
  return organisation;
end
$$;
comment on function sales.found_organisation(text) is
  'A new organisation of which the acting person is the first manager.';
call platform.give_function('sales.found_organisation(text)', 'techcourse_loader');
grant execute on function sales.found_organisation(text) to techcourse_app;
