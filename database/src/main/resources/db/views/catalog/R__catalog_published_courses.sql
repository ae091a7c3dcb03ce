-- The public catalogue. Row security on courses would keep a search from its indexes: the operators of full text
-- and trigrams are not leakproof, so PostgreSQL tests the policy of every course before them.
-- Owned by techcourse_reader, not security_invoker: everything in it is public, and so nothing can leak.
create or replace view catalog.published_courses as
select c.id, c.slug, c.instructor_id, c.category_id, c.title, c.subtitle, c.description, c.language, c.level,
       c.price, c.currency::text as currency, c.published_at, c.search
  from catalog.courses c
 where c.status = 'published';
comment on view catalog.published_courses is
  'The courses on sale, for the catalogue: search these, not catalog.courses, so that the search indexes serve.';
comment on column catalog.published_courses.id is 'The course.';
comment on column catalog.published_courses.slug is 'Name of the course in addresses.';
comment on column catalog.published_courses.instructor_id is 'Who leads it.';
comment on column catalog.published_courses.category_id is 'Where it stands in the catalogue.';
comment on column catalog.published_courses.title is 'Title; close matches by trigram: words operator(extensions.<%) title.';
comment on column catalog.published_courses.subtitle is 'What it is about, in a sentence.';
comment on column catalog.published_courses.description is 'What it is about, in Markdown.';
comment on column catalog.published_courses.language is 'ISO 639 code of the language of instruction.';
comment on column catalog.published_courses.level is 'beginner, intermediate or advanced.';
comment on column catalog.published_courses.price is 'Price, 0 for a free course, in the currency beside it.';
comment on column catalog.published_courses.currency is 'ISO 4217 code.';
comment on column catalog.published_courses.published_at is 'First publication; the catalogue shows the newest first.';
comment on column catalog.published_courses.search is 'Words of title, subtitle and description in the course''s language.';
call platform.give_view('catalog.published_courses', 'techcourse_reader');
grant select on catalog.published_courses to techcourse_app;
