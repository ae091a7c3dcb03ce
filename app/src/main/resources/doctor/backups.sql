-- A backup of the last day and a half, restored for a trial, and an archive that takes what it is given.
with newest as (
  select max(b.finished_at) as finished_at, max(b.finished_at) filter (where b.faults = 0) as sound_at,
         max(b.verified_at) as verified_at, count(*) filter (where b.faults > 0) as bad
    from platform.backups b where b.finished_at > now() - interval '60 days'
), archive as (
  select a.last_failed_time > coalesce(a.last_archived_time, '-infinity') as fails, a.last_failed_wal from pg_stat_archiver a
)
select case when a.fails or n.bad > 0 then 'PROBLEM'
            when n.finished_at is null or n.finished_at < now() - interval '36 hours' or n.sound_at is null
              or n.sound_at < now() - interval '8 days' then 'NOTE' else 'OK' end as status,
       case when a.fails then format('changes cannot be archived since %s', a.last_failed_wal)
            when n.bad > 0 then format('%s backups could not be restored soundly', n.bad)
            when n.finished_at is null then 'no backup was taken by ./techcourse backup'
            else format('the newest backup is of %s, %s', date_trunc('minute', n.finished_at),
              case when n.sound_at is null then 'none was restored for a trial'
                   else format('the newest that was restored for a trial is of %s', date_trunc('minute', n.sound_at)) end) end as finding,
       case when a.fails then 'See the log of the server: a full disk, or a folder that is gone; pg_wal grows until it is mended.'
            when n.bad > 0 then 'Run ./techcourse backup verify and see what does not hold.'
            when n.finished_at is null then 'Run ./techcourse backup each night, or see that whoever runs the server takes backups.'
            when n.finished_at < now() - interval '36 hours' then 'Run ./techcourse backup each night.'
            when n.sound_at is null or n.sound_at < now() - interval '8 days' then 'Run ./techcourse backup verify.' end as remedy
  from newest n, archive a
