-- Certificates, reviews, and the stream of what learners do.
create table learning.certificates (
  student_id uuid not null,
  course_id uuid not null,
  number text not null,
  attempt_started_at timestamptz not null,
  attempt_id uuid not null,
  score learning.percentage not null,
  issued_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  revoked_reason text,
  -- one certificate per student and course
  constraint certificates_student_id_course_id_pkey primary key (student_id, course_id),
  constraint certificates_student_id_course_id_fkey foreign key (student_id, course_id)
    references learning.enrollments (student_id, course_id) on delete restrict,
  constraint certificates_attempt_fkey foreign key (student_id, attempt_started_at, attempt_id)
    references learning.attempts (student_id, started_at, id) on delete restrict,
  constraint certificates_number_format_check check (number ~ '^TC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
  constraint certificates_revoked_has_a_reason_check check ((revoked_at is null) = (revoked_reason is null)),
  constraint certificates_revoked_reason_length_check check (length(revoked_reason) between 1 and 500)
);
comment on table learning.certificates is
  'Proof that a student passed a course, once, resting on a passed attempt. Shard class: student-keyed.';
create index certificates_attempt_idx on learning.certificates (student_id, attempt_started_at, attempt_id);

create table learning.certificate_numbers (
  number text not null,
  student_id uuid not null,
  course_id uuid not null,
  constraint certificate_numbers_number_pkey primary key (number),
  constraint certificate_numbers_number_format_check check (number ~ '^TC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$')
);
comment on table learning.certificate_numbers is
  'Certificate numbers, unique everywhere; the way from a printed number to its certificate. Shard class: reference.';

create function learning.check_certificate() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
      select from learning.attempts a
       where a.student_id = new.student_id and a.started_at = new.attempt_started_at and a.id = new.attempt_id
         and a.course_id = new.course_id and a.passed and a.score = new.score) then
    raise exception 'The course % is not passed by this attempt.', new.course_id using errcode = 'TC320',
      hint = 'A certificate rests on a graded attempt that reached the passing score.', schema = 'learning', table = 'certificates';
  end if;
  return new;
end
$$;
comment on function learning.check_certificate() is 'Trigger: a certificate needs a passed attempt of its course (TC320).';
create trigger certificates_check before insert or update of course_id, student_id, attempt_id, attempt_started_at, score
  on learning.certificates for each row execute function learning.check_certificate();

create table learning.reviews (
  student_id uuid not null,
  course_id uuid not null,
  rating smallint not null,
  body text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint reviews_student_id_course_id_pkey primary key (student_id, course_id),
  -- only someone enrolled, now or once, reviews
  constraint reviews_student_id_course_id_fkey foreign key (student_id, course_id)
    references learning.enrollments (student_id, course_id) on delete restrict,
  constraint reviews_rating_from_1_to_5_check check (rating between 1 and 5),
  constraint reviews_body_length_check check (length(body) <= 4000)
);
comment on table learning.reviews is 'A student''s rating of a course, 1 to 5, one each. Shard class: student-keyed.';
-- the course page: latest reviews
create index reviews_course_id_idx on learning.reviews (course_id, created_at desc) include (rating);
create trigger reviews_touch_updated_at before update on learning.reviews
  for each row execute function platform.touch_updated_at();

create domain learning.event_kind as text constraint event_kind_is_known_check
  check (value in ('enrolled', 'viewed', 'answered', 'completed', 'passed', 'failed', 'searched'));
comment on domain learning.event_kind is 'What a learner did.';
create table learning.events (
  student_id uuid not null,
  occurred_at timestamptz not null default clock_timestamp(),
  id uuid not null default platform.uuid_v7(),
  kind learning.event_kind not null,
  course_id uuid,
  lesson_id uuid,
  payload learning.json_object not null default '{}',
  constraint events_student_id_occurred_at_id_pkey primary key (student_id, occurred_at, id),
  constraint events_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint events_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint events_lesson_id_fkey foreign key (lesson_id) references catalog.lessons (id) on delete restrict
) partition by range (occurred_at);
comment on table learning.events is
  'The stream of learning events, one partition a month. Shard class: student-keyed.';
-- time ranges over billions of rows that arrive in time order
create index events_occurred_at_idx on learning.events using brin (occurred_at);
create index events_course_id_idx on learning.events (course_id, occurred_at);
create index events_lesson_id_idx on learning.events (lesson_id) where lesson_id is not null;
insert into platform.partition_plan (table_name) values ('learning.events');

call platform.protect('learning.certificates');
call platform.protect('learning.certificate_numbers');
call platform.protect('learning.reviews');
call platform.protect('learning.events');
grant select on learning.certificates to techcourse_app;
grant select, insert (student_id, course_id, rating, body), update (rating, body), delete on learning.reviews to techcourse_app;
grant select, insert (student_id, kind, course_id, lesson_id, payload) on learning.events to techcourse_app;
create policy certificates_student_reads_policy on learning.certificates for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
-- reviews are public; written by their student
create policy reviews_everyone_reads_policy on learning.reviews for select to techcourse_app using (true);
create policy reviews_student_policy on learning.reviews to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy events_student_policy on learning.events to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.certificates', 'student-keyed', 'student_id'), ('learning.certificate_numbers', 'reference', null),
  ('learning.reviews', 'student-keyed', 'student_id'), ('learning.events', 'student-keyed', 'student_id');
