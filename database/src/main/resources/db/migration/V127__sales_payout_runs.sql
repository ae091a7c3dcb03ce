-- The monthly run: what would be paid, and planning it. Both ask the same function, so that a preview is what comes.
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('payout_minimum_amount', '10', 'The least that is paid out, in whichever currency; what is less waits for the next month.');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings
  add constraint settings_payout_minimum_amount_check check (
    case when name <> 'payout_minimum_amount' then true
         when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric between 0 and 1000000 else false end);

create function sales.payable_balances(month date)
  returns table (instructor_id uuid, currency text, carried_amount numeric, month_amount numeric, later_amount numeric,
                 planned_amount numeric, payable_amount numeric, payout_amount numeric, outcome text)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with period as (
    select date_trunc('month', payable_balances.month)::date as first_day,
           (date_trunc('month', payable_balances.month) + interval '1 month')::date as next_day,
           (select (s.value #>> '{}')::numeric from platform.settings s where s.name = 'payout_minimum_amount') as minimum
  ), due as (
    -- not released yet, and to be so by the end of the month
    select array_agg(p.student_id) as students, array_agg(p.id) as payments
      from sales.payments p, period
     where p.status = 'captured' and p.released_at is null and p.amount > 0
       and p.captured_at < (period.next_day::timestamp
         at time zone (select s.value #>> '{}' from platform.settings s where s.name = 'accounting_time_zone')) - sales.refund_window()
  ), movements as (
    select a.instructor_id, a.currency::text as currency, e.business_day, e.amount::numeric as amount
      from sales.ledger_accounts a
      join sales.ledger_entries e on e.credit_account_id = a.id and e.kind <> 'payout'
     where a.kind = 'instructor_payable'
    union all
    select a.instructor_id, a.currency::text, e.business_day, -e.amount
      from sales.ledger_accounts a
      join sales.ledger_entries e on e.debit_account_id = a.id and e.kind <> 'payout'
     where a.kind = 'instructor_payable'
    union all
    select e.instructor_id, e.currency, period.first_day, e.amount
      from due, period cross join lateral sales.earned_of(due.students, due.payments) e
    union all
    -- a payout is what it is planned for, also while it is not paid yet
    select p.instructor_id, p.currency::text, p.period_start, -p.amount
      from sales.payouts p, period where p.status <> 'cancelled' and p.period_start < period.first_day
  ), sums as (
    select m.instructor_id, m.currency,
           coalesce(sum(m.amount) filter (where m.business_day < period.first_day), 0) as carried,
           coalesce(sum(m.amount) filter (where m.business_day >= period.first_day and m.business_day < period.next_day), 0) as in_month,
           -- what came since counts only when it lowers the balance
           least(coalesce(sum(m.amount) filter (where m.business_day >= period.next_day), 0), 0) as later
      from movements m, period
     group by m.instructor_id, m.currency
  ), planned as (
    select p.instructor_id, p.currency::text as currency, sum(p.amount) filter (where p.status <> 'cancelled') as amount,
           bool_or(p.period_start = period.first_day) as this_month
      from sales.payouts p, period where p.period_start >= period.first_day
     group by p.instructor_id, p.currency
  ), rests as (
    select s.*, coalesce(p.amount, 0) as planned, coalesce(p.this_month, false) as this_month,
           s.carried + s.in_month + s.later - coalesce(p.amount, 0) as rest
      from sums s left join planned p on p.instructor_id = s.instructor_id and p.currency = s.currency
  ), outcomes as (
    select r.*, case when r.this_month then 'planned' when r.rest < 0 then 'carried_over' when r.rest = 0 then 'settled'
                     when r.rest < period.minimum then 'below_minimum' else 'to_pay' end as outcome
      from rests r, period
  )
  select o.instructor_id, o.currency, o.carried, o.in_month, o.later, o.planned, o.rest,
         case when o.outcome = 'to_pay' then o.rest else 0 end, o.outcome
    from outcomes o
   where o.carried <> 0 or o.in_month <> 0 or o.planned <> 0 or o.later <> 0;
end;
comment on function sales.payable_balances(date) is
  'For each instructor and currency what a payout of a month would be, and why: carried over from before + released less given back in the month + what was given back since - payouts of the month or later = payable. For the functions of this room.';

create function sales.acting_accountant() returns uuid
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  person constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  role_name constant text := nullif(current_setting('app.role', true), '');
begin
  -- somebody at psql could say to be anybody: only the application has asked for a password
  if person is null or role_name not in ('accountant', 'admin') or session_user = 'accountant'
    or not exists (select from identity.user_roles r where r.user_id = person and r.role::text = role_name) then
    raise exception 'Money is moved by a known accountant or admin.' using errcode = 'TC459',
      hint = 'Sign in as one, at the application.', schema = 'sales', table = 'payouts';
  end if;
  return person;
end
$$;
comment on function sales.acting_accountant() is
  'The accountant or admin who acts, by name: four eyes need two persons. For the functions of this room. Error: TC459 nobody, or not one of them.';

create function sales.preview_payouts(month date)
  returns table (instructor_id uuid, instructor_name text, currency text, carried_amount numeric, month_amount numeric,
                 later_amount numeric, planned_amount numeric, payable_amount numeric, payout_amount numeric, outcome text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select b.instructor_id, u.display_name, b.currency, b.carried_amount::numeric(14, 2), b.month_amount::numeric(14, 2),
         b.later_amount::numeric(14, 2), b.planned_amount::numeric(14, 2), b.payable_amount::numeric(14, 2),
         b.payout_amount::numeric(14, 2), b.outcome
    from sales.payable_balances(preview_payouts.month) b
    join identity.users u on u.id = b.instructor_id
   where current_setting('app.role', true) in ('accountant', 'admin') or session_user = 'accountant';
end;
comment on function sales.preview_payouts(date) is
  'What a run for the month of a day would plan now, and who is paid nothing and why; also for a month that is not over. For accountants and admins, nobody else sees a row.';

create function sales.run_payouts(month date) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
  first_day constant date := date_trunc('month', month)::date;
  next_day constant date := (date_trunc('month', month) + interval '1 month')::date;
  planned integer;
begin
  if next_day > platform.business_day(clock_timestamp()) then
    raise exception 'The month from % is not over.', first_day using errcode = 'TC450',
      hint = 'Look at its preview, and run it when it is over.', schema = 'sales', table = 'payouts', column = 'period_start';
  end if;
  -- one run at a time; the next one finds its payouts there
  perform pg_advisory_xact_lock(hashtext('sales.run_payouts'), 0);
  -- mostly none: the daily work has done it; a large backlog is released beforehand, by the command
  while sales.release_earnings(next_day - 1) > 0 loop
  end loop;
  insert into sales.payouts (instructor_id, period_start, period_end, amount, currency, created_by)
  select b.instructor_id, first_day, next_day, b.payout_amount, b.currency, person
    from sales.payable_balances(first_day) b
   where b.outcome = 'to_pay'
   order by b.instructor_id, b.currency
  on conflict on constraint payouts_instructor_id_period_start_currency_key do nothing;
  get diagnostics planned = row_count;
  return planned;
end
$$;
comment on function sales.run_payouts(date) is
  'Plans the payouts of the month of a day, after releasing what was due by its end; repeated, it adds none. Says how many are new. Errors: TC450 the month is not over, TC459 who acts is no accountant.';
grant execute on function sales.payable_balances(date) to techcourse_loader, techcourse_reader;
grant execute on function sales.acting_accountant() to techcourse_loader;
call platform.give_function('sales.preview_payouts(date)', 'techcourse_reader');
call platform.give_function('sales.run_payouts(date)', 'techcourse_loader');
grant execute on function sales.preview_payouts(date), sales.run_payouts(date) to techcourse_app, accountant;
