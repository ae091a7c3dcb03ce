-- A foreign key without an index on its own side makes every delete and update of the other side read the whole table.
with keys as (
  select format('%s.%s', c.conrelid::regclass, c.conname) as name
    from pg_constraint c join pg_class t on t.oid = c.conrelid
   where c.contype = 'f' and not t.relispartition
     and t.relnamespace::regnamespace::text in ('identity', 'catalog', 'learning', 'sales', 'audit', 'platform', 'reporting', 'analytics')
     and not exists (
       select from pg_index i
        where i.indrelid = c.conrelid and i.indisvalid
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ 'IS NOT NULL')
          and i.indkey[0] = any (c.conkey))
)
select case when count(*) > 0 then 'NOTE' else 'OK' end as status,
       case when count(*) > 0 then format('no index begins with a column of: %s', string_agg(name, ', '))
            else 'every foreign key has an index' end as finding,
       case when count(*) > 0 then 'Create an index on its columns: create index concurrently.' end as remedy
  from keys
