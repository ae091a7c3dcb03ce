-- The curriculum. The outline is public; what a lesson teaches stands apart, because it is paid for.
create table catalog.sections (
  id uuid not null default platform.uuid_v7(),
  course_id uuid not null,
  instructor_id uuid not null,
  course_status text not null,
  position integer not null,
  title text not null,
  constraint sections_id_pkey primary key (id),
  constraint sections_id_course_id_key unique (id, course_id),
  -- deferrable, so that a reordering may pass through equal positions
  constraint sections_course_id_position_key unique (course_id, position) deferrable initially immediate,
  constraint sections_course_fkey foreign key (course_id, instructor_id, course_status)
    references catalog.courses (id, instructor_id, status) on update cascade on delete restrict,
  constraint sections_position_not_negative_check check (position >= 0),
  constraint sections_title_length_check check (length(btrim(title)) between 1 and 160)
);
comment on table catalog.sections is 'Chapters of a course, in order. Shard class: reference.';
create index sections_course_id_idx on catalog.sections (course_id, instructor_id, course_status);

create table catalog.lessons (
  id uuid not null default platform.uuid_v7(),
  course_id uuid not null,
  section_id uuid not null,
  instructor_id uuid not null,
  course_status text not null,
  position integer not null,
  title text not null,
  kind text not null,
  minutes integer not null,
  preview boolean not null default false,
  constraint lessons_id_pkey primary key (id),
  constraint lessons_id_course_id_key unique (id, course_id),
  constraint lessons_id_instructor_id_key unique (id, instructor_id),
  constraint lessons_section_id_position_key unique (section_id, position) deferrable initially immediate,
  constraint lessons_section_id_course_id_fkey foreign key (section_id, course_id)
    references catalog.sections (id, course_id) on delete restrict,
  constraint lessons_course_fkey foreign key (course_id, instructor_id, course_status)
    references catalog.courses (id, instructor_id, status) on update cascade on delete restrict,
  constraint lessons_position_not_negative_check check (position >= 0),
  constraint lessons_title_length_check check (length(btrim(title)) between 1 and 160),
  constraint lessons_kind_check check (kind in ('article', 'video', 'file')),
  constraint lessons_minutes_check check (minutes between 0 and 1440)
);
comment on table catalog.lessons is 'Lessons of a section, in order: what the public outline shows. Shard class: reference.';
create index lessons_section_id_course_id_idx on catalog.lessons (section_id, course_id);
create index lessons_course_id_idx on catalog.lessons (course_id, instructor_id, course_status);

create table catalog.lesson_contents (
  lesson_id uuid not null,
  instructor_id uuid not null,
  markdown text,
  video_url text,
  attachment_key text,
  updated_at timestamptz not null default clock_timestamp(),
  constraint lesson_contents_lesson_id_pkey primary key (lesson_id),
  constraint lesson_contents_lesson_id_instructor_id_fkey foreign key (lesson_id, instructor_id)
    references catalog.lessons (id, instructor_id) on update cascade on delete cascade,
  constraint lesson_contents_markdown_length_check check (length(markdown) <= 200000),
  constraint lesson_contents_video_url_is_https_check check (video_url ~ '^https://' and length(video_url) <= 2000),
  constraint lesson_contents_attachment_key_length_check check (length(attachment_key) between 1 and 300)
);
comment on table catalog.lesson_contents is
  'What a lesson teaches: Markdown, video address, or key of a stored file. Students read it through learning.read_lesson(). Shard class: reference.';
create index lesson_contents_instructor_id_idx on catalog.lesson_contents (instructor_id);
create trigger lesson_contents_touch_updated_at before update on catalog.lesson_contents
  for each row execute function platform.touch_updated_at();

create function catalog.copy_course_columns() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select c.instructor_id, c.status into new.instructor_id, new.course_status
    from catalog.courses c where c.id = new.course_id;
  if not found then
    raise exception 'There is no course %.', new.course_id using errcode = 'TC201',
      hint = 'Create the course first, or act as its instructor.';
  end if;
  return new;
end
$$;
comment on function catalog.copy_course_columns() is
  'Trigger: copies instructor and status of the course into a row that hangs on it; from then on the foreign key keeps them equal. Error: TC201 no such course.';
create trigger sections_copy_course_columns before insert on catalog.sections
  for each row execute function catalog.copy_course_columns();
create trigger lessons_copy_course_columns before insert on catalog.lessons
  for each row execute function catalog.copy_course_columns();

call platform.protect('catalog.sections');
call platform.protect('catalog.lessons');
call platform.protect('catalog.lesson_contents');
grant select, insert (id, course_id, position, title), update (position, title), delete on catalog.sections to techcourse_app;
grant select, insert (id, course_id, section_id, position, title, kind, minutes, preview),
  update (section_id, position, title, kind, minutes, preview), delete on catalog.lessons to techcourse_app;
grant select, insert (lesson_id, instructor_id, markdown, video_url, attachment_key),
  update (markdown, video_url, attachment_key), delete on catalog.lesson_contents to techcourse_app;
do $$
declare
  target text;
  owns constant text := $p$current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid$p$;
begin
  foreach target in array array['sections', 'lessons', 'lesson_contents'] loop
    if target <> 'lesson_contents' then
      execute format('create policy %I on catalog.%I for select to techcourse_app using (course_status <> ''draft'')',
        target || '_public_reads_policy', target);
    end if;
    execute format('create policy %I on catalog.%I to techcourse_app using (%s) with check (%s)',
      target || '_instructor_policy', target, owns, owns);
  end loop;
end
$$;
insert into platform.shard_plan (table_name, class) values
  ('catalog.sections', 'reference'), ('catalog.lessons', 'reference'), ('catalog.lesson_contents', 'reference');
