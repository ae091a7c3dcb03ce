-- Four students, three courses, two currencies: small enough to compute every figure by hand.
update platform.settings set value = '"Pacific/Auckland"' where name = 'accounting_time_zone';
insert into identity.users (id, email, display_name, country, created_at)
select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'p' || n || '@example.org', 'Person ' || n, case when n < 3 then 'PT' end, '2026-01-05'
  from generate_series(1, 5) n;
insert into identity.user_roles (user_id, role)
select ('00000000-0000-7000-8000-00000000000' || n)::uuid, case n when 5 then 'instructor' else 'student' end from generate_series(1, 5) n;
insert into catalog.categories (id, slug, name, position) values ('00000000-0000-7000-8000-0000000000c0', 'all', 'All', 1);
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status)
select ('00000000-0000-7000-8000-0000000000c' || n)::uuid, 'course-' || n, '00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-0000000000c0',
       'Course ' || n, price, currency, 'published'
  from (values (1, 0, 'EUR'), (2, 30, 'EUR'), (3, 50, 'USD')) c (n, price, currency);
-- everyone takes course 1, and needs 1, 2, 3 and 10 days for it
insert into learning.enrollments (student_id, course_id, enrolled_at, completed_at)
select ('00000000-0000-7000-8000-00000000000' || n)::uuid, '00000000-0000-7000-8000-0000000000c1', '2026-01-10', timestamptz '2026-01-10' + days * interval '1 day'
  from (values (1, 1), (2, 2), (3, 3), (4, 10)) e (n, days);
insert into catalog.quizzes (id, course_id, metadata) values ('00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-0000000000c1',
  '{"schema_version": 1, "title": "Quiz", "passing_score": 70, "questions": [
     {"id": "a", "type": "true_false", "text": "A?", "points": 1, "answer": true},
     {"id": "b", "type": "true_false", "text": "B?", "points": 1, "answer": true},
     {"id": "c", "type": "numeric", "text": "C?", "points": 2, "answer": 1}]}');
-- first attempts of all, a second one of the fourth student
create temp table result on commit drop as
select ('00000000-0000-7000-8000-00000000000' || n)::uuid as student_id, attempt_no, ('00000000-0000-7000-8000-0000000a' || attempt_no || '00' || n)::uuid as id,
       points::jsonb as points, score, timestamptz '2026-01-15' + attempt_no * interval '1 day' as at
  from (values (1, 1, '{"a": 1, "b": 1, "c": 2}', 100), (2, 1, '{"a": 1, "b": 0, "c": 2}', 75), (3, 1, '{"c": 1}', 25), (4, 1, '{"a": 0, "b": 1, "c": 0}', 25),
    (4, 2, '{"a": 1, "b": 1, "c": 2}', 100)) r (n, attempt_no, points, score);
insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
select student_id, '00000000-0000-7000-8000-0000000000f1', attempt_no, '00000000-0000-7000-8000-0000000000c1', 1, 1000000, at, id from result;
insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status, answers, passing_score, submitted_at,
    item_points, score, graded_at)
select student_id, at, id, '00000000-0000-7000-8000-0000000000f1', 1, '00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-000000000005', attempt_no,
       'graded', points, 70, at, points, score, at from result;
-- sales: two at noon UTC of 10 January, which is 11 January in Auckland, one of each currency; one back a day later
insert into sales.orders (student_id, id, currency)
select ('00000000-0000-7000-8000-00000000000' || n)::uuid, ('00000000-0000-7000-8000-0000000000d' || n)::uuid, c from (values (1, 'EUR'), (2, 'EUR'), (3, 'USD')) o (n, c);
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
select o.student_id, o.id, c.id, c.instructor_id, c.price, c.currency, 0.7
  from sales.orders o join catalog.courses c on c.currency = o.currency and c.price > 0;
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
select student_id, id, total_amount, currency, 'captured', 'demo', id::text, '2026-01-10 12:00Z' from sales.orders;
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select gateway, reference, student_id, id from sales.payments;
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, refunded_at)
select p.student_id, p.id, p.order_id, '00000000-0000-7000-8000-0000000000c2', 10, 'EUR', 'staff', '2026-01-11 12:00Z'
  from sales.payments p where p.student_id = '00000000-0000-7000-8000-000000000001'
