-- The check of the invoices says of which order and day it speaks and what differs, and can be asked for some days; and
-- what waits for a number can be seen, for numbering that stands still is no gap.
drop function sales.invoice_gaps();
create function sales.invoice_gaps(first_day date default null, last_day date default null)
  returns table (rule text, seller text, year integer, number text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with looked_at as materialized (
    select i.id, i.kind, i.seller, i.year, i.number, i.business_day, i.currency::text as currency, i.student_id, i.order_id, i.source_id,
           i.amount::numeric as amount, i.document
      from sales.invoices i
     where (invoice_gaps.first_day is null or i.business_day >= invoice_gaps.first_day)
       and (invoice_gaps.last_day is null or i.business_day <= invoice_gaps.last_day)
  )
  -- whole years, whichever days are asked for
  select 'numbers without a gap', i.seller, i.year, null::text, null::date, null::text, null::uuid, max(i.serial_no)::numeric, count(*)::numeric
    from sales.invoices i group by i.seller, i.year having max(i.serial_no) <> count(*)
  union all
  select 'an invoice is its payment', i.seller, i.year, i.number, i.business_day, i.currency, i.order_id, coalesce(p.amount, 0), i.amount
    from looked_at i left join sales.payments p on p.student_id = i.student_id and p.id = i.source_id and p.status = 'captured'
   where i.kind = 'invoice' and (i.amount, i.currency) is distinct from (p.amount::numeric, p.currency::text)
  union all
  select 'a credit note is its refund', i.seller, i.year, i.number, i.business_day, i.currency, i.order_id, coalesce(r.amount, 0), i.amount
    from looked_at i
    left join (select r.student_id, coalesce(r.gateway_refund_id, r.id) as source_id, sum(r.amount) as amount
                 from sales.refunds r group by r.student_id, coalesce(r.gateway_refund_id, r.id)) r
      on r.student_id = i.student_id and r.source_id = i.source_id
   where i.kind = 'credit_note' and i.amount is distinct from r.amount
  union all
  select 'an invoice is the sum of its lines', i.seller, i.year, i.number, i.business_day, i.currency, i.order_id, l.amount, i.amount
    from looked_at i
   cross join lateral (select coalesce(sum((l #>> '{amount,amount}')::numeric), 0) as amount
                         from jsonb_array_elements(i.document -> 'lines') l) l
   where i.amount <> l.amount;
end;
comment on function sales.invoice_gaps(date, date) is
  'What is wrong with the invoices of some business days (null: all): missing numbers of whole years, amounts that are not those of payments, refunds and lines; no rows: nothing.';

create function sales.waiting_for_numbers() returns table (sources bigint, oldest_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select count(*), min(d.happened_at) from sales.due_invoices(platform.business_day(now()) - 45) d;
end;
comment on function sales.waiting_for_numbers() is
  'How many payments and refunds of the last 45 days have no number yet, and since when the oldest of them waits (null: none).';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.invoice_gaps(date,date)', 'sales.waiting_for_numbers()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app, accountant', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
