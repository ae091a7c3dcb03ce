-- What an instructor has earned, in each currency, and when the rest becomes payable.
create or replace function sales.my_earnings()
  returns table (currency text, earned_amount numeric, payable_amount numeric, planned_amount numeric, paid_amount numeric)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with accounts as (
    select a.id, a.kind, a.currency::text as currency
      from sales.ledger_accounts a
     where a.kind in ('instructor_earned', 'instructor_payable') and current_setting('app.role', true) = 'instructor'
       and a.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
  ), movements as (
    select a.kind, a.currency, e.amount::numeric as amount from accounts a join sales.ledger_entries e on e.credit_account_id = a.id
    union all
    select a.kind, a.currency, -e.amount from accounts a join sales.ledger_entries e on e.debit_account_id = a.id
  ), payouts as (
    select p.currency::text as currency, sum(p.amount) filter (where p.status in ('planned', 'approved')) as planned,
           sum(p.amount) filter (where p.status = 'paid') as paid
      from sales.payouts p
     where p.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
     group by p.currency
  )
  select m.currency, coalesce(sum(m.amount) filter (where m.kind = 'instructor_earned'), 0)::numeric(14, 2),
         coalesce(sum(m.amount) filter (where m.kind = 'instructor_payable'), 0)::numeric(14, 2),
         coalesce(min(p.planned), 0)::numeric(14, 2), coalesce(min(p.paid), 0)::numeric(14, 2)
    from movements m left join payouts p on p.currency = m.currency
   group by m.currency
   order by m.currency;
end;
comment on function sales.my_earnings() is
  'The acting instructor''s money in each currency: earned and not payable yet, payable and not paid, what of that payouts plan, and paid.';

create or replace function sales.my_releases() returns table (currency text, day date, amount numeric)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  with waiting as (
    select array_agg(p.student_id) as students, array_agg(p.id) as payments
      from (select distinct e.student_id, e.transaction_id
              from sales.ledger_accounts a
              join sales.ledger_entries e on e.credit_account_id = a.id and e.kind = 'sale'
               and e.posted_at >= (select min(u.captured_at) from sales.payments u
                                    where u.status = 'captured' and u.released_at is null and u.amount > 0)
             where a.kind = 'instructor_earned' and current_setting('app.role', true) = 'instructor'
               and a.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid) s
      join sales.payments p on p.student_id = s.student_id and p.id = s.transaction_id and p.released_at is null
  )
  select o.currency, platform.business_day(p.captured_at + sales.refund_window()), sum(o.amount)::numeric(14, 2)
    from waiting w
    cross join lateral sales.earned_of(w.students, w.payments) o
    join sales.payments p on p.student_id = o.student_id and p.id = o.payment_id
   where o.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
   group by 1, 2
   order by 1, 2;
end;
comment on function sales.my_releases() is
  'When the acting instructor''s earnings become payable: how much on which business day, in each currency.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.my_earnings()', 'sales.my_releases()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_reader');
  end loop;
end
$$;
