-- The listings on sale. The orders and ranges of numbers are not leakproof, so under a policy of the rows they would not
-- reach an index. Owned by techcourse_reader, not security_invoker: everything in it is public, and so nothing can leak.
create or replace view catalog.published_listings as
select l.course_id, l.category_id, l.level, l.language, l.price, l.currency::text as currency, l.average, l.ratings, l.students,
       l.price_range, l.half_stars,
       (select c.counted_at from catalog.listing_counts c where c.figure = 'students') as students_counted_at
  from catalog.listings l
 where l.published;
comment on view catalog.published_listings is
  'What the catalogue orders, filters and counts the courses on sale by, beside catalog.published_courses.';
comment on column catalog.published_listings.course_id is 'The course.';
comment on column catalog.published_listings.category_id is 'Where it stands in the catalogue.';
comment on column catalog.published_listings.level is 'beginner, intermediate or advanced.';
comment on column catalog.published_listings.language is 'ISO 639 code of the language of instruction.';
comment on column catalog.published_listings.price is 'Price, 0 for a free course, in the currency beside it.';
comment on column catalog.published_listings.currency is 'ISO 4217 code.';
comment on column catalog.published_listings.average is 'Stars on average as of the last roll-up, 0 where nobody has rated.';
comment on column catalog.published_listings.ratings is 'How many have rated it, as of the last roll-up.';
comment on column catalog.published_listings.students is 'How many take it, as of the last count.';
comment on column catalog.published_listings.price_range is 'free, under-25, 25-to-50, 50-to-100 or 100-and-more.';
comment on column catalog.published_listings.half_stars is 'The average in half stars, rounded down.';
comment on column catalog.published_listings.students_counted_at is 'When the students of all courses were last counted.';
call platform.give_view('catalog.published_listings', 'techcourse_reader');
grant select on catalog.published_listings to techcourse_app;
