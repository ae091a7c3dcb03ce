-- Every table is in platform.shard_plan, nothing else is, and its comment names its class.
select t.name as object, 'is missing in platform.shard_plan' as fault from our_table t where t.class is null
 union all
select p.table_name, 'is in platform.shard_plan, but is no table' from platform.shard_plan p
 where not exists (select from our_table t where t.name = p.table_name)
 union all
select t.name, format('has the shard class %s, but its comment does not end with "Shard class: %s."', t.class, t.class) from our_table t
 where obj_description(t.oid, 'pg_class') not like '%Shard class: ' || t.class || '.'
