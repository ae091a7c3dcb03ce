-- Several instructors edit one course. Row security asks no other table, so who they are is copied to wherever it asks,
-- and kept equal by foreign keys, like the lead. What they earn together is at most the whole.
alter table catalog.courses
  add column editor_ids uuid[] not null default '{}',
  -- what sections, lessons and quizzes copy
  add constraint courses_id_editor_ids_key unique (id, editor_ids),
  add constraint courses_editor_ids_at_most_20_check check (cardinality(editor_ids) <= 20);
alter table catalog.sections
  add column editor_ids uuid[] not null default '{}',
  add constraint sections_course_id_editor_ids_fkey foreign key (course_id, editor_ids)
    references catalog.courses (id, editor_ids) on update cascade on delete restrict;
alter table catalog.lessons
  add column editor_ids uuid[] not null default '{}',
  add constraint lessons_id_editor_ids_key unique (id, editor_ids),
  add constraint lessons_course_id_editor_ids_fkey foreign key (course_id, editor_ids)
    references catalog.courses (id, editor_ids) on update cascade on delete restrict;
alter table catalog.lesson_contents
  add column editor_ids uuid[] not null default '{}',
  add constraint lesson_contents_lesson_id_editor_ids_fkey foreign key (lesson_id, editor_ids)
    references catalog.lessons (id, editor_ids) on update cascade on delete cascade;
alter table catalog.quizzes
  add column editor_ids uuid[] not null default '{}',
  add constraint quizzes_course_id_editor_ids_fkey foreign key (course_id, editor_ids)
    references catalog.courses (id, editor_ids) on update cascade on delete restrict;
create index sections_course_id_editor_ids_idx on catalog.sections (course_id, editor_ids);
create index lessons_course_id_editor_ids_idx on catalog.lessons (course_id, editor_ids);
create index quizzes_course_id_editor_ids_idx on catalog.quizzes (course_id, editor_ids);

create or replace function catalog.copy_course_columns() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select c.instructor_id, c.status, c.editor_ids into new.instructor_id, new.course_status, new.editor_ids
    from catalog.courses c where c.id = new.course_id;
  if not found then
    raise exception 'There is no course %.', new.course_id using errcode = 'TC201',
      hint = 'Create the course first, or act as its instructor.';
  end if;
  return new;
end
$$;
comment on function catalog.copy_course_columns() is
  'Trigger: copies lead, editors and status of the course into a row that hangs on it; from then on the foreign keys keep them equal. Error: TC201 no such course.';

create function catalog.copy_lesson_editors() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select coalesce(new.instructor_id, l.instructor_id), l.editor_ids into new.instructor_id, new.editor_ids
    from catalog.lessons l where l.id = new.lesson_id;
  return new;
end
$$;
comment on function catalog.copy_lesson_editors() is
  'Trigger: copies lead and editors of a lesson into what hangs on it; from then on the foreign keys keep them equal.';
create trigger lesson_contents_copy_lesson_editors before insert on catalog.lesson_contents
  for each row execute function catalog.copy_lesson_editors();

-- Who acts as an instructor edits what they lead or help with. In a policy there stands the same expression, not a call.
do $$
declare
  target text;
  edits constant text := $p$current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and (instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
      or nullif(current_setting('app.user_id', true), '')::uuid = any (editor_ids))$p$;
begin
  foreach target in array array['sections', 'lessons', 'lesson_contents', 'quizzes'] loop
    execute format('drop policy %I on catalog.%I', target || '_instructor_policy', target);
    execute format('create policy %I on catalog.%I to techcourse_app using (%s) with check (%s)',
      target || '_instructor_policy', target, edits, edits);
  end loop;
  drop policy courses_public_reads_policy on catalog.courses;
  drop policy courses_instructor_edits_policy on catalog.courses;
  execute format('create policy courses_instructor_edits_policy on catalog.courses for update to techcourse_app using (%s)', edits);
end
$$;
create policy courses_public_reads_policy on catalog.courses for select to techcourse_app
  using (status <> 'draft' or current_setting('app.role', true) = 'admin'
    or instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
    or nullif(current_setting('app.user_id', true), '')::uuid = any (editor_ids));

create function catalog.may_edit(course_id uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
  return exists (
    select from catalog.courses c
     where c.id = may_edit.course_id
       and (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
         and (c.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
           or nullif(current_setting('app.user_id', true), '')::uuid = any (c.editor_ids))));
comment on function catalog.may_edit(uuid) is
  'Whether the acting person edits a course: its lead, a further instructor of it, or an admin. For definer functions, which row security does not stop.';
grant execute on function catalog.may_edit(uuid) to techcourse_app, techcourse_reader, techcourse_loader;
