-- Who has passed every quiz of a course gets its certificate, resting on the last of the passed attempts.
create temp table certificate_plan on commit drop as
with passed as (
  select a.*, count(*) over (partition by a.student_id, a.course_id) as quizzes_passed,
         row_number() over (partition by a.student_id, a.course_id order by a.graded_at desc, a.quiz_id) as nth
    from attempt_plan a, clock
   where a.passes and a.graded_at < clock.ends_at
)
select p.student_id, p.course_id, p.started_at, p.id as attempt_id, p.score, p.graded_at as issued_at,
       'TC-' || substr(n.letters, 1, 4) || '-' || substr(n.letters, 5, 4) || '-' || substr(n.letters, 9, 4) as number
  from passed p
  join (select course_id, count(*) as quizzes from quiz_plan group by course_id) q on q.course_id = p.course_id
  join study s on s.student_id = p.student_id and s.course_id = p.course_id
  cross join lateral (
    select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
             1 + floor(32 * pg_temp.draw('certificate.' || p.key || '.' || i))::int, 1), '' order by i) as letters
      from generate_series(1, 12) i) n
 where p.nth = 1 and p.quizzes_passed = q.quizzes and p.graded_at < s.until;

insert into learning.certificate_numbers (number, student_id, course_id)
select c.number, c.student_id, c.course_id from certificate_plan c order by c.issued_at, c.number;
insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score, issued_at)
select c.student_id, c.course_id, c.number, c.started_at, c.attempt_id, c.score, c.issued_at
  from certificate_plan c order by c.issued_at, c.number;

-- a course is completed when all lessons are done, and its quizzes passed where it has any
update learning.enrollments e
   set completed_at = greatest(d.completed_at, c.issued_at)
  from (select p.student_id, p.course_id, max(p.completed_at) as completed_at
          from progress_plan p group by p.student_id, p.course_id, p.lessons
        having count(p.completed_at) = p.lessons) d
  left join certificate_plan c on c.student_id = d.student_id and c.course_id = d.course_id
 where e.student_id = d.student_id and e.course_id = d.course_id
   and (c.issued_at is not null or not exists (select from quiz_plan q where q.course_id = d.course_id));

-- Reviews by those who have seen a third of the course. Each course has its own quality.
insert into learning.reviews (student_id, course_id, id, rating, body, created_at, updated_at)
with seen as (
  select p.student_id, p.student_no, p.course_id, max(p.completed_at) as seen_at, 'review.' || p.student_no || '.' || c.slug as key, c.slug
    from progress_plan p join course_plan c on c.id = p.course_id
   where p.completed_at is not null
   group by p.student_id, p.student_no, p.course_id, p.lessons, c.slug
  having count(*) >= p.lessons / 3.0
), rated as (
  select s.*, s.seen_at + interval '1 day' * (0.1 + 3 * pg_temp.draw(s.key || '.when')) as created_at,
         greatest(1, least(5, round(4.35 + 0.45 * pg_temp.bell('quality.' || s.slug) + 0.85 * pg_temp.bell(s.key || '.rating'))))::int as rating
    from seen s where pg_temp.draw(s.key) < 0.34
)
select r.student_id, r.course_id, platform.uuid_v7_of(r.created_at, r.key), r.rating,
       case when pg_temp.draw(r.key || '.words') < 0.72 then coalesce(t.texts[1 + floor(cardinality(t.texts) * pg_temp.draw(r.key || '.text'))::int], '')
         else '' end, r.created_at, r.created_at
  from rated r
  cross join clock
  left join review_text t on t.rating = r.rating
 where r.created_at < clock.ends_at
 order by r.created_at, r.student_no;
