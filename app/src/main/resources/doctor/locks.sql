-- Sessions that wait for a lock which another one holds.
select case when max(waited) > interval '1 minute' then 'PROBLEM' when max(waited) > interval '5 seconds' then 'NOTE' else 'OK' end as status,
       case when max(waited) > interval '5 seconds'
            then string_agg(format('pid %s has waited %s for %s, blocked by %s', pid, date_trunc('second', waited), target, blockers), '; ')
              filter (where waited > interval '5 seconds')
            else 'nobody waits for a lock' end as finding,
       case when max(waited) > interval '5 seconds' then 'See what the blocking session does, and end it with select pg_terminate_backend(PID) if need be.' end as remedy
  from (select l.pid, clock_timestamp() - l.waitstart as waited,
               coalesce(l.relation::regclass::text, l.locktype) as target, array_to_string(pg_blocking_pids(l.pid), ', ') as blockers
          from pg_locks l where not l.granted) w
