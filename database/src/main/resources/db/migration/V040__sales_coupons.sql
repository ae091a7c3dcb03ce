-- Coupons and the slots that keep them within their limit.
create table sales.coupons (
  id uuid not null default platform.uuid_v7(),
  code extensions.citext not null,
  percent_off numeric(5, 2),
  amount_off platform.money_amount,
  currency platform.currency_code,
  scope text not null,
  course_id uuid,
  instructor_id uuid,
  valid_from timestamptz not null default clock_timestamp(),
  valid_until timestamptz not null,
  max_redemptions integer not null,
  max_per_student integer not null default 1,
  first_purchase_only boolean not null default false,
  active boolean not null default true,
  created_by uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint coupons_id_pkey primary key (id),
  -- one coupon for one code, whatever its case
  constraint coupons_code_key unique (code),
  constraint coupons_id_max_redemptions_key unique (id, max_redemptions),
  constraint coupons_id_max_per_student_key unique (id, max_per_student),
  constraint coupons_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint coupons_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint coupons_created_by_fkey foreign key (created_by) references identity.users (id) on delete restrict,
  constraint coupons_code_format_check check (code::text ~ '^[A-Za-z0-9-]{3,40}$'),
  constraint coupons_percent_or_amount_check check ((percent_off is null) <> (amount_off is null)),
  constraint coupons_percent_from_0_to_100_check check (percent_off > 0 and percent_off <= 100),
  constraint coupons_amount_has_a_currency_check check ((amount_off is null) = (currency is null) and amount_off > 0),
  constraint coupons_scope_check check (case scope
    when 'platform' then course_id is null and instructor_id is null
    when 'instructor' then course_id is null and instructor_id is not null
    when 'course' then course_id is not null else false end),
  constraint coupons_valid_until_after_from_check check (valid_until > valid_from),
  constraint coupons_max_redemptions_check check (max_redemptions between 1 and 10000000),
  constraint coupons_max_per_student_check check (max_per_student between 1 and 100)
);
comment on table sales.coupons is 'Discounts by percent or amount, within a window and a limit. Shard class: reference.';
create index coupons_course_id_idx on sales.coupons (course_id) where course_id is not null;
create index coupons_instructor_id_idx on sales.coupons (instructor_id) where instructor_id is not null;
create index coupons_created_by_idx on sales.coupons (created_by);
create trigger coupons_touch_updated_at before update on sales.coupons
  for each row execute function platform.touch_updated_at();

create table sales.coupon_slots (
  coupon_id uuid not null,
  slot_no integer not null,
  slot_limit integer not null,
  student_id uuid not null,
  order_id uuid not null,
  taken_at timestamptz not null default clock_timestamp(),
  -- each of a coupon's slots is taken once
  constraint coupon_slots_coupon_id_slot_no_pkey primary key (coupon_id, slot_no),
  -- an order takes one slot
  constraint coupon_slots_coupon_id_order_id_key unique (coupon_id, order_id),
  -- the limit is the coupon's own; raising it is passed on, lowering it below what is taken is refused
  constraint coupon_slots_coupon_id_slot_limit_fkey foreign key (coupon_id, slot_limit)
    references sales.coupons (id, max_redemptions) on update cascade on delete restrict,
  constraint coupon_slots_slot_no_within_limit_check check (slot_no between 1 and slot_limit)
);
comment on table sales.coupon_slots is
  'Redemptions of a coupon counted out one by one: a coupon is never redeemed past its limit. Shard class: reference.';
create index coupon_slots_coupon_id_slot_limit_idx on sales.coupon_slots (coupon_id, slot_limit);

call platform.protect('sales.coupons');
call platform.protect('sales.coupon_slots');
grant select, insert (id, code, percent_off, amount_off, currency, scope, course_id, instructor_id, valid_from, valid_until,
    max_redemptions, max_per_student, first_purchase_only, active, created_by),
  update (valid_from, valid_until, max_redemptions, max_per_student, first_purchase_only, active)
  on sales.coupons to techcourse_app;
create policy coupons_admin_policy on sales.coupons to techcourse_app
  using (current_setting('app.role', true) = 'admin') with check (current_setting('app.role', true) = 'admin');
create policy coupons_instructor_policy on sales.coupons to techcourse_app
  using (current_setting('app.role', true) = 'instructor' and scope <> 'platform'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (current_setting('app.role', true) = 'instructor' and scope <> 'platform'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
    and created_by = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class) values
  ('sales.coupons', 'reference'), ('sales.coupon_slots', 'reference');
