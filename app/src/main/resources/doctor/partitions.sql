-- The months to come have their partitions, and no month in between is missing.
with months as (
  select p.table_name, p.months_ahead, m.month, date_trunc('month', now() at time zone 'UTC') as this_month,
         to_regclass(format('%s_p%s', p.table_name, to_char(m.month, 'YYYYMM'))) is not null as there
    from platform.partition_plan p
    cross join lateral (
      select least(date_trunc('month', now() at time zone 'UTC'),
                   (select min(to_date(right(c.relname, 6), 'YYYYMM')) from pg_inherits h join pg_class c on c.oid = h.inhrelid
                     where h.inhparent = to_regclass(p.table_name) and c.relname ~ '_p\d{6}$')) as first) f
    cross join lateral generate_series(f.first, date_trunc('month', now() at time zone 'UTC') + make_interval(months => p.months_ahead),
      interval '1 month') m (month)
), gaps as (
  select table_name, to_char(min(month), 'YYYY-MM')
           || case when count(*) > 1 then format(' to %s (%s months)', to_char(max(month), 'YYYY-MM'), count(*)) else '' end as missing,
         bool_or(month between this_month and this_month + interval '1 month') as urgent
    from months where not there group by table_name
)
select case when bool_or(g.urgent) then 'PROBLEM' when count(g.table_name) > 0 then 'NOTE' else 'OK' end as status,
       case when count(g.table_name) > 0
            then format('rows of these months would find no partition: %s', string_agg(g.table_name || ' ' || g.missing, '; ' order by g.table_name))
            else format('%s tables have their partitions up to %s', count(p.table_name),
              to_char(now() at time zone 'UTC' + make_interval(months => min(p.months_ahead)), 'YYYY-MM')) end as finding,
       case when count(g.table_name) > 0 then 'select platform.ensure_partitions(); for past months platform.ensure_partitions(TABLE, FROM, TO).' end as remedy
  from platform.partition_plan p left join gaps g on g.table_name = p.table_name
