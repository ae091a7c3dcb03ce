-- What gateways owe an answer to, and what is owed to gateways.
-- techcourse_payments_awaited: Payments whose gateway has not said how they ended.
-- techcourse_payments_awaited_longest_seconds: How long the oldest of them waits.
-- techcourse_givings_back_waiting: Sums that a gateway is still to give back.
-- techcourse_givings_back_waiting_longest_seconds: How long the oldest of them waits.
-- techcourse_givings_back_failed: Sums that a gateway refused to give back; somebody has to look.
with payments as (
  select count(*) as number, min(p.created_at) as oldest_at from sales.payments p where p.status = 'pending'
), back as (
  select count(*) as number, min(r.created_at) as oldest_at from sales.gateway_refunds r where r.status = 'pending'
)
select p.number as techcourse_payments_awaited,
       coalesce(extract(epoch from clock_timestamp() - p.oldest_at), 0) as techcourse_payments_awaited_longest_seconds,
       b.number as techcourse_givings_back_waiting,
       coalesce(extract(epoch from clock_timestamp() - b.oldest_at), 0) as techcourse_givings_back_waiting_longest_seconds,
       (select count(*) from sales.gateway_refunds r where r.status = 'failed') as techcourse_givings_back_failed
  from payments p, back b
