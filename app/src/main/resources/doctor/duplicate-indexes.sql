-- Two indexes of one table with the same columns, operators and condition: one of them only costs.
with same as (
  select string_agg(i.indexrelid::regclass::text, ' = ' order by i.indisprimary desc, i.indisunique desc, i.indexrelid) as names
    from pg_index i join pg_class c on c.oid = i.indexrelid
   where c.relnamespace::regnamespace::text in ('identity', 'catalog', 'learning', 'sales', 'audit', 'platform', 'reporting', 'analytics')
     and not c.relispartition
   group by i.indrelid, c.relam, i.indkey::text, i.indclass::text, i.indoption::text, i.indcollation::text,
            pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
  having count(*) > 1
)
select case when count(*) > 0 then 'NOTE' else 'OK' end as status,
       case when count(*) > 0 then string_agg(names, '; ') else 'no index is there twice' end as finding,
       case when count(*) > 0 then 'Drop the one that no constraint uses, in a migration.' end as remedy
  from same
