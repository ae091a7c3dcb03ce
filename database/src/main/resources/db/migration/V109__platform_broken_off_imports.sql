-- An import that was killed says so at once: the lock of its kind, which ends with its session, tells whether it lives.
create or replace function platform.clear_imports() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  running text;
begin
  for running in select distinct i.kind from platform.imports i where i.state = 'running' order by i.kind loop
    -- as com.techcourse.loading.csv takes it; whoever imports holds it until the end
    if pg_try_advisory_xact_lock(hashtext('loading.csv.' || running)) then
      perform platform.note_broken_off_imports(running);
    end if;
  end loop;
  delete from platform.import_rows r using platform.imports i
   where i.id = r.import_id and i.finished_at < clock_timestamp() - interval '30 days';
end
$$;
comment on function platform.clear_imports() is
  'Notes that imports whose process ended have failed, and clears away reports that are older than 30 days.';

create function platform.note_broken_off_imports(kind text) returns bigint
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  with ended as (
    update platform.imports i
       set state = 'failed', finished_at = clock_timestamp(), problem = 'The process that ran it ended; nothing was written.'
     where i.state = 'running' and i.kind = note_broken_off_imports.kind returning i.id)
  select count(*) from ended;
end;
comment on function platform.note_broken_off_imports(text) is
  'For who holds the lock of a kind: whatever says that it runs has ended without a word.';
grant execute on function platform.note_broken_off_imports(text) to techcourse_loader;
