-- Placing an order: one call that checks, freezes prices and shares, redeems the coupon and remembers its answer.
-- staff find an order by its number alone
create index orders_id_idx on sales.orders (id);

create function sales.money(amount numeric, currency text) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return jsonb_build_object('amount', amount::numeric(14, 2)::text, 'currency', currency);
comment on function sales.money(numeric, text) is 'An amount as documents of the API write it: {"amount": "49.50", "currency": "EUR"}.';
grant execute on function sales.money(numeric, text) to techcourse_loader, techcourse_reader, techcourse_app;

create function sales.order_document(student_id uuid, order_id uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('id', o.id, 'purpose', o.purpose, 'placed_at', o.placed_at, 'paid_at', o.paid_at, 'closed_at', o.closed_at,
    'close_reason', o.close_reason, 'country', o.country, 'coupon_code', l.coupon_code,
    'total', sales.money(o.total_amount, o.currency), 'tax', sales.money(l.tax_amount, o.currency),
    'refunded', sales.money(l.refunded_amount, o.currency),
    'status', case when o.closed_at is not null then 'closed' when o.paid_at is null then 'open'
                   when l.refunded_amount = 0 then 'paid' when l.refunded_amount = o.total_amount then 'refunded'
                   else 'partly_refunded' end,
    'lines', l.lines)
    from sales.orders o
   cross join lateral (
     select coalesce(sum(l.tax_amount), 0) as tax_amount, coalesce(sum(l.refunded_amount), 0) as refunded_amount,
            min(k.code::text) as coupon_code,
            coalesce(jsonb_agg(jsonb_build_object('course_id', l.course_id, 'course_slug', c.slug, 'course_title', c.title,
              'quantity', l.quantity, 'list_price', sales.money(l.list_price, l.currency),
              'discount', sales.money(l.discount_amount, l.currency), 'tax_rate', l.tax_rate::text, 'tax_included', l.tax_included,
              'tax', sales.money(l.tax_amount, l.currency), 'amount', sales.money(l.amount, l.currency),
              'refunded', sales.money(l.refunded_amount, l.currency)) order by c.title, c.id), '[]') as lines
       from sales.order_lines l
       join catalog.courses c on c.id = l.course_id
       left join sales.coupons k on k.id = coalesce(l.coupon_id, l.released_coupon_id)
      where l.student_id = o.student_id and l.order_id = o.id) l
   where o.student_id = order_document.student_id and o.id = order_document.order_id
     and (o.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       or current_setting('app.role', true) in ('accountant', 'admin'));
end;
comment on function sales.order_document(uuid, uuid) is
  'An order with its lines as JSON; null for others than its student, accountants and admins.';

create function sales.buyer_of(order_id uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select o.student_id from sales.orders o
   where o.id = buyer_of.order_id
     and (o.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       or current_setting('app.role', true) in ('accountant', 'admin'));
end;
comment on function sales.buyer_of(uuid) is 'Who placed an order; null for others than that student, accountants and admins.';

create function sales.refuse_order(problem text, course uuid default null) returns void
  language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  case problem
    when 'nobody' then raise exception 'Orders are placed by students.' using errcode = 'TC428',
      hint = 'Sign in, and act as a student.', schema = 'sales', table = 'orders';
    when 'courses' then raise exception 'An order is for 1 to 20 courses, each once, for oneself.' using errcode = 'TC429',
      hint = 'Name each course once.', schema = 'sales', table = 'order_lines', column = 'courses';
    when 'not open' then raise exception 'A course of the order is not on sale.' using errcode = 'TC434',
      hint = 'Order published courses.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'own' then raise exception 'The course % is your own.', course using errcode = 'TC418',
      hint = 'Its instructors see it anyway.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'owned' then raise exception 'You have the course % already.', course using errcode = 'TC419',
      hint = 'Order without it.', schema = 'sales', table = 'order_lines', column = 'course_id';
    when 'currencies' then raise exception 'The courses cost different currencies.' using errcode = 'TC417',
      hint = 'Place an order for each currency.', schema = 'sales', table = 'orders', column = 'currency';
    when 'coupon' then raise exception 'The coupon is good for nothing in this order.' using errcode = 'TC416',
      hint = 'Order without it.', schema = 'sales', table = 'coupons', column = 'code';
  end case;
end
$$;
comment on function sales.refuse_order(text, uuid) is
  'Says why an order is refused: TC416 coupon, TC417 currencies, TC418 own course, TC419 owned, TC428 nobody, TC429 courses, TC434 not on sale.';

grant execute on function sales.refuse_order(text, uuid) to techcourse_loader;

create function sales.check_wish(student uuid, wish jsonb) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  wanted constant uuid[] := array(select (w ->> 'course_id')::uuid from jsonb_array_elements(wish -> 'courses') w);
  quantities constant int[] := array(select coalesce((w ->> 'quantity')::int, 1) from jsonb_array_elements(wish -> 'courses') w);
  known record;
  other record;
begin
  if cardinality(wanted) not between 1 and 20 or array_position(wanted, null) is not null
    or cardinality(wanted) <> (select count(distinct u) from unnest(wanted) u)
    or 1 <> all (quantities) or wish ->> 'purpose' <> 'self' then
    perform sales.refuse_order('courses');
  end if;
  select count(*) filter (where c.status = 'published') as open, count(distinct c.currency) as currencies,
         (array_agg(c.id) filter (where c.instructor_id = student or student = any (c.editor_ids)))[1] as own into known
    from catalog.courses c where c.id = any (wanted);
  if known.open <> cardinality(wanted) then perform sales.refuse_order('not open'); end if;
  if known.currencies > 1 then perform sales.refuse_order('currencies'); end if;
  if known.own is not null then perform sales.refuse_order('own', known.own); end if;
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
comment on function sales.check_wish(uuid, jsonb) is
  'Whether a student may order this; closes an earlier open order for the same courses. For sales.place_order, which tells the errors.';

create function sales.add_lines(student uuid, for_order uuid, wish jsonb, buyer_country text) returns void
  language plpgsql volatile set search_path = pg_catalog, extensions, pg_temp as $$
declare
  coupon record;
  tax numeric;
  settings constant jsonb := (select jsonb_object_agg(s.name, s.value) from platform.settings s
    where s.name in ('prices_include_tax', 'instructor_share', 'instructor_share_own_coupon'));
  discounted integer;
begin
  select t.rate into tax from sales.tax_rates t
   where t.country = buyer_country and t.valid_from <= platform.business_day(clock_timestamp()) order by t.valid_from desc limit 1;
  select null::uuid as coupon_id, null::numeric as percent_off, null::numeric as amount_off, null::text as currency,
         null::text as scope, null::uuid as course_id, null::uuid as instructor_id into coupon;
  if wish ->> 'coupon_code' is not null then
    select * into coupon from sales.redeem_coupon(for_order, wish ->> 'coupon_code');
  end if;
  with lines as (
    select c.id, c.instructor_id, c.currency, c.price * coalesce((w ->> 'quantity')::int, 1) as list_price,
           coalesce((w ->> 'quantity')::int, 1) as quantity,
           coupon.coupon_id is not null and c.price > 0 and coalesce(coupon.currency = c.currency, true) and case coupon.scope
             when 'platform' then true when 'instructor' then c.instructor_id = coupon.instructor_id else c.id = coupon.course_id end as fits
      from jsonb_array_elements(wish -> 'courses') w
      join catalog.courses c on c.id = (w ->> 'course_id')::uuid
  ), fitting as (
    select array_agg(l.id order by l.list_price desc, l.id) as ids, sum(l.list_price) as whole,
           array_agg(l.list_price order by l.list_price desc, l.id) as prices
      from lines l where l.fits
  ), discounts as (
    select d.id, d.amount
      from fitting f
     cross join lateral unnest(f.ids, case when coupon.percent_off is null
       then sales.allocate(least(coupon.amount_off, f.whole), f.prices)
       else array(select round(p * coupon.percent_off / 100, 2) from unnest(f.prices) with ordinality u (p, n) order by n) end) d (id, amount)
     where f.whole > 0
  )
  insert into sales.order_lines (student_id, order_id, course_id, instructor_id, quantity, list_price, discount_amount, currency,
                                 instructor_share, coupon_id, tax_rate, tax_included)
  select student, for_order, l.id, l.instructor_id, l.quantity, l.list_price, coalesce(d.amount, 0), l.currency,
         (settings ->> case when d.id is not null and coupon.instructor_id = l.instructor_id then 'instructor_share_own_coupon'
                            else 'instructor_share' end)::numeric,
         case when d.id is not null then coupon.coupon_id end,
         coalesce(tax, 0), (settings ->> 'prices_include_tax')::boolean
    from lines l left join discounts d on d.id = l.id
   order by l.id;
  if coupon.coupon_id is not null and not exists (
      select from sales.order_lines l where l.student_id = student and l.order_id = for_order and l.coupon_id is not null) then
    perform sales.refuse_order('coupon');
  end if;
  insert into sales.line_shares (student_id, order_id, course_id, instructor_id, share_percent)
  select student, for_order, i.course_id, i.instructor_id, i.share_percent
    from catalog.course_instructors i
   where i.course_id in (select (w ->> 'course_id')::uuid from jsonb_array_elements(wish -> 'courses') w) and i.share_percent > 0;
end
$$;
comment on function sales.add_lines(uuid, uuid, jsonb, text) is
  'The lines of a new order with price, discount, tax and shares of this moment. A discount by amount is allocated over the lines that it fits. For sales.place_order.';

create function sales.place_order(wish jsonb, key text, request_sha256 bytea) returns jsonb
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
  insert into sales.orders (student_id, currency, country, purpose, wish_details, idempotency_key)
  select student, c.currency, coalesce(wish ->> 'country', u.country), coalesce(wish ->> 'purpose', 'self'),
         nullif(jsonb_strip_nulls(jsonb_build_object('gift', wish -> 'gift', 'organization_id', wish -> 'organization_id',
                                                     'billing', wish -> 'billing')), '{}'), place_order.key
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
  'Places an order of the acting student, or answers what the same key and request were answered: {status, body}. What costs nothing is paid at once. Errors: TC410 to TC420, TC427 to TC429, TC434.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.order_document(uuid,uuid)', 'sales.buyer_of(uuid)', 'sales.check_wish(uuid,jsonb)',
    'sales.add_lines(uuid,uuid,jsonb,text)', 'sales.place_order(jsonb,text,bytea)']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.order_document(uuid, uuid), sales.buyer_of(uuid), sales.place_order(jsonb, text, bytea) to techcourse_app;
grant execute on function sales.order_document(uuid, uuid), sales.buyer_of(uuid) to accountant;
