-- Does trying again help? Passed and failed by the number of the attempt.
-- Owned by techcourse_reader, not security_invoker: an analyst sees these counts, and no student.
create or replace view analytics.pass_rate_by_attempt as
with results as (
  select a.quiz_id, a.course_id, a.attempt_no::integer as attempt_no, count(*) as attempts,
         count(*) filter (where a.passed) as passed, avg(a.score) as mean_score
    from learning.attempts a
   where a.status = 'graded'
   group by a.quiz_id, a.course_id, a.attempt_no
)
select c.slug as course_slug,
       c.title as course_title,
       r.quiz_id,
       q.metadata ->> 'title' as quiz_title,
       r.attempt_no,
       r.attempts,
       r.passed,
       round(r.passed::numeric / r.attempts, 3) as pass_rate,
       round(r.mean_score, 1) as mean_score
  from results r
  join catalog.courses c on c.id = r.course_id
  join catalog.quizzes q on q.id = r.quiz_id;
comment on view analytics.pass_rate_by_attempt is
  'Graded attempts at each quiz by their number (first, second ..): how many, how many passed, mean score.';
comment on column analytics.pass_rate_by_attempt.course_slug is 'Name of the course in addresses.';
comment on column analytics.pass_rate_by_attempt.course_title is 'Title of the course.';
comment on column analytics.pass_rate_by_attempt.quiz_id is 'The quiz.';
comment on column analytics.pass_rate_by_attempt.quiz_title is 'Title of the quiz.';
comment on column analytics.pass_rate_by_attempt.attempt_no is 'First attempt of a student, second, and so on.';
comment on column analytics.pass_rate_by_attempt.attempts is 'Graded attempts with that number.';
comment on column analytics.pass_rate_by_attempt.passed is 'How many reached the passing score of their version.';
comment on column analytics.pass_rate_by_attempt.pass_rate is 'Passed by graded, 0 to 1.';
comment on column analytics.pass_rate_by_attempt.mean_score is 'Mean score in percent.';
call platform.give_view('analytics.pass_rate_by_attempt', 'techcourse_reader');
grant select on analytics.pass_rate_by_attempt to analyst;
