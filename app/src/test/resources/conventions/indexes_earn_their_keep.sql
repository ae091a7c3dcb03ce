-- No index is a left part of another one of the same table and method, unless it is unique, partial or by expression: it would only slow writes.
select a.table_name || '.' || a.name as object, format('is a left part of %s', b.name) as fault
  from our_index a join our_index b on b.table_oid = a.table_oid and b.oid <> a.oid and b.method = a.method and a.method = 'btree'
 where not a.is_unique and a.predicate is null and b.predicate is null and not 0 = any (a.keys)
   and cardinality(a.keys) <= cardinality(b.keys) and b.keys[1:cardinality(a.keys)] = a.keys
   and (cardinality(a.keys) < cardinality(b.keys) or b.is_unique or a.oid > b.oid)
