-- The courses of a seed, once: categories, instructors, courses with four lessons each, and a quiz for two of three.
insert into catalog.categories (id, slug, name, description, position)
select platform.uuid_v7_of(r.first_day::timestamptz, 'seed.category.' || n), 'generated-' || n, 'Generated ' || n, 'Made-up courses for trials and measurements.', 1000 + n
  from seed_run r, generate_series(1, 8) n
on conflict on constraint categories_slug_key do nothing;

create temp table seed_instructor on commit drop as
select n, r.first_day::timestamptz as created_at,
       platform.uuid_v7_of(r.first_day::timestamptz, 'seed.' || r.seed || '.instructor.' || n) as id
  from seed_run r, generate_series(1, greatest(1, r.courses / 10)) n;
insert into identity.users (id, email, display_name, created_at, updated_at)
select i.id, 'seed' || r.seed || '-instructor' || i.n || '@academy.example', 'Instructor ' || r.seed || '-' || i.n, i.created_at, i.created_at
  from seed_instructor i, seed_run r order by i.n;
insert into identity.user_roles (user_id, role, granted_at) select i.id, 'instructor', i.created_at from seed_instructor i order by i.n;
insert into identity.instructor_profiles (user_id, display_name)
select i.id, 'Instructor ' || r.seed || '-' || i.n from seed_instructor i, seed_run r order by i.n;

-- one in five is free; the others cost 14 to 99
insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, level, price, currency, status, published_at, created_at, updated_at)
select platform.uuid_v7_of(r.first_day::timestamptz, 'seed.' || r.seed || '.course.' || no),
       'seed-' || r.seed || '-course-' || no, i.id, c.id,
       (array['Practical', 'Complete', 'Modern', 'Applied', 'Everyday', 'Essential'])[1 + no % 6] || ' '
         || (array['Databases', 'Statistics', 'Photography', 'Writing', 'Chemistry', 'Accounting', 'Gardening', 'Design', 'Algebra', 'Spanish', 'Networks'])[1 + no % 11]
         || ' ' || no,
       'A generated course', (array['beginner', 'intermediate', 'advanced'])[1 + no % 3],
       case when no % 5 = 0 then 0 else 14 + (no * 37) % 86 end, (array['EUR', 'EUR', 'EUR', 'USD', 'GBP'])[1 + no % 5], 'published',
       r.first_day::timestamptz, r.first_day::timestamptz, r.first_day::timestamptz
  from seed_run r
  cross join generate_series(1, r.courses) no
  join seed_instructor i on i.n = 1 + (no - 1) % greatest(1, r.courses / 10)
  join catalog.categories c on c.slug = 'generated-' || 1 + no % 8
 order by no;

insert into catalog.sections (id, course_id, position, title)
select platform.uuid_v7_of(r.first_day::timestamptz, 'seed.section.' || c.id), c.id, 1, 'Lessons'
  from seed_run r, catalog.courses c where c.slug like 'seed-' || r.seed || '-course-%';
insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes, preview)
select platform.uuid_v7_of(r.first_day::timestamptz, 'seed.lesson.' || s.course_id || '.' || n), s.course_id, s.id, n, 'Lesson ' || n, 'video', 5 + 5 * n, n = 1
  from seed_run r
  join catalog.courses c on c.slug like 'seed-' || r.seed || '-course-%'
  join catalog.sections s on s.course_id = c.id
  cross join generate_series(1, 4) n;

insert into catalog.quizzes (id, course_id, position, metadata, created_at, updated_at)
select platform.uuid_v7_of(r.first_day::timestamptz, 'seed.quiz.' || c.id), c.id, 0,
       jsonb_build_object('schema_version', 1, 'title', 'Check of ' || c.title, 'passing_score', 50 + 10 * (n % 5), 'max_attempts', 3, 'questions', (
         select jsonb_agg(jsonb_build_object('id', 'q' || q, 'type', 'single_choice', 'points', 1,
                  'text', format('What is %s times %s?', 2 + n % 9, q + 3),
                  'options', (select jsonb_agg(jsonb_build_object('id', substr('abcd', o, 1), 'text', ((2 + n % 9) * (q + 3) + (o - 1 - (n * 7 + q * 3) % 4))::text) order by o)
                                from generate_series(1, 4) o),
                  -- the option with the right product; the generator of attempts knows the same rule
                  'answer', substr('abcd', 1 + (n * 7 + q * 3) % 4, 1)) order by q)
           from generate_series(1, 5) q)),
       r.first_day::timestamptz, r.first_day::timestamptz
  from seed_run r
  cross join generate_series(1, r.courses) n
  join catalog.courses c on c.slug = 'seed-' || r.seed || '-course-' || n
 where n % 3 <> 0;
