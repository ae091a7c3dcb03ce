-- A column marked "Personal data." or "Secret." lies behind forced row security, is never kept by the change log, and no analyst reads it.
with marked as (
  select c.*, substring(col_description(c.table_oid, c.number) from '(Personal data|Secret)\.') as mark from our_column c
   where col_description(c.table_oid, c.number) ~ '(Personal data|Secret)\.'
)
select m.name as object, format('holds %s, but its table does not force row security', lower(m.mark)) as fault
  from marked m join our_table t on t.oid = m.table_oid where not (t.secured and t.forced)
 union all
select m.name, format('holds %s in a room where nothing is ever erased', lower(m.mark))
  from marked m where m.kind in ('r', 'p') and m.table_name ~ '^(audit|platform)\.'
 union all
select m.name, format('holds %s and is kept by the change log', lower(m.mark))
  from marked m join pg_trigger g on g.tgrelid = m.table_oid and g.tgfoid = 'audit.record_change'::regproc
 where m.short_name::text = any (string_to_array(replace(encode(g.tgargs, 'escape'), '\000', ','), ','))
 union all
select m.name, format('holds %s, and an analyst reads it', lower(m.mark))
  from marked m join our_relation t on t.oid = m.table_oid
 where has_column_privilege('analyst', m.table_oid, m.number, 'select') and has_schema_privilege('analyst', t.room, 'usage')
