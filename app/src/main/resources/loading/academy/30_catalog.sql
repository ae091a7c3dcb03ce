-- Categories, courses at their first price, and their curriculum.
insert into catalog.categories (id, slug, name, description, position)
select platform.uuid_v7_of(clock.first_day::timestamptz, 'academy.category.' || (c.item ->> 'slug')), c.item ->> 'slug', c.item ->> 'name',
       c.item ->> 'description', (c.item ->> 'position')::int
  from clock, academy_content d, jsonb_array_elements(d.document) c (item) where d.name = 'categories'
 order by (c.item ->> 'position')::int;

create temp table course_plan on commit drop as
with courses as (
  select c.item, c.item ->> 'slug' as slug, row_number() over (order by c.item ->> 'slug') as course_no,
         -- most have been on sale for long, a few are new
         case when pg_temp.draw('new.' || (c.item ->> 'slug')) < 0.10
           then clock.day - 25 - floor(45 * pg_temp.draw('published.' || (c.item ->> 'slug')))::int
           else clock.day - 110 - floor(180 * pg_temp.draw('published.' || (c.item ->> 'slug')))::int end as published_on
    from clock, academy_content d, jsonb_array_elements(d.document) c (item) where d.name like 'courses/%'
)
select c.course_no, c.slug, c.item, i.id as instructor_id, i.email as instructor_email, k.id as category_id,
       (c.item ->> 'price')::numeric(10, 2) as first_price, c.item ->> 'currency' as currency, c.item ->> 'status' as status,
       c.published_on + interval '9 hours' as published_at, (c.published_on - 20)::timestamptz as created_at,
       platform.uuid_v7_of((c.published_on - 20)::timestamptz, 'academy.course.' || c.slug) as id
  from courses c
  join instructor i on i.slug = c.item ->> 'instructor'
  join catalog.categories k on k.slug = c.item ->> 'category';

insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, language, level, price, currency,
                             status, published_at, created_at, updated_at)
select c.id, c.slug, c.instructor_id, c.category_id, c.item ->> 'title', c.item ->> 'subtitle', c.item ->> 'description',
       c.item ->> 'language', c.item ->> 'level', c.first_price, c.currency, c.status, c.published_at, c.created_at, c.published_at
  from course_plan c order by c.created_at, c.id;
-- who teaches beside the lead, and has a part of what is sold
insert into catalog.course_instructors (course_id, instructor_id, share_percent, added_at, lead_id)
select c.id, i.id, (k.item ->> 'share_percent')::numeric, c.created_at, c.instructor_id
  from course_plan c, jsonb_array_elements(c.item -> 'co_instructors') k (item)
  join instructor i on i.slug = k.item ->> 'instructor'
 order by c.slug, i.slug;

create temp table section_plan on commit drop as
select c.id as course_id, c.slug, c.instructor_id, s.n::int as position, s.item,
       platform.uuid_v7_of(c.created_at, 'academy.section.' || c.slug || '.' || s.n) as id, c.created_at
  from course_plan c, jsonb_array_elements(c.item -> 'sections') with ordinality s (item, n);
insert into catalog.sections (id, course_id, position, title)
select s.id, s.course_id, s.position, s.item ->> 'title' from section_plan s order by s.created_at, s.slug, s.position;

create temp table lesson_plan on commit drop as
select s.course_id, s.slug, s.instructor_id, s.id as section_id, l.n::int as position, l.item, (l.item ->> 'minutes')::int as minutes,
       row_number() over (partition by s.course_id order by s.position, l.n)::int as lesson_no,
       s.slug || '.' || s.position || '.' || l.n as key,
       platform.uuid_v7_of(s.created_at, 'academy.lesson.' || s.slug || '.' || s.position || '.' || l.n) as id
  from section_plan s, jsonb_array_elements(s.item -> 'lessons') with ordinality l (item, n);
analyze lesson_plan;
insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes, preview)
select l.id, l.course_id, l.section_id, l.position, l.item ->> 'title', l.item ->> 'kind', l.minutes, (l.item ->> 'preview')::boolean
  from lesson_plan l order by l.slug, l.lesson_no;
insert into catalog.lesson_contents (lesson_id, instructor_id, markdown)
select l.id, l.instructor_id, l.item ->> 'body' from lesson_plan l where l.item ->> 'body' is not null order by l.slug, l.lesson_no;

create temp table quiz_plan on commit drop as
select c.id as course_id, c.instructor_id, c.slug || '.' || q.n as key, (q.n - 1)::int as position, q.document as metadata,
       jsonb_array_length(c.item -> 'quizzes') as quizzes, c.created_at,
       platform.uuid_v7_of(c.created_at, 'academy.quiz.' || c.slug || '.' || q.n) as id
  from course_plan c, jsonb_array_elements(c.item -> 'quizzes') with ordinality q (document, n);
insert into catalog.quizzes (id, course_id, position, metadata, created_at, updated_at)
select q.id, q.course_id, q.position, q.metadata, q.created_at, q.created_at from quiz_plan q order by q.created_at, q.key;
