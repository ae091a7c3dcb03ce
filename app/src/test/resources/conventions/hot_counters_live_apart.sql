-- Counters that change with every visit or sale live in tables of their own, not in users or courses.
select c.name as object, 'counts or moves with every visit' as fault from our_column c
 where c.table_name in ('identity.users', 'catalog.courses') and c.kind in ('r', 'p')
   and c.short_name ~ '(^|_)(count|counter|seats|rating|students|redemptions|sold)(_|$)|last_(seen|login|active)'
