-- Events that a student's programs report. An event's id is a UUID version 7 made when it happened, and the time in it is the
-- event's time: so a repeated report has the same key (student, time, id), and no second table remembers what was seen.
create function learning.time_of_uuid_v7(id uuid) returns timestamptz
  language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
  return case when get_byte(uuid_send(id), 6) / 16 = 7 and get_byte(uuid_send(id), 8) / 64 = 2
    then timestamptz '1970-01-01 00:00:00+00' + make_interval(secs => (
      get_byte(uuid_send(id), 0) * 1099511627776 + get_byte(uuid_send(id), 1) * 4294967296
      + get_byte(uuid_send(id), 2)::bigint * 16777216 + get_byte(uuid_send(id), 3) * 65536
      + get_byte(uuid_send(id), 4) * 256 + get_byte(uuid_send(id), 5)) / 1000.0) end;
comment on function learning.time_of_uuid_v7(uuid) is
  'The millisecond in which a UUID version 7 was made; null for any other UUID.';

create function learning.record_events(events jsonb) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  fault record;
  recorded integer;
begin
  select f.place, f.sentence into fault
    from (
      select e.n - 1 as place, case
               when e.at is null then 'its id is no UUID version 7'
               when e.at > clock_timestamp() + interval '5 minutes' then 'it lies in the future'
               when e.at < clock_timestamp() - interval '7 days' then 'it is older than seven days'
               when e.kind is null or e.kind not in ('viewed', 'answered', 'completed', 'searched') then 'a program does not report its kind'
               when e.course_id is null and e.lesson_id is not null then 'its lesson stands without its course'
               when jsonb_typeof(e.payload) <> 'object' or pg_column_size(e.payload) > 8192 then 'its payload is no object of at most 8 KB'
               when e.course_id is not null and not exists (
                 select from learning.enrollments l where l.student_id = student and l.course_id = e.course_id)
                 then 'its course is not one that the student takes'
               when e.lesson_id is not null and not exists (
                 select from catalog.lessons l where l.id = e.lesson_id and l.course_id = e.course_id)
                 then 'its course has no such lesson' end as sentence
        from (select r.*, learning.time_of_uuid_v7(r.id) as at
                from rows from (jsonb_to_recordset(record_events.events)
                       as (id uuid, kind text, course_id uuid, lesson_id uuid, payload jsonb))
                     with ordinality r (id, kind, course_id, lesson_id, payload, n)) e) f
   where f.sentence is not null
   order by f.place limit 1;
  if fault.sentence is not null then
    raise exception 'The event % of the batch is refused: %.', fault.place, fault.sentence using errcode = 'TC352',
      hint = 'Nothing of the batch was taken; mend it and send it again.', schema = 'learning', table = 'events', column = 'id';
  end if;
  insert into learning.events (student_id, occurred_at, id, kind, course_id, lesson_id, payload)
  select student, learning.time_of_uuid_v7(r.id), r.id, r.kind, r.course_id, r.lesson_id, coalesce(r.payload, '{}')
    from jsonb_to_recordset(record_events.events) as r (id uuid, kind text, course_id uuid, lesson_id uuid, payload jsonb)
  on conflict on constraint events_student_id_occurred_at_id_pkey do nothing;
  get diagnostics recorded = row_count;
  if recorded > 0 then
    perform learning.note_activity(student);
  end if;
  return recorded;
end
$$;
comment on function learning.record_events(jsonb) is
  'Records events of the acting student, all or none, each once however often it is sent; says how many were new. Error: TC352 an event is refused, with its place from 0.';
-- the partition of the last seven days may be the month before the first one
select platform.ensure_partitions('learning.events', now() - interval '7 days', now());
grant execute on function learning.time_of_uuid_v7(uuid) to techcourse_loader;
grant execute on function learning.record_events(jsonb) to techcourse_app;
call platform.give_function('learning.record_events(jsonb)', 'techcourse_loader');
