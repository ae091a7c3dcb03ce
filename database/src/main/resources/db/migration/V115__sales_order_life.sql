-- The life of an order: open, then paid or closed. A student has a course in one such order at a time, so that nobody
-- pays twice for it, and an abandoned order gives back what it held.
alter table sales.orders
  add column purpose text not null default 'self',
  add column wish_details jsonb,
  add column paid_at timestamptz,
  add column closed_at timestamptz,
  add column close_reason text,
  add constraint orders_purpose_check check (purpose in ('self', 'gift', 'team')),
  add constraint orders_wish_details_check check (jsonb_typeof(wish_details) = 'object' and pg_column_size(wish_details) <= 8000),
  add constraint orders_closed_has_a_reason_check check ((closed_at is null) = (close_reason is null)),
  add constraint orders_close_reason_check check (close_reason in ('cancelled', 'expired', 'replaced')),
  add constraint orders_closed_or_paid_check check (closed_at is null or paid_at is null);
-- orders that nobody paid, to be closed
create index orders_open_idx on sales.orders (placed_at) where closed_at is null and paid_at is null;

create table sales.line_shares (
  student_id uuid not null,
  order_id uuid not null,
  course_id uuid not null,
  instructor_id uuid not null,
  share_percent numeric(5, 2) not null,
  constraint line_shares_line_instructor_id_pkey primary key (student_id, order_id, course_id, instructor_id),
  constraint line_shares_line_fkey foreign key (student_id, order_id, course_id)
    references sales.order_lines (student_id, order_id, course_id) on delete restrict,
  constraint line_shares_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint line_shares_share_percent_check check (share_percent > 0 and share_percent <= 100)
);
comment on table sales.line_shares is
  'What further instructors get of the instructors'' part of a line, frozen at the order; the lead gets the rest. Shard class: student-keyed.';
create index line_shares_instructor_id_idx on sales.line_shares (instructor_id);

create table sales.course_holds (
  student_id uuid not null,
  course_id uuid not null,
  order_id uuid not null,
  -- a course is in one open or paid order of a student: nobody pays for it twice
  constraint course_holds_student_id_course_id_pkey primary key (student_id, course_id),
  constraint course_holds_line_fkey foreign key (student_id, order_id, course_id)
    references sales.order_lines (student_id, order_id, course_id) on delete restrict
);
comment on table sales.course_holds is
  'The one order in which a student buys, or has bought, a course; gone when it is closed or given back. Shard class: student-keyed.';
create index course_holds_line_idx on sales.course_holds (student_id, order_id, course_id);

