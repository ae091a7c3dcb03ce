-- Grading again after a key was wrong. Versions stay as they were handed out; the correction lies beside them.
create or replace function learning.same_parts(question jsonb, corrected jsonb) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return question ->> 'type' = corrected ->> 'type' and question ->> 'type' <> 'essay'
    and catalog.quiz_ids(question -> 'options') = catalog.quiz_ids(corrected -> 'options')
    and catalog.quiz_ids(question -> 'left') = catalog.quiz_ids(corrected -> 'left')
    and catalog.quiz_ids(question -> 'right') = catalog.quiz_ids(corrected -> 'right')
    and catalog.quiz_ids(question -> 'items') = catalog.quiz_ids(corrected -> 'items')
    and (question ->> 'type' <> 'fill_in' or array(select jsonb_object_keys(question -> 'answer') order by 1)
                                             = array(select jsonb_object_keys(corrected -> 'answer') order by 1));
comment on function learning.same_parts(jsonb, jsonb) is
  'Whether a corrected question has the type and the parts of another, so that answers to the one are answers to the other.';

create or replace function learning.regrade_effects(quiz uuid, corrected jsonb, after_at timestamptz, after_id uuid,
    until_at timestamptz, until_id uuid)
  returns table (student_id uuid, started_at timestamptz, attempt_id uuid, quiz_version integer, attempt_no integer,
    new_points jsonb, points_before numeric, points_after numeric, score_before numeric, score_after numeric,
    passed_before boolean, passed_after boolean, certificate_kept boolean)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with documents as (
    select v.version, jsonb_set(k.document, '{questions}', (
             select jsonb_agg(case when q.question ->> 'id' = corrected ->> 'id' then corrected else q.question end order by q.n)
               from jsonb_array_elements(k.document -> 'questions') with ordinality q (question, n))) as document
      from catalog.quiz_versions v
     cross join lateral (select learning.key_document(v.quiz_id, v.version) as document) k
     where v.quiz_id = quiz and exists (
       select from jsonb_array_elements(v.metadata -> 'questions') q
        where q ->> 'id' = corrected ->> 'id' and learning.same_parts(q, corrected))
  ), again as (
    select a.*, a.item_points::jsonb || jsonb_build_object(corrected ->> 'id', g.points) as again_points, g.points,
           learning.paper_of(d.document, a.paper) as document
      from learning.attempts a
      join documents d on d.version = a.quiz_version
     cross join lateral learning.grade_answer(corrected, a.answers -> (corrected ->> 'id')) g
     where a.quiz_id = quiz and a.status <> 'in_progress' and a.item_points is not null
       and a.started_at between after_at and until_at
       and (a.started_at, a.id) > (after_at, after_id) and (a.started_at, a.id) <= (until_at, until_id)
       and (a.paper is null or a.paper ? (corrected ->> 'id'))
       -- the answers of the erased are gone; what they reached stays
       and not exists (select from identity.users u where u.id = a.student_id and u.status = 'erased')
  ), scored as (
    select r.*, case when r.score is not null then learning.score_of(r.document, r.again_points) end as again_score from again r
  )
  select s.student_id, s.started_at, s.id, s.quiz_version, s.attempt_no, s.again_points,
         case jsonb_typeof(s.item_points -> (corrected ->> 'id')) when 'number' then (s.item_points ->> (corrected ->> 'id'))::numeric end,
         s.points, s.score, s.again_score, s.passed, coalesce(s.again_score >= s.passing_score, false),
         s.passed and not coalesce(s.again_score >= s.passing_score, false) and exists (
           select from learning.certificates c
            where c.student_id = s.student_id and c.attempt_started_at = s.started_at and c.attempt_id = s.id and c.revoked_at is null)
    from scored s;
end;
comment on function learning.regrade_effects(uuid, jsonb, timestamptz, uuid, timestamptz, uuid) is
  'What a corrected question does to each attempt behind one and up to another that was handed in and asked it, in any version with the same parts: points and score before and after, whether a pass is lost on which a certificate rests.';
grant execute on function learning.same_parts(jsonb, jsonb), learning.regrade_effects(uuid, jsonb, timestamptz, uuid, timestamptz, uuid)
  to techcourse_reader, techcourse_loader;

create or replace function learning.check_correction(quiz uuid, corrected jsonb) returns void
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from catalog.quizzes q where q.id = quiz and catalog.may_edit(q.course_id)) then
    raise exception 'There is no quiz % of yours.', quiz using errcode = 'TC341',
      hint = 'Correct keys of quizzes that you teach.', schema = 'learning', table = 'regrades';
  end if;
  if exists (select from catalog.quiz_question_faults(corrected, '')) or not exists (
      select from catalog.quiz_versions v, jsonb_array_elements(v.metadata -> 'questions') q
       where v.quiz_id = quiz and q ->> 'id' = corrected ->> 'id' and learning.same_parts(q, corrected)) then
    raise exception 'This corrects no question of the quiz %.', quiz using errcode = 'TC342',
      hint = 'Send the whole question with its id, type and parts as they were; essays are graded by hand.',
      schema = 'learning', table = 'regrades', column = 'question';
  end if;
end
$$;
comment on function learning.check_correction(uuid, jsonb) is
  'Refuses what is no correction: TC341 not a quiz of the acting person, TC342 not a valid question with the parts of the old one.';
grant execute on function learning.check_correction(uuid, jsonb) to techcourse_reader, techcourse_loader;
grant execute on function catalog.quiz_question_faults(jsonb, text), catalog.quiz_option_faults(jsonb, text), catalog.quiz_key_fault(jsonb),
  catalog.quiz_accepts_texts(jsonb), catalog.question_extra_faults(jsonb, text), catalog.quiz_number_fits(jsonb, numeric, numeric),
  catalog.pointer_part(text) to techcourse_reader;

create or replace function learning.preview_regrade(quiz uuid, corrected jsonb)
  returns table (student_id uuid, student_name text, attempt_id uuid, quiz_version integer, attempt_no integer, points_before numeric,
    points_after numeric, score_before numeric, score_after numeric, passed_before boolean, passed_after boolean, certificate_kept boolean)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform learning.check_correction(quiz, corrected);
  return query
    select e.student_id, u.display_name, e.attempt_id, e.quiz_version, e.attempt_no, e.points_before, e.points_after, e.score_before,
           e.score_after, e.passed_before, e.passed_after, e.certificate_kept
      from learning.regrade_effects(quiz, corrected, '-infinity', '00000000-0000-0000-0000-000000000000',
                                    'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff') e
      join identity.users u on u.id = e.student_id
     order by e.student_id, e.attempt_no;
end
$$;
comment on function learning.preview_regrade(uuid, jsonb) is
  'Every attempt that a correction would grade again, with what it had and would get; changes nothing. Errors: TC341, TC342.';
call platform.give_function('learning.preview_regrade(uuid,jsonb)', 'techcourse_reader');
grant execute on function learning.preview_regrade(uuid, jsonb) to techcourse_app;
