-- Replicas and continuous backups need more than the minimum in the write-ahead log.
select case when level = 'minimal' then 'NOTE' else 'OK' end as status,
       format('wal_level is %s', level) as finding,
       case when level = 'minimal' then 'Set wal_level = replica and restart, before you add a replica or a continuous backup.' end as remedy
  from (select current_setting('wal_level') as level) s
