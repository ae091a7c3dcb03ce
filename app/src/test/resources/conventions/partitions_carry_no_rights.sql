-- Row security of a table does not hold for its partitions when they are named, so nobody but their owner has a right on one.
select c.oid::regclass::text as object, format('gives %s to %s', a.privilege_type, a.grantee::regrole) as fault
  from pg_class c join room r on r.oid = c.relnamespace, aclexplode(c.relacl) a
 where c.relispartition and c.relkind = 'r' and a.grantee <> c.relowner
