-- What instructors earned becomes payable once nobody can take the sale back: after the refund window, each line and
-- payee once. A payment says by itself whether that is done, so the daily work looks at those alone that are due.
alter table sales.payments
  add column released_at timestamptz,
  add constraint payments_only_captured_is_released_check check (released_at is null or status = 'captured');
-- whose earnings are still to be released, oldest first
create index payments_unreleased_idx on sales.payments (captured_at)
  where status = 'captured' and released_at is null and amount > 0;
-- what a payee earned of a line is released once, whatever retries
create unique index ledger_entries_released_once_key on sales.ledger_entries (student_id, order_id, course_id, debit_account_id)
  where kind = 'release';

create function sales.earned_of(students uuid[], payments uuid[])
  returns table (student_id uuid, payment_id uuid, order_id uuid, course_id uuid, account_id uuid, instructor_id uuid, currency text,
                 amount numeric)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with wanted as (
    select w.student_id, w.payment_id from unnest(students, payments) w (student_id, payment_id)
  ), movements as (
    select w.student_id, w.payment_id, e.order_id, e.course_id, e.credit_account_id as account_id, e.amount::numeric as amount
      from wanted w
      join sales.ledger_entries e on e.transaction_id = w.payment_id and e.kind = 'sale'
    union all
    select w.student_id, w.payment_id, e.order_id, e.course_id, e.debit_account_id, -e.amount
      from wanted w
      join sales.refunds r on r.student_id = w.student_id and r.payment_id = w.payment_id
      join sales.ledger_entries e on e.transaction_id = r.id and e.kind in ('refund', 'chargeback')
  )
  select m.student_id, m.payment_id, m.order_id, m.course_id, m.account_id, a.instructor_id, a.currency::text, sum(m.amount)
    from movements m
    join sales.ledger_accounts a on a.id = m.account_id and a.kind = 'instructor_earned'
   group by m.student_id, m.payment_id, m.order_id, m.course_id, m.account_id, a.instructor_id, a.currency
  having sum(m.amount) > 0;
end;
comment on function sales.earned_of(uuid[], uuid[]) is
  'What each payee still has of each line of some payments (students and payments in pairs): earned less given back. For the functions of this room.';

create function sales.refund_window() returns interval
  language sql stable set search_path = pg_catalog, pg_temp
  return (select make_interval(days => (s.value #>> '{}')::integer) from platform.settings s where s.name = 'refund_window_days');
comment on function sales.refund_window() is 'How long a payment may be taken back: the setting refund_window_days.';

create function sales.release_earnings(up_to date default null, most integer default 2000) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  time_zone constant text := (select s.value #>> '{}' from platform.settings s where s.name = 'accounting_time_zone');
  refund_window constant interval := sales.refund_window();
  due_before constant timestamptz :=
    least(clock_timestamp(), coalesce((up_to + 1)::timestamp at time zone time_zone, 'infinity')) - refund_window;
  -- a month that is paid out is not written to any more
  open_from constant date :=
    coalesce((select p.period_end from sales.payouts p order by p.period_start desc, p.id desc limit 1), '-infinity');
  students uuid[];
  payments uuid[];
begin
  -- nodes take turns
  perform pg_advisory_xact_lock(hashtext('sales.release_earnings'), 0);
  -- the row of the payment is what a refund waits for, or has held before; what it posted is seen by the next statement
  with released as (
    update sales.payments p set released_at = p.captured_at + refund_window
      from (select d.student_id, d.id from sales.payments d
             where d.status = 'captured' and d.released_at is null and d.amount > 0 and d.captured_at < due_before
             order by d.captured_at limit most) due
     where p.student_id = due.student_id and p.id = due.id and p.released_at is null
    returning p.student_id, p.id)
  select array_agg(r.student_id), array_agg(r.id) into students, payments from released r;
  with earned as materialized (
    select * from sales.earned_of(students, payments)
  ), accounts as materialized (
    select d.instructor_id, d.currency, sales.ledger_account('instructor_payable', d.instructor_id, d.currency) as id
      from (select distinct e.instructor_id, e.currency from earned e) d
  )
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, student_id, order_id, course_id)
  select platform.uuid_v7_of(p.released_at, 'release.' || p.id || e.course_id || e.instructor_id),
         p.id, p.released_at, greatest((p.released_at at time zone time_zone)::date, open_from), 'release',
         e.account_id, a.id, e.amount, e.currency, e.student_id, e.order_id, e.course_id
    from earned e
    join sales.payments p on p.student_id = e.student_id and p.id = e.payment_id
    join accounts a on a.instructor_id = e.instructor_id and a.currency = e.currency
  on conflict (student_id, order_id, course_id, debit_account_id) where kind = 'release' do nothing;
  return coalesce(cardinality(payments), 0);
end
$$;
comment on function sales.release_earnings(date, integer) is
  'Makes payable what was earned by payments whose refund window ends by a day (null: now; never the future), so many payments at a time, oldest first; says how many there were. To be repeated until there are none. Each line and payee is released once, less what was given back before.';
grant execute on function sales.earned_of(uuid[], uuid[]), sales.refund_window() to techcourse_loader, techcourse_reader;
call platform.give_function('sales.release_earnings(date,integer)', 'techcourse_loader');
grant execute on function sales.release_earnings(date, integer) to techcourse_app;
