-- Staff, instructors and students. Sign-ups go over a year and grow; every role is granted by the admin.
create temp table staff on commit drop as
select p.item ->> 'role' as role, p.item ->> 'email' as email, p.item ->> 'display_name' as display_name,
       p.item ->> 'country' as country, clock.first_day::timestamptz as created_at,
       platform.uuid_v7_of(clock.first_day::timestamptz, 'academy.staff.' || (p.item ->> 'role')) as id
  from clock, academy_content d, jsonb_array_elements(d.document) p (item) where d.name = 'staff';

create temp table instructor on commit drop as
select p.item ->> 'slug' as slug, p.item ->> 'email' as email, p.item ->> 'display_name' as display_name,
       p.item ->> 'bio' as bio, p.item ->> 'country' as country, p.item ->> 'locale' as locale,
       clock.first_day + p.n * interval '5 days' as created_at,
       platform.uuid_v7_of((clock.first_day + p.n * interval '5 days')::timestamptz, 'academy.instructor.' || (p.item ->> 'slug')) as id
  from clock, academy_content d, jsonb_array_elements(d.document) with ordinality p (item, n) where d.name = 'instructors';

create temp table student on commit drop as
with names as materialized (
  select array(select jsonb_array_elements_text(d.document -> 'first_names')) as first_names,
         array(select jsonb_array_elements_text(d.document -> 'last_names')) as last_names,
         (select array_agg(c.code order by c.n) from (
            select w.item ->> 'code' as code, w.n from jsonb_array_elements(d.document -> 'countries') with ordinality w (item, n)) c) as countries,
         (select array_agg(c.part order by c.n) from (
            select sum((w.item ->> 'weight')::double precision) over (order by w.n)
                   / sum((w.item ->> 'weight')::double precision) over () as part, w.n
              from jsonb_array_elements(d.document -> 'countries') with ordinality w (item, n)) c) as country_parts
    from academy_content d where d.name = 'students'
), drawn as (
  select n, clock.first_day
           -- 3.5 times as many sign up on the last day as on the first
           + floor(365 * (sqrt(1 + (n - 1) / 2000.0 * (3.5 ^ 2 - 1)) - 1) / 2.5)::int as signed_up_on,
         names.first_names[1 + floor(cardinality(names.first_names) * pg_temp.draw('first name.' || n))::int] as first_name,
         names.last_names[1 + floor(cardinality(names.last_names) * pg_temp.draw('last name.' || n))::int] as last_name,
         names.countries[1 + width_bucket(pg_temp.draw('country.' || n), names.country_parts)] as country
    from clock, names, generate_series(1, 2000) n
), addressed as (
  select d.*, pg_temp.moment(d.signed_up_on, 'sign up.' || d.n) as created_at,
         trim('.' from regexp_replace(lower(extensions.unaccent(d.first_name || '.' || d.last_name)), '[^a-z]+', '.', 'g')) as address
    from drawn d
)
select a.n, a.signed_up_on, a.created_at, a.country,
       case a.n when 1 then 'student' else a.address
         || coalesce(nullif(row_number() over (partition by a.address order by a.n), 1)::text, '') end || '@academy.example' as email,
       a.first_name || ' ' || a.last_name as display_name,
       case when a.country in ('DE', 'AT', 'CH') then 'de' when a.country in ('FR', 'BE') then 'fr'
         when a.country in ('ES', 'MX', 'CO', 'AR', 'PE', 'CL') then 'es' else 'en' end as locale,
       -- how well this student learns: spread around 0
       pg_temp.bell('ability.' || a.n) as ability,
       platform.uuid_v7_of(a.created_at, 'academy.student.' || a.n) as id
  from addressed a;
alter table student add primary key (n);
analyze student;

insert into identity.users (id, email, display_name, bio, country, locale, email_verified_at, created_at, updated_at)
select p.id, p.email, p.display_name, p.bio, p.country, p.locale, p.created_at + p.verified_after, p.created_at, p.created_at
  from (select id, email, display_name, '' as bio, country, 'en' as locale, created_at, interval '1 minute' as verified_after from staff
        union all
        select id, email, display_name, bio, country, locale, created_at, interval '5 minutes' from instructor
        union all
        -- a few never open the e-mail that they get
        select id, email, display_name, '', country, locale, created_at,
               case when pg_temp.draw('verified.' || n) < 0.97 then interval '30 seconds' + interval '20 minutes' * pg_temp.draw('verified after.' || n) end
          from student) p
 order by p.created_at, p.id;

select platform.act_as(id, 'admin') from staff where role = 'admin';
insert into identity.user_roles (user_id, role, granted_by, granted_at)
select p.id, p.role, p.granted_by, p.created_at
  from (select s.id, s.role, a.id as granted_by, s.created_at from staff s, staff a where a.role = 'admin'
        union all
        select i.id, r.role, a.id, i.created_at from instructor i, staff a, (values ('instructor'), ('student')) r (role) where a.role = 'admin'
        union all
        -- everyone who signs up is a student by that
        select id, 'student', null, created_at from student) p
 order by p.created_at, p.id, p.role;
insert into identity.instructor_profiles (user_id, display_name, bio)
select id, display_name, bio from instructor order by created_at;
