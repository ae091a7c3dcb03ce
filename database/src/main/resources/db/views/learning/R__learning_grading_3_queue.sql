-- What waits for a person, and one attempt as its grader sees it.
create or replace function learning.grading_queue(course uuid, after_at timestamptz, after_id uuid, most integer)
  returns table (attempt_id uuid, quiz_id uuid, quiz_title text, course_id uuid, student_id uuid, student_name text,
    attempt_no integer, submitted_at timestamptz, late boolean, claimed_by uuid, claimed_until timestamptz)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select a.id, a.quiz_id, v.metadata ->> 'title', a.course_id, a.student_id, u.display_name, a.attempt_no, a.submitted_at, a.late,
         c.claimed_by, c.claimed_until
    from learning.attempts a
    join catalog.quiz_versions v on v.quiz_id = a.quiz_id and v.version = a.quiz_version
    join identity.users u on u.id = a.student_id
    left join learning.grading_claims c on c.student_id = a.student_id and c.attempt_started_at = a.started_at
         and c.attempt_id = a.id and c.claimed_until > clock_timestamp()
   where a.status = 'submitted'
     and a.course_id in (select t.id from catalog.courses t where (course is null or t.id = course) and catalog.may_edit(t.id))
     and (after_at is null or (a.submitted_at, a.id) > (after_at, after_id))
   order by a.submitted_at, a.id
   limit most;
end;
comment on function learning.grading_queue(uuid, timestamptz, uuid, integer) is
  'Attempts with essays that wait for a person, of the courses that the acting person teaches or of one, oldest first, from behind a given one on.';
call platform.give_function('learning.grading_queue(uuid,timestamptz,uuid,integer)', 'techcourse_reader');
grant execute on function learning.grading_queue(uuid, timestamptz, uuid, integer) to techcourse_app;

create or replace function learning.grading_sheet(attempt_id uuid) returns jsonb
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_strip_nulls(jsonb_build_object('id', a.id, 'quiz_id', a.quiz_id, 'quiz_version', a.quiz_version,
           'course_id', a.course_id, 'student_id', a.student_id,
           'student_name', (select u.display_name from identity.users u where u.id = a.student_id), 'attempt_no', a.attempt_no,
           'status', a.status, 'submitted_at', a.submitted_at, 'late', a.late, 'score', a.score, 'passed', a.passed))
         || jsonb_build_object('questions', (
              select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', q.question -> 'id', 'type', q.question -> 'type',
                       'text', q.question -> 'text', 'points', q.question -> 'points', 'rubric', q.question -> 'rubric',
                       'key', q.question -> 'answer', 'answer', a.answers -> (q.question ->> 'id'),
                       'earned', a.item_points -> (q.question ->> 'id'), 'comment', m.comment, 'graded_by', m.graded_by,
                       'version', coalesce(m.version, 0))) order by q.n)
                from jsonb_array_elements(learning.paper_of(learning.key_document(a.quiz_id, a.quiz_version), a.paper) -> 'questions')
                       with ordinality q (question, n)
                left join learning.manual_grades m on m.student_id = a.student_id and m.attempt_started_at = a.started_at
                     and m.attempt_id = a.id and m.question_id = q.question ->> 'id'))
    from learning.taught_attempt(grading_sheet.attempt_id) a;
end;
comment on function learning.grading_sheet(uuid) is
  'An attempt as its grader sees it: answers, keys, rubrics, points, and the version of each grade by hand. Errors: TC335, TC336.';
call platform.give_function('learning.grading_sheet(uuid)', 'techcourse_reader');
grant execute on function learning.grading_sheet(uuid) to techcourse_app;
