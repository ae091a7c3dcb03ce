-- A default id is made by platform.uuid_v7(), never at random.
select c.name as object, format('defaults to %s', pg_get_expr(d.adbin, d.adrelid)) as fault
  from our_column c join pg_attrdef d on d.adrelid = c.table_oid and d.adnum = c.number
 where c.base_type = 'uuid' and not c.computed and pg_get_expr(d.adbin, d.adrelid) <> 'platform.uuid_v7()'
