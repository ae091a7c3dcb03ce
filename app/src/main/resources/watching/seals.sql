-- Whether the last seals follow each other. Every five minutes: a thousand are hashed again.
-- techcourse_seals_broken: Seals among the newest thousand that do not hold; audit verify reads all of the log.
select count(*) as techcourse_seals_broken
  from (select s.seal_hash, s.previous_hash, s.seal_no, audit.seal_hash(s) as computed,
               lag(s.seal_hash) over (order by s.seal_no) as before, lag(s.seal_no) over (order by s.seal_no) as before_no
          from audit.seals s where s.seal_no > (select coalesce(max(x.seal_no), 0) - 1000 from audit.seals x)) c
 where c.seal_hash <> c.computed or c.before is not null and (c.before <> c.previous_hash or c.before_no <> c.seal_no - 1)
