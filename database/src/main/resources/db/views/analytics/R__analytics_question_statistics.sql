-- Classical item analysis of every question, over first attempts only (a second one knows the questions).
--   difficulty      mean share of the points that students got: 1 everybody knows it, 0 nobody
--   discrimination  correlation of the points got here with those got on the rest of the quiz (item-rest): good
--                   questions tell strong from weak students apart, about 0.2 and up; a negative one has a wrong key
-- Owned by techcourse_reader, not security_invoker: an analyst sees these figures, and no student.
create or replace view analytics.question_statistics as
with questions as (
  select v.quiz_id, v.version, v.course_id, v.metadata ->> 'title' as quiz_title, q.position,
         q.question ->> 'id' as question_id, q.question ->> 'type' as type, q.question ->> 'text' as text,
         (q.question ->> 'points')::numeric as points
    from catalog.quiz_versions v
   cross join lateral jsonb_array_elements(v.metadata -> 'questions') with ordinality q (question, position)
), items as (
  select q.quiz_id, q.version, q.question_id, a.id as attempt_id, a.answers ? q.question_id as answered,
         case jsonb_typeof(a.item_points -> q.question_id)
           when 'number' then (a.item_points ->> q.question_id)::numeric else 0 end as points
    from questions q
    join learning.attempts a on a.quiz_id = q.quiz_id and a.quiz_version = q.version
   where a.attempt_no = 1 and a.status = 'graded' and a.item_points is not null
), items_and_rest as (
  select i.*, sum(i.points) over (partition by i.attempt_id) - i.points as rest_points from items i
), statistics as (
  select i.quiz_id, i.version, i.question_id, count(*) as attempts, count(*) filter (where i.answered) as answers,
         avg(i.points) as mean_points, corr(i.points, i.rest_points) as discrimination
    from items_and_rest i
   group by i.quiz_id, i.version, i.question_id
)
select c.slug as course_slug,
       c.title as course_title,
       q.quiz_id,
       q.quiz_title,
       q.version as quiz_version,
       q.position::integer as position,
       q.question_id,
       q.type as question_type,
       q.text as question_text,
       q.points,
       coalesce(s.attempts, 0) as attempts,
       coalesce(s.answers, 0) as answers,
       round(s.mean_points / q.points, 3) as difficulty,
       round(s.discrimination::numeric, 3) as discrimination
  from questions q
  join catalog.courses c on c.id = q.course_id
  left join statistics s on s.quiz_id = q.quiz_id and s.version = q.version and s.question_id = q.question_id;
comment on view analytics.question_statistics is
  'Item analysis of each question in each version of its quiz, over graded first attempts: difficulty and discrimination.';
comment on column analytics.question_statistics.course_slug is 'Name of the course in addresses.';
comment on column analytics.question_statistics.course_title is 'Title of the course.';
comment on column analytics.question_statistics.quiz_id is 'The quiz.';
comment on column analytics.question_statistics.quiz_title is 'Title of the quiz in that version.';
comment on column analytics.question_statistics.quiz_version is 'Version of the quiz document; answers to different versions are never mixed.';
comment on column analytics.question_statistics.position is 'Place of the question in the document, from 1.';
comment on column analytics.question_statistics.question_id is 'Id of the question in the document.';
comment on column analytics.question_statistics.question_type is 'single_choice, numeric, essay and so on.';
comment on column analytics.question_statistics.question_text is 'What is asked.';
comment on column analytics.question_statistics.points is 'Points that a right answer gives.';
comment on column analytics.question_statistics.attempts is 'Graded first attempts at this version; a question left out counts with 0 points.';
comment on column analytics.question_statistics.answers is 'In how many of them the question was answered at all.';
comment on column analytics.question_statistics.difficulty is 'Mean share of the points, 0 to 1: the higher, the easier.';
comment on column analytics.question_statistics.discrimination is
  'Pearson correlation with the points of the rest of the quiz, -1 to 1; null where either never varies.';
call platform.give_view('analytics.question_statistics', 'techcourse_reader');
grant select on analytics.question_statistics to analyst;
