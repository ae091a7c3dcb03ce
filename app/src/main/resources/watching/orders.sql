-- Sales of the last five minutes; a window instead of a counter, so that each node of the academy tells the same.
-- techcourse_orders_recent: Orders placed in the last five minutes, by gateway and how their payment ended; "none" is not paid for yet.
select coalesce(p.gateway, 'none') as gateway, coalesce(p.status, 'open') as outcome,
       count(*) as techcourse_orders_recent
  from sales.orders o
  left join lateral (
    select p.gateway, p.status from sales.payments p where p.student_id = o.student_id and p.order_id = o.id
     order by p.created_at desc limit 1) p on true
 where o.placed_at > clock_timestamp() - interval '5 minutes'
 group by 1, 2
