insert into catalog.quizzes (id, course_id, position, metadata, external_id)
select q.quiz_id, q.course_id, q.position,
       jsonb_build_object('schema_version', 1, 'title', format('%s %s', q.assessment_type, q.id_assessment),
         'passing_score', 40, 'max_attempts', 1, 'questions', jsonb_build_array(jsonb_build_object(
           'id', 'submission', 'type', 'essay', 'points', 100,
           'text', format('%s %s of module %s, %s%s. Weight in the final mark: %s %%.',
             case q.assessment_type when 'TMA' then 'Tutor-marked assignment' when 'CMA' then 'Computer-marked assignment'
               else 'Final exam' end,
             q.id_assessment, q.code_module, q.code_presentation, coalesce(format(', due on day %s', q.due_day), ''),
             trim_scale(q.weight))))),
       'oulad:assessment:' || q.id_assessment
  from oulad_quizzes q
 where not exists (select from catalog.quizzes known where known.id = q.quiz_id)
 order by q.quiz_id;
