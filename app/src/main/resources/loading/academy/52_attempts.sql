-- Attempts: a student with more ability gets a question right more often, a hard question is got right less often,
-- and everyone has learned something before the next try. A question is right or wrong as a whole.
create temp table attempt_draft on commit drop as
with ready as (
  -- a quiz is taken when most of its part of the course is done
  select q.id as quiz_id, q.key as quiz_key, q.course_id, q.instructor_id, q.metadata, p.student_no, p.student_id, p.completed_at
    from quiz_plan q
    join progress_plan p on p.course_id = q.course_id and p.completed_at is not null
     and p.lesson_no = greatest(1, ceil(0.8 * p.lessons * (q.position + 1) / q.quizzes))
)
select r.quiz_id, r.course_id, r.instructor_id, r.student_no, r.student_id, k.key, no.attempt_no, s.ability, t.started_at,
       (r.metadata ->> 'passing_score')::numeric as passing_score,
       coalesce((r.metadata ->> 'max_attempts')::int, 1000000) as attempt_limit,
       t.started_at + make_interval(secs => (r.metadata ->> 'time_limit_seconds')::int) as deadline_at,
       t.started_at + make_interval(secs => coalesce((r.metadata ->> 'time_limit_seconds')::int, 1800)
         * (0.30 + 0.62 * pg_temp.draw(k.key || '.time') + case when pg_temp.draw(k.key || '.late') < 0.02 then 0.6 else 0 end)) as submitted_at
  from ready r
  join student s on s.n = r.student_no
  cross join lateral generate_series(1, least(3, (r.metadata ->> 'max_attempts')::int)) no (attempt_no)
  cross join lateral (select 'attempt.' || r.quiz_key || '.' || r.student_no || '.' || no.attempt_no as key) k
  cross join lateral (select r.completed_at + interval '20 minutes'
    + interval '1 day' * ((no.attempt_no - 1) * 1.5 + (0.02 + 0.8 * pg_temp.draw('attempt.' || r.quiz_key || '.' || r.student_no))) as started_at) t
 where pg_temp.draw('attempt.takes.' || r.quiz_key || '.' || r.student_no) < 0.90;

create temp table attempt_scores on commit drop as
with items as (
  select a.student_id, a.quiz_id, a.attempt_no, q.id, q.question_no, q.points, q.type, q.right_answer, q.wrong_answers, i.key,
         pg_temp.draw(i.key || '.blank') < 0.015 as blank,
         pg_temp.draw(i.key) < q.guessing + (1 - q.guessing)
           / (1 + exp(-q.discrimination * 1.4 * (a.ability + 0.55 * (a.attempt_no - 1) - q.difficulty))) as correct
    from attempt_draft a
    join question q on q.quiz_id = a.quiz_id
    cross join lateral (select a.key || '.' || q.question_no as key) i
), graded as (
  select i.*, case when i.blank then 0 when i.correct then i.points
           -- an essay earns half of its points for a fair try
           when i.type = 'essay' then round(i.points / 2, 2) else 0 end as earned
    from items i
)
select g.student_id, g.quiz_id, g.attempt_no,
       coalesce(jsonb_object_agg(g.id, case when g.correct or cardinality(g.wrong_answers) = 0 then g.right_answer
         else g.wrong_answers[1 + floor(cardinality(g.wrong_answers) * pg_temp.draw(g.key || '.wrong'))::int] end)
         filter (where not g.blank), '{}') as answers,
       jsonb_object_agg(g.id, g.earned) as item_points,
       round(100 * sum(g.earned) / sum(g.points), 2) as score,
       bool_or(g.type = 'essay') as needs_a_person
  from graded g
 group by g.student_id, g.quiz_id, g.attempt_no;

create temp table attempt_plan on commit drop as
with tried as (
  select a.*, x.answers, x.item_points, x.score, x.needs_a_person, x.score >= a.passing_score as passes,
         bool_or(x.score >= a.passing_score) over earlier as passed_before,
         -- who failed does not always try again
         bool_and(pg_temp.draw(a.key || '.again') < 0.72) over earlier as went_on
    from attempt_draft a
    join attempt_scores x using (student_id, quiz_id, attempt_no)
  window earlier as (partition by a.student_id, a.quiz_id order by a.attempt_no rows between unbounded preceding and 1 preceding)
)
select t.*, platform.uuid_v7_of(t.started_at, 'academy.' || t.key) as id,
       -- a person takes a day or two to grade an essay
       case when t.needs_a_person then t.submitted_at + interval '1 day' * (0.4 + 2 * pg_temp.draw(t.key || '.grading'))
         else t.submitted_at end as graded_at
  from tried t join study s on s.student_id = t.student_id and s.course_id = t.course_id
 where coalesce(not t.passed_before, true) and coalesce(t.went_on, true) and t.submitted_at < s.until;
analyze attempt_plan;

insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
select a.student_id, a.quiz_id, a.attempt_no, a.course_id, 1, a.attempt_limit, a.started_at, a.id
  from attempt_plan a order by a.started_at, a.id;

insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status,
                               answers, revision, deadline_at, submitted_at, item_points, score, passing_score, graded_at)
select a.student_id, a.started_at, a.id, a.quiz_id, 1, a.course_id, a.instructor_id, a.attempt_no, g.status,
       a.answers, 1, a.deadline_at, a.submitted_at,
       case g.status when 'graded' then a.item_points end, case g.status when 'graded' then a.score end, a.passing_score,
       case g.status when 'graded' then a.graded_at end
  from attempt_plan a
  cross join clock
  cross join lateral (select case when a.graded_at < clock.ends_at then 'graded' else 'submitted' end as status) g
 order by a.started_at, a.id;
