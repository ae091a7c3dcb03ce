-- What the catalogue orders, filters and counts by, narrow and in one row: to count 100,000 courses by way of the
-- courses means to read what all of them teach. The figures are as of the last roll-up; no enrolment and no review waits
-- for a counter.
create table catalog.listings (
  course_id uuid not null,
  published boolean not null,
  category_id uuid not null,
  level text not null,
  language text not null,
  price numeric(10, 2) not null,
  currency platform.currency_code not null,
  average numeric(5, 4) not null default 0,
  ratings integer not null default 0,
  students integer not null default 0,
  -- what facets count by
  price_range text not null generated always as (case when price = 0 then 'free' when price < 25 then 'under-25'
    when price < 50 then '25-to-50' when price < 100 then '50-to-100' else '100-and-more' end) stored,
  half_stars smallint not null generated always as (floor(average * 2)::smallint) stored,
  constraint listings_course_id_pkey primary key (course_id),
  constraint listings_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete cascade,
  constraint listings_level_length_check check (length(level) <= 20),
  constraint listings_language_length_check check (length(language) <= 3),
  constraint listings_price_range_length_check check (length(price_range) <= 20),
  constraint listings_figures_not_negative_check check (least(average, ratings, students) >= 0 and average <= 5)
);
comment on table catalog.listings is
  'Courses as the catalogue orders and counts them: copies by a trigger, and figures as of the last roll-up. Shard class: reference.';
-- the catalogue: best rated first, page by page
create index listings_average_idx on catalog.listings (average desc, course_id) where published;
-- the catalogue: most students first, page by page
create index listings_students_idx on catalog.listings (students desc, course_id) where published;
-- the catalogue: how many courses each choice would leave
create index listings_facets_idx on catalog.listings (category_id, level, language, price_range, half_stars) where published;
call platform.protect('catalog.listings');

create table catalog.listing_counts (
  figure text not null,
  counted_at timestamptz not null default clock_timestamp(),
  constraint listing_counts_figure_pkey primary key (figure),
  constraint listing_counts_figure_check check (figure in ('students'))
);
comment on table catalog.listing_counts is 'When the figures of the listings were last counted. Shard class: reference.';
call platform.protect('catalog.listing_counts');
insert into platform.shard_plan (table_name, class) values
  ('catalog.listings', 'reference'), ('catalog.listing_counts', 'reference');

create function catalog.begin_listings() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into catalog.listings (course_id, published, category_id, level, language, price, currency)
  select n.id, n.status = 'published', n.category_id, n.level, n.language, n.price, n.currency from new_rows n;
  return null;
end
$$;
comment on function catalog.begin_listings() is 'Trigger for each statement: lists each new course.';

create function catalog.keep_listing() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update catalog.listings l
     set published = new.status = 'published', category_id = new.category_id, level = new.level, language = new.language,
         price = new.price, currency = new.currency
   where l.course_id = new.id;
  return null;
end
$$;
comment on function catalog.keep_listing() is 'Trigger: what the listing copies of a course changes with it, in the same transaction.';
call platform.give_function('catalog.begin_listings()', 'techcourse_loader');
call platform.give_function('catalog.keep_listing()', 'techcourse_loader');
create trigger courses_begin_listings after insert on catalog.courses
  referencing new table as new_rows for each statement execute function catalog.begin_listings();
create trigger courses_keep_listing after update on catalog.courses
  for each row when ((old.status, old.category_id, old.level, old.language, old.price, old.currency)
    is distinct from (new.status, new.category_id, new.level, new.language, new.price, new.currency))
  execute function catalog.keep_listing();

-- In one pass over an index; what has not changed is not written.
create function catalog.count_students() returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  courses integer;
begin
  -- one at a time; who comes second has nothing to do
  if not pg_try_advisory_xact_lock(hashtext('catalog.count_students')) then
    return 0;
  end if;
  update catalog.listings l
     set students = n.students
    from (select i.course_id, count(e.course_id)::integer as students
            from catalog.listings i
            left join learning.enrollments e on e.course_id = i.course_id and e.ended_at is null
           group by i.course_id) n
   where l.course_id = n.course_id and l.students <> n.students;
  get diagnostics courses = row_count;
  insert into catalog.listing_counts as c (figure) values ('students')
  on conflict on constraint listing_counts_figure_pkey do update set counted_at = now();
  return courses;
end
$$;
comment on function catalog.count_students() is
  'Counts how many students take each course, and says of how many courses the figure has changed; any node may call it at any time.';
call platform.give_function('catalog.count_students()', 'techcourse_loader');
grant execute on function catalog.count_students() to techcourse_app;

-- the courses that are there already
set local role techcourse_loader;
insert into catalog.listings (course_id, published, category_id, level, language, price, currency, average, ratings)
select c.id, c.status = 'published', c.category_id, c.level, c.language, c.price, c.currency,
       coalesce(round(r.stars_total::numeric / nullif(r.ratings, 0), 4), 0), coalesce(r.ratings, 0)
  from catalog.courses c left join learning.course_ratings r on r.course_id = c.id;
select catalog.count_students();
reset role;
