-- 200,000 students and what they do, in one go: only to see which way the planner takes. Triggers and foreign keys are
-- off, because the rows are right by construction; checks, generated columns and the audit stay on.
set session_replication_role = replica;
set work_mem = '128MB';
select platform.ensure_partitions();
select platform.ensure_partitions(t, '2026-10-01', '2026-10-31') from unnest(array['learning.attempts', 'learning.events']::regclass[]) t;
-- the n-th row of a kind
create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable parallel safe
  return (kind || lpad(to_hex(n), 12, '0'))::uuid;
create temp table kind as
select '00000000-0000-7000-8000-'::text as student, '00000000-0000-7000-8001-'::text as instructor,
       '00000000-0000-7000-8002-'::text as category, '00000000-0000-7000-8003-'::text as course,
       '00000000-0000-7000-8004-'::text as quiz, '00000000-0000-7000-8005-'::text as orders,
       '00000000-0000-7000-8006-'::text as lesson, '00000000-0000-7000-8007-'::text as other;

insert into identity.users (id, email, display_name, country, created_at)
select pg_temp.id(k.student, n), 'student' || n || '@example.org', 'Student ' || n, 'PT', timestamptz '2026-01-01' + n * interval '1 minute'
  from kind k, generate_series(1, 200000) n;
insert into identity.users (id, email, display_name)
select pg_temp.id(k.instructor, n), 'teacher' || n || '@example.org', 'Teacher ' || n from kind k, generate_series(1, 1000) n;
-- the log has its own rows below
alter table identity.user_roles disable trigger user_roles_audit_inserts;
insert into identity.user_roles (user_id, role) select pg_temp.id(k.student, n), 'student' from kind k, generate_series(1, 200000) n;
insert into identity.user_roles (user_id, role) select pg_temp.id(k.instructor, n), 'instructor' from kind k, generate_series(1, 1000) n;
alter table identity.user_roles enable always trigger user_roles_audit_inserts;
insert into identity.sessions (token_hash, user_id, acting_role, created_at, expires_at)
select sha256(n::text::bytea), pg_temp.id(k.student, n), 'student', now(), now() + interval '1 day' from kind k, generate_series(1, 50000) n;
insert into identity.credentials (user_id, password_hash)
select pg_temp.id(k.student, n), '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('a', 60) from kind k, generate_series(1, 50000) n;

insert into catalog.categories (id, slug, name, position)
select pg_temp.id(k.category, n), 'category-' || n, 'Category ' || n, n from kind k, generate_series(1, 20) n;
insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, price, currency, status, published_at)
select pg_temp.id(k.course, n), 'course-' || n, pg_temp.id(k.instructor, 1 + n % 1000), pg_temp.id(k.category, 1 + n % 20),
       initcap(left(md5(n::text), 8) || ' and ' || left(md5(n || 'b'), 8)), 'Lessons on ' || left(md5(n || 'c'), 6),
       'What you will learn about ' || left(md5(n || 'd'), 6) || ' and ' || left(md5(n || 'e'), 6), 20, 'EUR', 'published',
       timestamptz '2026-01-01' + n * interval '10 minutes'
  from kind k, generate_series(1, 10000) n;
insert into catalog.listings (course_id, published, category_id, level, language, price, currency, average, ratings, students)
select c.id, true, c.category_id, c.level, c.language, c.price, c.currency, 1 + (n % 9) * 0.5, 10, n % 300
  from (select c.*, row_number() over (order by c.id) as n from catalog.courses c) c;
insert into catalog.quizzes (id, course_id, instructor_id, course_status, metadata)
select pg_temp.id(k.quiz, n), pg_temp.id(k.course, n), pg_temp.id(k.instructor, 1 + n % 1000), 'published',
       jsonb_build_object('schema_version', 1, 'title', 'Quiz ' || n, 'passing_score', 40 + n % 60, 'questions', jsonb_build_array(
         case when n % 500 = 0 then jsonb_build_object('id', 'q1', 'type', 'essay', 'text', 'Why?', 'points', 1)
              else jsonb_build_object('id', 'q1', 'type', 'true_false', 'text', 'Is it?', 'points', 1, 'answer', true) end))
  from kind k, generate_series(1, 5000) n;

insert into learning.enrollments (student_id, course_id, instructor_id, order_id, enrolled_at)
select pg_temp.id(k.student, n), pg_temp.id(k.course, c), pg_temp.id(k.instructor, 1 + c % 1000), pg_temp.id(k.orders, n),
       timestamptz '2026-10-01' + n * interval '10 seconds'
  from kind k, generate_series(1, 200000) n, lateral (values (1 + n % 10000), (1 + (n * 7 + 3) % 10000)) e (c);
