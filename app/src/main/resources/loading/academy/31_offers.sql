-- The prices over time, the coupons, and the texts of reviews.
create temp table price_change_plan on commit drop as
select c.id as course_id, c.instructor_id, p.item ->> 'changed_by' as changed_by, (p.item ->> 'new_price')::numeric(10, 2) as price,
       clock.day + (p.item ->> 'day')::int + interval '7 hours' as changed_at, p.n
  from clock, academy_content d, jsonb_array_elements(d.document) with ordinality p (item, n)
  join course_plan c on c.slug = p.item ->> 'course'
 where d.name = 'price_changes';

create temp table price_period on commit drop as
select p.course_id, p.price, p.valid_from,
       coalesce(lead(p.valid_from) over (partition by p.course_id order by p.valid_from), 'infinity') as valid_until
  from (select id as course_id, first_price as price, '-infinity'::timestamptz as valid_from from course_plan
        union all select course_id, price, changed_at::timestamptz from price_change_plan) p;

create temp table coupon_plan on commit drop as
select platform.uuid_v7_of(v.valid_from, 'academy.coupon.' || (c.item ->> 'code')) as id, c.item ->> 'code' as code,
       (c.item ->> 'percent')::numeric as percent_off, (c.item ->> 'amount')::numeric as amount_off, c.item ->> 'currency' as currency,
       c.item ->> 'scope' as scope, k.id as course_id, coalesce(i.id, k.instructor_id) as instructor_id,
       v.valid_from, v.valid_from + (c.item ->> 'valid_days')::int * interval '1 day' as valid_until,
       (c.item ->> 'max_redemptions')::int as max_redemptions, 1 as max_per_student, (c.item ->> 'first_purchase_only')::boolean as first_purchase_only,
       -- marketing makes the coupons of the platform, instructors their own
       coalesce(i.id, k.instructor_id, (select s.id from staff s where s.role = 'marketing')) as created_by
  from clock
  cross join academy_content d
  cross join lateral jsonb_array_elements(d.document) c (item)
  cross join lateral (select (clock.day + (c.item ->> 'valid_from_day')::int)::timestamptz as valid_from) v
  left join course_plan k on c.item ->> 'scope' = 'course' and k.slug = c.item ->> 'target'
  left join instructor i on c.item ->> 'scope' = 'instructor' and i.slug = c.item ->> 'target'
 where d.name = 'coupons';
insert into sales.coupons (id, code, percent_off, amount_off, currency, scope, course_id, instructor_id, valid_from, valid_until,
                           max_redemptions, max_per_student, first_purchase_only, created_by, created_at, updated_at)
select c.id, c.code, c.percent_off, c.amount_off, c.currency, c.scope, c.course_id, c.instructor_id, c.valid_from, c.valid_until,
       c.max_redemptions, c.max_per_student, c.first_purchase_only, c.created_by, c.valid_from, c.valid_from
  from coupon_plan c order by c.valid_from, c.code;

create temp table review_text on commit drop as
select r.rating::int as rating, array(select jsonb_array_elements_text(r.texts)) as texts
  from academy_content d, jsonb_each(d.document) r (rating, texts) where d.name = 'reviews';
