-- Redeeming a coupon on an order that is not paid yet, and giving it back.
create function sales.redeem_coupon(order_id uuid, code text)
  returns table (coupon_id uuid, percent_off numeric, amount_off numeric, currency text, scope text,
                 course_id uuid, instructor_id uuid, slot_no integer, use_no integer)
  language plpgsql volatile security definer set search_path = pg_catalog, extensions, pg_temp as $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  coupon sales.coupons;
begin
  if student is null or not exists (
      select from sales.orders o where o.student_id = student and o.id = redeem_coupon.order_id)
    or exists (select from sales.payments p where p.student_id = student and p.order_id = redeem_coupon.order_id) then
    raise exception 'The order % is not open.', redeem_coupon.order_id using errcode = 'TC415',
      hint = 'Redeem a coupon on your own order, before it is paid.', schema = 'sales', table = 'orders';
  end if;
  -- the same student takes turns with oneself, so that two tabs are not two first purchases
  perform pg_advisory_xact_lock(hashtext('sales.redeem_coupon'), hashtext(student::text));
  select c.* into coupon from sales.coupons c where c.code = redeem_coupon.code::extensions.citext and c.active;
  if not found then
    raise exception 'There is no coupon "%".', redeem_coupon.code using errcode = 'TC410',
      hint = 'Check the spelling of the code.', schema = 'sales', table = 'coupons', column = 'code';
  end if;
  if clock_timestamp() not between coupon.valid_from and coupon.valid_until then
    raise exception 'The coupon "%" is not valid today.', coupon.code using errcode = 'TC411',
      hint = 'Order without it, or use another.', schema = 'sales', table = 'coupons', column = 'code';
  end if;
  select u.use_no, s.slot_no into redeem_coupon.use_no, redeem_coupon.slot_no
    from sales.coupon_redemptions u
    join sales.coupon_slots s on s.coupon_id = u.coupon_id and s.order_id = u.order_id
   where u.student_id = student and u.order_id = redeem_coupon.order_id and u.coupon_id = coupon.id;
  -- a retried request finds what it did before
  if not found then
    if coupon.first_purchase_only and (
        exists (select from sales.payments p where p.student_id = student and p.status = 'captured')
        or exists (select from sales.coupon_redemptions u join sales.coupons c on c.id = u.coupon_id and c.first_purchase_only
                    where u.student_id = student and u.order_id <> redeem_coupon.order_id)) then
      raise exception 'The coupon "%" is for a first purchase only.', coupon.code using errcode = 'TC414',
        hint = 'Order without it.', schema = 'sales', table = 'coupons', column = 'code';
    end if;
    select min(n) into redeem_coupon.use_no from generate_series(1, coupon.max_per_student) n
     where not exists (select from sales.coupon_redemptions u
                        where u.student_id = student and u.coupon_id = coupon.id and u.use_no = n);
    if redeem_coupon.use_no is null then
      raise exception 'You have used the coupon "%" % times, as often as it allows.', coupon.code, coupon.max_per_student
        using errcode = 'TC413', hint = 'Order without it.', schema = 'sales', table = 'coupon_redemptions',
              constraint = 'coupon_redemptions_use_no_within_limit_check';
    end if;
    redeem_coupon.slot_no := sales.take_coupon_slot(coupon, student, redeem_coupon.order_id);
    if redeem_coupon.slot_no is null then
      raise exception 'The coupon "%" is used up.', coupon.code using errcode = 'TC412',
        hint = 'Order without it.', schema = 'sales', table = 'coupon_slots',
        constraint = 'coupon_slots_slot_no_within_limit_check';
    end if;
    insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id)
    values (student, coupon.id, redeem_coupon.use_no, coupon.max_per_student, redeem_coupon.order_id);
  end if;
  return query select coupon.id, coupon.percent_off, coupon.amount_off::numeric, coupon.currency::text, coupon.scope,
    coupon.course_id, coupon.instructor_id, redeem_coupon.slot_no, redeem_coupon.use_no;
end
$$;
comment on function sales.redeem_coupon(uuid, text) is
  'Redeems a coupon on an open order of the acting student, once however often asked, and says what it gives. Errors: TC410 unknown, TC411 not valid today, TC412 used up, TC413 the student''s limit, TC414 first purchase only, TC415 no open order.';

create function sales.release_coupon(order_id uuid, coupon_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  delete from sales.coupon_redemptions u
   where u.student_id = student and u.order_id = release_coupon.order_id and u.coupon_id = release_coupon.coupon_id;
  if not found then
    return false;
  end if;
  delete from sales.coupon_slots s where s.coupon_id = release_coupon.coupon_id and s.order_id = release_coupon.order_id;
  return true;
end
$$;
comment on function sales.release_coupon(uuid, uuid) is
  'Gives the slot of a coupon back that the acting student redeemed on an order; refused by order_lines_redemption_fkey once a line was discounted with it.';

grant execute on function sales.redeem_coupon(uuid, text), sales.release_coupon(uuid, uuid) to techcourse_app;
call platform.give_function('sales.redeem_coupon(uuid, text)', 'techcourse_loader');
call platform.give_function('sales.release_coupon(uuid, uuid)', 'techcourse_loader');
