-- Classical item analysis for those who teach a quiz: how hard each question is, whether it tells strong from weak
-- students apart, which wrong options draw. Over graded first attempts of one version, as analytics.question_statistics.
create or replace function learning.item_analysis(quiz uuid, wanted_version integer)
  returns table (question_id text, question_type text, question_text text, points numeric, quiz_version integer, attempts bigint,
    answers bigint, facility numeric, discrimination numeric, choices jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with version as (
    select coalesce(wanted_version, (select max(a.quiz_version) from learning.attempts a where a.quiz_id = quiz and a.status = 'graded'),
                    q.version) as number
      from catalog.quizzes q where q.id = quiz and catalog.may_edit(q.course_id)
  ), questions as (
    select q.question, q.n, q.question ->> 'id' as id, (q.question ->> 'points')::numeric as most
      from version v, jsonb_array_elements(learning.key_document(quiz, v.number) -> 'questions') with ordinality q (question, n)
  ), papers as (
    select a.id as attempt, a.item_points, a.answers, a.paper
      from learning.attempts a join version v on v.number = a.quiz_version
     where a.quiz_id = quiz and a.attempt_no = 1 and a.status = 'graded' and a.item_points is not null
  ), items as (
    select q.id, p.attempt, p.answers -> q.id as answer,
           case jsonb_typeof(p.item_points -> q.id) when 'number' then (p.item_points ->> q.id)::numeric else 0 end as points
      from papers p join questions q on p.paper is null or p.paper ? q.id
  ), rests as (
    select i.*, sum(i.points) over (partition by i.attempt) - i.points as rest from items i
  ), figures as (
    select r.id, count(*) as attempts, count(r.answer) as answers, avg(r.points) as mean, corr(r.points, r.rest) as discrimination
      from rests r group by r.id
  ), chosen as (
    select i.id, c.choice, count(*) as times
      from items i join questions q on q.id = i.id and q.question ->> 'type' in ('single_choice', 'multiple_choice', 'true_false')
     cross join lateral (select e #>> '{}' as choice
                           from jsonb_array_elements(case jsonb_typeof(i.answer) when 'array' then i.answer else jsonb_build_array(i.answer) end) e) c
     where i.answer is not null
     group by i.id, c.choice
  )
  select q.id, q.question ->> 'type', q.question ->> 'text', q.most, (select v.number from version v), coalesce(f.attempts, 0),
         coalesce(f.answers, 0), round(f.mean / q.most, 3), round(f.discrimination::numeric, 3),
         case when q.question ->> 'type' in ('single_choice', 'multiple_choice', 'true_false') then (
           select jsonb_agg(jsonb_build_object('id', o.id, 'times', coalesce(c.times, 0),
                    'right', q.question -> 'answer' @> to_jsonb(o.id) or q.question ->> 'answer' = o.id) order by o.n)
             from (select e.entry ->> 'id' as id, e.n
                     from jsonb_array_elements(coalesce(q.question -> 'options', '[{"id": "true"}, {"id": "false"}]')) with ordinality e (entry, n)) o
             left join chosen c on c.id = q.id and c.choice = o.id) end
    from questions q
    left join figures f on f.id = q.id
   order by q.n;
end;
comment on function learning.item_analysis(uuid, integer) is
  'For each question of a version (the latest with graded attempts): facility = mean points / points; discrimination = Pearson correlation of its points with those of the rest of the paper, for questions that are right or wrong the point-biserial (mean rest of the right - mean rest of the wrong) / standard deviation of the rest * sqrt(p * (1 - p)); how often each option was chosen.';
call platform.give_function('learning.item_analysis(uuid,integer)', 'techcourse_reader');
grant execute on function learning.item_analysis(uuid, integer) to techcourse_app;
