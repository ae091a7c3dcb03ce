-- Payments and refunds. An order is captured once, and never more is given back than was paid.
create table sales.payments (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  order_id uuid not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  status text not null,
  gateway text not null,
  reference text not null,
  created_at timestamptz not null default clock_timestamp(),
  captured_at timestamptz,
  business_day date,
  refunded_amount platform.money_amount not null default 0,
  constraint payments_student_id_id_pkey primary key (student_id, id),
  constraint payments_student_id_id_order_id_currency_key unique (student_id, id, order_id, currency),
  -- the amount is the total of the order, to the cent and in its currency
  constraint payments_order_total_fkey foreign key (student_id, order_id, amount, currency)
    references sales.orders (student_id, id, total_amount, currency) on delete restrict,
  constraint payments_status_check check (status in ('pending', 'captured', 'failed')),
  constraint payments_gateway_check check (gateway ~ '^[a-z][a-z0-9_]{1,30}$'),
  constraint payments_reference_length_check check (length(reference) between 1 and 200),
  constraint payments_captured_has_a_time_check check ((status = 'captured') = (captured_at is not null)),
  constraint payments_captured_has_a_business_day_check check ((captured_at is null) = (business_day is null)),
  constraint payments_refunded_at_most_paid_check check (refunded_amount <= amount),
  constraint payments_only_captured_is_refunded_check check (refunded_amount = 0 or status = 'captured')
);
comment on table sales.payments is
  'Payments for orders at a gateway; the business day is fixed at the capture. Shard class: student-keyed.';
-- an order is paid once, whatever retries
create unique index payments_one_captured_per_order_key on sales.payments (student_id, order_id) where status = 'captured';
create index payments_order_total_idx on sales.payments (student_id, order_id, amount, currency);
-- the daily sales report
create index payments_business_day_idx on sales.payments (business_day) include (student_id, order_id) where status = 'captured';

create table sales.payment_references (
  gateway text not null,
  reference text not null,
  student_id uuid not null,
  payment_id uuid not null,
  constraint payment_references_gateway_reference_pkey primary key (gateway, reference),
  constraint payment_references_gateway_check check (gateway ~ '^[a-z][a-z0-9_]{1,30}$'),
  constraint payment_references_reference_length_check check (length(reference) between 1 and 200)
);
comment on table sales.payment_references is
  'A gateway''s reference stands for one payment in the whole academy, so that a repeated webhook finds it. Shard class: reference.';

create table sales.refunds (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  payment_id uuid not null,
  order_id uuid not null,
  course_id uuid not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  kind text not null,
  reason text not null default '',
  requested_by uuid,
  refunded_at timestamptz not null default clock_timestamp(),
  business_day date not null,
  constraint refunds_student_id_id_pkey primary key (student_id, id),
  constraint refunds_payment_fkey foreign key (student_id, payment_id, order_id, currency)
    references sales.payments (student_id, id, order_id, currency) on delete restrict,
  constraint refunds_order_line_fkey foreign key (student_id, order_id, course_id)
    references sales.order_lines (student_id, order_id, course_id) on delete restrict,
  constraint refunds_requested_by_fkey foreign key (requested_by) references identity.users (id) on delete restrict,
  constraint refunds_amount_positive_check check (amount > 0),
  constraint refunds_kind_check check (kind in ('student', 'staff', 'chargeback')),
  constraint refunds_reason_length_check check (length(reason) <= 500)
);
comment on table sales.refunds is
  'Money given back for one line of an order, on the day it happens. Never changed. Shard class: student-keyed.';
create index refunds_payment_idx on sales.refunds (student_id, payment_id, order_id, currency);
create index refunds_order_line_idx on sales.refunds (student_id, order_id, course_id);
create index refunds_requested_by_idx on sales.refunds (requested_by) where requested_by is not null;
-- the daily sales report
create index refunds_business_day_idx on sales.refunds (business_day) include (course_id, currency, amount);

create function sales.stamp_business_day() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'refunds' then
    new.business_day := platform.business_day(new.refunded_at);
  elsif tg_op = 'INSERT' or new.captured_at is distinct from old.captured_at then
    new.business_day := platform.business_day(new.captured_at);
  end if;
  return new;
end
$$;
comment on function sales.stamp_business_day() is
  'Trigger: the business day of a capture or refund, in the accounting time zone of that moment.';
create trigger payments_stamp_business_day before insert or update of captured_at on sales.payments
  for each row execute function sales.stamp_business_day();
create trigger refunds_stamp_business_day before insert on sales.refunds
  for each row execute function sales.stamp_business_day();

create function sales.count_refund() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- the row locks make two refunds at once wait for each other; the checks then refuse the second
  update sales.payments p set refunded_amount = p.refunded_amount + new.amount
   where p.student_id = new.student_id and p.id = new.payment_id;
  update sales.order_lines l set refunded_amount = l.refunded_amount + new.amount
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id;
  -- a line that is given back whole ends its enrolment; progress stays
  update learning.enrollments e set ended_at = greatest(new.refunded_at, e.enrolled_at), end_reason = 'refunded'
    from sales.order_lines l
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
     and l.refunded_amount = l.amount
     and e.student_id = new.student_id and e.course_id = new.course_id and e.order_id = new.order_id and e.ended_at is null;
  return null;
end
$$;
comment on function sales.count_refund() is
  'Trigger: counts a refund on its payment and line (never more than paid), and ends the enrolment of a line given back whole.';
create trigger refunds_count after insert on sales.refunds for each row execute function sales.count_refund();

call platform.protect('sales.payments');
call platform.protect('sales.payment_references');
call platform.protect('sales.refunds');
revoke update on sales.refunds from techcourse_loader;
call platform.give_function('sales.count_refund()', 'techcourse_loader');
grant select on sales.payments, sales.refunds to techcourse_app;
create policy payments_student_reads_policy on sales.payments for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy refunds_student_reads_policy on sales.refunds for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('sales.payments', 'student-keyed', 'student_id'), ('sales.payment_references', 'reference', null),
  ('sales.refunds', 'student-keyed', 'student_id');
