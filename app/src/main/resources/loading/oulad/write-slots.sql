-- Version 1 is the document that the import wrote, whatever an instructor has made of the quiz since.
insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
select a.student_id, a.quiz_id, 1, a.course_id, v.version, v.attempt_limit, a.submitted_at, a.attempt_id
  from oulad_attempts a
  join catalog.quiz_versions v on v.quiz_id = a.quiz_id and v.version = 1
 where not a.rejected and a.known_attempt_id is null;
