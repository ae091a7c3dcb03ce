-- Standbys and slots together.
-- techcourse_standbys: Servers that follow this one; a backup that is being taken is none.
-- techcourse_standbys_synchronous_wanted: 1 where commits are to wait for a standby (synchronous_standby_names is set).
-- techcourse_slots_inactive: Replication slots that nobody reads.
-- techcourse_slots_kept_bytes: WAL that is kept for the slot that is furthest behind.
select (select count(*) from pg_stat_replication r where r.application_name <> 'pg_basebackup' and r.state is distinct from 'backup') as techcourse_standbys,
       (current_setting('synchronous_standby_names') <> '')::integer as techcourse_standbys_synchronous_wanted,
       count(*) filter (where not s.active) as techcourse_slots_inactive,
       coalesce(max(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end,
         s.restart_lsn)), 0) as techcourse_slots_kept_bytes
  from pg_replication_slots s
