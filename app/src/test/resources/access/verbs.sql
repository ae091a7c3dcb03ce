-- For one login: each verb on each table and view as a harmless statement, and whether the catalog allows it.
with login (name) as (values (?::text)),
verb (name, statement, kinds) as (values
  ('select', 'select count(*) from (select from %s limit 0) none', '{r,p,v}'::"char"[]),
  ('delete', 'delete from %s where false', '{r,p}'),
  ('truncate', 'truncate %s', '{r,p}'))
select has_schema_privilege(l.name, t.room, 'usage')
         and case v.name when 'select' then has_any_column_privilege(l.name, t.oid, 'select') else has_table_privilege(l.name, t.oid, v.name) end,
       format(v.statement, t.name)
  from login l cross join our_relation t join verb v on t.kind = any (v.kinds)
 order by t.name, v.name
