-- A transaction that stays open holds back vacuum, seals and migrations.
select case when max(age) > interval '1 hour' then 'PROBLEM' when max(age) > interval '10 minutes' then 'NOTE'
            when count(*) filter (where hidden) > 0 then 'NOTE' else 'OK' end as status,
       case when max(age) > interval '10 minutes'
            then format('open for long: %s', string_agg(format('pid %s of %s, %s, for %s', pid, usename, state, date_trunc('second', age)), '; ' order by age desc)
              filter (where age > interval '10 minutes'))
            when count(*) filter (where hidden) > 0 then format('%s sessions of other roles cannot be seen', count(*) filter (where hidden))
            else 'no transaction is older than 10 minutes' end as finding,
       case when max(age) > interval '10 minutes' then 'End it with select pg_terminate_backend(PID), once you know whose it is.'
            when count(*) filter (where hidden) > 0 then 'Let an administrator grant pg_read_all_stats to this role.' end as remedy
  from (select pid, usename, state, clock_timestamp() - xact_start as age,
               state is null and backend_type = 'client backend' as hidden
          from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()) a
