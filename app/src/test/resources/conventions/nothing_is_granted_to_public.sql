-- Nothing is granted to PUBLIC: no table, column, function, schema or database; and nobody may pass a right on.
with grants (object, owner, acl) as (
  select t.name, t.owner, t.acl from our_relation t
   union all
  select t.name || '.' || a.attname, t.owner, a.attacl from our_relation t join pg_attribute a on a.attrelid = t.oid
   union all
  select f.name, f.owner, coalesce(f.acl, acldefault('f', f.owner)) from our_function f
   union all
  select n.nspname, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner)) from pg_namespace n
   where n.oid in (select oid from room) or n.nspname in ('public', 'extensions')
   union all
  select 'database', d.datdba, coalesce(d.datacl, acldefault('d', d.datdba)) from pg_database d where d.datname = current_database()
   union all
  select 'default privileges', d.defaclrole, d.defaclacl from pg_default_acl d
)
select g.object, format('grants %s to PUBLIC', a.privilege_type) as fault from grants g, aclexplode(g.acl) a where a.grantee = 0
 union all
select g.object, format('lets %s pass on %s', a.grantee::regrole, a.privilege_type) from grants g, aclexplode(g.acl) a
 where a.is_grantable and a.grantee <> g.owner
