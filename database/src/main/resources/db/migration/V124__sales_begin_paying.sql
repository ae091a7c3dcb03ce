-- The first step of paying an order is one round trip: is it answered already, else begin it, and what the gateway wants to know.
create function sales.begin_paying(order_id uuid, gateway text, key text, request_sha256 bytea) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  answered constant jsonb := sales.claim_request(key, 'pay_order', request_sha256);
  begun jsonb;
begin
  if answered is not null then
    return jsonb_build_object('answered', answered -> 'body');
  end if;
  begun := sales.begin_payment(order_id, gateway, key);
  return begun || (
    select jsonb_build_object('created_at', p.created_at, 'titles', (
             select coalesce(jsonb_agg(c.title order by c.id), '[]')
               from sales.order_lines l join catalog.courses c on c.id = l.course_id
              where l.student_id = student and l.order_id = begin_paying.order_id))
      from sales.payments p where p.student_id = student and p.id = (begun ->> 'payment_id')::uuid);
end
$$;
comment on function sales.begin_paying(uuid, text, text, bytea) is
  'Begins the payment of an order of the acting student as begin_payment does, with what a gateway is told of it; or {answered} what the same request was answered before; null when there is no such order. Errors: those of claim_request and begin_payment.';
grant execute on function sales.begin_paying(uuid, text, text, bytea) to techcourse_app;
call platform.give_function('sales.begin_paying(uuid,text,text,bytea)', 'techcourse_loader');
