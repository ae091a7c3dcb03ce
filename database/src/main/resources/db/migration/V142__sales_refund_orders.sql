-- Refunds as students, staff and banks ask for them.
create function sales.refund_lines(order_row sales.orders, payment sales.payments, lines jsonb, kind text, reason text, requested_by uuid,
                                   given_back uuid, happened_at timestamptz) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, reason, requested_by, refunded_at, gateway_refund_id)
  select order_row.student_id, payment.id, order_row.id, (l ->> 'course_id')::uuid, (l ->> 'amount')::numeric, order_row.currency,
         refund_lines.kind, refund_lines.reason, refund_lines.requested_by, happened_at, given_back
    from jsonb_array_elements(lines) l order by l ->> 'course_id';
  if (select (s.value #>> '{}')::boolean from platform.settings s where s.name = 'refund_frees_coupon')
    and not exists (select from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id
                      and l.refunded_amount < l.amount) then
    perform sales.free_coupons(order_row.student_id, order_row.id);
  end if;
end
$$;
comment on function sales.refund_lines(sales.orders, sales.payments, jsonb, text, text, uuid, uuid, timestamptz) is
  'Refunds so much of each line; an order given back whole gives its coupon back by the setting refund_frees_coupon. For the functions of this room.';

create function sales.refund_order(student_id uuid, order_id uuid, lines jsonb, reason text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  caller constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  by_staff constant boolean := coalesce(current_setting('app.role', true) in ('accountant', 'admin'), false);
  order_row sales.orders;
  payment sales.payments;
  wanted jsonb;
  given_back uuid;
begin
  if by_staff then
    perform sales.acting_accountant();
  end if;
  select o.* into order_row from sales.orders o
   where o.student_id = refund_order.student_id and o.id = refund_order.order_id and (by_staff or o.student_id = caller) for update;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p
   where p.student_id = order_row.student_id and p.order_id = order_row.id and p.status = 'captured';
  if not found then
    raise exception 'The order % is not paid.', order_row.id using errcode = 'TC433',
      hint = 'There is nothing to give back.', schema = 'sales', table = 'orders';
  end if;
  if by_staff and coalesce(btrim(reason), '') = '' then
    raise exception 'A refund by staff needs a reason.' using errcode = 'TC426',
      hint = 'Say why in one sentence.', schema = 'sales', table = 'refunds', column = 'reason';
  end if;
  if not by_staff and (lines @? '$[*].amount' or order_row.purpose = 'team') then
    raise exception 'Students take lines back whole, and teams ask the staff.' using errcode = 'TC426',
      hint = 'Ask the staff of the academy.', schema = 'sales', table = 'refunds', column = 'lines';
  end if;
  if not by_staff and clock_timestamp() > payment.captured_at + (select make_interval(days => (s.value #>> '{}')::integer)
      from platform.settings s where s.name = 'refund_window_days') then
    raise exception 'The time in which the order % may be taken back is over.', order_row.id using errcode = 'TC425',
      hint = 'Ask the staff of the academy.', schema = 'sales', table = 'refunds', column = 'refunded_at';
  end if;
  if exists (select from jsonb_array_elements(lines) w
              where not exists (select from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id
                                  and l.course_id = (w ->> 'course_id')::uuid))
    or (select count(*) <> count(distinct w ->> 'course_id') from jsonb_array_elements(lines) w) then
    raise exception 'The order % has no such lines.', order_row.id using errcode = 'TC426',
      hint = 'Name courses of the order, each once.', schema = 'sales', table = 'refunds', column = 'lines';
  end if;
  select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'amount', coalesce((w ->> 'amount')::numeric, l.amount - l.refunded_amount)))
    into wanted
    from sales.order_lines l
    left join jsonb_array_elements(lines) w on (w ->> 'course_id')::uuid = l.course_id
   where l.student_id = order_row.student_id and l.order_id = order_row.id and (lines is null or w is not null)
     and coalesce((w ->> 'amount')::numeric, l.amount - l.refunded_amount) > 0;
  if wanted is null then
    raise exception 'Nothing of the order % is left to give back.', order_row.id using errcode = 'TC431',
      hint = 'See its refunds.', schema = 'sales', table = 'refunds', column = 'amount';
  end if;
  insert into sales.gateway_refunds as g (student_id, payment_id, amount, currency)
  select order_row.student_id, payment.id, sum((w ->> 'amount')::numeric), order_row.currency from jsonb_array_elements(wanted) w
  returning g.id into given_back;
  perform sales.refund_lines(order_row, payment, wanted, case when by_staff then 'staff' else 'student' end,
    left(coalesce(btrim(reason), ''), 500), caller, given_back, clock_timestamp());
  return given_back;
end
$$;
comment on function sales.refund_order(uuid, uuid, jsonb, text) is
  'Gives lines of a paid order back: [{course_id, amount}], without amount what is left of it; null for all. Students within the refund window, whole lines; accountants and admins at any time, with a reason. The gateway''s part of it is answered, null when there is no such order. Errors: TC425 too late, TC426 not so, TC431 nothing left, TC433 not paid, TC459 unknown staff, and the limits of the lines.';

create function sales.refund_document(student_id uuid, gateway_refund_id uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('id', g.id, 'order_id', p.order_id, 'status', g.status, 'amount', sales.money(g.amount, g.currency),
           'requested_at', g.created_at, 'given_back_at', g.done_at, 'reason', coalesce(min(r.reason), ''),
           'kind', coalesce(min(r.kind), 'surplus'),
           'lines', coalesce(jsonb_agg(jsonb_build_object('course_id', r.course_id, 'amount', sales.money(r.amount, r.currency))
                                       order by r.course_id) filter (where r.id is not null), '[]'))
    from sales.gateway_refunds g
    join sales.payments p on p.student_id = g.student_id and p.id = g.payment_id
    left join sales.refunds r on r.student_id = g.student_id and r.gateway_refund_id = g.id
   where g.student_id = refund_document.student_id and g.id = refund_document.gateway_refund_id
     and (g.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       or current_setting('app.role', true) in ('accountant', 'admin'))
   group by g.student_id, g.id, p.student_id, p.id;
end;
comment on function sales.refund_document(uuid, uuid) is
  'What is given back to a student, with the lines that it is for, as JSON; null for others than that student, accountants and admins.';

create function sales.given_back(student_id uuid, gateway_refund_id uuid, reference text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  done sales.gateway_refunds;
begin
  update sales.gateway_refunds g
     set status = 'done', done_at = clock_timestamp(), reference = given_back.reference, last_error = null, next_try_at = null
   where g.student_id = given_back.student_id and g.id = given_back.gateway_refund_id and g.status <> 'done'
  returning g.* into done;
  if not found then
    return false;
  end if;
  perform sales.post_to_gateway(p, 'refund', 'student_refunds', 'gateway_clearing', done.amount, done.id, done.done_at)
    from sales.payments p where p.student_id = done.student_id and p.id = done.payment_id;
  return true;
end
$$;
comment on function sales.given_back(uuid, uuid, text) is
  'The gateway has given the money back: posted once; false when it was known.';

create function sales.not_given_back(student_id uuid, gateway_refund_id uuid, error text, next_try interval) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update sales.gateway_refunds g
     set last_error = left(error, 500), next_try_at = clock_timestamp() + next_try,
         status = case when next_try is null then 'failed' else 'pending' end
   where g.student_id = not_given_back.student_id and g.id = not_given_back.gateway_refund_id and g.status <> 'done';
end
$$;
comment on function sales.not_given_back(uuid, uuid, text, interval) is
  'The gateway did not give the money back; tried again after so long, or (null) left to the staff.';

create function sales.due_gateway_refunds(most integer)
  returns table (student_id uuid, id uuid, payment_id uuid, gateway text, payment_reference text, amount numeric, currency text, tries integer)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update sales.gateway_refunds g set tries = g.tries + 1, next_try_at = clock_timestamp() + interval '5 minutes'
    from (select d.student_id, d.id from sales.gateway_refunds d where d.status = 'pending' and d.next_try_at <= clock_timestamp()
           order by d.next_try_at limit most for update skip locked) due, sales.payments p
   where g.student_id = due.student_id and g.id = due.id and p.student_id = g.student_id and p.id = g.payment_id
  returning g.student_id, g.id, g.payment_id, p.gateway, p.reference, g.amount::numeric, g.currency::text, g.tries;
end;
comment on function sales.due_gateway_refunds(integer) is
  'What gateways have to give back now; each is out of reach of other nodes for five minutes.';

create function sales.charge_back(student_id uuid, payment_id uuid, reference text, amount numeric, fee numeric, happened_at timestamptz) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  order_row sales.orders;
  payment sales.payments;
  known uuid;
  taken numeric;
begin
  select o.* into order_row from sales.orders o join sales.payments p on p.student_id = o.student_id and p.order_id = o.id
   where p.student_id = charge_back.student_id and p.id = charge_back.payment_id and p.status = 'captured' for update of o;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p where p.student_id = charge_back.student_id and p.id = charge_back.payment_id;
  select g.id into known from sales.gateway_refunds g
   where g.student_id = payment.student_id and g.payment_id = payment.id and g.reference = charge_back.reference;
  if found then
    return known;
  end if;
  insert into sales.gateway_refunds as g (student_id, payment_id, amount, currency, status, reference, next_try_at, done_at)
  values (payment.student_id, payment.id, charge_back.amount, payment.currency, 'done', charge_back.reference, null, happened_at)
  returning g.id into known;
  taken := least(charge_back.amount, payment.amount - payment.refunded_amount);
  if taken > 0 then
    perform sales.refund_lines(order_row, payment, (
      select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'amount', l.part)) from (
        select unnest(a.courses) as course_id, unnest(sales.allocate(taken, a.left_over)) as part
          from (select array_agg(l.course_id order by l.course_id) as courses, array_agg(l.amount - l.refunded_amount order by l.course_id) as left_over
                  from sales.order_lines l where l.student_id = order_row.student_id and l.order_id = order_row.id) a) l
       where l.part > 0), 'chargeback', 'Taken back by the bank: ' || charge_back.reference, null, known, happened_at);
  end if;
  -- what the bank took beyond what the student had left is the academy's loss
  perform sales.post_to_gateway(payment, 'correction', 'platform_revenue', 'student_refunds', charge_back.amount - taken, known, happened_at);
  perform sales.post_to_gateway(payment, 'refund', 'student_refunds', 'gateway_clearing', charge_back.amount, known, happened_at);
  perform sales.post_to_gateway(payment, 'fee', 'gateway_fees', 'gateway_clearing', fee, known, happened_at);
  return known;
end
$$;
comment on function sales.charge_back(uuid, uuid, text, numeric, numeric, timestamptz) is
  'A bank has taken a payment back: its lines are refunded and posted, once for a reference; beyond what was left it is the academy''s loss. Null for an unknown payment.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.refund_order(uuid,uuid,jsonb,text)', 'sales.refund_document(uuid,uuid)', 'sales.given_back(uuid,uuid,text)',
    'sales.not_given_back(uuid,uuid,text,interval)', 'sales.due_gateway_refunds(integer)',
    'sales.charge_back(uuid,uuid,text,numeric,numeric,timestamptz)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.refund_order(uuid, uuid, jsonb, text), sales.refund_document(uuid, uuid) to accountant;
call platform.give_function('sales.refund_lines(sales.orders,sales.payments,jsonb,text,text,uuid,uuid,timestamptz)', 'techcourse_loader');
