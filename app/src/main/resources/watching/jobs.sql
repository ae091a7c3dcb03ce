-- Background work that nodes share.
-- techcourse_jobs_waiting: Jobs that are due and that no node has taken.
-- techcourse_jobs_waiting_longest_seconds: How long the oldest of them has been due.
-- techcourse_jobs_running: Jobs that a node has taken and not done yet.
-- techcourse_jobs_failing: Jobs that have failed and are tried again.
-- techcourse_jobs_dead: Jobs that failed at their last try and wait for somebody to look.
select count(*) filter (where j.dead_at is null and due and not held) as techcourse_jobs_waiting,
       coalesce(extract(epoch from clock_timestamp() - min(j.run_at) filter (where j.dead_at is null and due and not held)), 0)
         as techcourse_jobs_waiting_longest_seconds,
       count(*) filter (where j.dead_at is null and held) as techcourse_jobs_running,
       count(*) filter (where j.dead_at is null and j.last_error is not null) as techcourse_jobs_failing,
       count(*) filter (where j.dead_at is not null) as techcourse_jobs_dead
  from platform.jobs j
 cross join lateral (select j.run_at <= clock_timestamp() as due, coalesce(j.locked_until >= clock_timestamp(), false) as held) t
 where j.finished_at is null
