-- Every foreign key has a valid B-tree index that begins with its columns in any order (or that is unique on some of them); partial only where it leaves out nulls.
select c.name as object, format('of %s has no index on (%s)', c.table_name, array_to_string(c.columns, ', ')) as fault from our_constraint c
 where c.kind = 'f' and not exists (
   select from our_index i
    where i.table_oid = c.table_oid and i.valid and i.method = 'btree'
      and (i.predicate is null or i.predicate in (select format('(%s IS NOT NULL)', x) from unnest(c.columns) x))
      and (i.keys[1:cardinality(c.keys)] @> c.keys and cardinality(i.keys) >= cardinality(c.keys)
        or i.is_unique and i.predicate is null and i.keys <@ c.keys))
