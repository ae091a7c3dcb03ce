-- Dead rows that autovacuum has not cleared away.
with tables as (
  select format('%s (%s %% dead, last vacuum %s)', relid::regclass, round(100.0 * n_dead_tup / (n_live_tup + n_dead_tup)),
           coalesce(to_char(greatest(last_autovacuum, last_vacuum), 'YYYY-MM-DD HH24:MI'), 'never')) as name,
         n_dead_tup
    from pg_stat_user_tables
   where n_dead_tup > 10000 and n_dead_tup > 0.2 * (n_live_tup + n_dead_tup)
)
select case when count(*) > 0 then 'NOTE' else 'OK' end as status,
       case when count(*) > 0 then string_agg(name, ', ' order by n_dead_tup desc) else 'no table carries many dead rows' end as finding,
       case when count(*) > 0 then 'vacuum (analyze) NAME; if it comes back, look for long transactions and lower autovacuum_vacuum_scale_factor.' end as remedy
  from tables
