-- Every table of the rooms is under forced row security; two technical ones hold no person and no money.
with open_tables as (
  select c.oid::regclass::text as name from pg_class c
   where c.relkind in ('r', 'p') and not c.relispartition and not (c.relrowsecurity and c.relforcerowsecurity)
     and c.relnamespace::regnamespace::text in ('identity', 'catalog', 'learning', 'sales', 'audit', 'platform', 'reporting', 'analytics')
     and c.oid::regclass::text not in ('platform.shard_plan', 'platform.partition_plan', 'platform.schema_history')
)
select case when count(*) > 0 then 'PROBLEM' else 'OK' end as status,
       case when count(*) > 0 then format('row security is off or not forced: %s', string_agg(name, ', ' order by name))
            else 'row security is on and forced everywhere' end as finding,
       case when count(*) > 0 then 'alter table NAME enable row level security, force row level security; then find out who switched it off.' end as remedy
  from open_tables
