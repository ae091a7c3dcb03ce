-- Many students with a session each, three courses that all of them buy, and 300 others of 100 instructors.
insert into identity.users (id, email, display_name, country, email_verified_at)
select platform.uuid_v7_of('2026-01-01Z', 'bench.instructor'), 'bench-instructor@bench.example', 'Bench Instructor', 'DE', now()
union all
select platform.uuid_v7_of('2026-01-01Z', 'bench.' || n), 'bench' || n || '@bench.example', 'Bench ' || n, 'DE', now()
  from generate_series(0, {clients} - 1) client, generate_series(1, {students}) student, lateral (select client * 100000 + student) s (n);
insert into identity.user_roles (user_id, role)
select platform.uuid_v7_of('2026-01-01Z', 'bench.instructor'), 'instructor'
union all
select platform.uuid_v7_of('2026-01-01Z', 'bench.' || n), 'student' from generate_series(0, {clients} - 1) client, generate_series(1, {students}) student, lateral (select client * 100000 + student) s (n);
insert into catalog.categories (id, slug, name, position)
values (platform.uuid_v7_of('2026-01-01Z', 'bench.category'), 'bench', 'Bench', 1);
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status, published_at)
select platform.uuid_v7_of('2026-01-01Z', 'bench.course.' || n), 'bench-' || n, platform.uuid_v7_of('2026-01-01Z', 'bench.instructor'),
       platform.uuid_v7_of('2026-01-01Z', 'bench.category'), 'Bench ' || n, 19.90, 'EUR', 'published', now()
  from generate_series(1, 3) n;
insert into identity.users (id, email, display_name)
select platform.uuid_v7_of('2026-01-01Z', 'bench.instructor.' || n), 'bench-instructor' || n || '@bench.example', 'Bench Instructor ' || n
  from generate_series(1, 100) n;
insert into identity.user_roles (user_id, role)
select platform.uuid_v7_of('2026-01-01Z', 'bench.instructor.' || n), 'instructor' from generate_series(1, 100) n;
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status, published_at)
select platform.uuid_v7_of('2026-01-01Z', 'bench.course.' || n), 'bench-' || n, platform.uuid_v7_of('2026-01-01Z', 'bench.instructor.' || n % 100 + 1),
       platform.uuid_v7_of('2026-01-01Z', 'bench.category'), 'Bench ' || n, 19.90, 'EUR', 'published', now()
  from generate_series(4, 303) n;
insert into sales.tax_rates (country, valid_from, rate, name) values ('DE', '2020-01-01', 0.19, 'MwSt');
insert into sales.coupons (id, code, percent_off, scope, valid_until, max_redemptions, created_by)
select platform.uuid_v7_of('2026-01-01Z', 'bench.coupon.' || code), code, 10, 'platform', now() + interval '1 day', most,
       platform.uuid_v7_of('2026-01-01Z', 'bench.instructor')
  from (values ('BENCH', 1000000), ('HOT', 500)) coupon (code, most);
