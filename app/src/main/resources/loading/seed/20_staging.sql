-- What COPY writes; row security admits no COPY into the tables themselves.
create temp table seed_student (
  n integer not null, first_name integer not null, last_name integer not null, country integer not null, created_at timestamptz not null) on commit drop;
create temp table seed_enrollment (
  n integer not null, course_no integer not null, enrolled_at timestamptz not null, lessons_done integer not null) on commit drop;
create temp table seed_attempt (
  n integer not null, course_no integer not null, attempt_no integer not null, started_at timestamptz not null,
  answers jsonb not null, item_points jsonb not null, score numeric not null) on commit drop;
