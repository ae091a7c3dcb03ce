-- Money that is still under way: what students have yet to pay, what gateways have yet to give back, what banks took back.
-- Owned by techcourse_reader, not security_invoker: an accountant sees orders by their keys, and no student.
create or replace view reporting.receivables as
with open_items as (
  select case when p.id is null then 'order not paid' else 'payment pending' end as kind,
         coalesce(p.created_at, o.placed_at) as since, o.id as order_id, coalesce(p.id, o.id) as item_id,
         o.currency::text as currency, o.total_amount::numeric as amount
    from sales.orders o
    left join sales.payments p on p.student_id = o.student_id and p.order_id = o.id and p.status = 'pending'
   where o.closed_at is null and o.paid_at is null
   union all
  select case p.status when 'surplus' then 'surplus to give back' else 'refund to give back' end,
         g.created_at, p.order_id, g.id, g.currency::text, -g.amount::numeric
    from sales.gateway_refunds g
    join sales.payments p on p.student_id = g.student_id and p.id = g.payment_id
   where g.status <> 'done'
   union all
  select 'chargeback', r.refunded_at, r.order_id, r.id, r.currency::text, -r.amount::numeric
    from sales.refunds r
   where r.kind = 'chargeback'
)
select i.kind,
       i.since,
       platform.business_day(i.since) as day,
       date_part('day', now() - i.since)::integer as age_days,
       case when now() - i.since < interval '8 days' then 'up to 7 days'
            when now() - i.since < interval '31 days' then '8 to 30 days'
            when now() - i.since < interval '91 days' then '31 to 90 days'
            else 'over 90 days' end as age,
       i.order_id,
       i.item_id,
       i.currency,
       i.amount::numeric(14, 2) as amount
  from open_items i;
comment on view reporting.receivables is
  'Orders placed and not paid, payments that wait for their gateway, refunds and surplus that gateways have yet to give back, and chargebacks, each with its age.';
comment on column reporting.receivables.kind is
  'order not paid, payment pending (both owed to the academy), refund to give back, surplus to give back (both owed by it), chargeback (taken back by a bank).';
comment on column reporting.receivables.since is 'When the order was placed, the payment begun, the refund asked for or the chargeback made.';
comment on column reporting.receivables.day is 'Business day of it.';
comment on column reporting.receivables.age_days is 'Whole days since then.';
comment on column reporting.receivables.age is 'up to 7 days, 8 to 30 days, 31 to 90 days, over 90 days.';
comment on column reporting.receivables.order_id is 'The order.';
comment on column reporting.receivables.item_id is 'Key of the order, payment, gateway refund or refund.';
comment on column reporting.receivables.currency is 'ISO 4217 code of the amount; amounts of different currencies must never be added.';
comment on column reporting.receivables.amount is 'Positive what the academy is to get, negative what it has to give back or has lost.';
call platform.give_view('reporting.receivables', 'techcourse_reader');
grant select on reporting.receivables to accountant;
