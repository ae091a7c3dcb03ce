-- Paying an order, in steps that may each be repeated: begin, ask the gateway, then capture or fail.
create function sales.begin_payment(order_id uuid, gateway text, key text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  order_row sales.orders;
  payment sales.payments;
begin
  -- two tabs wait for each other here
  select o.* into order_row from sales.orders o where o.student_id = student and o.id = begin_payment.order_id for update;
  if not found then
    return null;
  end if;
  select p.* into payment from sales.payments p where p.student_id = student and p.idempotency_key = begin_payment.key;
  if found and payment.order_id <> order_row.id then
    raise exception 'The Idempotency-Key "%" was used for another payment.', key using errcode = 'TC420',
      hint = 'Use a new key for a new payment.', schema = 'sales', table = 'payments';
  end if;
  if not found then
    if order_row.closed_at is not null then
      raise exception 'The order % is closed.', order_row.id using errcode = 'TC422',
        hint = 'Place it again.', schema = 'sales', table = 'orders';
    end if;
    if order_row.paid_at is not null then
      raise exception 'The order % is paid.', order_row.id using errcode = 'TC423',
        hint = 'There is nothing left to pay.', schema = 'sales', table = 'orders';
    end if;
    select p.* into payment from sales.payments p
     where p.student_id = student and p.order_id = order_row.id and p.status = 'pending';
    if not found then
      insert into sales.payments as p (student_id, order_id, amount, currency, status, gateway, reference, idempotency_key)
      select student, order_row.id, order_row.total_amount, order_row.currency, 'pending', begin_payment.gateway,
             platform.uuid_v7()::text, begin_payment.key
      returning p.* into payment;
    end if;
  end if;
  return jsonb_build_object('payment_id', payment.id, 'order_id', payment.order_id, 'status', payment.status, 'gateway', payment.gateway,
    'amount', payment.amount::text, 'currency', payment.currency, 'reference', payment.reference,
    'failure_reason', payment.failure_reason);
end
$$;
comment on function sales.begin_payment(uuid, text, text) is
  'The payment of an open order of the acting student: the one with this key, else the pending one, else a new one; null when there is no such order. Errors: TC420 key of another payment, TC422 closed, TC423 paid.';

create function sales.name_payment(student_id uuid, payment_id uuid, reference text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update sales.payments p set reference = name_payment.reference
   where p.student_id = name_payment.student_id and p.id = name_payment.payment_id and p.reference <> name_payment.reference;
  insert into sales.payment_references (gateway, reference, student_id, payment_id)
  select p.gateway, name_payment.reference, p.student_id, p.id from sales.payments p
   where p.student_id = name_payment.student_id and p.id = name_payment.payment_id
  on conflict on constraint payment_references_gateway_reference_pkey do nothing;
end
$$;
comment on function sales.name_payment(uuid, uuid, text) is
  'Notes the gateway''s reference for a payment, so that its messages find it; earlier references stay known.';

create function sales.post_to_gateway(payment sales.payments, kind text, debit text, credit text, moved numeric, event uuid, happened_at timestamptz)
  returns void
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id, amount,
                                    currency, student_id, order_id)
  select platform.uuid_v7_of(happened_at, kind || '.' || event || '.' || debit), event, happened_at, platform.business_day(happened_at), kind,
         sales.ledger_account(debit, null, payment.currency), sales.ledger_account(credit, null, payment.currency),
         moved, payment.currency, payment.student_id, payment.order_id
   where moved > 0
  on conflict on constraint ledger_entries_id_pkey do nothing;
end;
comment on function sales.post_to_gateway(sales.payments, text, text, text, numeric, uuid, timestamptz) is
  'Posts one movement between accounts of the academy that belongs to a payment, once for a kind, event and account. For the functions of this room.';

create function sales.is_wanted(payment sales.payments) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select o.closed_at is null and o.paid_at is null
     and not exists (select from sales.order_lines l
                       join catalog.courses c on c.id = l.course_id
                       left join sales.course_holds h on h.student_id = l.student_id and h.course_id = l.course_id
                       left join learning.enrollments e on e.student_id = l.student_id and e.course_id = l.course_id and e.ended_at is null
                      where l.student_id = o.student_id and l.order_id = o.id
                        -- closed meanwhile, bought by another order, or enrolled otherwise
                        and (c.status <> 'published' or o.purpose = 'self' and (h.order_id <> o.id or e.student_id is not null)))
    from sales.orders o
   where o.student_id = payment.student_id and o.id = payment.order_id;
end;
comment on function sales.is_wanted(sales.payments) is
  'Whether money for a payment buys what was ordered, or came too late and goes back. For the functions of this room.';

create function sales.capture_payment(student_id uuid, payment_id uuid, reference text, amount numeric, currency text, fee numeric,
                                      captured_at timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  payment sales.payments;
  outcome text := 'captured';
begin
  perform from sales.orders o join sales.payments p on p.student_id = o.student_id and p.order_id = o.id
    where p.student_id = capture_payment.student_id and p.id = capture_payment.payment_id for update of o;
  select p.* into payment from sales.payments p
   where p.student_id = capture_payment.student_id and p.id = capture_payment.payment_id for update;
  if not found then
    return null;
  end if;
  if payment.captured_at is not null then
    return 'already';
  end if;
  if payment.amount <> capture_payment.amount or payment.currency::text <> capture_payment.currency then
    raise exception 'The gateway took % %, and the payment % is % %.', capture_payment.amount, capture_payment.currency, payment.id,
      payment.amount, payment.currency using errcode = 'TC424', hint = 'Look into it at the gateway.', schema = 'sales', table = 'payments';
  end if;
  perform sales.name_payment(payment.student_id, payment.id, capture_payment.reference);
  if sales.is_wanted(payment) then
    update sales.payments p set status = 'captured', captured_at = capture_payment.captured_at, fee_amount = fee, failure_reason = null
     where p.student_id = payment.student_id and p.id = payment.id;
    insert into learning.events (student_id, kind, course_id)
    select e.student_id, 'enrolled', e.course_id from learning.enrollments e
     where e.student_id = payment.student_id and e.order_id = payment.order_id and e.ended_at is null;
  else
    outcome := 'surplus';
    update sales.payments p set status = 'surplus', captured_at = capture_payment.captured_at, fee_amount = fee, failure_reason = null
     where p.student_id = payment.student_id and p.id = payment.id;
    perform sales.post_to_gateway(payment, 'surplus', 'gateway_clearing', 'student_refunds', payment.amount, payment.id, capture_payment.captured_at);
    insert into sales.gateway_refunds (student_id, payment_id, amount, currency)
    values (payment.student_id, payment.id, payment.amount, payment.currency);
  end if;
  perform sales.post_to_gateway(payment, 'fee', 'gateway_fees', 'gateway_clearing', fee, payment.id, capture_payment.captured_at);
  return outcome;
end
$$;
comment on function sales.capture_payment(uuid, uuid, text, numeric, text, numeric, timestamptz) is
  'The gateway has taken the money: captured (enrolled and posted), already, surplus (not wanted any more: queued to be given back), or null for an unknown payment. Repeated, it changes nothing. Error: TC424 another amount.';

create function sales.fail_payment(student_id uuid, payment_id uuid, reason text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update sales.payments p set status = 'failed', failure_reason = left(fail_payment.reason, 300), checked_at = clock_timestamp()
   where p.student_id = fail_payment.student_id and p.id = fail_payment.payment_id and p.status = 'pending';
  return found;
end
$$;
comment on function sales.fail_payment(uuid, uuid, text) is
  'The gateway has not taken the money, and says why; false when the payment was not pending any more.';

create function sales.find_payment(gateway text, reference text) returns table (student_id uuid, payment_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select r.student_id, r.payment_id from sales.payment_references r
   where r.gateway = find_payment.gateway and r.reference = find_payment.reference;
end;
comment on function sales.find_payment(text, text) is 'The payment for which a gateway''s reference stands.';

create function sales.open_payments(older_than interval, most integer)
  returns table (student_id uuid, payment_id uuid, order_id uuid, gateway text, reference text, amount numeric, currency text, created_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update sales.payments p set checked_at = clock_timestamp()
    from (select d.student_id, d.id from sales.payments d
           where d.status = 'pending' and coalesce(d.checked_at, d.created_at) < clock_timestamp() - older_than
           order by coalesce(d.checked_at, d.created_at) limit most for update skip locked) due
   where p.student_id = due.student_id and p.id = due.id
  returning p.student_id, p.id, p.order_id, p.gateway, p.reference, p.amount::numeric, p.currency::text, p.created_at;
end;
comment on function sales.open_payments(interval, integer) is
  'Payments that wait for their gateway and were not looked after for so long; marked as looked after now, so that two nodes take different ones.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.begin_payment(uuid,text,text)', 'sales.name_payment(uuid,uuid,text)',
    'sales.capture_payment(uuid,uuid,text,numeric,text,numeric,timestamptz)', 'sales.fail_payment(uuid,uuid,text)',
    'sales.find_payment(text,text)', 'sales.open_payments(interval,integer)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
call platform.give_function('sales.is_wanted(sales.payments)', 'techcourse_loader');
call platform.give_function('sales.post_to_gateway(sales.payments,text,text,text,numeric,uuid,timestamptz)', 'techcourse_loader');
