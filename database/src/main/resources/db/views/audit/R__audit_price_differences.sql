-- The other half of the proof: the log is whole, and the prices are the ones that it tells of. A price that was
-- changed behind the trigger's back (switched off by a superuser) is not in the log, but stands out here.
create or replace function audit.price_differences()
  returns table (course_id uuid, price numeric, currency text, logged_price numeric, logged_currency text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.price, c.currency::text, logged.price, logged.currency
    from catalog.courses c
    left join lateral (
      select (l.new_values ->> 'price')::numeric as price, l.new_values ->> 'currency' as currency
        from audit.change_log l
       where l.relation = 'catalog.courses' and (l.row_key ->> 'id')::uuid = c.id and l.new_values ? 'price'
       order by l.changed_at desc, l.id desc limit 1) logged on true
   where c.price is distinct from logged.price or c.currency is distinct from logged.currency
$$;
comment on function audit.price_differences() is
  'Courses whose price is not the last one in the change log: it was changed while the audit was switched off. No row: every price is on record.';
call platform.give_function('audit.price_differences()', 'techcourse_reader');
grant execute on function audit.price_differences() to auditor;
