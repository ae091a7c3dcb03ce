-- One file by its own id. Runs after the list that it asks.
create or replace function learning.read_attachment(attachment_id uuid)
  returns table (file_name text, media_type text, size_bytes bigint, sha256 bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select r.file_name, r.media_type, r.size_bytes, r.sha256
    from catalog.attachments a, learning.read_attachments(a.lesson_id) r
   where a.id = read_attachment.attachment_id and r.id = a.id;
end;
comment on function learning.read_attachment(uuid) is
  'One file of a lesson, for whoever may read the lesson; no row otherwise.';
grant execute on function learning.read_attachment(uuid) to techcourse_app;
call platform.give_function('learning.read_attachment(uuid)', 'techcourse_reader');
