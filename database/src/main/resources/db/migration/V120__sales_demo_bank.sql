-- The bank behind the demo gateway: what its test cards were charged and what it gave back. A bank keeps its own books
-- and knows whom it has answered, also when the academy is killed in between; so these rows are the bank's, committed
-- apart from the academy's payments, and only the functions below touch them.
create table sales.demo_charges (
  payment_id uuid not null,
  card text not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  state text not null,
  reason text,
  fee_amount platform.money_amount not null default 0,
  asked_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  given_back_amount platform.money_amount not null default 0,
  refusals_left integer not null default 0,
  -- however often it is asked, a payment is charged once
  constraint demo_charges_payment_id_pkey primary key (payment_id),
  constraint demo_charges_card_check check (card ~ '^[a-z][a-z_]{2,40}$'),
  constraint demo_charges_state_check check (state in ('waiting', 'to_confirm', 'captured', 'declined')),
  constraint demo_charges_declined_has_a_reason_check check ((state = 'declined') = (reason is not null)),
  constraint demo_charges_reason_length_check check (length(reason) between 1 and 100),
  constraint demo_charges_settled_has_a_time_check check ((state in ('captured', 'declined')) = (settled_at is not null)),
  constraint demo_charges_given_back_at_most_taken_check check (
    given_back_amount <= case state when 'captured' then amount else 0 end),
  constraint demo_charges_refusals_left_not_negative_check check (refusals_left >= 0)
);
comment on table sales.demo_charges is
  'Books of the demo gateway''s bank: what was charged for which payment. No money, no real cards. Shard class: local.';

create table sales.demo_returns (
  request_id uuid not null,
  payment_id uuid not null,
  amount platform.money_amount not null,
  currency platform.currency_code not null,
  given_back_at timestamptz not null default clock_timestamp(),
  -- however often it is asked, money is given back once for a request
  constraint demo_returns_request_id_pkey primary key (request_id),
  constraint demo_returns_payment_id_fkey foreign key (payment_id) references sales.demo_charges (payment_id) on delete restrict,
  constraint demo_returns_amount_positive_check check (amount > 0)
);
comment on table sales.demo_returns is 'Books of the demo gateway''s bank: what it gave back. Shard class: local.';
create index demo_returns_payment_id_idx on sales.demo_returns (payment_id);

call platform.protect('sales.demo_charges');
call platform.protect('sales.demo_returns');
insert into platform.shard_plan (table_name, class) values ('sales.demo_charges', 'local'), ('sales.demo_returns', 'local');

