-- What an attempt keeps besides its answers: its own paper, the revision of each answer, until when it takes them.
-- And what people add to it: points for essays, and who is grading it right now.
create domain learning.id_list as jsonb constraint id_list_is_array_check check (jsonb_typeof(value) = 'array');
comment on domain learning.id_list is 'A JSON list of ids.';
create domain learning.points as numeric(12, 4) constraint points_within_500000_check check (value between -500000 and 500000);
comment on domain learning.points is 'Points, four decimals; below 0 where a wrong answer costs some.';
create domain learning.question_name as text constraint question_name_format_check
  check (value ~ '^[a-z0-9_-]+$' and length(value) <= 40);
comment on domain learning.question_name is 'Id of a question within its quiz.';

alter table learning.attempts
  add column paper learning.id_list,
  add column answer_revisions learning.json_object not null default '{}',
  add column saved_at timestamptz,
  add column accepts_until timestamptz,
  -- the grace begins where the time ends
  add constraint attempts_accepts_until_not_before_deadline_check check (accepts_until >= deadline_at);
-- open attempts whose time is up
create index attempts_open_idx on learning.attempts (deadline_at) where status = 'in_progress';
-- from the id of an attempt, which is in addresses, to its student and time
create index attempt_slots_attempt_id_idx on learning.attempt_slots (attempt_id);

create table learning.manual_grades (
  student_id uuid not null,
  attempt_started_at timestamptz not null,
  attempt_id uuid not null,
  question_id learning.question_name not null,
  points learning.points not null,
  comment text not null default '',
  graded_by uuid not null,
  version integer not null default 1,
  graded_at timestamptz not null default clock_timestamp(),
  -- one grade for each essay of an attempt
  constraint manual_grades_attempt_question_id_pkey primary key (student_id, attempt_started_at, attempt_id, question_id),
  constraint manual_grades_attempt_fkey foreign key (student_id, attempt_started_at, attempt_id)
    references learning.attempts (student_id, started_at, id) on delete restrict,
  constraint manual_grades_graded_by_fkey foreign key (graded_by) references identity.users (id) on delete restrict,
  constraint manual_grades_points_not_negative_check check (points >= 0),
  constraint manual_grades_comment_length_check check (length(comment) <= 4000),
  constraint manual_grades_version_positive_check check (version > 0)
);
comment on table learning.manual_grades is
  'Points that a person gave for an essay, and a word to the student; written by learning.grade_essay() alone. Shard class: student-keyed.';
create index manual_grades_graded_by_idx on learning.manual_grades (graded_by);

create table learning.grading_claims (
  student_id uuid not null,
  attempt_started_at timestamptz not null,
  attempt_id uuid not null,
  claimed_by uuid not null,
  claimed_until timestamptz not null,
  -- one grader at a time
  constraint grading_claims_attempt_pkey primary key (student_id, attempt_started_at, attempt_id),
  constraint grading_claims_attempt_fkey foreign key (student_id, attempt_started_at, attempt_id)
    references learning.attempts (student_id, started_at, id) on delete restrict,
  constraint grading_claims_claimed_by_fkey foreign key (claimed_by) references identity.users (id) on delete restrict
);
comment on table learning.grading_claims is
  'Who grades an attempt right now, so that two graders do not do the same work; runs out by itself. Shard class: student-keyed.';
create index grading_claims_claimed_by_idx on learning.grading_claims (claimed_by);

call platform.protect('learning.manual_grades');
call platform.protect('learning.grading_claims');
grant delete on learning.grading_claims to techcourse_loader;
call audit.watch('learning.manual_grades', 'student_id,attempt_id,question_id', 'points,graded_by');
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.manual_grades', 'student-keyed', 'student_id'), ('learning.grading_claims', 'student-keyed', 'student_id');

-- answers, their revisions and the hand-in go through functions: a plain update could go back behind them
revoke update (answers, revision, status) on learning.attempts from techcourse_app;
drop policy attempts_student_answers_policy on learning.attempts;
