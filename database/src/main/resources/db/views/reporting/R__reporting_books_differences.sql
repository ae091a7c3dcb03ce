-- Do the books agree? Orders, payments, enrolments, seats, coupons, refunds, taxes, shares, ledger and daily sales tell the same
-- story; every place where two of them differ by a cent is a row. Single orders are named, so that a difference can be mended.
-- All of it sees one moment, because the functions are stable.
-- before, it could not be asked for some days
drop function if exists reporting.books_differences();
create or replace function reporting.books_differences(first_day date default null, last_day date default null)
  returns table (rule text, day date, currency text, order_id uuid, expected numeric, found numeric)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  since constant date := coalesce(first_day, '-infinity');
  until constant date := coalesce(last_day, 'infinity');
begin
  return query
  select * from reporting.order_differences(since, until)
   union all
  select * from reporting.ledger_differences(since, until)
   union all
  select * from reporting.refund_differences(since, until)
   union all
  select * from reporting.coupon_differences()
   union all
  select * from reporting.seat_differences(since, until);
end
$$;
comment on function reporting.books_differences(date, date) is
  'Where orders, payments, enrolments, seats, coupons, refunds, taxes, shares, ledger and daily sales of these business days (null: of all) differ by a cent or more; no row: the books agree.';

grant execute on function reporting.books_differences(date, date) to accountant, techcourse_loader;
call platform.give_function('reporting.books_differences(date,date)', 'techcourse_reader');
