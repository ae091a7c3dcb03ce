-- A month of an instructor's payable account, line by line, from its opening to its closing balance.
create or replace function sales.statement_lines(instructor uuid, currency text, month date)
  returns table (place bigint, day date, kind text, course_id uuid, course_title text, sold_on date, order_id uuid, payout_id uuid,
                 earned_amount numeric, given_back_amount numeric, amount numeric, balance numeric)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with period as (
    select date_trunc('month', statement_lines.month)::date as first_day,
           (date_trunc('month', statement_lines.month) + interval '1 month')::date as next_day
     where current_setting('app.role', true) in ('accountant', 'admin') or session_user = 'accountant'
        or current_setting('app.role', true) = 'instructor'
           and statement_lines.instructor = nullif(current_setting('app.user_id', true), '')::uuid
  ), account as (
    select a.id from sales.ledger_accounts a
     where a.kind = 'instructor_payable' and a.instructor_id = statement_lines.instructor and a.currency = statement_lines.currency
  ), movements as (
    select e.id, e.business_day, e.posted_at, e.kind, e.transaction_id, e.student_id, e.order_id, e.course_id, e.payout_id,
           e.debit_account_id, e.amount::numeric as amount
      from account join sales.ledger_entries e on e.credit_account_id = account.id
    union all
    select e.id, e.business_day, e.posted_at, e.kind, e.transaction_id, e.student_id, e.order_id, e.course_id, e.payout_id,
           e.debit_account_id, -e.amount
      from account join sales.ledger_entries e on e.debit_account_id = account.id
  ), lines as (
    select 1 as part, period.first_day as business_day, null::timestamptz as posted_at, null::uuid as id, 'opening_balance' as kind,
           null::uuid as student_id, null::uuid as transaction_id, null::uuid as order_id, null::uuid as course_id, null::uuid as payout_id,
           null::uuid as earned_account_id, coalesce((select sum(m.amount) from movements m where m.business_day < period.first_day), 0) as amount
      from period
    union all
    select 2, m.business_day, m.posted_at, m.id, case m.kind when 'release' then 'earnings' else m.kind end,
           m.student_id, m.transaction_id, m.order_id, m.course_id, m.payout_id, m.debit_account_id, m.amount
      from movements m, period where m.business_day >= period.first_day and m.business_day < period.next_day
    union all
    select 3, period.next_day - 1, null, null, 'closing_balance', null, null, null, null, null, null, 0 from period
  ), numbered as (
    select l.*, row_number() over w as place, sum(l.amount) over w as balance
      from lines l
    window w as (order by l.part, l.business_day, l.posted_at, l.id)
  )
  select n.place, n.business_day, n.kind, n.course_id, c.title, p.business_day, n.order_id, n.payout_id,
         case when n.kind = 'earnings' then sold.amount end::numeric(14, 2),
         case when n.kind = 'earnings' then sold.amount - n.amount end::numeric(14, 2),
         case when n.part = 2 then n.amount end::numeric(14, 2), n.balance::numeric(14, 2)
    from numbered n
    left join catalog.courses c on c.id = n.course_id
    left join sales.payments p on n.kind = 'earnings' and p.student_id = n.student_id and p.id = n.transaction_id
    left join lateral (
      select sum(s.amount)::numeric as amount from sales.ledger_entries s
       where n.kind = 'earnings' and s.transaction_id = n.transaction_id and s.kind = 'sale'
         and s.course_id = n.course_id and s.credit_account_id = n.earned_account_id) sold on true
   order by n.place;
end;
comment on function sales.statement_lines(uuid, text, date) is
  'The month of a day on an instructor''s payable account in a currency: opening balance, earnings as they were released (earned less given back before), refunds after that, payouts, corrections, closing balance. For accountants, admins and the instructor; nobody else gets a row.';
call platform.give_function('sales.statement_lines(uuid,text,date)', 'techcourse_reader');
grant execute on function sales.statement_lines(uuid, text, date) to techcourse_app, accountant;
