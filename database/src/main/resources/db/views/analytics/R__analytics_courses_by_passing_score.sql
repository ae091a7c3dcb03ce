-- Which course demands the most: the highest passing score of its quizzes.
-- Owned by techcourse_reader, not security_invoker: an analyst sees instructors' addresses here, and no other person.
create or replace view analytics.courses_by_passing_score as
with quiz_demands as (
  select q.course_id, max((q.metadata ->> 'passing_score')::numeric) as passing_score
    from catalog.quizzes q
   where q.course_status = 'published'
   group by q.course_id
)
select c.id as course_id,
       c.title as course_title,
       i.email::text as instructor_email,
       d.passing_score,
       rank() over (order by d.passing_score desc) as rank
  from quiz_demands d
  join catalog.courses c on c.id = d.course_id
  join identity.users i on i.id = c.instructor_id;
comment on view analytics.courses_by_passing_score is
  'Published courses by the highest passing_score among their quizzes (percent, from the JSONB document); equal scores share a rank.';
call platform.give_view('analytics.courses_by_passing_score', 'techcourse_reader');
grant select on analytics.courses_by_passing_score to analyst;
comment on column analytics.courses_by_passing_score.course_id is 'The course.';
comment on column analytics.courses_by_passing_score.course_title is 'Its title today.';
comment on column analytics.courses_by_passing_score.instructor_email is 'Address of who leads it. Personal data.';
comment on column analytics.courses_by_passing_score.passing_score is 'Percent of the points that its most demanding quiz asks for, 0 to 100.';
comment on column analytics.courses_by_passing_score.rank is 'From 1, the highest passing score first; equal scores share a rank, and the ranks after them are left out.';
