-- Every question with its right answer, some wrong ones, and what makes it easy or hard, telling or not.
create temp table question on commit drop as
with documents as (
  select q.id as quiz_id, q.course_id, n as question_no, d.question, d.question ->> 'id' as id, d.question ->> 'type' as type,
         (d.question ->> 'points')::numeric as points, d.question -> 'answer' as answer,
         'question.' || q.key || '.' || (d.question ->> 'id') as key
    from quiz_plan q, jsonb_array_elements(q.metadata -> 'questions') with ordinality d (question, n)
)
select d.quiz_id, d.course_id, d.question_no, d.id, d.type, d.points,
       -- difficulty and discrimination as in item response theory; a few questions tell nothing about the student
       -1.1 + 0.95 * pg_temp.bell(d.key) as difficulty,
       case when pg_temp.draw(d.key || '.telling') < 0.06 then 0.05 else 0.7 + 1.3 * pg_temp.draw(d.key || '.telling') end as discrimination,
       case d.type when 'true_false' then 0.4 when 'single_choice' then 0.2 when 'multiple_choice' then 0.05 else 0 end as guessing,
       case d.type
         when 'short_text' then d.answer -> 0
         when 'fill_in' then (select jsonb_object_agg(k, v -> 0) from jsonb_each(d.answer) g (k, v))
         when 'essay' then to_jsonb('First I name the problem, then I weigh two ways to solve it, and at the end I say which one I would take and why.'::text)
         else d.answer end as right_answer,
       case d.type
         when 'single_choice' then array(
           select o -> 'id' from jsonb_array_elements(d.question -> 'options') o where o -> 'id' <> d.answer)
         when 'multiple_choice' then array(
           -- one option too many or too few
           select coalesce((select jsonb_agg(i order by i) from (
                    select a as i from jsonb_array_elements(d.answer) a where a <> o -> 'id'
                    union all select o -> 'id' where not d.answer @> (o -> 'id')) kept), '[]')
             from jsonb_array_elements(d.question -> 'options') o)
         when 'true_false' then array[to_jsonb(not (d.answer)::boolean)]
         when 'numeric' then array(
           select to_jsonb(w) from (values (trim_scale((d.answer)::numeric * 10)), (trim_scale((d.answer)::numeric * 2)), (-(d.answer)::numeric),
               ((d.answer)::numeric + 1 + 2 * coalesce((d.question ->> 'tolerance')::numeric, 0))) v (w)
            where abs(w - (d.answer)::numeric) > coalesce((d.question ->> 'tolerance')::numeric, 0))
         when 'matching' then array(
           -- two neighbours mixed up
           select d.answer || jsonb_build_object(a.k, b.v, b.k, a.v)
             from (select key as k, value as v, row_number() over (order by key) as n from jsonb_each(d.answer)) a
             join (select key as k, value as v, row_number() over (order by key) as n from jsonb_each(d.answer)) b
               on b.n = a.n + 1 and a.v <> b.v)
         when 'ordering' then array(
           select (select jsonb_agg(x.i order by case x.n when a.n then a.n + 1.5 else x.n end)
                     from jsonb_array_elements(d.answer) with ordinality x (i, n))
             from jsonb_array_elements(d.answer) with ordinality a (i, n) where a.n < jsonb_array_length(d.answer))
         when 'fill_in' then array(
           select (select jsonb_object_agg(k, v -> 0) from jsonb_each(d.answer) x (k, v)) || jsonb_build_object(g, 'not sure')
             from jsonb_object_keys(d.answer) g)
         when 'short_text' then array['"not sure"'::jsonb, '"?"'::jsonb]
         else array['"I would need more time for this."'::jsonb] end as wrong_answers
  from documents d;
alter table question add primary key (quiz_id, question_no);
analyze question;
