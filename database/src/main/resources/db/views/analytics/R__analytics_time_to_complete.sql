-- How long it takes: days from enrolment to completion, in quartiles, because a few late finishers spoil a mean.
-- Owned by techcourse_reader, not security_invoker: an analyst sees these figures, and no student.
create or replace view analytics.time_to_complete as
with completions as (
  select e.course_id, (extract(epoch from e.completed_at - e.enrolled_at) / 86400)::double precision as days
    from learning.enrollments e
   where e.completed_at is not null
), quartiles as (
  select c.course_id, count(*) as completions, min(c.days) as fastest, max(c.days) as slowest,
         percentile_cont(array[0.25, 0.5, 0.75]) within group (order by c.days) as quartile
    from completions c
   group by c.course_id
)
select c.slug as course_slug,
       c.title as course_title,
       q.completions,
       round(q.fastest::numeric, 1) as fastest_days,
       round(q.quartile[1]::numeric, 1) as lower_quartile_days,
       round(q.quartile[2]::numeric, 1) as median_days,
       round(q.quartile[3]::numeric, 1) as upper_quartile_days,
       round(q.slowest::numeric, 1) as slowest_days
  from quartiles q
  join catalog.courses c on c.id = q.course_id;
comment on view analytics.time_to_complete is
  'Days from enrolment to completion of each course: quartiles, fastest and slowest.';
comment on column analytics.time_to_complete.course_slug is 'Name of the course in addresses.';
comment on column analytics.time_to_complete.course_title is 'Title of the course.';
comment on column analytics.time_to_complete.completions is 'Enrolments that were completed.';
comment on column analytics.time_to_complete.fastest_days is 'Shortest time, in days.';
comment on column analytics.time_to_complete.lower_quartile_days is 'A quarter of them were faster than this.';
comment on column analytics.time_to_complete.median_days is 'Half of them were faster than this.';
comment on column analytics.time_to_complete.upper_quartile_days is 'A quarter of them were slower than this.';
comment on column analytics.time_to_complete.slowest_days is 'Longest time, in days.';
call platform.give_view('analytics.time_to_complete', 'techcourse_reader');
grant select on analytics.time_to_complete to analyst;
