-- An order as the API tells it, from one place for whoever buys and for the staff.
create or replace function sales.order_document(student_id uuid, order_id uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('id', o.id, 'purpose', o.purpose, 'placed_at', o.placed_at, 'paid_at', o.paid_at, 'closed_at', o.closed_at,
    'close_reason', o.close_reason, 'country', o.country, 'coupon_code', l.coupon_code,
    'organisation_id', o.organisation_id, 'gift', o.wish_details -> 'gift',
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
grant execute on function sales.order_document(uuid, uuid) to techcourse_app, accountant;
call platform.give_function('sales.order_document(uuid,uuid)', 'techcourse_loader');
