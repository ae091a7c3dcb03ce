-- Invoices for those who read them: a buyer one's own, accountants and admins all.
create function sales.invoice_document(number text) returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('id', i.id, 'number', i.number, 'kind', i.kind, 'issued_on', i.business_day, 'order_id', i.order_id,
      'corrects', (select c.number from sales.invoices c where c.id = i.corrects_id),
      'seller', i.document -> 'seller',
      'buyer', jsonb_build_object('name', b.name, 'address', b.address, 'tax_number', b.tax_number, 'country', b.country),
      'lines', i.document -> 'lines',
      'taxes', (select coalesce(jsonb_agg(jsonb_build_object('rate', t.rate, 'net', sales.money(t.net, i.currency),
                  'tax', sales.money(t.tax, i.currency)) order by t.rate), '[]')
          from (select l ->> 'tax_rate' as rate, sum((l #>> '{tax,amount}')::numeric) as tax,
                       sum((l #>> '{amount,amount}')::numeric - (l #>> '{tax,amount}')::numeric) as net
                  from jsonb_array_elements(i.document -> 'lines') l group by l ->> 'tax_rate') t),
      'total', sales.money(i.amount, i.currency))
    from sales.invoices i join sales.invoice_buyers b on b.invoice_id = i.id
   where i.number = upper(invoice_document.number)
     and (i.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       or current_setting('app.role', true) in ('accountant', 'admin'));
end;
comment on function sales.invoice_document(text) is
  'An invoice or credit note as JSON; null for others than its buyer, accountants and admins.';

create function sales.invoice_journal(first_day date, last_day date, after_at timestamptz, after_id uuid, most integer)
  returns table (id uuid, number text, kind text, business_day date, happened_at timestamptz, order_id uuid, corrects text,
                 net numeric, tax numeric, amount numeric, currency text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select i.id, i.number, i.kind, i.business_day, i.happened_at, i.order_id, c.number, i.amount - t.tax, t.tax, i.amount::numeric, i.currency::text
    from sales.invoices i
    left join sales.invoices c on c.id = i.corrects_id
   cross join lateral (select coalesce(sum((l #>> '{tax,amount}')::numeric), 0) as tax
                         from jsonb_array_elements(i.document -> 'lines') l) t
   where (i.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       or current_setting('app.role', true) in ('accountant', 'admin'))
     and (invoice_journal.first_day is null or i.business_day >= invoice_journal.first_day)
     and (invoice_journal.last_day is null or i.business_day <= invoice_journal.last_day)
     and (invoice_journal.after_at is null or (i.happened_at, i.id) < (invoice_journal.after_at, invoice_journal.after_id))
   order by i.happened_at desc, i.id desc limit invoice_journal.most;
end;
comment on function sales.invoice_journal(date, date, timestamptz, uuid, integer) is
  'Invoices and credit notes of the acting person, or all for accountants and admins, between two business days, newest first.';

create function sales.number_own_invoices(public_url text) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  oldest date;
begin
  -- only what concerns the acting person makes anybody wait for numbers
  select min(d.day) into oldest from (
    select p.business_day as day from sales.payments p
     where p.student_id = nullif(current_setting('app.user_id', true), '')::uuid and p.status = 'captured' and p.amount > 0
       and not exists (select from sales.invoices i where i.kind = 'invoice' and i.source_id = p.id)
    union all
    select p.business_day from sales.refunds r join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id
     where r.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       and not exists (select from sales.invoices i where i.kind = 'credit_note' and i.source_id = coalesce(r.gateway_refund_id, r.id))) d;
  return case when oldest is null then 0 else sales.number_invoices(oldest, 20000, public_url) end;
end
$$;
comment on function sales.number_own_invoices(text) is
  'Numbers at once, when the acting person has something that is not numbered yet: that, and what others bought before it.';

create function sales.invoice_gaps() returns table (rule text, seller text, year integer, detail text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select 'numbers without a gap', i.seller, i.year, (max(i.serial_no) - count(*))::text || ' missing'
    from sales.invoices i group by i.seller, i.year having max(i.serial_no) <> count(*)
  union all
  select 'an invoice is its payment', i.seller, i.year, i.number
    from sales.invoices i left join sales.payments p on p.student_id = i.student_id and p.id = i.source_id and p.status = 'captured'
   where i.kind = 'invoice' and (i.amount, i.currency::text) is distinct from (p.amount, p.currency::text)
  union all
  select 'a credit note is its refund', i.seller, i.year, i.number
    from sales.invoices i
    left join (select r.student_id, coalesce(r.gateway_refund_id, r.id) as source_id, sum(r.amount) as amount
                 from sales.refunds r group by r.student_id, coalesce(r.gateway_refund_id, r.id)) r
      on r.student_id = i.student_id and r.source_id = i.source_id
   where i.kind = 'credit_note' and i.amount is distinct from r.amount
  union all
  select 'an invoice is the sum of its lines', i.seller, i.year, i.number from sales.invoices i
   where i.amount <> (select sum((l #>> '{amount,amount}')::numeric) from jsonb_array_elements(i.document -> 'lines') l);
end;
comment on function sales.invoice_gaps() is
  'What is wrong with the invoices: missing numbers, amounts that are not those of payments, refunds and lines; no rows: nothing.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.invoice_document(text)', 'sales.invoice_journal(date,date,timestamptz,uuid,integer)',
    'sales.number_own_invoices(text)', 'sales.invoice_gaps()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app, accountant', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
