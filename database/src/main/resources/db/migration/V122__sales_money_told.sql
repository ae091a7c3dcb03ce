-- What receivers of webhooks are told about money, in the transaction of the fact and only when somebody wants to know.
insert into platform.event_types (topic, description, payload_schema)
select e.topic, e.description, jsonb_build_object('type', 'object', 'additionalProperties', false,
         'properties', (
           select jsonb_object_agg(split_part(m, ':', 1), case split_part(m, ':', 2)
                    when 'uuid' then '{"type": "string", "format": "uuid"}'::jsonb
                    else jsonb_build_object('type', split_part(m, ':', 2)) end)
             from unnest(string_to_array(e.members, ' ')) m),
         'required', (select jsonb_agg(split_part(m, ':', 1)) from unnest(string_to_array(e.members, ' ')) m))
  from (values
    ('order.paid.v1', 'An order is paid; the amount is a decimal text.',
     'student_id:uuid order_id:uuid payment_id:uuid amount:string currency:string'),
    ('payment.failed.v1', 'A payment failed; its order may still be paid by another.',
     'student_id:uuid order_id:uuid payment_id:uuid reason:string'),
    ('order.refunded.v1', 'Money for a line of an order goes back to the buyer; the amount is a decimal text.',
     'student_id:uuid order_id:uuid course_id:uuid refund_id:uuid amount:string currency:string kind:string')
  ) e (topic, description, members);

create function sales.tell_new_payments() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.is_subscribed('order.paid.v1') then
    insert into platform.student_outbox (student_id, topic, subject_id, payload)
    select n.student_id, 'order.paid.v1', n.order_id, jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id,
             'payment_id', n.id, 'amount', n.amount::text, 'currency', n.currency)
      from new_rows n where n.status = 'captured';
  end if;
  return null;
end
$$;
comment on function sales.tell_new_payments() is 'Trigger for each statement: order.paid.v1 of a payment that begins captured.';

create function sales.tell_payments() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.student_outbox (student_id, topic, subject_id, payload)
  select n.student_id, e.topic, n.order_id,
         jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id, 'payment_id', n.id) || e.more
    from new_rows n join old_rows o on o.student_id = n.student_id and o.id = n.id and o.status <> n.status
   cross join lateral (values
     ('captured', 'order.paid.v1', jsonb_build_object('amount', n.amount::text, 'currency', n.currency)),
     ('failed', 'payment.failed.v1', jsonb_build_object('reason', coalesce(n.failure_reason, 'unknown')))
   ) e (status, topic, more)
   where e.status = n.status and platform.is_subscribed(e.topic);
  return null;
end
$$;
comment on function sales.tell_payments() is 'Trigger for each statement: order.paid.v1, payment.failed.v1.';

create function sales.tell_refunds() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.is_subscribed('order.refunded.v1') then
    insert into platform.student_outbox (student_id, topic, subject_id, payload)
    select n.student_id, 'order.refunded.v1', n.order_id, jsonb_build_object('student_id', n.student_id, 'order_id', n.order_id,
             'course_id', n.course_id, 'refund_id', n.id, 'amount', n.amount::text, 'currency', n.currency, 'kind', n.kind)
      from new_rows n;
  end if;
  return null;
end
$$;
comment on function sales.tell_refunds() is 'Trigger for each statement: order.refunded.v1.';

call platform.give_function('sales.tell_new_payments()', 'techcourse_recorder');
call platform.give_function('sales.tell_payments()', 'techcourse_recorder');
call platform.give_function('sales.tell_refunds()', 'techcourse_recorder');
create trigger payments_tell_new after insert on sales.payments
  referencing new table as new_rows for each statement execute function sales.tell_new_payments();
create trigger payments_tell after update on sales.payments
  referencing old table as old_rows new table as new_rows for each statement execute function sales.tell_payments();
create trigger refunds_tell after insert on sales.refunds
  referencing new table as new_rows for each statement execute function sales.tell_refunds();
