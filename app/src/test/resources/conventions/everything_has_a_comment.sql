-- Every schema, table, view, column, domain, function and procedure has a comment that says more than its name.
with thing (object, name, comment) as (
  select r.name, r.name, obj_description(r.oid, 'pg_namespace') from room r
   union all
  select t.name, t.short_name, obj_description(t.oid, 'pg_class') from our_relation t
   union all
  select c.name, c.short_name, col_description(c.table_oid, c.number) from our_column c
   union all
  select d.oid::regtype::text, d.typname, obj_description(d.oid, 'pg_type') from pg_type d join room r on r.oid = d.typnamespace where d.typtype in ('d', 'e', 'r')
   union all
  select f.name, f.short_name, obj_description(f.oid, 'pg_proc') from our_function f
)
select t.object, 'has no comment' as fault from thing t where coalesce(btrim(t.comment), '') = ''
 union all
select t.object, format('has a comment that only repeats its name: %s', t.comment) from thing t
 where regexp_replace(lower(t.comment), '^the |[^a-z0-9]', '', 'g') = replace(lower(t.name), '_', '')
