-- The further instructors of a course: added by its lead, instructors themselves, together earning at most the whole.
alter table catalog.course_instructors
  add column lead_id uuid,
  add column instructor_role text not null generated always as ('instructor') stored;
set local role techcourse_loader;
update catalog.course_instructors i set lead_id = c.instructor_id from catalog.courses c where c.id = i.course_id;
update catalog.courses c
   set editor_ids = i.editor_ids
  from (select course_id, array_agg(instructor_id order by instructor_id) as editor_ids
          from catalog.course_instructors group by course_id) i
 where c.id = i.course_id;
reset role;
alter table catalog.course_instructors
  alter column lead_id set not null,
  add constraint course_instructors_course_id_lead_id_fkey foreign key (course_id, lead_id)
    references catalog.courses (id, instructor_id) on update cascade on delete restrict,
  add constraint course_instructors_instructor_id_role_fkey foreign key (instructor_id, instructor_role)
    references identity.user_roles (user_id, role) on delete restrict,
  add constraint course_instructors_beside_the_lead_check check (instructor_id <> lead_id);
create index course_instructors_course_id_lead_id_idx on catalog.course_instructors (course_id, lead_id);
drop index catalog.course_instructors_instructor_id_idx;
create index course_instructors_instructor_id_role_idx on catalog.course_instructors (instructor_id, instructor_role);

-- Two who add instructors at once wait for each other here, so that each sees what the other shared out.
create function catalog.hold_shared_course() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  lead uuid;
begin
  select c.instructor_id into lead from catalog.courses c
   where c.id = case tg_op when 'DELETE' then old.course_id else new.course_id end for update;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.lead_id := lead;
  return new;
end
$$;
comment on function catalog.hold_shared_course() is
  'Trigger: holds the course whose instructors change, and copies its lead.';

create function catalog.count_shares() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  course constant uuid := case tg_op when 'DELETE' then old.course_id else new.course_id end;
  shared numeric;
  editors uuid[];
begin
  select coalesce(sum(i.share_percent), 0), coalesce(array_agg(i.instructor_id order by i.instructor_id), '{}')
    into shared, editors
    from catalog.course_instructors i where i.course_id = course;
  if shared > 100 then
    raise exception 'The shares of the course % add up to % percent.', course, shared using errcode = 'TC220',
      hint = 'Share out at most 100 percent; the lead earns the rest.',
      schema = 'catalog', table = 'course_instructors', column = 'share_percent';
  end if;
  update catalog.courses c set editor_ids = editors where c.id = course and c.editor_ids <> editors;
  return null;
end
$$;
comment on function catalog.count_shares() is
  'Trigger: refuses shares of more than 100 percent together (TC220), and lets the instructors of a course edit it.';
call platform.give_function('catalog.hold_shared_course()', 'techcourse_loader');
call platform.give_function('catalog.count_shares()', 'techcourse_loader');
create trigger course_instructors_hold_course before insert or update or delete on catalog.course_instructors
  for each row execute function catalog.hold_shared_course();
create trigger course_instructors_count_shares after insert or update or delete on catalog.course_instructors
  for each row execute function catalog.count_shares();

-- the lead shares out; who has a share sees it and may go
create policy course_instructors_lead_policy on catalog.course_instructors to techcourse_app
  using (current_setting('app.role', true) = 'instructor' and lead_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (current_setting('app.role', true) = 'instructor' and lead_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy course_instructors_leave_policy on catalog.course_instructors for delete to techcourse_app
  using (current_setting('app.role', true) = 'instructor' and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
