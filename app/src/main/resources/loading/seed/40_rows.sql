-- One batch of students with everything that hangs on them, in the order of the foreign keys.
insert into identity.users (id, email, display_name, country, email_verified_at, created_at, updated_at)
select p.id, 'seed' || r.seed || '-' || p.n || '@students.example', w.first_names[p.first_name] || ' ' || w.last_names[p.last_name],
       w.countries[p.country], p.created_at + interval '5 minutes', p.created_at, p.created_at
  from seed_person p, seed_words w, seed_run r order by p.n;
insert into identity.user_roles (user_id, role, granted_at) select p.id, 'student', p.created_at from seed_person p order by p.n;

insert into sales.orders (student_id, id, placed_at, currency, country)
select b.student_id, b.order_id, b.enrolled_at - interval '30 seconds', b.currency, w.countries[p.country]
  from seed_purchase b join seed_person p on p.n = b.n cross join seed_words w where b.price > 0 order by b.n, b.course_no;
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
select b.student_id, b.order_id, b.course_id, b.instructor_id, b.price, b.currency, r.instructor_share
  from seed_purchase b, seed_run r where b.price > 0 order by b.n, b.course_no;
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, created_at, captured_at)
select b.student_id, b.payment_id, b.order_id, b.price, b.currency, 'captured', 'sandbox', b.key, b.enrolled_at - interval '20 seconds', b.enrolled_at
  from seed_purchase b where b.price > 0 order by b.n, b.course_no;
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select 'sandbox', b.key, b.student_id, b.payment_id from seed_purchase b where b.price > 0 order by b.n, b.course_no;

-- a captured payment has enrolled its student and posted the sale
insert into learning.enrollments (student_id, course_id, instructor_id, enrolled_at)
select b.student_id, b.course_id, b.instructor_id, b.enrolled_at
  from seed_purchase b where b.price = 0 order by b.n, b.course_no;
insert into learning.lesson_progress (student_id, lesson_id, course_id, position_seconds, started_at, last_seen_at, completed_at)
select b.student_id, l.id, b.course_id, l.minutes * 60, t.started_at, t.started_at + l.minutes * interval '1 minute', t.started_at + l.minutes * interval '1 minute'
  from seed_purchase b
  join catalog.lessons l on l.course_id = b.course_id and l.position <= b.lessons_done
  cross join lateral (select b.enrolled_at + l.position * interval '2 hours' as started_at) t order by b.n, b.course_no, l.position;

insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
select t.student_id, t.quiz_id, t.attempt_no, t.course_id, 1, 3, t.started_at, t.id from seed_try t order by t.n, t.started_at;
insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status, answers, submitted_at,
                               item_points, score, passing_score, graded_at)
select t.student_id, t.started_at, t.id, t.quiz_id, 1, t.course_id, t.instructor_id, t.attempt_no, 'graded', t.answers, t.started_at + interval '10 minutes',
       t.item_points, t.score, t.passing_score, t.started_at + interval '10 minutes'
  from seed_try t order by t.n, t.started_at;

insert into learning.events (student_id, occurred_at, id, kind, course_id, lesson_id)
select b.student_id, b.enrolled_at, platform.uuid_v7_of(b.enrolled_at, b.key || '.enrolled'), 'enrolled', b.course_id, null from seed_purchase b
union all
select b.student_id, t.at, platform.uuid_v7_of(t.at, b.key || '.lesson.' || l.position), 'completed', b.course_id, l.id
  from seed_purchase b
  join catalog.lessons l on l.course_id = b.course_id and l.position <= b.lessons_done
  cross join lateral (select b.enrolled_at + l.position * interval '2 hours' + l.minutes * interval '1 minute' as at) t
union all
select t.student_id, t.started_at + interval '10 minutes', platform.uuid_v7_of(t.started_at, 'seed.attempt.event.' || t.id),
       case when t.score >= t.passing_score then 'passed' else 'failed' end, t.course_id, null
  from seed_try t;
