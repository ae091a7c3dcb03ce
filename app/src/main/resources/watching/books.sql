-- The books and the seals of the change log.
-- techcourse_books_differences: Differences that the newest check of the books found; absent before the first check.
-- techcourse_books_checked_seconds: Age of the newest check of the books; absent before the first.
-- techcourse_seals: Seals of the change log.
-- techcourse_seal_newest_seconds: Age of the newest seal; absent before the first.
-- techcourse_seal_waiting_longest_seconds: How long the oldest change of the log waits for its seal.
with recursive checked as (
  select max(c.checked_at) as checked_at, max(c.differences) as differences from reporting.newest_book_check() c
), newest as (
  select s.seal_no, s.sealed_at from audit.seals s order by s.seal_no desc limit 1
), origins as (
  -- few among very many rows: from one to the next by the index
  (select l.origin from audit.change_log l order by l.origin limit 1)
  union all
  select (select l.origin from audit.change_log l where l.origin > o.origin order by l.origin limit 1)
    from origins o where o.origin is not null
), waiting as (
  select min(u.oldest_at) as oldest_at
    from origins o
    cross join lateral (select coalesce(max(s.to_transaction), '0'::xid8) as to_transaction from audit.seals s where s.origin = o.origin) e
    cross join lateral (select l.changed_at as oldest_at from audit.change_log l
                         where l.origin = o.origin and l.transaction_id >= e.to_transaction order by l.transaction_id limit 1) u
)
select c.differences as techcourse_books_differences,
       extract(epoch from clock_timestamp() - c.checked_at) as techcourse_books_checked_seconds,
       coalesce((select n.seal_no from newest n), 0) as techcourse_seals,
       (select extract(epoch from clock_timestamp() - n.sealed_at) from newest n) as techcourse_seal_newest_seconds,
       coalesce(extract(epoch from clock_timestamp() - w.oldest_at), 0) as techcourse_seal_waiting_longest_seconds
  from checked c, waiting w
