-- For each row-secured table on which the application has some right: a query that writes, for each row, whose it is
-- in the eyes of the person (?), and one statement for each granted verb.
with person (id) as (values (nullif(?::text, ''))),
shape as (
  select t.name, t.oid,
         (select string_agg(format('%I::text', k.column_name), ', ') from our_constraint c, unnest(c.columns) k (column_name) where c.table_oid = t.oid and c.kind = 'p') as key,
         (select string_agg(format('%I::text', c.short_name), ', ') from our_column c
           where c.table_oid = t.oid and (c.short_name in ('student_id', 'user_id', 'instructor_id') or c.name = 'identity.users.id')) as persons,
         (select format('%I', c.short_name) from our_column c
           where c.table_oid = t.oid and c.short_name in ('course_status', 'status') order by c.short_name limit 1) as status,
         (select string_agg(format('%I', c.short_name), ', ' order by c.number) from our_column c
           where c.table_oid = t.oid and has_column_privilege('techcourse_app', t.oid, c.number, 'insert')) as inserts,
         (select format('%I', c.short_name) from our_column c
           where c.table_oid = t.oid and has_column_privilege('techcourse_app', t.oid, c.number, 'update') order by c.number limit 1) as updates
    from our_table t where t.secured and (has_any_column_privilege('techcourse_app', t.oid, 'select') or has_any_column_privilege('techcourse_app', t.oid, 'insert'))
)
select s.name,
       format('select %s || coalesce('' '' || %s, ''''), v.verb, v.sql from %s, lateral (values (''select'', format(%L, concat_ws(''/'', %s)))%s) v (verb, sql) order by 1, 2, 3',
         case when s.persons is null then '''any''' else format('case when %L in (%s) then ''own'' else ''foreign'' end', p.id, s.persons) end,
         coalesce(s.status, 'null'), s.name,
         format('select from %s where concat_ws(''/'', %s) = %%L', s.name, s.key), s.key,
         concat(
           case when s.inserts is not null then format(', (''insert'', format(%L, %s))',
             format('insert into %s (%s) values (%s)', s.name, s.inserts, regexp_replace(s.inserts, '[a-z_0-9"]+', '%L', 'g')), s.inserts) end,
           case when s.updates is not null then format(', (''update'', format(%L, concat_ws(''/'', %s)))',
             format('update %s set %s = %2$s where concat_ws(''/'', %s) = %%L', s.name, s.updates, s.key), s.key) end,
           case when has_table_privilege('techcourse_app', s.oid, 'delete') then format(', (''delete'', format(%L, concat_ws(''/'', %s)))',
             format('delete from %s where concat_ws(''/'', %s) = %%L', s.name, s.key), s.key) end))
  from shape s, person p
 order by s.name
