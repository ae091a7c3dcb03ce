-- What platform.backups knows: taken, and restored for a trial.
-- techcourse_backup_taken_seconds: Age of the newest backup; absent where none was ever taken.
-- techcourse_backup_verified_seconds: Age of the newest backup that was restored for a trial and found sound; absent where none was.
-- techcourse_backup_bytes: Size of the newest backup.
-- techcourse_backups_unsound: Backups of the last 60 days whose trial found faults.
-- techcourse_backups: Backups of the last 60 days.
select extract(epoch from clock_timestamp() - max(b.finished_at)) as techcourse_backup_taken_seconds,
       extract(epoch from clock_timestamp() - max(b.finished_at) filter (where b.faults = 0)) as techcourse_backup_verified_seconds,
       (array_agg(b.bytes order by b.finished_at desc))[1] as techcourse_backup_bytes,
       count(*) filter (where b.faults > 0 and b.finished_at > now() - interval '60 days') as techcourse_backups_unsound,
       count(*) filter (where b.finished_at > now() - interval '60 days') as techcourse_backups
  from platform.backups b
