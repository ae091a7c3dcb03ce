-- Range partitions by month: made ahead of time, and far back when an import brings old rows.
create table platform.partition_plan (
  table_name text not null,
  months_ahead integer not null default 3,
  constraint partition_plan_table_name_pkey primary key (table_name),
  constraint partition_plan_table_name_is_qualified_check check (table_name ~ '^[a-z_]+\.[a-z_]+$'),
  constraint partition_plan_months_ahead_check check (months_ahead between 1 and 60)
);
comment on table platform.partition_plan is
  'Tables with one partition a month (UTC), and how many months are kept ready. Shard class: local.';
insert into platform.shard_plan (table_name, class) values ('platform.partition_plan', 'local');

create function platform.ensure_partitions(parent regclass, from_time timestamptz, to_time timestamptz) returns integer
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  month timestamp := date_trunc('month', from_time at time zone 'UTC');
  room constant text := (select relnamespace::regnamespace::text from pg_class where oid = parent);
  parent_name constant text := (select relname from pg_class where oid = parent);
  partition_name text;
  made integer := 0;
  guard record;
begin
  if to_time < from_time then
    raise exception 'Partitions from % to % make no sense.', from_time, to_time using errcode = 'TC010',
      hint = 'Give the earlier time first.';
  end if;
  while month <= to_time at time zone 'UTC' loop
    partition_name := format('%s_p%s', parent_name, to_char(month, 'YYYYMM'));
    if not exists (select from pg_class where relnamespace = room::regnamespace and relname = partition_name) then
      -- one at a time, so that two nodes do not make the same partition; where nothing is missing, nobody waits
      perform pg_advisory_xact_lock(hashtext('platform.ensure_partitions'));
    end if;
    -- asked again by a query: to_regclass() may still remember that there was none
    if not exists (select from pg_class where relnamespace = room::regnamespace and relname = partition_name) then
      execute format('create table %s.%I partition of %s for values from (%L) to (%L)', room, partition_name, parent,
        month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      execute format('comment on table %s.%I is %L', room, partition_name,
        format('Partition of %s for %s (UTC).', parent, to_char(month, 'YYYY-MM')));
      -- triggers for TRUNCATE are not handed down to partitions by PostgreSQL, so we do it
      for guard in
        select t.tgname, t.tgfoid::regproc as function, t.tgenabled from pg_trigger t
         where t.tgrelid = parent and not t.tgisinternal and t.tgtype & 32 <> 0 and t.tgnargs = 0
      loop
        execute format('create trigger %I before truncate on %s.%I for each statement execute function %s()',
          guard.tgname, room, partition_name, guard.function);
        if guard.tgenabled = 'A' then
          execute format('alter table %s.%I enable always trigger %I', room, partition_name, guard.tgname);
        end if;
      end loop;
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end
$$;
comment on function platform.ensure_partitions(regclass, timestamptz, timestamptz) is
  'Makes the missing monthly partitions of a table between two times, and says how many. Error: TC010 times in the wrong order.';

create function platform.ensure_partitions() returns integer
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  select coalesce(sum(platform.ensure_partitions(p.table_name::regclass, now(), now() + make_interval(months => p.months_ahead))), 0)::integer
    from platform.partition_plan p;
end;
comment on function platform.ensure_partitions() is
  'Makes this month''s and the coming months'' partitions of every planned table, and says how many were missing.';
