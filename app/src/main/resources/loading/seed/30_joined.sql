-- The staged numbers become keys.
create temp table seed_course on commit drop as
select n as course_no, c.id, c.instructor_id, c.price, c.currency, q.id as quiz_id,
       (q.metadata ->> 'passing_score')::numeric as passing_score
  from seed_run r
  cross join generate_series(1, r.courses) n
  join catalog.courses c on c.slug = 'seed-' || r.seed || '-course-' || n
  left join catalog.quizzes q on q.course_id = c.id;
create temp table seed_person on commit drop as
select s.*, platform.uuid_v7_of(s.created_at, 'seed.' || r.seed || '.student.' || s.n) as id
  from seed_student s, seed_run r;
create temp table seed_purchase on commit drop as
select e.n, p.id as student_id, e.course_no, c.id as course_id, c.instructor_id, c.price, c.currency, e.enrolled_at, e.lessons_done,
       platform.uuid_v7_of(e.enrolled_at, k.key || '.order') as order_id, platform.uuid_v7_of(e.enrolled_at, k.key || '.payment') as payment_id, k.key
  from seed_enrollment e
  join seed_person p on p.n = e.n
  join seed_course c on c.course_no = e.course_no
  cross join seed_run r
  cross join lateral (select 'seed.' || r.seed || '.' || e.n || '.' || e.course_no as key) k;
create temp table seed_try on commit drop as
select a.*, b.student_id, b.course_id, b.instructor_id, c.quiz_id, c.passing_score, platform.uuid_v7_of(a.started_at, b.key || '.attempt.' || a.attempt_no) as id
  from seed_attempt a
  join seed_purchase b on b.n = a.n and b.course_no = a.course_no
  join seed_course c on c.course_no = a.course_no;
analyze seed_try;
analyze seed_course; analyze seed_person; analyze seed_purchase; analyze seed_attempt;
