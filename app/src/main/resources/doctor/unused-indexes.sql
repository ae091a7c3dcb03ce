-- Large indexes that nobody has read since the statistics began; only a month or more of them is worth a thought.
select case when count(i.name) > 0 then 'NOTE' else 'OK' end as status,
       case when count(i.name) > 0 then format('not read since %s: %s', s.since::date, string_agg(i.name, ', '))
            when s.since > now() - interval '30 days' then 'too early to tell: statistics are younger than 30 days'
            else 'every large index is read' end as finding,
       case when count(i.name) > 0 then 'See whether a rare report needs them (also on replicas); if none does, drop them in a migration.' end as remedy
  from (select coalesce(d.stats_reset, pg_postmaster_start_time()) as since
          from pg_stat_database d where d.datname = current_database()) s
  left join (
    select format('%s (%s)', u.indexrelid::regclass, pg_size_pretty(pg_relation_size(u.indexrelid))) as name
      from pg_stat_user_indexes u join pg_index x on x.indexrelid = u.indexrelid
     where u.idx_scan = 0 and not x.indisunique and pg_relation_size(u.indexrelid) > 8 * 1048576
       and not exists (select from pg_constraint c where c.conindid = u.indexrelid)) i on s.since < now() - interval '30 days'
 group by s.since
