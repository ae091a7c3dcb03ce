-- Do the books agree? Orders, payments, refunds, ledger and daily sales tell the same story five times;
-- every place where two of them differ by a cent is a row. Single orders are named, so that a difference can be mended.
create or replace function reporting.books_differences()
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
  with lines as (
    select l.student_id, l.order_id, min(l.currency)::text as currency, sum(l.amount) as amount, sum(l.refunded_amount) as refunded
      from sales.order_lines l
     group by l.student_id, l.order_id
  ), refunds_of_line as (
    select r.student_id, r.order_id, r.course_id, sum(r.amount) as amount
      from sales.refunds r
     group by r.student_id, r.order_id, r.course_id
  ), refunds_of_payment as (
    select r.student_id, r.payment_id, sum(r.amount) as amount
      from sales.refunds r
     group by r.student_id, r.payment_id
  ), paid_by_day as (
    select p.business_day, p.currency::text as currency, sum(p.amount) as amount
      from sales.payments p
     where p.status = 'captured'
     group by p.business_day, p.currency
  ), refunded_by_day as (
    select r.business_day, r.currency::text as currency, sum(r.amount) as amount
      from sales.refunds r
     group by r.business_day, r.currency
  ), reported_by_day as (
    select d.day as business_day, d.currency, sum(d.gross_amount) as gross, sum(d.refund_amount) as refund
      from reporting.daily_sales d
     group by d.day, d.currency
  ), ledger_by_day as (
    select e.business_day, e.currency::text as currency,
           -- a sale comes in by the gateway; a refund is owed to the student from its day on
           sum(e.amount) filter (where e.kind = 'sale' and debit.kind = 'gateway_clearing') as sale,
           sum(e.amount) filter (where e.kind in ('refund', 'chargeback') and credit.kind = 'student_refunds') as refund
      from sales.ledger_entries e
      join sales.ledger_accounts debit on debit.id = e.debit_account_id
      join sales.ledger_accounts credit on credit.id = e.credit_account_id
     where e.kind in ('sale', 'refund', 'chargeback')
     group by e.business_day, e.currency
  )
  select 'the total of an order is the sum of its lines', null::date, o.currency::text, o.id, o.total_amount::numeric, coalesce(l.amount, 0)
    from sales.orders o
    left join lines l on l.student_id = o.student_id and l.order_id = o.id
   where o.total_amount <> coalesce(l.amount, 0)
   union all
  select 'a captured payment pays the sum of the lines', p.business_day, p.currency::text, p.order_id, p.amount, coalesce(l.amount, 0)
    from sales.payments p
    left join lines l on l.student_id = p.student_id and l.order_id = p.order_id
   where p.status = 'captured' and (p.amount <> coalesce(l.amount, 0) or p.currency::text is distinct from l.currency)
   union all
  select 'what a payment says is given back is the sum of its refunds', p.business_day, p.currency::text, p.order_id,
         p.refunded_amount, coalesce(r.amount, 0)
    from sales.payments p
    left join refunds_of_payment r on r.student_id = p.student_id and r.payment_id = p.id
   where p.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'what a line says is given back is the sum of its refunds', null, l.currency::text, l.order_id,
         l.refunded_amount, coalesce(r.amount, 0)
    from sales.order_lines l
    left join refunds_of_line r on r.student_id = l.student_id and r.order_id = l.order_id and r.course_id = l.course_id
   where l.refunded_amount <> coalesce(r.amount, 0)
   union all
  select 'the daily sales report is the sum of the payments', business_day, currency, null, p.amount, coalesce(d.gross, 0)
    from paid_by_day p full join reported_by_day d using (business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(d.gross, 0)
   union all
  select 'the daily sales report is the sum of the refunds', business_day, currency, null, r.amount, coalesce(d.refund, 0)
    from refunded_by_day r full join reported_by_day d using (business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(d.refund, 0)
   union all
  select 'the ledger holds every sale', business_day, currency, null, p.amount, coalesce(e.sale, 0)
    from paid_by_day p full join ledger_by_day e using (business_day, currency)
   where coalesce(p.amount, 0) <> coalesce(e.sale, 0)
   union all
  select 'the ledger holds every refund', business_day, currency, null, r.amount, coalesce(e.refund, 0)
    from refunded_by_day r full join ledger_by_day e using (business_day, currency)
   where coalesce(r.amount, 0) <> coalesce(e.refund, 0);
end
$$;
comment on function reporting.books_differences() is
  'Where orders, payments, refunds, ledger and daily sales differ by a cent or more; no row: the books agree.';
call platform.give_function('reporting.books_differences()', 'techcourse_reader');
grant execute on function reporting.books_differences() to accountant;