call platform.protect('sales.line_shares');
call platform.protect('sales.course_holds');
grant delete on sales.course_holds to techcourse_loader;
grant select on sales.line_shares, sales.course_holds to techcourse_app;
create policy line_shares_instructor_reads_policy on sales.line_shares for select to techcourse_app
  using (current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy course_holds_student_reads_policy on sales.course_holds for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('sales.line_shares', 'student-keyed', 'student_id'), ('sales.course_holds', 'student-keyed', 'student_id');

-- what was sold before: today's shares, and a hold for what is not given back
set local role techcourse_loader;
insert into sales.line_shares (student_id, order_id, course_id, instructor_id, share_percent)
  select l.student_id, l.order_id, l.course_id, i.instructor_id, i.share_percent
    from sales.order_lines l join catalog.course_instructors i on i.course_id = l.course_id where i.share_percent > 0;
insert into sales.course_holds (student_id, course_id, order_id)
  select l.student_id, l.course_id, l.order_id
    from sales.order_lines l
    join sales.payments p on p.student_id = l.student_id and p.order_id = l.order_id and p.status = 'captured'
   where l.refunded_amount < l.amount or l.amount = 0
  on conflict do nothing;
update sales.orders o set paid_at = p.captured_at
  from sales.payments p where p.student_id = o.student_id and p.order_id = o.id and p.status = 'captured';
reset role;

create function sales.free_coupons(student_id uuid, order_id uuid) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update sales.order_lines l set released_coupon_id = l.coupon_id, coupon_id = null
   where l.student_id = free_coupons.student_id and l.order_id = free_coupons.order_id and l.coupon_id is not null;
  delete from sales.coupon_redemptions u where u.student_id = free_coupons.student_id and u.order_id = free_coupons.order_id;
  delete from sales.coupon_slots s
   where s.order_id = free_coupons.order_id
     and s.coupon_id in (select l.released_coupon_id from sales.order_lines l
                          where l.student_id = free_coupons.student_id and l.order_id = free_coupons.order_id);
end
$$;
comment on function sales.free_coupons(uuid, uuid) is
  'Gives the coupon slots of an order back; its lines keep their discount and remember the coupon. For the functions of this room.';

create function sales.close_order(student_id uuid, order_id uuid, reason text) returns boolean
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  order_row sales.orders;
begin
  select o.* into order_row from sales.orders o
   where o.student_id = close_order.student_id and o.id = close_order.order_id for update;
  if order_row.closed_at is not null then
    return false;
  end if;
  if exists (select from sales.payments p where p.student_id = close_order.student_id and p.order_id = close_order.order_id
              and p.status = 'pending') then
    raise exception 'The order % is being paid at this moment.', order_id using errcode = 'TC427',
      hint = 'Wait until the payment has an end, then try again.', schema = 'sales', table = 'payments';
  end if;
  if order_row.paid_at is not null then
    raise exception 'The order % is paid.', order_id using errcode = 'TC423',
      hint = 'Ask for a refund instead.', schema = 'sales', table = 'orders';
  end if;
  update sales.orders o set closed_at = clock_timestamp(), close_reason = reason
   where o.student_id = close_order.student_id and o.id = close_order.order_id;
  delete from sales.course_holds h where h.student_id = close_order.student_id and h.order_id = close_order.order_id;
  perform sales.free_coupons(student_id, order_id);
  return true;
end
$$;
comment on function sales.close_order(uuid, uuid, text) is
  'Closes an order that is not paid, and gives back its coupon and courses; false when it was closed before. For the functions of this room. Errors: TC423 paid, TC427 being paid.';
call platform.give_function('sales.free_coupons(uuid,uuid)', 'techcourse_loader');
call platform.give_function('sales.close_order(uuid,uuid,text)', 'techcourse_loader');

create function sales.cancel_order(order_id uuid) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select sales.close_order(o.student_id, o.id, 'cancelled') from sales.orders o
   where o.student_id = nullif(current_setting('app.user_id', true), '')::uuid and o.id = cancel_order.order_id;
end;
comment on function sales.cancel_order(uuid) is
  'Closes an unpaid order of the acting student; false when it was closed before, null when there is none. Errors: TC423 paid, TC427 being paid.';

create function sales.close_stale_orders(most integer default 500) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  patience constant interval := (select make_interval(mins => (s.value #>> '{}')::integer)
    from platform.settings s where s.name = 'order_expiry_minutes');
  stale record;
  closed integer := 0;
begin
  for stale in
    select o.student_id, o.id from sales.orders o
     where o.closed_at is null and o.paid_at is null and o.placed_at < clock_timestamp() - patience
       and not exists (select from sales.payments p where p.student_id = o.student_id and p.order_id = o.id
                          and p.status = 'pending')
     order by o.placed_at limit most for update skip locked
  loop
    -- a payment that began in between keeps its order
    continue when exists (select from sales.payments p where p.student_id = stale.student_id and p.order_id = stale.id
                             and p.status = 'pending');
    closed := closed + sales.close_order(stale.student_id, stale.id, 'expired')::integer;
  end loop;
  return closed;
end
$$;
comment on function sales.close_stale_orders(integer) is
  'Closes orders that nobody paid within the setting order_expiry_minutes, and says how many; for the job that does it now and then.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.cancel_order(uuid)', 'sales.close_stale_orders(integer)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
