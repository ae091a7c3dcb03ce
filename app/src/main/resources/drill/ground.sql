-- Students with a session each who have bought nothing, three courses to buy, and a quiz in a free course that its takers
-- answer again and again.
insert into identity.users (id, email, display_name)
values (platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.instructor'), 'drill-{run}-instructor@drill.example', 'Drill Instructor'),
       (platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.admin'), 'drill-{run}-admin@drill.example', 'Drill Admin');
insert into identity.users (id, email, display_name, country, email_verified_at)
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.' || n), 'drill-{run}-' || n || '@drill.example', 'Drill ' || n, 'DE', now()
  from generate_series(1, {students}) n;
insert into identity.user_roles (user_id, role)
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.instructor'), 'instructor'
union all
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.admin'), 'admin'
union all
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.' || n), 'student' from generate_series(1, {students}) n;
insert into catalog.categories (id, slug, name, position)
values (platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.category'), 'drill-{run}', 'Drill {run}', 1000);
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status, published_at)
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.course.' || n), 'drill-{run}-' || n, platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.instructor'),
       platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.category'), 'Drill ' || n, case n when 4 then 0 else 19.90 end, 'EUR', 'published', now()
  from generate_series(1, 4) n;
insert into catalog.quizzes (id, course_id, metadata)
values (platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.quiz'), platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.course.4'), '{"schema_version": 1, "title": "Drill", "passing_score": 50, "questions": [
    {"id": "q", "type": "numeric", "text": "How many?", "points": 1, "answer": 7, "tolerance": 0}]}');
insert into learning.enrollments (student_id, course_id)
select platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.' || n), platform.uuid_v7_of('2026-01-01Z', 'drill.{run}.course.4') from generate_series(1, {takers}) n
