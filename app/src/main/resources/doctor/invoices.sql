-- The series of invoices has no gap, what they say is what was paid and given back, and nothing waits long for its number.
with wrong as (
  select count(*) as rows, string_agg(distinct g.rule, '; ' order by g.rule) as rules,
         min(coalesce(g.number, g.seller || '-' || g.year)) as first
    from sales.invoice_gaps(platform.business_day(now()) - 45, null) g
), waiting as (
  select w.sources, w.oldest_at from sales.waiting_for_numbers() w
)
select case when w.rows > 0 then 'PROBLEM' when q.oldest_at < now() - interval '1 day' then 'NOTE' else 'OK' end as status,
       case when w.rows > 0 then format('%s differences in the invoices, the first at %s: %s', w.rows, w.first, w.rules)
            else format('the numbers have no gap; %s payments and refunds wait for theirs%s', q.sources,
              case when q.sources > 0 then format(', the oldest since %s', date_trunc('minute', q.oldest_at)) else '' end) end as finding,
       case when w.rows > 0 then 'See each with ./techcourse ledger check; nothing in TechCourse changes or removes a number, so find out who did, and restore it from a backup.'
            when q.oldest_at < now() - interval '1 day' then 'A running academy numbers every minute: see why job number_invoices does not run.' end as remedy
  from wrong w, waiting q
