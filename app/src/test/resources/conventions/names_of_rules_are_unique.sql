-- A constraint's or unique index's name alone says which rule was broken, so no two are alike.
select n.name as object, format('is the name of %s rules', count(*)) as fault
  from (select c.name from our_constraint c
         union all
        select i.name from our_index i where i.is_unique and not exists (select from our_constraint c where c.index_oid = i.oid and c.kind in ('p', 'u', 'x'))
         union all
        select c.conname from pg_constraint c join pg_type d on d.oid = c.contypid join room r on r.oid = d.typnamespace where c.contype = 'c') n
 group by n.name having count(*) > 1
