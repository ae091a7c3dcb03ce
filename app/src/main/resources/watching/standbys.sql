-- Each server that follows this one. Lags need pg_read_all_stats; without it they are absent.
-- techcourse_standby_synchronous: 1 where a commit waits for this standby, 0 where it does not.
-- techcourse_standby_lag_bytes: WAL that the standby has not replayed yet.
-- techcourse_standby_lag_seconds: How long ago the last commit was made that the standby has replayed; 0 where nothing is to be replayed.
select r.application_name as standby,
       case when r.sync_state is not null then (r.sync_state in ('sync', 'quorum'))::integer end as techcourse_standby_synchronous,
       pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, r.replay_lsn)
         as techcourse_standby_lag_bytes,
       case when r.state = 'streaming' then coalesce(extract(epoch from r.replay_lag), 0) end as techcourse_standby_lag_seconds
  from (select distinct on (application_name) * from pg_stat_replication
         order by application_name, backend_start desc) r
