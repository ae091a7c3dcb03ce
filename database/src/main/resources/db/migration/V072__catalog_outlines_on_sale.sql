-- Outlines, and what a course on sale keeps of one. Two editors of one outline notice each other: its version counts every change of its sections and lessons, in a row of
-- its own, so that a change of the outline leaves the course and its readers alone.
create table catalog.outlines (
  course_id uuid not null,
  version integer not null default 1,
  constraint outlines_course_id_pkey primary key (course_id),
  constraint outlines_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete cascade,
  constraint outlines_version_positive_check check (version > 0)
);
comment on table catalog.outlines is
  'How often the outline of a course has changed: its ETag, and the row by which its editors wait for each other. Shard class: reference.';
call platform.protect('catalog.outlines');
insert into platform.shard_plan (table_name, class) values ('catalog.outlines', 'reference');
set local role techcourse_loader;
insert into catalog.outlines (course_id) select id from catalog.courses;
reset role;

create function catalog.begin_outlines() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into catalog.outlines (course_id) select n.id from new_rows n;
  return null;
end
$$;
comment on function catalog.begin_outlines() is 'Trigger for each statement: begins the outline of each new course.';

create function catalog.count_outline_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  copies constant text[] := array['instructor_id', 'course_status', 'editor_ids', 'version'];
  changed uuid[];
begin
  if tg_op = 'UPDATE' then
    select array_agg(distinct n.course_id) into changed from new_rows n join old_rows o on o.id = n.id
     where to_jsonb(n) - copies <> to_jsonb(o) - copies;
  elsif tg_op = 'INSERT' then
    select array_agg(distinct n.course_id) into changed from new_rows n;
  else
    select array_agg(distinct o.course_id) into changed from old_rows o;
  end if;
  update catalog.outlines o set version = o.version + 1 where o.course_id = any (changed);
  -- after the outline is held, so that two who delete the last two lessons see each other
  if tg_op = 'DELETE' and tg_table_name = 'lessons' and session_user = 'techcourse_app' and exists (
      select from catalog.courses c where c.id = any (changed) and c.status = 'published'
         and not exists (select from catalog.lessons l where l.course_id = c.id)) then
    raise exception 'The published course % would be left without a lesson.', changed[1] using errcode = 'TC224',
      hint = 'Add the new lessons first, or archive the course.', schema = 'catalog', table = 'lessons';
  end if;
  return null;
end
$$;
comment on function catalog.count_outline_change() is
  'Trigger for each statement: counts a change of an outline; a published course keeps at least one lesson (TC224).';
call platform.give_function('catalog.begin_outlines()', 'techcourse_loader');
call platform.give_function('catalog.count_outline_change()', 'techcourse_loader');
create trigger courses_begin_outlines after insert on catalog.courses
  referencing new table as new_rows for each statement execute function catalog.begin_outlines();
do $$
declare
  target text;
begin
  foreach target in array array['sections', 'lessons'] loop
    execute format('create trigger %1$s_count_insert after insert on catalog.%1$s referencing new table as new_rows
      for each statement execute function catalog.count_outline_change()', target);
    execute format('create trigger %1$s_count_update after update on catalog.%1$s referencing old table as old_rows new table as new_rows
      for each statement execute function catalog.count_outline_change()', target);
    execute format('create trigger %1$s_count_delete after delete on catalog.%1$s referencing old table as old_rows
      for each statement execute function catalog.count_outline_change()', target);
  end loop;
end
$$;

create function catalog.claim_outline(course_id uuid, expected integer) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  current integer;
begin
  if not catalog.may_edit(claim_outline.course_id) then
    return null;
  end if;
  select o.version into current from catalog.outlines o where o.course_id = claim_outline.course_id for update;
  if expected <> current then
    raise exception 'The outline of the course % has changed to version %.', claim_outline.course_id, current using errcode = 'TC221',
      hint = 'Read the outline again and repeat your change.', schema = 'catalog', table = 'outlines';
  end if;
  return current;
end
$$;
comment on function catalog.claim_outline(uuid, integer) is
  'Holds an outline until the end of the transaction and answers its version; null for a course that the acting person does not edit. Error: TC221 not the expected version (null expects none).';
call platform.give_function('catalog.claim_outline(uuid,integer)', 'techcourse_loader');
grant execute on function catalog.claim_outline(uuid, integer) to techcourse_app;

create function catalog.outline_version(course_id uuid) returns integer
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return (select o.version from catalog.outlines o where o.course_id = outline_version.course_id);
comment on function catalog.outline_version(uuid) is 'The version of a course''s outline, null for an unknown course.';
call platform.give_function('catalog.outline_version(uuid)', 'techcourse_reader');
grant execute on function catalog.outline_version(uuid) to techcourse_app;

-- The ways of a status. Imports and the sample academy, which write as the loader, answer for their own courses.
create function catalog.check_publishing() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  faults text;
begin
  if new.status = 'draft' then
    raise exception 'The course % has been published and is no draft again.', new.id using errcode = 'TC225',
      hint = 'Archive it, to take it off sale.', schema = tg_table_schema, table = tg_table_name, column = 'status';
  end if;
  -- who deletes its last lesson now is waited for
  perform catalog.claim_outline(new.id, null);
  select string_agg(f.code || coalesce(' ' || f.subject_id, '') || ': ' || f.fault, E'\n') into faults
    from catalog.publish_faults(new.id) f;
  if faults is not null then
    raise exception 'The course % cannot be published yet.', new.id using errcode = 'TC223', detail = faults,
      hint = 'Mend everything that catalog.publish_faults() names, then publish.',
      schema = tg_table_schema, table = tg_table_name, column = 'status';
  end if;
  return null;
end
$$;
comment on function catalog.check_publishing() is
  'Trigger: what is published lacks nothing (TC223 with every fault), and is no draft again (TC225).';
create trigger courses_check_publishing after insert on catalog.courses
  for each row when (current_user = 'techcourse_app' and new.status <> 'draft') execute function catalog.check_publishing();
create trigger courses_check_new_status after update on catalog.courses
  for each row when (current_user = 'techcourse_app' and old.status <> new.status and new.status <> 'archived')
  execute function catalog.check_publishing();

-- the catalogue: cheapest or dearest first
create index courses_price_idx on catalog.courses (price, id) where status = 'published';
