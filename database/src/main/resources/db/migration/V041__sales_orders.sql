-- Orders: what a student buys, with price and share frozen at that moment.
create table sales.orders (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  placed_at timestamptz not null default clock_timestamp(),
  currency platform.currency_code not null,
  country platform.country_code,
  total_amount platform.money_amount not null default 0,
  idempotency_key text,
  constraint orders_student_id_id_pkey primary key (student_id, id),
  -- a retried request finds the order that it made before
  constraint orders_student_id_idempotency_key_key unique (student_id, idempotency_key),
  -- a payment pays exactly the total; from then on the total cannot change
  constraint orders_student_id_id_total_amount_currency_key unique (student_id, id, total_amount, currency),
  constraint orders_student_id_id_currency_key unique (student_id, id, currency),
  constraint orders_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint orders_idempotency_key_length_check check (length(idempotency_key) between 8 and 200)
);
comment on table sales.orders is
  'What a student orders; the total is kept by the database as the sum of the lines. Shard class: student-keyed.';
create index orders_placed_at_idx on sales.orders using brin (placed_at) with (pages_per_range = 32, autosummarize = on);

create table sales.order_lines (
  student_id uuid not null,
  order_id uuid not null,
  course_id uuid not null,
  instructor_id uuid not null,
  list_price platform.money_amount not null,
  discount_amount platform.money_amount not null default 0,
  amount platform.money_amount not null generated always as (list_price - discount_amount) stored,
  currency platform.currency_code not null,
  instructor_share numeric(5, 4) not null,
  coupon_id uuid,
  refunded_amount platform.money_amount not null default 0,
  constraint order_lines_student_id_order_id_course_id_pkey primary key (student_id, order_id, course_id),
  -- one currency in an order; amounts of several are never added up
  constraint order_lines_order_currency_fkey foreign key (student_id, order_id, currency)
    references sales.orders (student_id, id, currency) on delete restrict,
  constraint order_lines_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint order_lines_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint order_lines_coupon_id_fkey foreign key (coupon_id) references sales.coupons (id) on delete restrict,
  constraint order_lines_discount_at_most_price_check check (discount_amount <= list_price),
  constraint order_lines_discount_has_a_coupon_check check (discount_amount = 0 or coupon_id is not null),
  constraint order_lines_share_from_0_to_1_check check (instructor_share between 0 and 1),
  constraint order_lines_refunded_at_most_paid_check check (refunded_amount <= list_price - discount_amount)
);
comment on table sales.order_lines is
  'One course of an order: list price, discount, what is paid, and the instructor''s share, frozen. Shard class: student-keyed.';
create index order_lines_course_id_idx on sales.order_lines (course_id);
create index order_lines_instructor_id_idx on sales.order_lines (instructor_id);
create index order_lines_coupon_id_idx on sales.order_lines (coupon_id) where coupon_id is not null;
create index order_lines_order_currency_idx on sales.order_lines (student_id, order_id, currency);

create function sales.add_line_to_total() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sales.orders o set total_amount = o.total_amount + new.amount
   where o.student_id = new.student_id and o.id = new.order_id;
  return null;
end
$$;
comment on function sales.add_line_to_total() is
  'Trigger: adds a new line to the total of its order. Once a payment points at the total, its foreign key refuses.';
create trigger order_lines_add_to_total after insert on sales.order_lines
  for each row execute function sales.add_line_to_total();

create table sales.coupon_redemptions (
  student_id uuid not null,
  coupon_id uuid not null,
  use_no integer not null,
  use_limit integer not null,
  order_id uuid not null,
  redeemed_at timestamptz not null default clock_timestamp(),
  constraint coupon_redemptions_student_id_coupon_id_use_no_pkey primary key (student_id, coupon_id, use_no),
  constraint coupon_redemptions_student_id_order_id_coupon_id_key unique (student_id, order_id, coupon_id),
  constraint coupon_redemptions_student_id_order_id_fkey foreign key (student_id, order_id)
    references sales.orders (student_id, id) on delete restrict,
  constraint coupon_redemptions_coupon_id_use_limit_fkey foreign key (coupon_id, use_limit)
    references sales.coupons (id, max_per_student) on update cascade on delete restrict,
  constraint coupon_redemptions_use_no_within_limit_check check (use_no between 1 and use_limit)
);
comment on table sales.coupon_redemptions is
  'Which student used which coupon, how many times at most. Shard class: student-keyed.';
create index coupon_redemptions_coupon_id_idx on sales.coupon_redemptions (coupon_id, redeemed_at);
create index coupon_redemptions_coupon_id_use_limit_idx on sales.coupon_redemptions (coupon_id, use_limit);

call platform.protect('sales.orders');
call platform.protect('sales.order_lines');
call platform.protect('sales.coupon_redemptions');
call platform.give_function('sales.add_line_to_total()', 'techcourse_loader');
grant select on sales.orders, sales.order_lines, sales.coupon_redemptions to techcourse_app;
do $$
declare
  target text;
begin
  foreach target in array array['orders', 'order_lines', 'coupon_redemptions'] loop
    execute format($p$create policy %I on sales.%I for select to techcourse_app
      using (student_id = nullif(current_setting('app.user_id', true), '')::uuid)$p$, target || '_student_reads_policy', target);
  end loop;
end
$$;
create policy order_lines_instructor_reads_policy on sales.order_lines for select to techcourse_app
  using (current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table learning.enrollments add constraint enrollments_order_line_fkey
  foreign key (student_id, order_id, course_id) references sales.order_lines (student_id, order_id, course_id) on delete restrict;
create index enrollments_order_line_idx on learning.enrollments (student_id, order_id, course_id) where order_id is not null;
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('sales.orders', 'student-keyed', 'student_id'), ('sales.order_lines', 'student-keyed', 'student_id'),
  ('sales.coupon_redemptions', 'student-keyed', 'student_id');
