-- Invoices and credit notes: numbered afterwards, so that no sale waits for a number, without a gap for each seller and
-- year. Each number points at the one before it, so a gap or a deleted number is refused by a foreign key.
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('seller_name', '""', 'Who sells, as invoices say it; empty: the name of the academy.'),
  ('seller_address', '""', 'Address of the seller on invoices, lines separated by line breaks.'),
  ('seller_tax_number', '""', 'Tax number of the seller on invoices; empty: none.'),
  ('invoice_prefix', '"TC"', 'Beginning of the numbers of invoices, 1 to 12 capital letters and digits; another prefix counts from 1.');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings
  add constraint settings_seller_check check (name not in ('seller_name', 'seller_address', 'seller_tax_number')
    or jsonb_typeof(value) = 'string' and length(value #>> '{}') <= 500),
  add constraint settings_invoice_prefix_check check (name <> 'invoice_prefix'
    or jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[A-Z0-9]{1,12}$');

create table sales.invoices (
  id uuid not null,
  seller text not null,
  year integer not null,
  serial_no integer not null,
  previous_no integer generated always as (nullif(serial_no - 1, 0)) stored,
  number text not null generated always as (
    seller || '-' || year::text || '-' || lpad(serial_no::text, greatest(6, length(serial_no::text)), '0')) stored,
  kind text not null,
  student_id uuid not null,
  order_id uuid not null,
  payment_id uuid not null,
  source_id uuid not null,
  corrects_id uuid,
  happened_at timestamptz not null,
  business_day date not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  document jsonb not null,
  numbered_at timestamptz not null default clock_timestamp(),
  constraint invoices_id_pkey primary key (id),
  constraint invoices_seller_year_serial_no_key unique (seller, year, serial_no),
  constraint invoices_number_key unique (number),
  -- one invoice for a payment, one credit note for a refund
  constraint invoices_kind_source_id_key unique (kind, source_id),
  -- without a gap: number 7 needs number 6
  constraint invoices_previous_no_fkey foreign key (seller, year, previous_no)
    references sales.invoices (seller, year, serial_no) on delete restrict,
  constraint invoices_corrects_id_fkey foreign key (corrects_id) references sales.invoices (id) on delete restrict,
  constraint invoices_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint invoices_seller_check check (seller ~ '^[A-Z0-9]{1,12}$'),
  constraint invoices_serial_no_from_1_check check (serial_no >= 1),
  constraint invoices_year_of_the_day_check check (year = extract(year from business_day)),
  constraint invoices_kind_check check (kind in ('invoice', 'credit_note')),
  constraint invoices_credit_note_corrects_one_check check ((kind = 'credit_note') = (corrects_id is not null)),
  constraint invoices_amount_positive_check check (amount > 0),
  constraint invoices_document_check check (jsonb_typeof(document) = 'object' and coalesce(jsonb_typeof(document -> 'lines') = 'array', false)
    and pg_column_size(document) <= 60000)
);
comment on table sales.invoices is
  'Invoices for captured payments and credit notes for refunds, numbered without a gap; append only. Shard class: local.';
create index invoices_previous_no_idx on sales.invoices (seller, year, previous_no);
create index invoices_corrects_id_idx on sales.invoices (corrects_id) where corrects_id is not null;
-- a student's own, newest first
create index invoices_student_id_idx on sales.invoices (student_id, happened_at desc, id desc);
-- the journal of a period
create index invoices_business_day_idx on sales.invoices (business_day, happened_at, id);

create table sales.invoice_buyers (
  invoice_id uuid not null,
  student_id uuid not null,
  name text,
  address text,
  tax_number text,
  country platform.country_code,
  constraint invoice_buyers_invoice_id_pkey primary key (invoice_id),
  constraint invoice_buyers_invoice_id_fkey foreign key (invoice_id) references sales.invoices (id) on delete restrict,
  constraint invoice_buyers_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint invoice_buyers_lengths_check check (length(name) <= 200 and length(address) <= 500 and length(tax_number) <= 40)
);
comment on table sales.invoice_buyers is
  'To whom an invoice is made out, frozen with it; an erasure empties it, and the invoice stays. Shard class: local.';
create index invoice_buyers_student_id_idx on sales.invoice_buyers (student_id);

create trigger invoices_append_only before update or delete on sales.invoices
  for each row execute function sales.refuse_change();
create trigger invoices_never_truncated before truncate on sales.invoices
  for each statement execute function sales.refuse_change();
-- what is said of a buyer may only go
create trigger invoice_buyers_frozen before update on sales.invoice_buyers
  for each row when (old.invoice_id <> new.invoice_id or old.student_id <> new.student_id
    or new.name is not null and new.name is distinct from old.name
    or new.address is not null and new.address is distinct from old.address
    or new.tax_number is not null and new.tax_number is distinct from old.tax_number
    or new.country is not null and new.country is distinct from old.country)
  execute function sales.refuse_change();
create trigger invoice_buyers_never_deleted before delete on sales.invoice_buyers
  for each row execute function sales.refuse_change();
create trigger invoice_buyers_never_truncated before truncate on sales.invoice_buyers
  for each statement execute function sales.refuse_change();
alter table sales.invoices enable always trigger invoices_append_only;
alter table sales.invoices enable always trigger invoices_never_truncated;
alter table sales.invoice_buyers enable always trigger invoice_buyers_frozen;
alter table sales.invoice_buyers enable always trigger invoice_buyers_never_deleted;
alter table sales.invoice_buyers enable always trigger invoice_buyers_never_truncated;

call platform.protect('sales.invoices');
call platform.protect('sales.invoice_buyers');
revoke update on sales.invoices from techcourse_loader;
grant select on sales.invoices, sales.invoice_buyers to techcourse_app;
create policy invoices_student_reads_policy on sales.invoices for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy invoice_buyers_student_reads_policy on sales.invoice_buyers for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class) values ('sales.invoices', 'local'), ('sales.invoice_buyers', 'local');
