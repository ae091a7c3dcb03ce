-- Many students with a session each, and three courses that all of them buy.
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
insert into sales.tax_rates (country, valid_from, rate, name) values ('DE', '2020-01-01', 0.19, 'MwSt');
insert into sales.coupons (id, code, percent_off, scope, valid_until, max_redemptions, created_by)
values (platform.uuid_v7_of('2026-01-01Z', 'bench.coupon'), 'BENCH', 10, 'platform', now() + interval '1 day', 1000000,
        platform.uuid_v7_of('2026-01-01Z', 'bench.instructor'));
