-- Orders for others: a gift for one address, or seats for the team of an organisation. Whoever buys for others may have the
-- courses, or buy them again; nothing is held and nobody enrolled.
alter table sales.orders add constraint orders_team_has_an_organisation_check check ((purpose = 'team') = (organisation_id is not null));

create function sales.check_others(wish jsonb, quantities integer[]) returns void
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  purpose constant text := coalesce(wish ->> 'purpose', 'self');
  address constant text := wish #>> '{gift,recipient_email}';
  said constant text := coalesce(wish #>> '{gift,message}', '');
begin
  if purpose not in ('self', 'gift', 'team') or (purpose = 'gift') <> (wish ->> 'gift' is not null)
    or purpose = 'gift' and not (coalesce(btrim(address), '') ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(address) <= 254)
    or length(said) > 1000 or said ~* '(://|www[.])' then
    raise exception 'A gift has one recipient, with an e-mail address and at most 1000 characters without links.' using errcode = 'TC476',
      hint = 'Give gift.recipient_email for the purpose gift, and for no other.', schema = 'sales', table = 'orders', column = 'gift';
  end if;
  if (purpose = 'team') <> (wish ->> 'organisation_id' is not null)
    or purpose = 'team' and not sales.is_manager((wish ->> 'organisation_id')::uuid) then
    raise exception 'An order for a team is for an organisation whose seats you manage.' using errcode = 'TC477',
      hint = 'Found an organisation, or ask its managers to let you in.', schema = 'sales', table = 'orders', column = 'organisation_id';
  end if;
  if purpose <> 'team' and 1 <> any (quantities) or not (1 <= all (quantities) and 1000 >= all (quantities)) then
    perform sales.refuse_order('courses');
  end if;
end
$$;
comment on function sales.check_others(jsonb, integer[]) is
  'Whether an order says for whom it is. For sales.check_wish. Errors: TC429 quantities, TC476 gift, TC477 organisation.';

create or replace function sales.check_wish(student uuid, wish jsonb) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  wanted constant uuid[] := array(select (w ->> 'course_id')::uuid from jsonb_array_elements(wish -> 'courses') w);
  quantities constant int[] := array(select coalesce((w ->> 'quantity')::int, 1) from jsonb_array_elements(wish -> 'courses') w);
  known record;
  other record;
begin
  if cardinality(wanted) not between 1 and 20 or array_position(wanted, null) is not null
    or cardinality(wanted) <> (select count(distinct u) from unnest(wanted) u) then
    perform sales.refuse_order('courses');
  end if;
  if coalesce(wish ->> 'purpose', 'self') <> 'self' or 1 <> any (quantities) or wish ->> 'gift' is not null
    or wish ->> 'organisation_id' is not null then
    perform sales.check_others(wish, quantities);
  end if;
  select count(*) filter (where c.status = 'published') as open, count(distinct c.currency) as currencies,
         (array_agg(c.id) filter (where c.instructor_id = student or student = any (c.editor_ids)))[1] as own into known
    from catalog.courses c where c.id = any (wanted);
  if known.open <> cardinality(wanted) then perform sales.refuse_order('not open'); end if;
  if known.currencies > 1 then perform sales.refuse_order('currencies'); end if;
  if known.own is not null then perform sales.refuse_order('own', known.own); end if;
  if coalesce(wish ->> 'purpose', 'self') <> 'self' then
    return;
  end if;
  for other in
    select h.order_id, h.course_id, o.paid_at from sales.course_holds h
      join sales.orders o on o.student_id = h.student_id and o.id = h.order_id
     where h.student_id = student and h.course_id = any (wanted)
  loop
    if other.paid_at is not null then perform sales.refuse_order('owned', other.course_id); end if;
    -- whoever fills the basket again means the new one
    perform sales.close_order(student, other.order_id, 'replaced');
  end loop;
  for other in select e.course_id from learning.enrollments e
                where e.student_id = student and e.course_id = any (wanted) and e.ended_at is null loop
    perform sales.refuse_order('owned', other.course_id);
  end loop;
end
$$;

create or replace function sales.place_order(wish jsonb, key text, request_sha256 bytea) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  answer jsonb;
  placed sales.orders;
begin
  if student is null or current_setting('app.role', true) <> 'student' then perform sales.refuse_order('nobody'); end if;
  answer := sales.claim_request(place_order.key, 'place_order', place_order.request_sha256);
  if answer is not null then
    return answer;
  end if;
  -- a student takes turns with oneself, so that two tabs do not fill two baskets with the same course
  perform pg_advisory_xact_lock(hashtext('sales.redeem_coupon'), hashtext(student::text));
  perform sales.check_wish(student, wish);
  insert into sales.orders (student_id, currency, country, purpose, organisation_id, wish_details, idempotency_key)
  select student, c.currency, coalesce(wish ->> 'country', u.country), coalesce(wish ->> 'purpose', 'self'),
         (wish ->> 'organisation_id')::uuid,
         nullif(jsonb_strip_nulls(jsonb_build_object('gift', wish -> 'gift', 'billing', wish -> 'billing')), '{}'), place_order.key
    from catalog.courses c, identity.users u
   where c.id = (wish #>> '{courses,0,course_id}')::uuid and u.id = student
  returning * into placed;
  perform sales.add_lines(student, placed.id, wish, placed.country);
  if placed.purpose = 'self' then
    insert into sales.course_holds (student_id, course_id, order_id)
    select l.student_id, l.course_id, l.order_id from sales.order_lines l where l.student_id = student and l.order_id = placed.id;
  end if;
  insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
  select o.student_id, o.id, 0, o.currency, 'captured', 'none', o.id::text, clock_timestamp()
    from sales.orders o where o.student_id = student and o.id = placed.id and o.total_amount = 0;
  if found then
    insert into learning.events (student_id, kind, course_id)
    select e.student_id, 'enrolled', e.course_id from learning.enrollments e where e.student_id = student and e.order_id = placed.id;
  end if;
  answer := jsonb_build_object('status', 201, 'body', sales.order_document(student, placed.id));
  perform sales.keep_answer(place_order.key, 201, answer -> 'body');
  return answer;
end
$$;
comment on function sales.place_order(jsonb, text, bytea) is
  'Places an order of the acting student, for oneself or for others, or answers what the same key and request were answered: {status, body}. What costs nothing is paid at once. Errors: TC410 to TC420, TC427 to TC429, TC434, TC476, TC477.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.offer_seat(uuid,text)', 'sales.vacate_seat(uuid,text)', 'sales.make_seats()', 'sales.revoke_seats()',
    'sales.own_seat(uuid)', 'sales.assign_seat(uuid,text)', 'sales.send_seat_again(uuid)', 'sales.check_others(jsonb,integer[])']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.assign_seat(uuid, text), sales.send_seat_again(uuid) to techcourse_app;
