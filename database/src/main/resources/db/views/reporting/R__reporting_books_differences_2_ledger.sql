-- Does the ledger hold every sale and refund, its taxes and everybody's share? One of the parts of reporting.books_differences.
create or replace function reporting.ledger_differences(first_day date, last_day date)
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set work_mem = '64MB' set jit = off
  -- many rows of each payment are met, which the planner does not expect of keys of two columns
  set enable_nestloop = off as $$
#variable_conflict use_column
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  return query
  with paid as (
    select p.id, p.business_day, p.order_id, p.currency::text as currency, p.amount
      from sales.payments p
     where p.status = 'captured' and p.business_day between first_day and last_day and p.amount > 0
  ), posted as (
    select e.transaction_id as id, e.business_day, e.currency::text as currency, sum(e.amount) as amount
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'gateway_clearing'
     where e.kind = 'sale' and e.business_day between first_day and last_day
     group by e.transaction_id, e.business_day, e.currency
  ), given_back as (
    select r.id, r.business_day, r.order_id, r.currency::text as currency, r.amount
      from sales.refunds r
     where r.business_day between first_day and last_day
  ), owed as (
    select e.transaction_id as id, e.business_day, e.currency::text as currency, sum(e.amount) as amount
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id and a.kind = 'student_refunds'
     where e.kind in ('refund', 'chargeback') and e.business_day between first_day and last_day
     group by e.transaction_id, e.business_day, e.currency
  )
  select 'the ledger holds every sale', business_day, currency, p.order_id, coalesce(p.amount, 0)::numeric, coalesce(e.amount, 0)
    from paid p full join posted e using (id, business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(e.amount, 0)
   union all
  select 'the ledger holds every refund', business_day, currency, r.order_id, coalesce(r.amount, 0), coalesce(e.amount, 0)
    from given_back r full join owed e using (id, business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(e.amount, 0);

  -- the same amounts and weights are allocated once, however many lines have them
  return query
  with sold as (
    select p.id, p.business_day, l.student_id, l.order_id, l.course_id, l.currency::text as currency, l.tax_amount::numeric as tax_amount,
           (l.amount - l.tax_amount)::numeric as net, l.instructor_id, l.instructor_share
      from sales.payments p
      join sales.order_lines l on l.student_id = p.student_id and l.order_id = p.order_id
     where p.status = 'captured' and p.business_day between first_day and last_day
  ), shares as (
    select s.student_id, s.order_id, s.course_id, sum(s.share_percent) as percent,
           array_agg(s.instructor_id order by s.instructor_id) as payees,
           array_agg(l.instructor_share * s.share_percent order by s.instructor_id) as weights
      from sold l
      join sales.line_shares s on s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id
     group by s.student_id, s.order_id, s.course_id
  ), lines as materialized (
    select l.id, l.business_day, l.order_id, l.course_id, l.currency, l.tax_amount, l.net,
           array[l.instructor_id] || coalesce(s.payees, '{}') || null::uuid as payees,
           array[l.instructor_share * (100 - coalesce(s.percent, 0))] || coalesce(s.weights, '{}') || (1 - l.instructor_share) * 100 as weights
      from sold l
      left join shares s on s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id
  ), allocated as materialized (
    select d.net, d.weights, sales.allocate(d.net, d.weights) as amounts
      from (select distinct l.net, l.weights from lines l where l.net > 0) d
  ), parts as (
    select l.id, l.business_day, l.order_id, l.course_id, l.currency,
           case when a.payee is null then 'platform_revenue' else 'instructor_earned' end as kind, a.payee, a.amount
      from lines l
      join allocated using (net, weights)
     cross join lateral unnest(l.payees, allocated.amounts) a (payee, amount)
     where a.amount > 0
     union all
    select l.id, l.business_day, l.order_id, l.course_id, l.currency, 'taxes', null, l.tax_amount from lines l where l.tax_amount > 0
  ), wanted as (
    select p.id, p.course_id, a.id as account_id, p.amount, p.business_day, p.order_id, p.currency
      from parts p
      left join sales.ledger_accounts a on a.kind = p.kind and a.currency::text = p.currency
        and coalesce(a.instructor_id, nobody) = coalesce(p.payee, nobody)
  ), posted as (
    select e.transaction_id as id, e.course_id, e.credit_account_id as account_id, e.amount::numeric as amount, e.business_day,
           e.order_id, e.currency::text as currency
      from sales.ledger_entries e
     where e.kind = 'sale' and e.business_day between first_day and last_day
  )
  select case when a.kind = 'taxes' then 'the ledger holds the tax of every line' else 'each has earned the share that was frozen at the sale' end,
         coalesce(w.business_day, e.business_day), coalesce(w.currency, e.currency), coalesce(w.order_id, e.order_id),
         coalesce(w.amount, 0), coalesce(e.amount, 0)
    from wanted w full join posted e using (id, course_id, account_id)
    left join sales.ledger_accounts a on a.id = account_id
   where coalesce(w.amount, 0) <> coalesce(e.amount, 0);

  return query
  with moved as (
    select e.order_id, e.course_id, e.currency::text as currency, a.kind, coalesce(a.instructor_id, e.order_id) as payee, e.amount::numeric as earned, 0::numeric as returned
      from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id
     where e.kind = 'sale' and e.transaction_id in (
       select r.payment_id from sales.refunds r where r.business_day between first_day and last_day)
     union all
    select e.order_id, e.course_id, e.currency::text, case a.kind when 'instructor_payable' then 'instructor_earned' else a.kind end,
           coalesce(a.instructor_id, e.order_id), 0, e.amount
      from sales.refunds r
      join sales.ledger_entries e on e.transaction_id = r.id and e.kind in ('refund', 'chargeback')
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind <> 'student_refunds'
     where r.payment_id in (select d.payment_id from sales.refunds d where d.business_day between first_day and last_day)
  )
  select 'nobody gives back more of a line than it brought', null::date, m.currency, m.order_id, sum(m.earned), sum(m.returned)
    from moved m
   group by m.order_id, m.course_id, m.currency, m.kind, m.payee
  having sum(m.returned) > sum(m.earned);

  return query
  with reported as (
    select d.day, d.currency, sum(d.gross_amount) as gross, sum(d.refund_amount) as refund, sum(d.tax_amount) as tax,
           sum(d.refunded_tax_amount) as refunded_tax
      from reporting.daily_sales d
     where d.day between first_day and last_day
     group by d.day, d.currency
  ), booked as (
    select b.day, b.currency, b.gross_amount as gross, b.refund_amount as refund, b.tax_amount as tax, b.refunded_tax_amount as refunded_tax
      from reporting.ledger_by_day b
     where b.day between first_day and last_day
  )
  select 'the daily sales report agrees with the ledger', day, currency, null::uuid, v.reported, v.booked
    from reported r full join booked b using (day, currency)
   cross join lateral (values (coalesce(r.gross, 0), coalesce(b.gross, 0)), (coalesce(r.refund, 0), coalesce(b.refund, 0)),
     (coalesce(r.tax, 0), coalesce(b.tax, 0)), (coalesce(r.refunded_tax, 0), coalesce(b.refunded_tax, 0))) v (reported, booked)
   where v.reported <> v.booked;

  return query
  select 'the balances of a currency add up to zero', null::date, a.currency::text, null::uuid, 0::numeric, sum(m.amount)
    from (select e.debit_account_id as account_id, e.amount::numeric as amount from sales.ledger_entries e
           where e.business_day between first_day and last_day
           union all
          select e.credit_account_id, -e.amount from sales.ledger_entries e where e.business_day between first_day and last_day) m
    join sales.ledger_accounts a on a.id = m.account_id
   group by a.currency
  having sum(m.amount) <> 0;
end
$$;
comment on function reporting.ledger_differences(date, date) is
  'Where the ledger of some days differs from payments, refunds, taxes, frozen shares and daily sales, or does not balance; for reporting.books_differences.';
call platform.give_function('reporting.ledger_differences(date,date)', 'techcourse_reader');
