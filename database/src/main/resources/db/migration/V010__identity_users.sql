-- People and what each of them may act as.
create domain identity.role_name as text
  constraint role_name_is_known_check
  check (value in ('student', 'instructor', 'accountant', 'marketing', 'auditor', 'analyst', 'admin'));
comment on domain identity.role_name is 'A role that a person can act as, one at a time.';

create table identity.users (
  id uuid not null default platform.uuid_v7(),
  email extensions.citext not null,
  display_name text not null,
  bio text not null default '',
  country platform.country_code,
  locale text not null default 'en',
  status text not null default 'active',
  email_verified_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  erased_at timestamptz,
  external_id text,
  constraint users_id_pkey primary key (id),
  -- one account for one e-mail address, whatever its case
  constraint users_email_key unique (email),
  -- one account for one person of an imported source
  constraint users_external_id_key unique (external_id),
  constraint users_email_looks_like_an_address_check
    -- lengths apart from the pattern: a counted repetition makes it thirty times slower
    check (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$' and strpos(email::text, '@') <= 65
      and length(email::text) - strpos(email::text, '@') <= 189),
  constraint users_display_name_length_check check (length(btrim(display_name)) between 1 and 120),
  constraint users_bio_length_check check (length(bio) <= 2000),
  constraint users_locale_is_a_language_tag_check check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  constraint users_status_check check (status in ('active', 'suspended', 'erased')),
  constraint users_erased_has_a_time_check check ((status = 'erased') = (erased_at is not null)),
  constraint users_erased_keeps_no_personal_data_check check (
    status <> 'erased' or (email::text like 'erased-%@erased.invalid' and display_name = 'Erased user'
      and bio = '' and country is null and external_id is null)),
  constraint users_external_id_length_check check (length(external_id) between 1 and 200)
);
comment on table identity.users is
  'Everyone who has an account. A user with history is never deleted, only erased: the row stays without personal data. Shard class: reference.';
-- newcomers by day and sign-up cohorts: rows lie in time order
create index users_created_at_idx on identity.users using brin (created_at) with (pages_per_range = 32, autosummarize = on);
-- staff look up a person by a part of the name
create index users_display_name_idx on identity.users using gin (display_name extensions.gin_trgm_ops);
create trigger users_touch_updated_at before update on identity.users
  for each row execute function platform.touch_updated_at();

create table identity.user_roles (
  user_id uuid not null,
  role identity.role_name not null,
  granted_by uuid,
  granted_at timestamptz not null default clock_timestamp(),
  constraint user_roles_user_id_role_pkey primary key (user_id, role),
  constraint user_roles_user_id_fkey foreign key (user_id) references identity.users (id) on delete restrict,
  constraint user_roles_granted_by_fkey foreign key (granted_by) references identity.users (id) on delete restrict
);
comment on table identity.user_roles is 'Which roles a user may act as, and who allowed it. Shard class: reference.';
-- everyone with one role, and the check of the foreign key's other side
create index user_roles_role_idx on identity.user_roles (role, user_id) where role <> 'student';
create index user_roles_granted_by_idx on identity.user_roles (granted_by) where granted_by is not null;

call platform.protect('identity.users');
call platform.protect('identity.user_roles');
grant delete on identity.user_roles to techcourse_loader;
-- e-mail address, status and erasure change only through narrow functions, never by a plain update
grant select, insert (id, email, display_name, bio, country, locale), update (display_name, bio, country, locale)
  on identity.users to techcourse_app;
grant select, insert (user_id, role, granted_by), delete on identity.user_roles to techcourse_app;

-- a person sees and edits oneself; an admin everyone
create policy users_self_reads_policy on identity.users for select to techcourse_app
  using (id = nullif(current_setting('app.user_id', true), '')::uuid
    or current_setting('app.role', true) = 'admin');
create policy users_self_edits_policy on identity.users for update to techcourse_app
  using (id = nullif(current_setting('app.user_id', true), '')::uuid
    or current_setting('app.role', true) = 'admin')
  with check (id = nullif(current_setting('app.user_id', true), '')::uuid
    or current_setting('app.role', true) = 'admin');
create policy users_admin_adds_policy on identity.users for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin');
create policy user_roles_self_reads_policy on identity.user_roles for select to techcourse_app
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid
    or current_setting('app.role', true) = 'admin');
create policy user_roles_admin_adds_policy on identity.user_roles for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin'
    and granted_by = nullif(current_setting('app.user_id', true), '')::uuid);
create policy user_roles_admin_removes_policy on identity.user_roles for delete to techcourse_app
  using (current_setting('app.role', true) = 'admin');

-- the public name of instructors: what a course page may show, without the e-mail address
create table identity.instructor_profiles (
  user_id uuid not null,
  display_name text not null,
  bio text not null default '',
  constraint instructor_profiles_user_id_pkey primary key (user_id),
  constraint instructor_profiles_user_id_fkey foreign key (user_id) references identity.users (id) on delete restrict,
  constraint instructor_profiles_display_name_length_check check (length(btrim(display_name)) between 1 and 120),
  constraint instructor_profiles_bio_length_check check (length(bio) <= 2000)
);
comment on table identity.instructor_profiles is
  'What every visitor may know of an instructor: the public name and text of a course page. Shard class: reference.';
call platform.protect('identity.instructor_profiles');
grant select, insert (user_id, display_name, bio), update (display_name, bio) on identity.instructor_profiles to techcourse_app;
create policy instructor_profiles_everyone_reads_policy on identity.instructor_profiles
  for select to techcourse_app using (true);
create policy instructor_profiles_self_adds_policy on identity.instructor_profiles for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin'
    or current_setting('app.role', true) = 'instructor'
      and user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy instructor_profiles_self_edits_policy on identity.instructor_profiles for update to techcourse_app
  using (current_setting('app.role', true) = 'admin'
    or current_setting('app.role', true) = 'instructor'
      and user_id = nullif(current_setting('app.user_id', true), '')::uuid);

insert into platform.shard_plan (table_name, class) values
  ('identity.users', 'reference'), ('identity.user_roles', 'reference'),
  ('identity.instructor_profiles', 'reference');
