-- Files of lessons. A file lies in a store outside of the database under its own SHA-256, once, however many lessons
-- hold it; what no lesson holds any more is forgotten here first, so that the store never lacks what a row promises.
create table catalog.stored_files (
  sha256 bytea not null,
  size_bytes bigint not null,
  touched_at timestamptz not null default clock_timestamp(),
  constraint stored_files_sha256_pkey primary key (sha256),
  constraint stored_files_sha256_length_check check (length(sha256) = 32),
  constraint stored_files_size_check check (size_bytes between 0 and 5368709120)
);
comment on table catalog.stored_files is
  'Files in the store, by the hash of what they hold; a row is there before its file, and goes together with it. Shard class: reference.';
-- what may be forgotten
create index stored_files_touched_at_idx on catalog.stored_files (touched_at);

create table catalog.attachments (
  id uuid not null default platform.uuid_v7(),
  lesson_id uuid not null,
  instructor_id uuid not null,
  editor_ids uuid[] not null default '{}',
  file_name text not null,
  media_type text not null,
  sha256 bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint attachments_id_pkey primary key (id),
  constraint attachments_lesson_id_instructor_id_fkey foreign key (lesson_id, instructor_id)
    references catalog.lessons (id, instructor_id) on update cascade on delete cascade,
  constraint attachments_lesson_id_editor_ids_fkey foreign key (lesson_id, editor_ids)
    references catalog.lessons (id, editor_ids) on update cascade on delete cascade,
  constraint attachments_sha256_fkey foreign key (sha256) references catalog.stored_files (sha256) on delete restrict,
  constraint attachments_file_name_check check (length(file_name) between 1 and 200 and file_name !~ '[/\\[:cntrl:]]'),
  constraint attachments_media_type_check check (length(media_type) <= 100 and media_type ~ '^[a-z]+/[a-z0-9.+-]+$')
);
comment on table catalog.attachments is
  'Files that a lesson gives to whoever may read it, see learning.read_attachments(). Shard class: reference.';
create index attachments_lesson_id_editor_ids_idx on catalog.attachments (lesson_id, editor_ids);
create index attachments_lesson_id_instructor_id_idx on catalog.attachments (lesson_id, instructor_id);
create index attachments_sha256_idx on catalog.attachments (sha256);
create trigger attachments_copy_lesson_editors before insert on catalog.attachments
  for each row execute function catalog.copy_lesson_editors();

call platform.protect('catalog.stored_files');
call platform.protect('catalog.attachments');
grant delete on catalog.stored_files to techcourse_loader;
grant select, insert (id, lesson_id, file_name, media_type, sha256), update (file_name), delete on catalog.attachments to techcourse_app;
create policy attachments_instructor_policy on catalog.attachments to techcourse_app
  using (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and (instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
      or nullif(current_setting('app.user_id', true), '')::uuid = any (editor_ids)))
  with check (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and (instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
      or nullif(current_setting('app.user_id', true), '')::uuid = any (editor_ids)));
insert into platform.shard_plan (table_name, class) values ('catalog.stored_files', 'reference'), ('catalog.attachments', 'reference');

create function catalog.expect_file(sha256 bytea, size_bytes bigint) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into catalog.stored_files as f (sha256, size_bytes) values (expect_file.sha256, expect_file.size_bytes)
  on conflict on constraint stored_files_sha256_pkey do update set touched_at = clock_timestamp();
end;
comment on function catalog.expect_file(bytea, bigint) is
  'Says that a file is about to be stored: for a day it is not forgotten, even if no lesson holds it yet.';

create function catalog.forget_unused_files(unused_for interval, at_most integer) returns setof bytea
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from catalog.stored_files f
   where f.sha256 in (
     select u.sha256 from catalog.stored_files u
       left join catalog.attachments a on a.sha256 = u.sha256
      where a.sha256 is null and u.touched_at < clock_timestamp() - forget_unused_files.unused_for
      order by u.touched_at limit forget_unused_files.at_most)
  returning f.sha256;
end;
comment on function catalog.forget_unused_files(interval, integer) is
  'Forgets files that no lesson holds and that nobody stored lately; the caller removes them from the store before it commits, so that nobody stores one of them in between.';

grant execute on function catalog.expect_file(bytea, bigint), catalog.forget_unused_files(interval, integer) to techcourse_app;
call platform.give_function('catalog.expect_file(bytea,bigint)', 'techcourse_loader');
call platform.give_function('catalog.forget_unused_files(interval,integer)', 'techcourse_loader');
