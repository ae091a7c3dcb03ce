-- Who learns how much: some never begin, a third goes to the end, the others stop on the way. Lessons are taken in
-- sessions of one to three, every few days, in order.
create temp table study on commit drop as
select e.student_no, e.student_id, e.course_id, e.enrolled_at, k.key, s.ability,
       least(coalesce(e.refunded_at, 'infinity'), coalesce(e.withdrawn_at, 'infinity'), clock.ends_at) as until,
       c.lessons, 1 + floor(3 * pg_temp.draw(k.key || '.session'))::int as lessons_a_session,
       1 + floor(4 * pg_temp.draw(k.key || '.gap'))::int as days_a_session,
       case when e.refunded_at is not null then least(2, c.lessons)
         else floor(c.lessons * least(1, greatest(0, (pg_temp.draw(k.key || '.stamina') + 0.06 * s.ability - 0.08) / 0.45)))::int
         end as lessons_wanted
  from enrollment_plan e
  join student s on s.n = e.student_no
  join (select l.course_id, count(*)::int as lessons from lesson_plan l group by l.course_id) c on c.course_id = e.course_id
  cross join clock
  cross join lateral (select 'study.' || e.student_no || '.' || e.course_no as key) k;

create temp table progress_plan on commit drop as
select s.student_no, s.student_id, s.course_id, l.id as lesson_id, l.key as lesson_key, l.lesson_no, l.minutes, s.lessons,
       t.started_at, s.until, d.done_at,
       case when l.lesson_no <= s.lessons_wanted and d.done_at < s.until then d.done_at end as completed_at
  from study s
  join lesson_plan l on l.course_id = s.course_id and l.lesson_no <= s.lessons_wanted + 1
  cross join lateral (select (l.lesson_no - 1) / s.lessons_a_session as session,
                             (l.lesson_no - 1) % s.lessons_a_session as nth) i
  cross join lateral (select pg_temp.moment(s.enrolled_at::date + 1 + i.session * s.days_a_session, s.key || '.' || i.session)
                           + i.nth * interval '50 minutes' as started_at offset 0) t
  cross join lateral (select t.started_at + l.minutes * interval '1 minute' * (0.8 + 0.7 * pg_temp.draw(s.key || '.pace.' || l.lesson_no)) as done_at) d
 where t.started_at < s.until
   and (l.lesson_no <= s.lessons_wanted or pg_temp.draw(s.key || '.begun') < 0.4 and s.lessons_wanted > 0);
analyze progress_plan;

insert into learning.lesson_progress (student_id, lesson_id, course_id, position_seconds, started_at, last_seen_at, completed_at)
select p.student_id, p.lesson_id, p.course_id,
       case when p.completed_at is null then floor(p.minutes * 60 * 0.4)::int else p.minutes * 60 end,
       p.started_at, coalesce(p.completed_at, least(p.started_at + p.minutes * interval '24 seconds', p.until - interval '1 second')), p.completed_at
  from progress_plan p order by p.started_at, p.student_no;
