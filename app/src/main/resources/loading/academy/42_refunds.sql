-- One line in twenty-five is given back within the refund window, a few of them only in part.
create temp table refund_plan on commit drop as
with taken as (
  select l.*, 'refund.' || l.order_no || '.' || c.slug as key
    from line_plan l join course_plan c on c.id = l.course_id
   where l.outcome <> 'abandoned' and l.amount > 0
), moments as (
  select t.*, least(
           pg_temp.moment(t.captured_at::date + 1 + floor(26 * pg_temp.draw(t.key || '.days') ^ 2)::int, t.key),
           t.captured_at + interval '29 days') as refunded_at
    from taken t
   where pg_temp.draw(t.key) < 0.046
)
select m.*,
       platform.uuid_v7_of(m.refunded_at, 'academy.' || m.key) as id,
       case when pg_temp.draw(m.key || '.part') < 0.12 then round(m.amount / 2, 2) else m.amount end as refund_amount,
       case when pg_temp.draw(m.key || '.kind') < 0.82 then 'student'
         when pg_temp.draw(m.key || '.kind') < 0.97 then 'staff' else 'chargeback' end as kind,
       (array['Not what I expected', 'Bought by mistake', 'No time at the moment', 'Found another course',
              'Too easy for me', 'Too difficult for me', 'The pace does not suit me', ''])
         [1 + floor(8 * pg_temp.draw(m.key || '.reason'))::int] as reason
  from moments m, clock
 where m.refunded_at < clock.ends_at;
