-- Every column of every table: room, table, column, type in short, key marks of Mermaid.
select t.room, t.short_name, c.short_name,
       case c.base_type when 'timestamp with time zone' then 'timestamptz' else
         case when c.has_domain then split_part(c.type_name, '.', 2) else regexp_replace(c.base_type, '^.*\.', '') end end,
       concat_ws(', ',
         case when exists (select from our_constraint k where k.table_oid = t.oid and k.kind = 'p' and c.short_name::text = any (k.columns)) then 'PK' end,
         case when exists (select from our_constraint k where k.table_oid = t.oid and k.kind = 'f' and c.short_name::text = any (k.columns)) then 'FK' end,
         case when exists (select from our_constraint k where k.table_oid = t.oid and k.kind = 'u' and k.columns = array[c.short_name::text]) then 'UK' end)
  from our_table t join our_column c on c.table_oid = t.oid
 order by array_position(array['identity', 'catalog', 'learning', 'sales', 'audit', 'platform'], t.room::text), t.short_name, c.number
