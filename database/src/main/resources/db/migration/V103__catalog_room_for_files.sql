-- A course has room for so many files: a setting. What its lessons hold is added up while nobody else adds to it.
-- a setting that comes with the schema is nobody's change, and the log of a new database has no month to keep it in yet
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('course_files_mebibytes', '5120', 'Room for the files of one course together, in MiB (1 to 1048576); what is there already stays.');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings add constraint settings_course_files_mebibytes_check check (
  case when name = 'course_files_mebibytes' and jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^[0-9]{1,7}$'
         then (value #>> '{}')::integer between 1 and 1048576
       else name <> 'course_files_mebibytes' end);

create function catalog.keep_room_for_files() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  course constant uuid := (select l.course_id from catalog.lessons l where l.id = new.lesson_id);
  room constant bigint := (select (s.value #>> '{}')::bigint << 20 from platform.settings s where s.name = 'course_files_mebibytes');
  held numeric;
begin
  -- who adds files to one course takes turns, so that each sees what the one before has added
  perform from catalog.outlines o where o.course_id = course for update;
  select sum(f.size_bytes) into held
    from catalog.lessons l
    join catalog.attachments a on a.lesson_id = l.id
    join catalog.stored_files f on f.sha256 = a.sha256
   where l.course_id = course;
  if held > room then
    raise exception 'The files of the course % would take % bytes of %.', course, held, room using errcode = 'TC228',
      hint = 'Take files off its lessons, or ask an admin for more room (setting course_files_mebibytes).',
      schema = 'catalog', table = 'attachments', column = 'sha256';
  end if;
  return null;
end
$$;
comment on function catalog.keep_room_for_files() is
  'Trigger: the files of a course take at most as much room as the setting course_files_mebibytes gives (TC228). A file that two lessons hold counts twice.';
call platform.give_function('catalog.keep_room_for_files()', 'techcourse_loader');
create trigger attachments_keep_room after insert or update of lesson_id, sha256 on catalog.attachments
  for each row execute function catalog.keep_room_for_files();
