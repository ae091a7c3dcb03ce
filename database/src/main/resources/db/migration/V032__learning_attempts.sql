-- Attempts at quizzes. The slots hold the limit; the attempts themselves are partitioned by time.
create domain learning.percentage as numeric(5, 2) constraint percentage_from_0_to_100_check check (value between 0 and 100);
comment on domain learning.percentage is 'Percent, 0 to 100, two decimals.';
create domain learning.attempt_status as text
  constraint attempt_status_is_known_check check (value in ('in_progress', 'submitted', 'graded'));
comment on domain learning.attempt_status is 'Where an attempt stands: in_progress, submitted (waits for a grade), graded.';
create domain learning.json_object as jsonb constraint json_object_is_object_check check (jsonb_typeof(value) = 'object');
comment on domain learning.json_object is 'A JSON object.';
create domain learning.positive_count as integer constraint positive_count_is_positive_check check (value > 0);
comment on domain learning.positive_count is 'A count from 1.';

create table learning.attempt_slots (
  student_id uuid not null,
  quiz_id uuid not null,
  attempt_no integer not null,
  course_id uuid not null,
  quiz_version integer not null,
  attempt_limit integer not null,
  started_at timestamptz not null,
  attempt_id uuid not null,
  -- the first, second .. attempt exists once, however many tabs ask for it
  constraint attempt_slots_student_id_quiz_id_attempt_no_pkey primary key (student_id, quiz_id, attempt_no),
  -- a slot belongs to exactly one attempt
  constraint attempt_slots_attempt_key unique (student_id, started_at, attempt_id, quiz_id, attempt_no),
  constraint attempt_slots_student_id_course_id_fkey foreign key (student_id, course_id)
    references learning.enrollments (student_id, course_id) on delete restrict,
  -- the limit is the one of the quiz version, word for word
  constraint attempt_slots_quiz_version_fkey foreign key (quiz_id, quiz_version, course_id, attempt_limit)
    references catalog.quiz_versions (quiz_id, version, course_id, attempt_limit) on delete restrict,
  constraint attempt_slots_attempt_no_within_limit_check check (attempt_no between 1 and attempt_limit)
);
comment on table learning.attempt_slots is
  'The attempts that a quiz allows a student, each taken once; keeps the limit across partitions. Shard class: student-keyed.';
create index attempt_slots_student_id_course_id_idx on learning.attempt_slots (student_id, course_id);
create index attempt_slots_quiz_version_idx on learning.attempt_slots (quiz_id, quiz_version, course_id, attempt_limit);

create table learning.attempts (
  student_id uuid not null,
  started_at timestamptz not null,
  id uuid not null,
  quiz_id uuid not null,
  quiz_version integer not null,
  course_id uuid not null,
  instructor_id uuid not null,
  attempt_no learning.positive_count not null,
  status learning.attempt_status not null default 'in_progress',
  answers learning.json_object not null default '{}',
  revision integer not null default 0,
  deadline_at timestamptz,
  submitted_at timestamptz,
  late boolean not null generated always as (coalesce(submitted_at > deadline_at, false)) stored,
  item_points learning.json_object,
  score learning.percentage,
  passing_score learning.percentage not null,
  passed boolean not null generated always as (coalesce(score >= passing_score, false)) stored,
  graded_at timestamptz,
  constraint attempts_student_id_started_at_id_pkey primary key (student_id, started_at, id),
  constraint attempts_slot_fkey foreign key (student_id, started_at, id, quiz_id, attempt_no)
    references learning.attempt_slots (student_id, started_at, attempt_id, quiz_id, attempt_no) on delete restrict,
  constraint attempts_quiz_version_fkey foreign key (quiz_id, quiz_version, course_id, passing_score)
    references catalog.quiz_versions (quiz_id, version, course_id, passing_score) on delete restrict,
  constraint attempts_submitted_has_a_time_check check ((status = 'in_progress') = (submitted_at is null)),
  constraint attempts_graded_has_a_score_check check ((status = 'graded') = (score is not null and graded_at is not null)),
  constraint attempts_submitted_after_start_check check (submitted_at >= started_at)
) partition by range (started_at);
comment on table learning.attempts is
  'Attempts at quizzes with answers and grade, one partition a month. late and passed are computed by the database. Shard class: student-keyed.';
-- results of a quiz, latest first
create index attempts_quiz_id_idx on learning.attempts (quiz_id, started_at desc);
-- essays that wait for a person
create index attempts_waiting_for_grade_idx on learning.attempts (instructor_id, submitted_at) where status = 'submitted';
create index attempts_quiz_version_idx on learning.attempts (quiz_id, quiz_version, course_id, passing_score);
-- whole months for analytics
create index attempts_started_at_idx on learning.attempts using brin (started_at);
insert into platform.partition_plan (table_name) values ('learning.attempts');

-- The clock is the database's: neither start, deadline nor hand-in can be claimed by a client.
create function learning.stamp_attempt() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if old.status <> 'in_progress' and new.answers is distinct from old.answers then
      raise exception 'The attempt % is handed in; its answers stay as they are.', old.id using errcode = 'TC311',
        hint = 'Start a new attempt if the quiz allows one.', schema = 'learning', table = 'attempts';
    end if;
    if old.status = 'in_progress' and new.status <> 'in_progress' then
      new.submitted_at := clock_timestamp();
    else
      new.submitted_at := old.submitted_at;
    end if;
  end if;
  return new;
end
$$;
comment on function learning.stamp_attempt() is
  'Trigger: stamps the hand-in with the database''s clock and freezes the answers after it (TC311).';
create trigger attempts_stamp before update on learning.attempts
  for each row when (current_user <> 'techcourse_loader') execute function learning.stamp_attempt();

call platform.protect('learning.attempt_slots');
call platform.protect('learning.attempts');
grant select on learning.attempt_slots to techcourse_app;
grant select, update (answers, revision, status) on learning.attempts to techcourse_app;
create policy attempt_slots_student_reads_policy on learning.attempt_slots for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy attempts_student_reads_policy on learning.attempts for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
-- a student may write answers and hand in, not grade
create policy attempts_student_answers_policy on learning.attempts for update to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid and status <> 'graded');
create policy attempts_instructor_reads_policy on learning.attempts for select to techcourse_app
  using (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.attempt_slots', 'student-keyed', 'student_id'), ('learning.attempts', 'student-keyed', 'student_id');
