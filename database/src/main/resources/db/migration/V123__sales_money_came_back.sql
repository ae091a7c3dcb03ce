-- Banks sometimes refuse money that a gateway has sent back already: it returns, and is owed again.
create function sales.came_back(student_id uuid, gateway_refund_id uuid, reference text, reason text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  again sales.gateway_refunds;
begin
  update sales.gateway_refunds g
     set status = 'pending', done_at = null, reference = null, last_error = left(reason, 500),
         next_try_at = clock_timestamp() + interval '1 hour'
   where g.student_id = came_back.student_id and g.id = came_back.gateway_refund_id and g.status = 'done'
     and g.reference = came_back.reference
  returning g.* into again;
  if not found then
    return false;
  end if;
  perform sales.post_to_gateway(p, 'correction', 'gateway_clearing', 'student_refunds', again.amount, again.id, clock_timestamp())
    from sales.payments p where p.student_id = again.student_id and p.id = again.payment_id;
  return true;
end
$$;
comment on function sales.came_back(uuid, uuid, text, text) is
  'Money that a gateway had given back returned to it: posted as owed again, and tried again; false where that reference is not what was given back.';
grant execute on function sales.came_back(uuid, uuid, text, text) to techcourse_app;
call platform.give_function('sales.came_back(uuid,uuid,text,text)', 'techcourse_loader');
