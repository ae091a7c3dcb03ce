-- Sales of every kind in the academy of the API tests: two currencies, three countries, a coupon, a team, a refund,
-- and money that is still under way. Small enough to compute every figure by hand.
insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status, published_at)
select platform.uuid_v7_of('2026-01-01Z', slug), slug, platform.uuid_v7_of('2026-01-01Z', 'colleague'),
       platform.uuid_v7_of('2026-01-01Z', 'cooking'), title, price, currency, 'published', '2026-06-01Z'
  from (values ('bread-course', '=Bread, slowly', 20, 'EUR'), ('soup-course', 'Soup', 30, 'USD')) c (slug, title, price, currency);
insert into sales.coupons (id, code, percent_off, scope, valid_from, valid_until, max_redemptions, created_by)
values (platform.uuid_v7_of('2026-01-01Z', 'TEN'), 'TEN', 10, 'platform', '2026-01-01Z', '2999-01-01Z', 5, platform.uuid_v7_of('2026-01-01Z', 'admin'));
insert into sales.orders (student_id, id, placed_at, currency, country, purpose)
select platform.uuid_v7_of('2026-01-01Z', who), platform.uuid_v7_of('2026-01-01Z', 'order ' || n), at::timestamptz, currency, country, purpose
  from (values (1, 'student', '2026-11-10 12:00Z', 'EUR', 'DE', 'self'), (2, 'other', '2026-11-11 12:00Z', 'EUR', 'FR', 'self'),
    (3, 'other', '2026-10-31 12:00Z', 'USD', null, 'gift'), (4, 'student', '2026-11-12 12:00Z', 'EUR', 'DE', 'gift'),
    (5, 'student', '2026-11-13 12:00Z', 'EUR', 'DE', 'gift')) o (n, who, at, currency, country, purpose);
insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id)
values (platform.uuid_v7_of('2026-01-01Z', 'TEN'), 1, 5, platform.uuid_v7_of('2026-01-01Z', 'other'), platform.uuid_v7_of('2026-01-01Z', 'order 2'));
insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id)
values (platform.uuid_v7_of('2026-01-01Z', 'other'), platform.uuid_v7_of('2026-01-01Z', 'TEN'), 1, 1, platform.uuid_v7_of('2026-01-01Z', 'order 2'));
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, quantity, list_price, discount_amount, currency,
                               instructor_share, coupon_id, tax_rate, tax_included)
select o.student_id, o.id, c.id, c.instructor_id, l.quantity, l.quantity * c.price, l.discount, c.currency, 0.7,
       case when l.discount > 0 then platform.uuid_v7_of('2026-01-01Z', 'TEN') end, l.rate, l.included
  from (values (1, 'paid-course', 1, 0, 0.19, true), (2, 'paid-course', 1, 4.95, 0.2, false), (2, 'bread-course', 1, 0, 0.2, false),
    (3, 'soup-course', 3, 0, 0, true), (4, 'bread-course', 1, 0, 0.19, true), (5, 'bread-course', 1, 0, 0.19, true))
    l (n, slug, quantity, discount, rate, included)
  join sales.orders o on o.id = platform.uuid_v7_of('2026-01-01Z', 'order ' || l.n)
  join catalog.courses c on c.slug = l.slug;
insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, captured_at)
select o.student_id, platform.uuid_v7_of('2026-01-01Z', 'payment ' || n), o.id, o.total_amount, o.currency, status, 'demo', 'reference ' || n,
       case status when 'captured' then o.placed_at + interval '1 minute' end
  from (values (1, 'captured'), (2, 'captured'), (3, 'captured'), (5, 'pending')) p (n, status)
  join sales.orders o on o.id = platform.uuid_v7_of('2026-01-01Z', 'order ' || n);
insert into sales.payment_references (gateway, reference, student_id, payment_id)
select p.gateway, p.reference, p.student_id, p.id from sales.payments p;
insert into sales.gateway_refunds (student_id, id, payment_id, amount, currency)
select p.student_id, platform.uuid_v7_of('2026-01-01Z', 'gateway refund'), p.id, 20, 'EUR' from sales.payments p where p.reference = 'reference 1';
insert into sales.refunds (student_id, id, payment_id, order_id, course_id, amount, currency, kind, refunded_at, gateway_refund_id)
select p.student_id, platform.uuid_v7_of('2026-01-01Z', 'refund'), p.id, p.order_id, l.course_id, 20, 'EUR', 'student', '2026-11-12 12:00Z',
       platform.uuid_v7_of('2026-01-01Z', 'gateway refund')
  from sales.payments p join sales.order_lines l on l.order_id = p.order_id where p.reference = 'reference 1'
