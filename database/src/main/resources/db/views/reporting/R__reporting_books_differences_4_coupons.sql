-- Is every discount a redemption, and every redemption within its limits? One of the parts of reporting.books_differences.
create or replace function reporting.coupon_differences()
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with slots as (
    select s.coupon_id, count(*) as taken from sales.coupon_slots s group by s.coupon_id
  ), uses as (
    select u.coupon_id, u.student_id, count(*) as uses from sales.coupon_redemptions u group by u.coupon_id, u.student_id
  )
  select 'a coupon is redeemed within its limit', null::date, null::text, null::uuid, c.max_redemptions::numeric, s.taken::numeric
    from slots s join sales.coupons c on c.id = s.coupon_id
   where s.taken > c.max_redemptions
   union all
  select 'a student redeems a coupon within its limit', null, null, null, c.max_per_student, u.uses
    from uses u join sales.coupons c on c.id = u.coupon_id
   where u.uses > c.max_per_student
   union all
  select 'a redemption has its slot', null, null, coalesce(u.order_id, s.order_id), (u.order_id is not null)::integer, (s.order_id is not null)::integer
    from sales.coupon_redemptions u
    full join sales.coupon_slots s on s.coupon_id = u.coupon_id and s.order_id = u.order_id
   where u.order_id is null or s.order_id is null
   union all
  select 'a discount has its redemption', null, l.currency::text, l.order_id, l.discount_amount, 0
    from sales.order_lines l
    left join sales.coupon_redemptions u on u.student_id = l.student_id and u.order_id = l.order_id and u.coupon_id = l.coupon_id
   where l.discount_amount > 0 and u.order_id is null and (l.coupon_id is not null or l.released_coupon_id is null)
      or l.coupon_id is not null and u.order_id is null;
end;
comment on function reporting.coupon_differences() is
  'Where coupons were redeemed past a limit, or a discount has no redemption; for reporting.books_differences.';
call platform.give_function('reporting.coupon_differences()', 'techcourse_reader');
