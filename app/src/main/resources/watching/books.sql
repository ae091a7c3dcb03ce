-- The books and the seals of the change log.
-- techcourse_books_differences: Differences that the newest check of the books found; absent before the first check.
-- techcourse_books_checked_seconds: Age of the newest check of the books; absent before the first.
-- techcourse_seals: Seals of the change log.
-- techcourse_seal_newest_seconds: Age of the newest seal; absent before the first.
-- techcourse_seal_waiting_longest_seconds: How long the oldest change of the log waits for its seal.
with checked as (
  select max(c.checked_at) as checked_at, max(c.differences) as differences from reporting.newest_book_check() c
), newest as (
  select s.seal_no, s.sealed_at from audit.seals s order by s.seal_no desc limit 1
), sealed as (
  select s.origin, max(s.to_transaction) as to_transaction from audit.seals s group by s.origin
), waiting as (
  select min(l.changed_at) as oldest_at
    from audit.change_log l left join sealed s on s.origin = l.origin
   where l.changed_at >= coalesce((select n.sealed_at from newest n) - interval '1 day', '-infinity')
     and l.transaction_id >= coalesce(s.to_transaction, '0'::xid8)
)
select c.differences as techcourse_books_differences,
       extract(epoch from clock_timestamp() - c.checked_at) as techcourse_books_checked_seconds,
       coalesce((select n.seal_no from newest n), 0) as techcourse_seals,
       (select extract(epoch from clock_timestamp() - n.sealed_at) from newest n) as techcourse_seal_newest_seconds,
       coalesce(extract(epoch from clock_timestamp() - w.oldest_at), 0) as techcourse_seal_waiting_longest_seconds
  from checked c, waiting w
