-- Is everything that was given back counted, owed and paid once? One of the parts of reporting.books_differences.
create or replace function reporting.refund_differences(first_day date, last_day date)
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set work_mem = '64MB' set jit = off
  -- many rows of each payment are met, which the planner does not expect of keys of two columns
  set enable_nestloop = off as $$
#variable_conflict use_column
begin
  return query
  with touched as (
    select p.student_id, p.id, p.order_id, p.business_day, p.currency::text as currency, p.refunded_amount
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day
        or p.id in (select r.payment_id from sales.refunds r where r.business_day between first_day and last_day)
  ), refunds_of_payment as (
    select r.student_id, r.payment_id, sum(r.amount) as amount from sales.refunds r group by r.student_id, r.payment_id
  ), refunds_of_line as (
    select r.student_id, r.order_id, r.course_id, sum(r.amount) as amount from sales.refunds r group by r.student_id, r.order_id, r.course_id
  )
  select 'what a payment says is given back is the sum of its refunds', p.business_day, p.currency, p.order_id,
         p.refunded_amount::numeric, coalesce(r.amount, 0)
    from touched p
    left join refunds_of_payment r on r.student_id = p.student_id and r.payment_id = p.id
   where p.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'what a line says is given back is the sum of its refunds', null, l.currency::text, l.order_id, l.refunded_amount, coalesce(r.amount, 0)
    from touched p
    join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
    left join refunds_of_line r on r.student_id = l.student_id and r.order_id = l.order_id and r.course_id = l.course_id
   where l.refunded_amount <> coalesce(r.amount, 0);

  return query
  with refunded_by_day as (
    select r.business_day as day, r.currency::text as currency, sum(r.amount) as amount
      from sales.refunds r
     where r.business_day between first_day and last_day
     group by r.business_day, r.currency
  ), reported_by_day as (
    select d.day, d.currency, sum(d.refund_amount) as amount
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  )
  select 'the daily sales report is the sum of the refunds', day, currency, null::uuid, coalesce(r.amount, 0), coalesce(d.amount, 0)
    from refunded_by_day r full join reported_by_day d using (day, currency)
   where coalesce(r.amount, 0) <> coalesce(d.amount, 0);

  -- few rows, whatever was sold: all of them
  return query
  with asked as (
    select g.student_id, g.id, g.payment_id, g.amount, g.currency::text as currency, g.status, p.order_id, p.status as payment_status
      from sales.gateway_refunds g
      join sales.payments p on p.student_id = g.student_id and p.id = g.payment_id
  ), refunded as (
    select r.student_id, r.gateway_refund_id as id, sum(r.amount) as amount
      from sales.refunds r where r.gateway_refund_id is not null group by r.student_id, r.gateway_refund_id
  ), posted as (
    select e.transaction_id as id, sum(e.amount) filter (where d.kind = 'student_refunds') as paid,
           sum(e.amount) filter (where e.kind = 'correction' and k.kind = 'student_refunds') as lost
      from sales.ledger_entries e
      join sales.ledger_accounts d on d.id = e.debit_account_id
      join sales.ledger_accounts k on k.id = e.credit_account_id
     where e.transaction_id in (select a.id from asked a)
     group by e.transaction_id
  )
  select 'a gateway gives back what was refunded', null::date, a.currency, a.order_id,
         coalesce(r.amount, 0) + coalesce(e.lost, 0), a.amount::numeric
    from asked a
    left join refunded r on r.student_id = a.student_id and r.id = a.id
    left join posted e on e.id = a.id
   where a.payment_status <> 'surplus' and a.amount <> coalesce(r.amount, 0) + coalesce(e.lost, 0)
   union all
  select 'what a gateway has given back is posted', null, a.currency, a.order_id, case a.status when 'done' then a.amount else 0 end, coalesce(e.paid, 0)
    from asked a
    left join posted e on e.id = a.id
   where coalesce(e.paid, 0) <> case a.status when 'done' then a.amount else 0 end
   union all
  select 'surplus money is owed or given back', p.business_day, p.currency::text, p.order_id, p.amount, coalesce(least(g.amount, e.amount), 0)
    from sales.payments p
    left join (select a.student_id, a.payment_id, sum(a.amount) as amount from asked a group by a.student_id, a.payment_id) g
      on g.student_id = p.student_id and g.payment_id = p.id
    left join (select e.transaction_id, sum(e.amount) as amount from sales.ledger_entries e where e.kind = 'surplus' group by e.transaction_id) e
      on e.transaction_id = p.id
   where p.status = 'surplus' and (g.amount is distinct from p.amount::numeric or e.amount is distinct from p.amount::numeric);

  return query
  with owed as (
    select a.currency::text as currency, sum(m.amount) as amount
      from sales.ledger_accounts a
      join (select e.credit_account_id as account_id, e.amount::numeric as amount from sales.ledger_entries e
             union all
            select e.debit_account_id, -e.amount from sales.ledger_entries e) m on m.account_id = a.id
     where a.kind = 'student_refunds'
     group by a.currency
  ), waiting as (
    select w.currency, sum(w.amount) as amount
      from (select g.currency::text as currency, g.amount::numeric as amount from sales.gateway_refunds g where g.status <> 'done'
             union all
            -- refunded before gateways were asked by the academy, and not posted as given back
            select r.currency::text, r.amount from sales.refunds r
             where r.gateway_refund_id is null and not exists (
               select from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'student_refunds'
                where e.transaction_id = r.id)) w
     group by w.currency
  )
  select 'what is owed to students waits to be given back', null::date, currency, null::uuid, coalesce(o.amount, 0), coalesce(w.amount, 0)
    from owed o full join waiting w using (currency)
   where coalesce(o.amount, 0) <> coalesce(w.amount, 0);
end
$$;
comment on function reporting.refund_differences(date, date) is
  'Where refunds, surplus payments, gateways and the account student_refunds differ; for reporting.books_differences.';
call platform.give_function('reporting.refund_differences(date,date)', 'techcourse_reader');
