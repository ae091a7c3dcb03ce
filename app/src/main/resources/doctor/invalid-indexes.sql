-- An index that was never finished costs every write and serves no read.
select case when count(*) > 0 then 'PROBLEM' else 'OK' end as status,
       case when count(*) > 0 then format('not valid: %s', string_agg(i.indexrelid::regclass::text, ', '))
            else 'all indexes are valid' end as finding,
       case when count(*) > 0 then 'reindex index concurrently NAME (a unique one may show duplicates to remove first), or drop it.' end as remedy
  from pg_index i join pg_class c on c.oid = i.indexrelid
 where not (i.indisvalid and i.indisready and i.indislive) and c.relnamespace::regnamespace::text !~ '^pg_'
