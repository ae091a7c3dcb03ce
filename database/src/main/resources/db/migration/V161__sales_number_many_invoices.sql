-- Numbering many at once takes time in proportion: the newest number of a year is looked up once, not for each row.
-- One receipt for an invoice: whoever has waited for its turn writes none for those before it.
create or replace function sales.number_invoices(since date, most integer, public_url text) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  setting constant jsonb := (select jsonb_object_agg(s.name, s.value #>> '{}') from platform.settings s where s.name in
    ('academy_name', 'seller_name', 'seller_address', 'seller_tax_number', 'invoice_prefix'));
  about_the_seller constant jsonb := jsonb_build_object(
    'name', coalesce(nullif(setting ->> 'seller_name', ''), setting ->> 'academy_name'),
    'address', setting ->> 'seller_address', 'tax_number', setting ->> 'seller_tax_number');
  before timestamptz;
  oldest constant date := coalesce(since, (select max(i.business_day) - 40 from sales.invoices i));
  made integer;
begin
  -- one at a time; whoever waited sees what the other numbered
  perform pg_advisory_xact_lock(hashtext('sales.number_invoices'), 0);
  before := clock_timestamp();
  with due as (
    select d.*, platform.business_day(d.happened_at) as business_day from sales.due_invoices(oldest) d
     order by d.happened_at, d.kind desc, d.source_id limit number_invoices.most
  ), placed as (
    select d.*, extract(year from d.business_day)::integer as year,
           row_number() over (partition by extract(year from d.business_day) order by d.happened_at, d.kind desc, d.source_id) as place
      from due d
  ), newest as materialized (
    -- once for a year: a query for each row would walk over all rows that this statement has written before it
    select y.year, (select max(i.serial_no) from sales.invoices i
                     where i.seller = setting ->> 'invoice_prefix' and i.year = y.year) as serial_no
      from (select distinct p.year from placed p) y
  ), made_out as (
    insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id,
                                happened_at, business_day, amount, currency, document)
    select platform.uuid_v7_of(p.happened_at, p.kind || '.' || p.source_id), setting ->> 'invoice_prefix', p.year,
           p.place + coalesce(n.serial_no, 0),
           p.kind, p.student_id, p.order_id, p.payment_id, p.source_id,
           case p.kind when 'credit_note' then platform.uuid_v7_of(p.captured_at, 'invoice.' || p.payment_id) end,
           p.happened_at, p.business_day, p.amount, p.currency,
           jsonb_build_object('seller', about_the_seller, 'lines', case p.kind
             when 'invoice' then sales.invoice_lines(p.student_id, p.order_id)
             else sales.credit_note_lines(p.student_id, p.payment_id, p.source_id) end)
      from placed p left join newest n on n.year = p.year
    returning id, student_id, order_id
  )
  insert into sales.invoice_buyers (invoice_id, student_id, name, address, tax_number, country)
  select m.id, m.student_id,
         case when u.status <> 'erased' then left(coalesce(o.wish_details #>> '{billing,name}', u.display_name), 200) end,
         case when u.status <> 'erased' then left(o.wish_details #>> '{billing,address}', 500) end,
         case when u.status <> 'erased' then left(o.wish_details #>> '{billing,tax_id}', 40) end,
         case when u.status <> 'erased' then o.country end
    from made_out m
    join sales.orders o on o.student_id = m.student_id and o.id = m.order_id
    join identity.users u on u.id = m.student_id
    -- an erasure at the same moment is waited for, or finds what is written here
     for share of u;
  get diagnostics made = row_count;
  -- a receipt for what was paid lately; what is older was a receipt to somebody long ago
  perform identity.queue_mail(u.id, u.email::text, 'receipt', u.locale, jsonb_build_object('name', u.display_name,
      'link', public_url || '/api/v1/invoices/' || i.number || '/pdf'))
    from sales.invoices i join identity.users u on u.id = i.student_id and u.status = 'active'
   where i.numbered_at >= before and i.kind = 'invoice' and i.happened_at > before - interval '1 day'
     and made > 0 and public_url is not null;
  return made;
end
$$;
