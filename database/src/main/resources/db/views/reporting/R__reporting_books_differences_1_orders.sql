-- Do orders, payments, enrolments and the daily sales tell the same story? One of the parts of reporting.books_differences.
create or replace function reporting.order_differences(first_day date, last_day date)
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set work_mem = '64MB' set jit = off
  -- many rows of each payment are met, which the planner does not expect of keys of two columns
  set enable_nestloop = off as $$
#variable_conflict use_column
declare
  -- of one type with the columns, or else the planner may not use their statistics under row security; with room for time zones
  since constant timestamptz := greatest(first_day, '0001-01-01')::timestamptz - interval '1 day';
  until constant timestamptz := least(last_day, '9999-01-01')::timestamptz + interval '2 days';
begin
  return query
  with placed as (
    select o.student_id, o.id, o.currency, o.total_amount, o.paid_at, o.purpose
      from sales.orders o
     where o.placed_at >= since and o.placed_at < until
  ), lines as (
    select l.student_id, l.order_id, sum(l.amount) as amount
      from sales.order_lines l
      join placed o on o.student_id = l.student_id and o.id = l.order_id
     group by l.student_id, l.order_id
  )
  select 'the total of an order is the sum of its lines', null::date, o.currency::text, o.id, o.total_amount::numeric, coalesce(l.amount, 0)
    from placed o
    left join lines l on l.student_id = o.student_id and l.order_id = o.id
   where o.total_amount <> coalesce(l.amount, 0)
   union all
  select 'a paid order has a captured payment', null, o.currency::text, o.id, (o.paid_at is not null)::integer, (p.id is not null)::integer
    from placed o
    left join sales.payments p on p.student_id = o.student_id and p.order_id = o.id and p.status = 'captured'
   where (o.paid_at is null) <> (p.id is null);

  return query
  with paid as (
    select p.student_id, p.id, p.order_id, p.business_day, p.currency::text as currency, p.amount, p.gateway, p.reference
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day
  ), lines as (
    select p.student_id, p.order_id, min(l.currency)::text as currency, sum(l.amount) as amount,
           count(*) filter (where l.refunded_amount < l.amount or l.amount = 0) as kept,
           count(e.student_id) filter (where l.refunded_amount < l.amount or l.amount = 0) as enrolled
      from paid p
      join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
      left join learning.enrollments e on e.student_id = l.student_id and e.course_id = l.course_id and e.order_id = l.order_id
     group by p.student_id, p.order_id
  ), paid_by_day as (
    select p.business_day as day, p.currency, sum(p.amount) as amount from paid p group by p.business_day, p.currency
  ), reported_by_day as (
    select d.day, d.currency, sum(d.gross_amount) as amount
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  )
  select 'a captured payment pays the sum of the lines', p.business_day, p.currency, p.order_id, p.amount::numeric, coalesce(l.amount, 0)
    from paid p
    left join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where p.amount <> coalesce(l.amount, 0) or p.currency is distinct from l.currency
   union all
  select 'a captured payment has its enrolments', p.business_day, p.currency, p.order_id, l.kept, l.enrolled
    from paid p
    join sales.orders o on o.student_id = p.student_id and o.id = p.order_id and o.purpose = 'self'
    join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where l.kept <> l.enrolled
   union all
  select 'a captured payment is known by its reference', p.business_day, p.currency, p.order_id, 1, 0
    from paid p
    left join sales.payment_references r on r.gateway = p.gateway and r.reference = p.reference
   where p.gateway <> 'none' and (r.student_id, r.payment_id) is distinct from (p.student_id, p.id)
   union all
  select 'the daily sales report is the sum of the payments', day, currency, null, coalesce(p.amount, 0), coalesce(d.amount, 0)
    from paid_by_day p full join reported_by_day d using (day, currency)
   where coalesce(p.amount, 0) <> coalesce(d.amount, 0);

  return query
  select 'a reference stands for a payment', null::date, null::text, null::uuid, 1::numeric, 0::numeric
    from sales.payment_references r
    left join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id and p.gateway = r.gateway
   where p.id is null and not isfinite(first_day)
   union all
  select 'an enrolment by an order has a captured payment', null, null, e.order_id, 1, 0
    from learning.enrollments e
    left join sales.payments p on p.student_id = e.student_id and p.order_id = e.order_id and p.status = 'captured'
   where e.order_id is not null and p.id is null
     and e.enrolled_at >= since and e.enrolled_at < until;
end
$$;
comment on function reporting.order_differences(date, date) is
  'Where orders, payments, enrolments and daily sales of some days differ; for reporting.books_differences.';
call platform.give_function('reporting.order_differences(date,date)', 'techcourse_reader');
