-- Numbering: one node at a time, everything that is captured and not numbered yet, in the order of capture. One
-- transaction: whoever dies in it leaves no number behind.
create function sales.invoice_lines(student_id uuid, order_id uuid) returns jsonb
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'title', c.title, 'quantity', l.quantity,
      'list_price', sales.money(l.list_price, l.currency), 'discount', sales.money(l.discount_amount, l.currency),
      'tax_rate', l.tax_rate::text, 'tax_included', l.tax_included, 'tax', sales.money(l.tax_amount, l.currency),
      'amount', sales.money(l.amount, l.currency)) order by c.title, c.id)
    from sales.order_lines l join catalog.courses c on c.id = l.course_id
   where l.student_id = invoice_lines.student_id and l.order_id = invoice_lines.order_id;
end;
comment on function sales.invoice_lines(uuid, uuid) is 'What an invoice says of the lines of an order. For sales.number_invoices.';

create function sales.credit_note_lines(student_id uuid, payment_id uuid, source_id uuid) returns jsonb
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_agg(jsonb_build_object('course_id', l.course_id, 'title', c.title, 'quantity', l.quantity,
      'list_price', sales.money(r.amount, r.currency), 'discount', sales.money(0, r.currency),
      'tax_rate', l.tax_rate::text, 'tax_included', true,
      -- the tax that the books gave back
      'tax', sales.money(coalesce((select sum(e.amount) from sales.ledger_entries e
        join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind = 'taxes' where e.transaction_id = r.id), 0), r.currency),
      'amount', sales.money(r.amount, r.currency)) order by c.title, c.id)
    from sales.refunds r
    join sales.order_lines l on l.student_id = r.student_id and l.order_id = r.order_id and l.course_id = r.course_id
    join catalog.courses c on c.id = l.course_id
   where r.student_id = credit_note_lines.student_id and r.payment_id = credit_note_lines.payment_id
     and coalesce(r.gateway_refund_id, r.id) = credit_note_lines.source_id;
end;
comment on function sales.credit_note_lines(uuid, uuid, uuid) is 'What a credit note says of what was given back. For sales.number_invoices.';

create function sales.due_invoices(since date)
  returns table (kind text, source_id uuid, student_id uuid, order_id uuid, payment_id uuid, captured_at timestamptz,
                 happened_at timestamptz, amount numeric, currency text)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select 'invoice', p.id, p.student_id, p.order_id, p.id, p.captured_at, p.captured_at, p.amount::numeric, p.currency::text
    from sales.payments p
   where p.status = 'captured' and p.amount > 0 and (due_invoices.since is null or p.business_day >= due_invoices.since)
     and not exists (select from sales.invoices i where i.kind = 'invoice' and i.source_id = p.id)
  union all
  select 'credit_note', coalesce(r.gateway_refund_id, r.id), r.student_id, r.order_id, r.payment_id, p.captured_at,
         greatest(min(r.refunded_at), p.captured_at), sum(r.amount), r.currency::text
    from sales.refunds r join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id
   where (due_invoices.since is null or r.business_day >= due_invoices.since)
     and not exists (select from sales.invoices i where i.kind = 'credit_note' and i.source_id = coalesce(r.gateway_refund_id, r.id))
     -- after its invoice
     and (due_invoices.since is null or p.business_day >= due_invoices.since
       or exists (select from sales.invoices i where i.kind = 'invoice' and i.source_id = p.id))
   group by coalesce(r.gateway_refund_id, r.id), r.student_id, r.order_id, r.payment_id, p.captured_at, r.currency;
end;
comment on function sales.due_invoices(date) is
  'Captured payments and refunds, since a business day or ever, that have no number yet. For sales.number_invoices.';

create function sales.number_invoices(since date, most integer, public_url text) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  setting constant jsonb := (select jsonb_object_agg(s.name, s.value #>> '{}') from platform.settings s where s.name in
    ('academy_name', 'seller_name', 'seller_address', 'seller_tax_number', 'invoice_prefix'));
  about_the_seller constant jsonb := jsonb_build_object(
    'name', coalesce(nullif(setting ->> 'seller_name', ''), setting ->> 'academy_name'),
    'address', setting ->> 'seller_address', 'tax_number', setting ->> 'seller_tax_number');
  before constant timestamptz := clock_timestamp();
  oldest constant date := coalesce(since, (select max(i.business_day) - 40 from sales.invoices i));
  made integer;
begin
  -- one at a time; whoever waited sees what the other numbered
  perform pg_advisory_xact_lock(hashtext('sales.number_invoices'), 0);
  with due as (
    select d.*, platform.business_day(d.happened_at) as business_day from sales.due_invoices(oldest) d
     order by d.happened_at, d.kind desc, d.source_id limit number_invoices.most
  ), placed as (
    select d.*, extract(year from d.business_day)::integer as year,
           row_number() over (partition by extract(year from d.business_day) order by d.happened_at, d.kind desc, d.source_id) as place
      from due d
  ), made_out as (
    insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id,
                                happened_at, business_day, amount, currency, document)
    select platform.uuid_v7_of(p.happened_at, p.kind || '.' || p.source_id), setting ->> 'invoice_prefix', p.year,
           p.place + coalesce((select max(i.serial_no) from sales.invoices i
                                where i.seller = setting ->> 'invoice_prefix' and i.year = p.year), 0),
           p.kind, p.student_id, p.order_id, p.payment_id, p.source_id,
           case p.kind when 'credit_note' then platform.uuid_v7_of(p.captured_at, 'invoice.' || p.payment_id) end,
           p.happened_at, p.business_day, p.amount, p.currency,
           jsonb_build_object('seller', about_the_seller, 'lines', case p.kind
             when 'invoice' then sales.invoice_lines(p.student_id, p.order_id)
             else sales.credit_note_lines(p.student_id, p.payment_id, p.source_id) end)
      from placed p
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
comment on function sales.number_invoices(date, integer, text) is
  'Makes out and numbers what is captured or given back (since a business day; null: since 40 days before the last) and has no number yet, the oldest first, at most so many; says how many. Receipts go by mail where the public address is given.';
grant execute on function identity.queue_mail(uuid, text, text, text, jsonb) to techcourse_loader;
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.invoice_lines(uuid,uuid)', 'sales.credit_note_lines(uuid,uuid,uuid)', 'sales.due_invoices(date)',
    'sales.number_invoices(date,integer,text)']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.number_invoices(date, integer, text) to techcourse_app;
