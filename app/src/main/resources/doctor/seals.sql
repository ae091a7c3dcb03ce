-- The change log is sealed, and the chain of the last thousand seals holds. (audit verify reads every row as well.)
with newest as (
  select s.seal_no, s.seal_hash, s.previous_hash, lag(s.seal_hash) over (order by s.seal_no) as before,
         lag(s.seal_no) over (order by s.seal_no) as before_no, audit.seal_hash(s) as computed
    from audit.seals s where s.seal_no > (select coalesce(max(x.seal_no), 0) - 1000 from audit.seals x)
), chain as (
  select min(seal_no) filter (where seal_hash <> computed or before is not null and (before <> previous_hash or before_no <> seal_no - 1)) as broken,
         max(seal_no) as last from newest
), waiting as (
  select count(*) as rows, min(l.changed_at) as oldest
    from audit.change_log l
   where l.changed_at >= coalesce((select max(s.sealed_at) from audit.seals s) - interval '1 day', '-infinity')
     and l.transaction_id >= coalesce((select max(s.to_transaction) from audit.seals s where s.origin = l.origin), '0'::xid8)
)
select case when c.broken is not null then 'PROBLEM' when w.oldest < now() - interval '1 day' then 'PROBLEM'
            when w.oldest < now() - interval '10 minutes' then 'NOTE' else 'OK' end as status,
       case when c.broken is not null then format('the chain of seals does not hold at seal %s', c.broken)
            else format('%s seals, %s rows not sealed yet%s', coalesce(c.last, 0), w.rows,
              case when w.rows > 0 then format(', the oldest for %s', date_trunc('second', now() - w.oldest)) else '' end) end as finding,
       case when c.broken is not null then 'Run ./techcourse audit verify, keep the database as it is, and compare with an exported seal.'
            when w.oldest < now() - interval '10 minutes' then 'Run ./techcourse audit seal; a running academy seals every minute.' end as remedy
  from chain c, waiting w
