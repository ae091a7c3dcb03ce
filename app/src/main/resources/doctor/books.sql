-- The books of the last weeks agree to the cent, and so they did when the academy looked last. (ledger check compares all days.)
with found as (
  select count(*) as differences, string_agg(distinct d.rule, '; ' order by d.rule) as rules
    from reporting.books_differences(platform.business_day(now()) - 45, null) d
), newest as (
  select max(c.checked_at) as checked_at, max(c.differences) as differences from reporting.newest_book_check() c
)
select case when f.differences > 0 or n.differences > 0 then 'PROBLEM'
            when n.checked_at < now() - interval '3 days' then 'NOTE' else 'OK' end as status,
       case when f.differences > 0 then format('%s differences in the books of the last 45 days: %s', f.differences, f.rules)
            when n.differences > 0 then format('the check of %s found %s differences', date_trunc('minute', n.checked_at), n.differences)
            else format('the books of the last 45 days agree to the cent; %s', case when n.checked_at is null then 'no nightly check yet'
              else format('the newest nightly check is of %s', date_trunc('minute', n.checked_at)) end) end as finding,
       case when f.differences > 0 or n.differences > 0 then 'See each with ./techcourse ledger check, mend its cause, and post a correction.'
            when n.checked_at < now() - interval '3 days' then 'A running academy checks its books every night: see why job check_books does not run.' end as remedy
  from found f, newest n
