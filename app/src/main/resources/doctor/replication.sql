-- Replicas that keep up, and slots that somebody reads.
with slots as (
  select slot_name, active, wal_status,
         pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end, restart_lsn) as kept
    from pg_replication_slots
), replicas as (
  select count(*) as number, max(replay_lag) as lag from pg_stat_replication
)
select case when bool_or(s.wal_status = 'lost' or not s.active and s.kept > 1073741824) then 'PROBLEM'
            when bool_or(not s.active) or r.lag > interval '1 minute' then 'NOTE' else 'OK' end as status,
       case when bool_or(not s.active or s.wal_status = 'lost')
            then format('slots that nobody reads: %s', string_agg(format('%s keeps %s', s.slot_name, pg_size_pretty(s.kept)), ', ') filter (where not s.active))
            when r.number = 0 then 'there is no replica'
            else format('%s replicas, the slowest is %s behind', r.number, coalesce(r.lag::text, '0')) end as finding,
       case when bool_or(not s.active or s.wal_status = 'lost') then 'Start its reader, or select pg_drop_replication_slot(NAME) before the disk is full.'
            when r.lag > interval '1 minute' then 'Look at the replica''s load and at long queries there.' end as remedy
  from replicas r left join slots s on true
 group by r.number, r.lag
