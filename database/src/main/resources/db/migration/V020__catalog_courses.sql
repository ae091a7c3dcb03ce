-- Categories and courses, with the price at which a course is sold.
create table catalog.categories (
  id uuid not null default platform.uuid_v7(),
  slug text not null,
  name text not null,
  description text not null default '',
  position integer not null,
  constraint categories_id_pkey primary key (id),
  constraint categories_slug_key unique (slug),
  constraint categories_slug_is_url_safe_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  constraint categories_name_length_check check (length(btrim(name)) between 1 and 80),
  constraint categories_description_length_check check (length(description) <= 500)
);
comment on table catalog.categories is 'Subjects under which courses are found. Shard class: reference.';

create table catalog.courses (
  id uuid not null default platform.uuid_v7(),
  slug text not null,
  instructor_id uuid not null,
  instructor_role text not null generated always as ('instructor') stored,
  category_id uuid not null,
  title text not null,
  subtitle text not null default '',
  description text not null default '',
  language text not null default 'en',
  level text not null default 'beginner',
  price numeric(10, 2) not null,
  currency platform.currency_code not null,
  status text not null default 'draft',
  published_at timestamptz,
  external_id text,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  search tsvector not null generated always as (
    setweight(to_tsvector(case language when 'de' then 'pg_catalog.german'::regconfig
      when 'es' then 'pg_catalog.spanish'::regconfig when 'fr' then 'pg_catalog.french'::regconfig
      when 'en' then 'pg_catalog.english'::regconfig else 'pg_catalog.simple'::regconfig end, title), 'A')
    || setweight(to_tsvector(case language when 'de' then 'pg_catalog.german'::regconfig
      when 'es' then 'pg_catalog.spanish'::regconfig when 'fr' then 'pg_catalog.french'::regconfig
      when 'en' then 'pg_catalog.english'::regconfig else 'pg_catalog.simple'::regconfig end,
      subtitle || ' ' || description), 'B')) stored,
  constraint courses_id_pkey primary key (id),
  constraint courses_slug_key unique (slug),
  constraint courses_external_id_key unique (external_id),
  -- what lessons, quizzes and enrollments copy, so that row security needs no other table
  constraint courses_id_instructor_id_key unique (id, instructor_id),
  constraint courses_id_instructor_id_status_key unique (id, instructor_id, status),
  constraint courses_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  -- who leads a course holds the role, and keeps it as long as the course exists
  constraint courses_instructor_id_role_fkey foreign key (instructor_id, instructor_role)
    references identity.user_roles (user_id, role) on delete restrict,
  constraint courses_category_id_fkey foreign key (category_id) references catalog.categories (id) on delete restrict,
  constraint courses_slug_is_url_safe_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  constraint courses_title_length_check check (length(btrim(title)) between 1 and 160),
  constraint courses_subtitle_length_check check (length(subtitle) <= 240),
  constraint courses_description_length_check check (length(description) <= 20000),
  constraint courses_language_is_iso_639_check check (language ~ '^[a-z]{2,3}$'),
  constraint courses_level_check check (level in ('beginner', 'intermediate', 'advanced')),
  constraint courses_price_not_negative_check check (price >= 0),
  constraint courses_status_check check (status in ('draft', 'published', 'archived')),
  constraint courses_published_has_a_time_check check (status = 'draft' or published_at is not null),
  constraint courses_version_positive_check check (version > 0),
  constraint courses_external_id_length_check check (length(external_id) between 1 and 200)
);
comment on table catalog.courses is
  'Courses with their price; every change of price is audited. Shard class: reference.';
-- the catalogue: words in the course's own language
create index courses_search_idx on catalog.courses using gin (search);
-- the catalogue: a title with a typing error, or a part of it
create index courses_title_idx on catalog.courses using gin (title extensions.gin_trgm_ops);
-- the catalogue: one category, newest first
create index courses_category_id_idx on catalog.courses (category_id, published_at desc, id) where status = 'published';
-- the catalogue: newest first, page by page
create index courses_published_at_idx on catalog.courses (published_at desc, id) where status = 'published';
-- the studio: an instructor's courses
create index courses_instructor_id_idx on catalog.courses (instructor_id, instructor_role);
create index courses_category_id_any_status_idx on catalog.courses (category_id);

create function catalog.course_changes() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
  end if;
  if new.status = 'published' and new.published_at is null then
    new.published_at := clock_timestamp();
  end if;
  return new;
end
$$;
comment on function catalog.course_changes() is
  'Trigger: counts the version (the ETag of a course) and stamps its first publication.';
create trigger courses_changes before insert or update on catalog.courses
  for each row execute function catalog.course_changes();

create table catalog.course_instructors (
  course_id uuid not null,
  instructor_id uuid not null,
  share_percent numeric(5, 2) not null,
  added_at timestamptz not null default clock_timestamp(),
  constraint course_instructors_course_id_instructor_id_pkey primary key (course_id, instructor_id),
  constraint course_instructors_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint course_instructors_instructor_id_fkey
    foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint course_instructors_share_is_percent_check check (share_percent between 0 and 100)
);
comment on table catalog.course_instructors is
  'Further instructors of a course and the percent of the instructors'' part that each earns; the lead earns the rest. Shard class: reference.';
create index course_instructors_instructor_id_idx on catalog.course_instructors (instructor_id);

call platform.protect('catalog.categories');
call platform.protect('catalog.courses');
call platform.protect('catalog.course_instructors');
grant select, insert (id, slug, name, description, position), update (slug, name, description, position)
  on catalog.categories to techcourse_app;
grant select, insert (id, slug, instructor_id, category_id, title, subtitle, description, language, level, price, currency, status),
  update (slug, category_id, title, subtitle, description, language, level, price, currency, status)
  on catalog.courses to techcourse_app;
grant select, insert (course_id, instructor_id, share_percent), update (share_percent), delete
  on catalog.course_instructors to techcourse_app;
create policy categories_everyone_reads_policy on catalog.categories for select to techcourse_app using (true);
create policy categories_admin_adds_policy on catalog.categories for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin');
create policy categories_admin_edits_policy on catalog.categories for update to techcourse_app
  using (current_setting('app.role', true) = 'admin');
-- what has ever been published is public; a draft is its instructor's
create policy courses_public_reads_policy on catalog.courses for select to techcourse_app
  using (status <> 'draft' or current_setting('app.role', true) = 'admin'
    or instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy courses_instructor_adds_policy on catalog.courses for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy courses_instructor_edits_policy on catalog.courses for update to techcourse_app
  using (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy course_instructors_involved_read_policy on catalog.course_instructors for select to techcourse_app
  using (current_setting('app.role', true) = 'admin'
    or instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy course_instructors_admin_policy on catalog.course_instructors to techcourse_app
  using (current_setting('app.role', true) = 'admin') with check (current_setting('app.role', true) = 'admin');

insert into platform.shard_plan (table_name, class) values
  ('catalog.categories', 'reference'), ('catalog.courses', 'reference'), ('catalog.course_instructors', 'reference');
