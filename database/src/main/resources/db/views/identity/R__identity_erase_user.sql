-- Erasing a person in one transaction, with a code of whoever asks and has a second factor. What was reached and paid stays, under "Erased user"; what was said goes.
--   answers   go as a whole, points, score and grade stay: an essay may tell anything, and so may any other answer
--   reviews   keep their stars, so that nobody's rating of a course changes
--   roles     go, so that no session can be opened again; who leads courses stays their instructor in name only
--   messages  waiting jobs and messages that name the person are emptied or ended
create or replace function identity.erase_user(who uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person record;
  held record;
begin
  perform identity.require_second_factor();
  if who is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    perform identity.require_admin();
  end if;
  select u.id, u.email::text as email, u.display_name, u.status into person from identity.users u where u.id = who for update;
  if person.id is null or person.status = 'erased' then
    return person.id is not null;
  end if;
  update identity.users u
     set status = 'erased', erased_at = clock_timestamp(), email = 'erased-' || u.id || '@erased.invalid',
         display_name = 'Erased user', bio = '', country = null, external_id = null, email_verified_at = null
   where u.id = who;
  for held in
    select p.relation, p.person_column, string_agg(step, ', ') as steps
      from identity.personal_tables p, string_to_table(p.clearing, '; ') step
      join pg_class c on true
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = split_part(step, ' = ', 1) and a.attnum > 0
     where n.nspname || '.' || c.relname = p.relation and p.clearing <> ''
     group by p.relation, p.person_column order by p.relation
  loop
    execute format('update %s set %s where %I = $1', held.relation, held.steps, held.person_column) using who;
  end loop;
  perform identity.erase_proofs(who, person.email);
  delete from identity.user_roles r
   where r.user_id = who
     and (r.role <> 'instructor' or not exists (select from catalog.courses c where c.instructor_id = who));
  perform platform.erase_traces(who, person.email, person.display_name);
  return true;
end
$$;
comment on function identity.erase_user(uuid) is
  'Removes the personal data of oneself, or as an admin of anybody, everywhere and for good; books, proofs and other people''s rows stay. False for nobody. Errors: TC134 no code of the second factor shown, TC140 no admin, TC144 the last admin.';
grant execute on function identity.require_admin() to techcourse_loader;
grant execute on function identity.erase_user(uuid) to techcourse_app;
call platform.give_function('identity.erase_user(uuid)', 'techcourse_loader');

create or replace function platform.erase_traces(who uuid, address text, name text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  words constant text[] := array[address, name];
begin
  -- a document is the person's when it names the id or the address; a name alone may be another's
  update platform.jobs j
     set payload = platform.without_words(j.payload, words), finished_at = coalesce(j.finished_at, clock_timestamp()),
         dead_at = null, last_error = null
   where strpos(lower(j.payload::text), lower(address)) > 0 or strpos(j.payload::text, who::text) > 0;
  update platform.outbox o set payload = platform.without_words(o.payload, words)
   where strpos(lower(o.payload::text), lower(address)) > 0 or strpos(o.payload::text, who::text) > 0;
  update platform.student_outbox o set payload = platform.without_words(o.payload, words) where o.student_id = who;
  update platform.events e set payload = platform.without_words(e.payload, words)
   where strpos(lower(e.payload::text), lower(address)) > 0 or e.subject_id = who or strpos(e.payload::text, who::text) > 0;
  -- what others offer to the address: a letter that nobody answers any more
  update sales.seats s set recipient_email = null, code_hash = null
   where s.recipient_email operator(extensions.=) address::extensions.citext and s.holder_id is null;
  update sales.seats s set recipient_email = null where s.recipient_email operator(extensions.=) address::extensions.citext;
  update sales.orders o set wish_details = nullif(o.wish_details - 'gift', '{}')
   where o.purpose = 'gift' and lower(o.wish_details #>> '{gift,recipient_email}') = lower(address);
  delete from sales.organisation_managers m
   where m.email operator(extensions.=) address::extensions.citext and m.user_id is null;
  -- an organisation goes on with whoever else manages it
  delete from sales.organisation_managers m
   where m.user_id = who and exists (select from sales.organisation_managers k
                                      where k.organisation_id = m.organisation_id and k.user_id <> who);
end
$$;
comment on function platform.erase_traces(uuid, text, text) is
  'Part of identity.erase_user(): clears a person''s address and name from background work and messages.';
revoke execute on function platform.erase_traces(uuid, text, text) from public;
grant execute on function platform.erase_traces(uuid, text, text) to techcourse_loader;
call platform.give_function('platform.erase_traces(uuid,text,text)', 'techcourse_loader');