insert into learning.lesson_progress (student_id, lesson_id, course_id, started_at)
select pg_temp.id(k.student, n), pg_temp.id(k.lesson, 3 * (1 + n % 10000) + l), pg_temp.id(k.course, 1 + n % 10000), timestamptz '2026-10-01'
  from kind k, generate_series(1, 100000) n, generate_series(0, 2) l;
insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status,
    passing_score, submitted_at, score, graded_at)
select pg_temp.id(k.student, n), t, pg_temp.id(k.other, n), pg_temp.id(k.quiz, 1 + n % 5000), 1, pg_temp.id(k.course, 1 + n % 5000),
       pg_temp.id(k.instructor, 1 + (1 + n % 5000) % 1000), 1, case when n % 100 = 0 then 'submitted' else 'graded' end,
       70, t, case when n % 100 <> 0 then n % 101 end, case when n % 100 <> 0 then t end
  from kind k, generate_series(1, 200000) n, lateral (select timestamptz '2026-10-01' + n * interval '10 seconds') s (t);
insert into learning.reviews (student_id, course_id, rating, body, created_at)
select pg_temp.id(k.student, n), pg_temp.id(k.course, 1 + n % 10000), 1 + n % 5, 'A good course', timestamptz '2026-10-01' + n * interval '10 seconds'
  from kind k, generate_series(1, 100000) n;
insert into learning.events (student_id, occurred_at, id, kind, course_id)
select pg_temp.id(k.student, 1 + n % 200000), timestamptz '2026-10-01' + n * interval '5 seconds', pg_temp.id(k.other, n), 'viewed', pg_temp.id(k.course, 1 + n % 10000)
  from kind k, generate_series(1, 400000) n;
insert into learning.certificate_numbers (number, student_id, course_id)
select 'TC-' || upper(translate(substr(h, 1, 4) || '-' || substr(h, 5, 4) || '-' || substr(h, 9, 4), 'ilou', '0123')), pg_temp.id(k.student, n), pg_temp.id(k.course, 1 + n % 10000)
  from kind k, generate_series(1, 20000) n, lateral (select lpad(to_hex(n), 12, '0')) x (h);

insert into sales.orders (student_id, id, placed_at, currency, total_amount)
select pg_temp.id(k.student, n), pg_temp.id(k.orders, n), timestamptz '2026-10-01' + n * interval '10 seconds', 'EUR', 20 from kind k, generate_series(1, 200000) n;
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, amount, currency, instructor_share)
select pg_temp.id(k.student, n), pg_temp.id(k.orders, n), pg_temp.id(k.course, 1 + n % 10000), pg_temp.id(k.instructor, 1 + n % 1000), 20, 20, 'EUR', 0.7
  from kind k, generate_series(1, 200000) n;
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, captured_at, business_day)
select pg_temp.id(k.student, n), pg_temp.id(k.other, n), pg_temp.id(k.orders, n), 20, 'EUR', 'captured', 'demo', 'ref-' || n, t, date '2025-01-01' + (n / 300)
  from kind k, generate_series(1, 200000) n, lateral (select timestamptz '2026-10-01' + n * interval '10 seconds') s (t);
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select 'demo', 'ref-' || n, pg_temp.id(k.student, n), pg_temp.id(k.other, n) from kind k, generate_series(1, 200000) n;
insert into sales.refunds (student_id, id, payment_id, order_id, course_id, amount, currency, kind, refunded_at, business_day)
select pg_temp.id(k.student, n), pg_temp.id(k.other, n), pg_temp.id(k.other, n), pg_temp.id(k.orders, n), pg_temp.id(k.course, 1 + n % 10000), 20, 'EUR', 'student',
       timestamptz '2026-10-01' + n * interval '10 seconds', date '2025-01-01' + (n / 300)
  from kind k, generate_series(40, 200000, 40) n;
insert into sales.coupons (id, code, percent_off, scope, valid_until, max_redemptions, created_by)
select pg_temp.id(k.other, n), 'CODE-' || n, 10, 'platform', '2030-01-01', 100, pg_temp.id(k.instructor, 1) from kind k, generate_series(1, 5000) n;

-- five price changes of every course
insert into audit.change_log (origin, transaction_id, relation, action, row_key, old_values, new_values, changed_by, acting_role, database_role)
select 1, n::text::xid8, 'catalog.courses', 'update', jsonb_build_object('id', pg_temp.id(k.course, 1 + n % 10000)),
       '{"price": 20, "currency": "EUR"}', '{"price": 21, "currency": "EUR"}', pg_temp.id(k.instructor, 1 + n % 1000), 'instructor', 'techcourse_app'
  from kind k, generate_series(1, 50000) n;
vacuum analyze;
