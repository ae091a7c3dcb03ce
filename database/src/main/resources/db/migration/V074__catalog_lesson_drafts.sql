-- Versions of lessons, and drafts of what they are to teach. A draft is saved while its author types; each save names
-- the next revision, so that a reload or a second tab neither loses nor overwrites anything.
alter table catalog.lessons
  add column version integer not null default 1,
  add constraint lessons_version_positive_check check (version > 0);

create function catalog.count_lesson_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'lesson_contents' then
    update catalog.lessons l set version = l.version + 1 where l.id = new.lesson_id;
    return null;
  end if;
  new.version := old.version + 1;
  return new;
end
$$;
comment on function catalog.count_lesson_version() is
  'Trigger: counts the version of a lesson (its ETag) when it or its content changes; its place in the outline is none of it.';
call platform.give_function('catalog.count_lesson_version()', 'techcourse_loader');
create trigger lessons_count_version before update on catalog.lessons for each row
  when ((old.title, old.kind, old.minutes, old.preview) is distinct from (new.title, new.kind, new.minutes, new.preview))
  execute function catalog.count_lesson_version();
create trigger lesson_contents_count_version after update on catalog.lesson_contents for each row
  when ((old.markdown, old.video_url) is distinct from (new.markdown, new.video_url))
  execute function catalog.count_lesson_version();

create table catalog.lesson_drafts (
  lesson_id uuid not null,
  author_id uuid not null,
  revision integer not null,
  lesson_version integer not null,
  markdown text,
  video_url text,
  saved_at timestamptz not null default clock_timestamp(),
  constraint lesson_drafts_lesson_id_author_id_pkey primary key (lesson_id, author_id),
  constraint lesson_drafts_lesson_id_fkey foreign key (lesson_id) references catalog.lessons (id) on delete cascade,
  constraint lesson_drafts_author_id_fkey foreign key (author_id) references identity.users (id) on delete cascade,
  constraint lesson_drafts_revision_positive_check check (revision > 0),
  constraint lesson_drafts_lesson_version_positive_check check (lesson_version > 0),
  constraint lesson_drafts_markdown_length_check check (length(markdown) <= 200000),
  constraint lesson_drafts_video_url_is_https_check check (video_url ~ '^https://' and length(video_url) <= 2000)
);
comment on table catalog.lesson_drafts is
  'What an author has typed into a lesson and not yet published: one draft for each author. Shard class: reference.';
create index lesson_drafts_author_id_idx on catalog.lesson_drafts (author_id);
call platform.protect('catalog.lesson_drafts');
grant select, delete, insert (lesson_id, author_id, revision, lesson_version, markdown, video_url),
  update (revision, lesson_version, markdown, video_url) on catalog.lesson_drafts to techcourse_app;
create policy lesson_drafts_author_policy on catalog.lesson_drafts to techcourse_app
  using (current_setting('app.role', true) in ('instructor', 'admin') and author_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (current_setting('app.role', true) in ('instructor', 'admin') and author_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class) values ('catalog.lesson_drafts', 'reference');

create function catalog.check_draft() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  saved constant integer := case tg_op when 'UPDATE' then old.revision else 0 end;
begin
  if not coalesce((select catalog.may_edit(l.course_id) from catalog.lessons l where l.id = new.lesson_id), false) then
    raise exception 'The lesson % is edited by others.', new.lesson_id using errcode = 'TC227',
      hint = 'Act as an instructor of its course.', schema = tg_table_schema, table = tg_table_name;
  end if;
  if new.revision <> saved + 1 then
    raise exception 'The draft is at revision %, so the next one is %, not %.', saved, saved + 1, new.revision using errcode = 'TC222',
      hint = 'Read the draft again; another tab has saved it.', schema = tg_table_schema, table = tg_table_name, column = 'revision';
  end if;
  new.saved_at := clock_timestamp();
  return new;
end
$$;
comment on function catalog.check_draft() is
  'Trigger: a draft is of a lesson that its author edits (TC227), and each save names the revision after the last (TC222).';
call platform.give_function('catalog.check_draft()', 'techcourse_loader');
create trigger lesson_drafts_check before insert or update on catalog.lesson_drafts
  for each row execute function catalog.check_draft();
