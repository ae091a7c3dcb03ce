-- What a line costs: several of one thing, and the tax of the buyer's country, in the price or on top of it.
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('prices_include_tax', 'true', 'Whether the prices of courses hold the tax of the buyer''s country already.'),
  ('instructor_share_own_coupon', '0.97', 'Part of a sale that the instructor earns when the buyer came by the instructor''s own coupon, 0 to 1.'),
  ('order_expiry_minutes', '60', 'Minutes after which an order that nobody pays is closed, and its coupon free again (5 to 10080).'),
  ('refund_frees_coupon', 'false', 'Whether an order that is given back whole gives its coupon back too.');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings
  add constraint settings_sales_switches_check check (
    name not in ('prices_include_tax', 'refund_frees_coupon') or jsonb_typeof(value) = 'boolean'),
  add constraint settings_instructor_share_own_coupon_check check (
    case when name <> 'instructor_share_own_coupon' then true
         when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric between 0 and 1 else false end),
  add constraint settings_order_expiry_minutes_check check (
    case when name <> 'order_expiry_minutes' then true
         when jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^[0-9]{1,5}$' then (value #>> '{}')::integer between 5 and 10080
         else false end);

create table sales.tax_rates (
  country platform.country_code not null,
  valid_from date not null,
  rate numeric(6, 5) not null,
  name text not null,
  constraint tax_rates_country_valid_from_pkey primary key (country, valid_from),
  constraint tax_rates_rate_from_0_to_1_check check (rate >= 0 and rate < 1),
  constraint tax_rates_name_length_check check (length(name) between 1 and 60)
);
comment on table sales.tax_rates is
  'The tax on sales to buyers of a country, from a day on until the next row; a country without a row has none. Shard class: reference.';
call platform.protect('sales.tax_rates');
grant select, insert (country, valid_from, rate, name) on sales.tax_rates to techcourse_app;
create policy tax_rates_everyone_reads_policy on sales.tax_rates for select to techcourse_app using (true);
create policy tax_rates_admin_adds_policy on sales.tax_rates for insert to techcourse_app
  with check (current_setting('app.role', true) = 'admin');
call audit.watch('sales.tax_rates', 'country,valid_from', 'rate,name');
insert into platform.shard_plan (table_name, class) values ('sales.tax_rates', 'reference');

create function sales.tax_on(net_price numeric, rate numeric, included boolean) returns numeric
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return round(case when included then net_price * rate / (1 + rate) else net_price * rate end, 2);
comment on function sales.tax_on(numeric, numeric, boolean) is
  'The tax in a price (included) or on top of it, rounded half up to cents, for each line by itself.';

grant execute on function sales.tax_on(numeric, numeric, boolean) to techcourse_loader, techcourse_reader, techcourse_app;

-- What is paid was generated from price and discount; now it holds the tax too, and is checked instead.
alter table sales.order_lines
  add column quantity integer not null default 1,
  add column tax_rate numeric(6, 5) not null default 0,
  add column tax_included boolean not null default true,
  add column tax_amount platform.money_amount not null default 0,
  add column released_coupon_id uuid,
  alter column amount drop expression;
alter table sales.order_lines
  add constraint order_lines_quantity_check check (quantity between 1 and 1000),
  add constraint order_lines_tax_rate_from_0_to_1_check check (tax_rate >= 0 and tax_rate < 1),
  add constraint order_lines_tax_is_the_rates_check check (
    tax_amount = sales.tax_on(list_price - discount_amount, tax_rate, tax_included)),
  add constraint order_lines_amount_is_price_less_discount_and_tax_check check (
    amount = list_price - discount_amount + case when tax_included then 0 else tax_amount end),
  add constraint order_lines_released_coupon_id_fkey foreign key (released_coupon_id)
    references sales.coupons (id) on delete restrict,
  drop constraint order_lines_refunded_at_most_paid_check,
  add constraint order_lines_refunded_at_most_paid_check check (refunded_amount <= amount),
  drop constraint order_lines_discount_has_a_coupon_check,
  add constraint order_lines_discount_has_a_coupon_check check (
    discount_amount = 0 or coupon_id is not null or released_coupon_id is not null);
create index order_lines_released_coupon_id_idx on sales.order_lines (released_coupon_id) where released_coupon_id is not null;

create function sales.price_line() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.tax_amount := sales.tax_on(new.list_price - new.discount_amount, new.tax_rate, new.tax_included);
  new.amount := new.list_price - new.discount_amount + case when new.tax_included then 0 else new.tax_amount end;
  return new;
end
$$;
comment on function sales.price_line() is 'Trigger: works out the tax of a new line and what is paid for it.';
create trigger order_lines_price before insert on sales.order_lines
  for each row when (new.amount is null) execute function sales.price_line();

-- one update of the order for all lines of a statement
drop trigger order_lines_add_to_total on sales.order_lines;
drop function sales.add_line_to_total();
create function sales.add_lines_to_total() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sales.orders o set total_amount = o.total_amount + n.amount
    from (select student_id, order_id, sum(amount) as amount from new_rows group by student_id, order_id) n
   where o.student_id = n.student_id and o.id = n.order_id and n.amount > 0;
  return null;
end
$$;
comment on function sales.add_lines_to_total() is
  'Trigger for each statement: adds new lines to the total of their order. Once a payment points at the total, its foreign key refuses.';
call platform.give_function('sales.add_lines_to_total()', 'techcourse_loader');
create trigger order_lines_add_to_total after insert on sales.order_lines
  referencing new table as new_rows for each statement execute function sales.add_lines_to_total();
