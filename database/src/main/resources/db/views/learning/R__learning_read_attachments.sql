-- Which files a lesson gives to whom: the rule of learning.read_lesson().
create or replace function learning.read_attachments(lesson_id uuid)
  returns table (id uuid, file_name text, media_type text, size_bytes bigint, sha256 bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select a.id, a.file_name, a.media_type, f.size_bytes, a.sha256
    from catalog.attachments a
    join catalog.stored_files f on f.sha256 = a.sha256
    join catalog.lessons l on l.id = a.lesson_id
   where a.lesson_id = read_attachments.lesson_id
     and (catalog.may_edit(l.course_id) or l.course_status <> 'draft' and (l.preview or exists (
       select from learning.enrollments e
        where e.course_id = l.course_id and e.ended_at is null
          and e.student_id = nullif(current_setting('app.user_id', true), '')::uuid)))
   order by a.id;
end;
comment on function learning.read_attachments(uuid) is
  'The files of a lesson, for whoever may read it, see learning.read_lesson(), and for who edits it; no row otherwise.';
grant execute on function learning.read_attachments(uuid) to techcourse_app;
call platform.give_function('learning.read_attachments(uuid)', 'techcourse_reader');
