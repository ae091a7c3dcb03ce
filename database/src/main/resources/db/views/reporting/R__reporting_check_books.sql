-- Looks whether the books agree and the invoices have no gap, and keeps what was found. Owned by the loader, because it writes.
create or replace function reporting.check_books(first_day date, last_day date) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  begun constant timestamptz := clock_timestamp();
  count_of integer;
  first_rows jsonb;
begin
  select count(*), coalesce(jsonb_agg(to_jsonb(d) - 'place' order by d.place) filter (where d.place <= 20), '[]') into count_of, first_rows
    from (select b.*, row_number() over (order by b.rule, b.day, b.currency, b.order_id) as place
            from (select * from reporting.books_differences(first_day, last_day)
                   union all
                  select g.rule, g.day, g.currency, g.order_id, g.expected, g.found from sales.invoice_gaps(first_day, last_day) g) b) d;
  insert into reporting.book_checks (checked_at, first_day, last_day, differences, examples, took_milliseconds)
  values (begun, first_day, last_day, count_of, first_rows, extract(epoch from clock_timestamp() - begun) * 1000);
  return count_of;
end
$$;
comment on function reporting.check_books(date, date) is
  'Runs reporting.books_differences() and sales.invoice_gaps() over some business days (null: all), keeps the result in reporting.book_checks, and says how many differences there are.';
grant execute on function reporting.check_books(date, date) to techcourse_app;
call platform.give_function('reporting.check_books(date,date)', 'techcourse_loader');
