-- Staging: what the five files hold, typed, with the line of each row. Temporary, so that nothing of it survives a
-- crash, and without rules of its own, so that every fault is named with its line instead of stopping the copy.
create temp table oulad_courses (
  line integer, code_module text, code_presentation text, length integer);
create temp table oulad_assessments (
  line integer, code_module text, code_presentation text, id_assessment integer, assessment_type text, due_day integer,
  weight numeric);
create temp table oulad_students (
  line integer, code_module text, code_presentation text, id_student integer, final_result text);
create temp table oulad_registrations (
  line integer, code_module text, code_presentation text, id_student integer, registered integer, unregistered integer);
create temp table oulad_submissions (
  line integer, id_assessment integer, id_student integer, day integer, banked boolean, score numeric);

-- What is worth saying about a row. Outcome: rejected (not taken over), changed (taken over otherwise than the file
-- says), differs (already in the academy, otherwise than the file says, and left so), noted (taken over, but odd).
create temp table oulad_findings (
  outcome text, kind text, file text, line integer, column_name text, value text, reason text);
