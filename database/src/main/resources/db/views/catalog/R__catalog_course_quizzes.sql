-- What a course page tells everyone about its quizzes: how many, how long, how strict. Never a question or a key.
-- Owned by techcourse_reader, not security_invoker: the documents with the keys stay closed to the readers of this list.
create or replace view catalog.course_quizzes as
select q.course_id,
       q.id as quiz_id,
       q.position,
       q.metadata ->> 'title' as title,
       jsonb_array_length(q.metadata -> 'questions') as question_count,
       (q.metadata ->> 'passing_score')::numeric as passing_score,
       (q.metadata ->> 'time_limit_seconds')::integer as time_limit_seconds
  from catalog.quizzes q
 where q.course_status <> 'draft';
comment on view catalog.course_quizzes is
  'Quizzes of courses that are or were published, as anyone may know of them: title, number of questions, passing score, time limit.';
call platform.give_view('catalog.course_quizzes', 'techcourse_reader');
grant select on catalog.course_quizzes to techcourse_app;
comment on column catalog.course_quizzes.course_id is 'The course.';
comment on column catalog.course_quizzes.quiz_id is 'The quiz.';
comment on column catalog.course_quizzes.position is 'Its place among the quizzes of the course.';
comment on column catalog.course_quizzes.title is 'Its title.';
comment on column catalog.course_quizzes.question_count is 'How many questions it asks.';
comment on column catalog.course_quizzes.passing_score is 'Percent of the points that pass it, 0 to 100.';
comment on column catalog.course_quizzes.time_limit_seconds is 'Seconds for one attempt; null for no limit.';
