-- Two students, two instructors, an admin; every row-secured table has a row of each side.
-- Anna (a1) learns with Ivan (b1), Boris (a2) with Olga (b2); Ada (c1) is the admin.
select platform.ensure_partitions();
insert into identity.users (id, email, display_name) values
  ('00000000-0000-7000-8000-0000000000a1', 'anna@example.org', 'Anna'), ('00000000-0000-7000-8000-0000000000a2', 'boris@example.org', 'Boris'),
  ('00000000-0000-7000-8000-0000000000b1', 'ivan@example.org', 'Ivan'), ('00000000-0000-7000-8000-0000000000b2', 'olga@example.org', 'Olga'),
  ('00000000-0000-7000-8000-0000000000c1', 'ada@example.org', 'Ada');
insert into identity.user_roles (user_id, role) select id, case substr(id::text, 35, 1)
  when 'a' then 'student' when 'b' then 'instructor' else 'admin' end from identity.users;
insert into identity.instructor_profiles (user_id, display_name) select id, display_name from identity.users where substr(id::text, 35, 1) = 'b';
insert into identity.credentials (user_id, password_hash) select id, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0' from identity.users;
insert into identity.second_factors (user_id, kind, secret) select id, 'totp', sha256(id::text::bytea) from identity.users;
insert into identity.recovery_codes (user_id, code_hash) select id, sha256(id::text::bytea) from identity.users;
insert into identity.external_identities (issuer, subject, user_id) select 'https://id.example.org', id::text, id from identity.users;
insert into identity.sessions (token_hash, user_id, acting_role, expires_at)
  select sha256(user_id::text::bytea), user_id, role, now() + interval '1 day' from identity.user_roles;
insert into identity.api_tokens (user_id, acting_role, name, token_hash, scopes, expires_at)
  select user_id, role, 'laptop', sha256(user_id::text::bytea), '{catalog:read}', now() + interval '1 day' from identity.user_roles;
insert into identity.one_time_tokens (token_hash, user_id, purpose, expires_at)
  select sha256(id::text::bytea), id, 'verify_email', now() + interval '1 day' from identity.users;
insert into identity.sign_in_failures (subject_kind, subject_hash) values ('account', sha256('anna@example.org'));

insert into catalog.categories (id, slug, name, position) values ('00000000-0000-7000-8000-0000000000e1', 'databases', 'Databases', 1);
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status)
  select format('00000000-0000-7000-8000-000000000%s', n)::uuid, 'course-' || n, format('00000000-0000-7000-8000-0000000000%s', i)::uuid,
         '00000000-0000-7000-8000-0000000000e1', 'Course ' || n, 10, 'EUR', s
    from (values ('101', 'b1', 'published'), ('102', 'b2', 'published'), ('103', 'b1', 'draft'), ('104', 'b2', 'draft')) c (n, i, s);
insert into catalog.course_instructors (course_id, instructor_id, share_percent) values
  ('00000000-0000-7000-8000-000000000101', '00000000-0000-7000-8000-0000000000b2', 10),
  ('00000000-0000-7000-8000-000000000102', '00000000-0000-7000-8000-0000000000b1', 10);
insert into catalog.sections (id, course_id, position, title)
  select overlay(id::text placing '2' from 34 for 1)::uuid, id, 0, 'Beginning' from catalog.courses;
insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes)
  select overlay(id::text placing '3' from 34 for 1)::uuid, course_id, id, 0, 'First steps', 'article', 10 from catalog.sections;
insert into catalog.lesson_contents (lesson_id, instructor_id, markdown) select id, instructor_id, 'Paid for.' from catalog.lessons;
insert into catalog.quizzes (id, course_id, metadata)
  select overlay(id::text placing '4' from 34 for 1)::uuid, id, '{"schema_version": 1, "title": "Keys", "passing_score": 50, "questions": [
    {"id": "q1", "type": "true_false", "text": "A key is unique.", "points": 1, "answer": true}]}' from catalog.courses;

insert into sales.coupons (id, code, percent_off, scope, instructor_id, valid_until, max_redemptions, created_by)
  select overlay(id::text placing '5' from 34 for 1)::uuid, slug, 10, 'instructor', instructor_id, now() + interval '1 day', 100, instructor_id
    from catalog.courses where status = 'published';
insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
  values ('everything', 5, 'platform', now() + interval '1 day', 100, '00000000-0000-7000-8000-0000000000c1');
create temp table buys as
  select format('00000000-0000-7000-8000-0000000000%s', s)::uuid as student_id, c.id as course_id, c.instructor_id,
         overlay(c.id::text placing '6' from 34 for 1)::uuid as order_id, overlay(c.id::text placing '5' from 34 for 1)::uuid as coupon_id
    from (values ('a1', '00000000-0000-7000-8000-000000000101'), ('a2', '00000000-0000-7000-8000-000000000102')) b (s, c)
    join catalog.courses c on c.id = b.c::uuid;
insert into sales.orders (student_id, id, currency, idempotency_key) select student_id, order_id, 'EUR', 'fixture-key' from buys;
insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id) select coupon_id, 1, 100, student_id, order_id from buys;
insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id) select student_id, coupon_id, 1, 1, order_id from buys;
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, discount_amount, currency, instructor_share, coupon_id)
  select student_id, order_id, course_id, instructor_id, 10, 1, 'EUR', 0.7, coupon_id from buys;
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, captured_at)
  select student_id, order_id, order_id, 9, 'EUR', 'captured', 'demo', order_id::text, now() from buys;
insert into sales.payment_references (gateway, reference, student_id, payment_id) select 'demo', order_id::text, student_id, order_id from buys;
insert into sales.refunds (student_id, id, payment_id, order_id, course_id, amount, currency, kind)
  select student_id, order_id, order_id, order_id, course_id, 1, 'EUR', 'staff' from buys;
insert into sales.ledger_accounts (id, kind, instructor_id, currency)
  select overlay(id::text placing '7' from 34 for 1)::uuid, 'instructor_earned', id, 'EUR' from identity.users where substr(id::text, 35, 1) = 'b'
   union all select '00000000-0000-7000-8000-000000000701', 'bank', null, 'EUR'
  on conflict do nothing;
insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
  select '00000000-0000-7000-8000-000000000801', current_date, 'sale', '00000000-0000-7000-8000-000000000701', id, 7, 'EUR'
    from sales.ledger_accounts where kind = 'instructor_earned';
insert into sales.payouts (id, instructor_id, period_start, period_end, amount, currency)
  select overlay(id::text placing '9' from 34 for 1)::uuid, id, date '2026-01-01', date '2026-02-01', 7, 'EUR' from identity.users where substr(id::text, 35, 1) = 'b';

insert into learning.lesson_progress (student_id, lesson_id, course_id)
  select b.student_id, l.id, b.course_id from buys b join catalog.lessons l on l.course_id = b.course_id;
insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  select b.student_id, q.id, 1, b.course_id, 1, 1000000, now(), b.order_id from buys b join catalog.quizzes q on q.course_id = b.course_id;
insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, passing_score,
    status, answers, score, submitted_at, graded_at)
  select s.student_id, s.started_at, s.attempt_id, s.quiz_id, 1, s.course_id, b.instructor_id, 1, 50, 'graded', '{"q1": true}', 100, now(), now()
    from learning.attempt_slots s join buys b on b.course_id = s.course_id;
-- and a second attempt each, still open
insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  select student_id, quiz_id, 2, course_id, 1, 1000000, started_at + interval '1 second', overlay(attempt_id::text placing 'a' from 34 for 1)::uuid
    from learning.attempt_slots;
insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, passing_score)
  select s.student_id, s.started_at, s.attempt_id, s.quiz_id, 1, s.course_id, b.instructor_id, 2, 50
    from learning.attempt_slots s join buys b on b.course_id = s.course_id where s.attempt_no = 2;
insert into learning.certificate_numbers (number, student_id, course_id)
  select 'TC-0000-0000-000' || row_number() over (order by course_id), student_id, course_id from buys;
insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score)
  select a.student_id, a.course_id, n.number, a.started_at, a.id, 100 from learning.attempts a
    join learning.certificate_numbers n on n.student_id = a.student_id where a.status = 'graded';
insert into learning.reviews (student_id, course_id, rating) select student_id, course_id, 5 from buys;
insert into learning.events (student_id, kind, course_id) select student_id, 'enrolled', course_id from buys;
insert into platform.jobs (kind) values ('audit_seal');
insert into platform.outbox (topic, subject_id, payload) values ('course.published.v1', platform.uuid_v7(), '{}');
