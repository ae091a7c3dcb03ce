-- Every order with what became of it, for the desk that answers for them. A range of placed_at reaches its BRIN index.
-- Owned by techcourse_reader, not security_invoker: an accountant sees the buyer's number, and not who it is.
create or replace view reporting.orders as
select o.id as order_id,
       o.student_id,
       o.placed_at,
       case when o.closed_at is not null then 'closed' when o.paid_at is null then 'open'
            when l.refunded_amount = 0 then 'paid' when l.refunded_amount = o.total_amount then 'refunded'
            else 'partly_refunded' end as status,
       o.purpose,
       o.country::text as country,
       o.currency::text as currency,
       o.total_amount::numeric(14, 2) as total_amount,
       l.tax_amount::numeric(14, 2) as tax_amount,
       l.refunded_amount::numeric(14, 2) as refunded_amount,
       l.lines,
       k.code::text as coupon_code,
       o.paid_at,
       o.closed_at,
       o.close_reason,
       p.gateway,
       p.reference as payment_reference
  from sales.orders o
 cross join lateral (
   select count(*) as lines, coalesce(sum(l.tax_amount), 0) as tax_amount, coalesce(sum(l.refunded_amount), 0) as refunded_amount,
          min(coalesce(l.coupon_id, l.released_coupon_id)::text)::uuid as coupon_id
     from sales.order_lines l where l.student_id = o.student_id and l.order_id = o.id) l
  left join sales.coupons k on k.id = l.coupon_id
  left join sales.payments p on p.student_id = o.student_id and p.order_id = o.id and p.status = 'captured';
comment on view reporting.orders is
  'Every order: what it costs, whether it was paid, given back or closed, and where. Amounts of different currencies must never be added.';
comment on column reporting.orders.order_id is 'Number of the order.';
comment on column reporting.orders.student_id is 'Number of the buyer.';
comment on column reporting.orders.placed_at is 'When it was placed.';
comment on column reporting.orders.status is 'open, paid, partly_refunded, refunded or closed (never paid).';
comment on column reporting.orders.purpose is 'self, gift or team.';
comment on column reporting.orders.country is 'Country of the buyer, ISO 3166-1.';
comment on column reporting.orders.currency is 'Currency of the amounts, ISO 4217.';
comment on column reporting.orders.total_amount is 'What was to be paid, with tax.';
comment on column reporting.orders.tax_amount is 'The tax in it.';
comment on column reporting.orders.refunded_amount is 'What of it was given back.';
comment on column reporting.orders.lines is 'How many courses.';
comment on column reporting.orders.coupon_code is 'The coupon that was used.';
comment on column reporting.orders.paid_at is 'When it was paid.';
comment on column reporting.orders.closed_at is 'When it was closed unpaid.';
comment on column reporting.orders.close_reason is 'cancelled, expired, or replaced by a newer order for the same course.';
comment on column reporting.orders.gateway is 'Who took the money; none for what cost nothing.';
comment on column reporting.orders.payment_reference is 'The gateway''s reference.';
call platform.give_view('reporting.orders', 'techcourse_reader');
grant select on reporting.orders to accountant;