create function sales.demo_look(payment_id uuid)
  returns table (state text, declined_reason text, charged numeric, charged_currency text, fee numeric, settled_at timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  -- the slow answer is ready after three seconds, and nobody confirms after an hour
  update sales.demo_charges c
     set state = case c.state when 'waiting' then 'captured' else 'declined' end,
         reason = case c.state when 'to_confirm' then 'expired' end,
         fee_amount = case c.state when 'waiting' then c.fee_amount else 0 end,
         settled_at = clock_timestamp()
   where c.payment_id = demo_look.payment_id
     and (c.state = 'waiting' and c.asked_at < clock_timestamp() - interval '3 seconds'
          or c.state = 'to_confirm' and c.asked_at < clock_timestamp() - interval '1 hour');
  return query select c.state, c.reason, c.amount::numeric, c.currency::text, c.fee_amount::numeric, c.settled_at
    from sales.demo_charges c where c.payment_id = demo_look.payment_id;
end
$$;
comment on function sales.demo_look(uuid) is 'What the demo bank says of a payment at this moment; no row when it never heard of it.';

create function sales.demo_ask(payment_id uuid, card text, first_state text, reason text, amount numeric, currency text)
  returns table (state text, declined_reason text, charged numeric, charged_currency text, fee numeric, settled_at timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  charge sales.demo_charges;
begin
  if exists (select from sales.payment_references r where r.gateway = 'stripe') then
    raise exception 'The demo gateway is switched off: this academy has taken real payments.' using errcode = 'TC441',
      hint = 'Start the academy with TECHCOURSE_STRIPE_KEY and TECHCOURSE_STRIPE_WEBHOOK_SECRET.',
      schema = 'sales', table = 'demo_charges';
  end if;
  insert into sales.demo_charges (payment_id, card, amount, currency, state, reason, fee_amount, settled_at, refusals_left)
  values (demo_ask.payment_id, demo_ask.card, demo_ask.amount, demo_ask.currency, demo_ask.first_state,
          case demo_ask.first_state when 'declined' then demo_ask.reason end,
          case demo_ask.first_state when 'declined' then 0
            else least(demo_ask.amount, round(demo_ask.amount * 0.014 + 0.25, 2)) end,
          case when demo_ask.first_state in ('captured', 'declined') then clock_timestamp() end,
          case demo_ask.card when 'returns_refused_first' then 2 else 0 end)
  on conflict on constraint demo_charges_payment_id_pkey do nothing;
  if found then
    return query select * from sales.demo_look(demo_ask.payment_id);
    return;
  end if;
  select c.* into charge from sales.demo_charges c where c.payment_id = demo_ask.payment_id;
  if (charge.amount, charge.currency::text) is distinct from (demo_ask.amount, demo_ask.currency) then
    raise exception 'The payment % was asked for another amount before.', demo_ask.payment_id using errcode = 'TC440',
      hint = 'A key stands for one request; use a new payment.', schema = 'sales', table = 'demo_charges';
  end if;
  return query select * from sales.demo_look(demo_ask.payment_id);
end
$$;
comment on function sales.demo_ask(uuid, text, text, text, numeric, text) is
  'The demo bank charges a card for a payment, once however often asked, and says what demo_look does. Errors: TC440 another amount than before, TC441 the academy has taken real payments.';

create function sales.demo_confirm(payment_id uuid, approved boolean) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with confirmed as (
    update sales.demo_charges c
       set state = case when demo_confirm.approved then 'captured' else 'declined' end,
           reason = case when not demo_confirm.approved then 'authentication_failed' end,
           fee_amount = case when demo_confirm.approved then c.fee_amount else 0 end,
           settled_at = clock_timestamp()
     where c.payment_id = demo_confirm.payment_id and c.state = 'to_confirm' returning c.payment_id)
  select exists (select from confirmed);
end;
comment on function sales.demo_confirm(uuid, boolean) is
  'The buyer confirms a payment to the demo bank, or does not; false when it waits for no confirmation.';

create function sales.demo_give_back(request_id uuid, payment_id uuid, amount numeric, currency text) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  charge sales.demo_charges;
begin
  select c.* into charge from sales.demo_charges c where c.payment_id = demo_give_back.payment_id for update;
  if exists (select from sales.demo_returns r where r.request_id = demo_give_back.request_id) then
    return 'done';
  end if;
  if charge.state is distinct from 'captured' or charge.currency::text <> demo_give_back.currency then
    return 'no_such_charge';
  end if;
  if charge.given_back_amount + demo_give_back.amount > charge.amount then
    return 'more_than_was_taken';
  end if;
  if charge.refusals_left > 0 then
    update sales.demo_charges c set refusals_left = c.refusals_left - 1 where c.payment_id = demo_give_back.payment_id;
    return 'try_later';
  end if;
  update sales.demo_charges c set given_back_amount = c.given_back_amount + demo_give_back.amount
   where c.payment_id = demo_give_back.payment_id;
  insert into sales.demo_returns (request_id, payment_id, amount, currency)
  values (demo_give_back.request_id, demo_give_back.payment_id, demo_give_back.amount, demo_give_back.currency);
  return 'done';
end
$$;
comment on function sales.demo_give_back(uuid, uuid, numeric, text) is
  'The demo bank gives money back, once for a request however often asked: done, or why not.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.demo_ask(uuid,text,text,text,numeric,text)', 'sales.demo_look(uuid)',
    'sales.demo_confirm(uuid,boolean)', 'sales.demo_give_back(uuid,uuid,numeric,text)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
