-- The life of a payment: begun before the gateway is asked, so that no answer of it can be lost, then captured or failed.
alter table sales.payments
  add column idempotency_key text,
  add column fee_amount platform.money_amount,
  add column failure_reason text,
  add column checked_at timestamptz,
  -- the same key is the same payment
  add constraint payments_student_id_idempotency_key_key unique (student_id, idempotency_key),
  add constraint payments_idempotency_key_check check (idempotency_key ~ '^[!-~]{8,200}$'),
  add constraint payments_failure_reason_check check (failure_reason is null or status = 'failed' and length(failure_reason) between 1 and 300),
  drop constraint payments_status_check,
  add constraint payments_status_check check (status in ('pending', 'captured', 'failed', 'surplus')),
  drop constraint payments_captured_has_a_time_check,
  add constraint payments_captured_has_a_time_check check ((status in ('captured', 'surplus')) = (captured_at is not null));
-- one at a time: two tabs pay with the same payment
create unique index payments_one_pending_per_order_key on sales.payments (student_id, order_id) where status = 'pending';
-- waiting for the gateway's answer
create index payments_pending_idx on sales.payments (coalesce(checked_at, created_at)) where status = 'pending';

create function sales.guard_payment() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.status <> new.status and (old.status, new.status) not in (
       ('pending', 'captured'), ('pending', 'failed'), ('pending', 'surplus'), ('failed', 'captured'), ('failed', 'surplus'))
    or old.captured_at is not null and (old.captured_at, old.business_day) is distinct from (new.captured_at, new.business_day)
    or (old.student_id, old.id, old.order_id, old.amount, old.currency, old.gateway, old.created_at)
       is distinct from (new.student_id, new.id, new.order_id, new.amount, new.currency, new.gateway, new.created_at) then
    raise exception 'The payment % is %, and stays so.', old.id, old.status using errcode = 'TC421',
      hint = 'Give money back by a refund.', schema = 'sales', table = 'payments', column = 'status';
  end if;
  return new;
end
$$;
comment on function sales.guard_payment() is
  'Trigger: a payment goes from pending (or failed) to captured or surplus, from pending to failed, and nowhere else; what it is for never changes (TC421).';
create trigger payments_guard before update on sales.payments for each row execute function sales.guard_payment();

create table sales.gateway_refunds (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  payment_id uuid not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  status text not null default 'pending',
  reference text,
  tries integer not null default 0,
  last_error text,
  next_try_at timestamptz default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  constraint gateway_refunds_student_id_id_pkey primary key (student_id, id),
  constraint gateway_refunds_payment_fkey foreign key (student_id, payment_id) references sales.payments (student_id, id) on delete restrict,
  constraint gateway_refunds_amount_positive_check check (amount > 0),
  constraint gateway_refunds_status_check check (status in ('pending', 'done', 'failed')),
  constraint gateway_refunds_done_has_a_time_check check ((status = 'done') = (done_at is not null)),
  constraint gateway_refunds_tries_not_negative_check check (tries >= 0),
  constraint gateway_refunds_reference_length_check check (length(reference) between 1 and 200),
  constraint gateway_refunds_last_error_length_check check (length(last_error) <= 500)
);
comment on table sales.gateway_refunds is
  'What a gateway has to give back to a student, for a refund or for money that was not wanted. Shard class: student-keyed.';
create index gateway_refunds_payment_idx on sales.gateway_refunds (student_id, payment_id);
-- to be given back next
create index gateway_refunds_due_idx on sales.gateway_refunds (next_try_at) where status = 'pending';
call platform.protect('sales.gateway_refunds');
grant select on sales.gateway_refunds to techcourse_app;
create policy gateway_refunds_student_reads_policy on sales.gateway_refunds for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('sales.gateway_refunds', 'student-keyed', 'student_id');
alter table sales.refunds
  add column gateway_refund_id uuid,
  add constraint refunds_gateway_refund_fkey foreign key (student_id, gateway_refund_id)
    references sales.gateway_refunds (student_id, id) on delete restrict;
create index refunds_gateway_refund_idx on sales.refunds (student_id, gateway_refund_id) where gateway_refund_id is not null;
