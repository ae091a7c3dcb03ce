-- Who signs in gets insert and update column by column, never on a table; truncate, references and trigger never.
select t.name as object, format('grants %s on the whole table to %s', a.privilege_type, a.grantee::regrole) as fault
  from our_relation t, aclexplode(t.acl) a join pg_roles r on r.oid = a.grantee
 where a.grantee <> t.owner and (r.rolcanlogin and a.privilege_type in ('INSERT', 'UPDATE') or a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER'))
