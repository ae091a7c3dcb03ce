-- What the rules look at: the rooms' own objects, without partitions, extensions and the migration tool's history table.
create temp view room as
  select oid, nspname as name from pg_namespace
   where nspname in ('identity', 'catalog', 'learning', 'sales', 'audit', 'reporting', 'analytics', 'platform');
create temp view our_relation as
  select c.oid, r.name || '.' || c.relname as name, r.name as room, c.relname as short_name, c.relkind as kind, c.relowner as owner,
         c.reloptions as options, c.relacl as acl, c.relrowsecurity as secured, c.relforcerowsecurity as forced
    from pg_class c join room r on r.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and r.name || '.' || c.relname <> 'platform.schema_history';
create temp view our_table as
  select t.*, p.class, p.class is not distinct from 'student-keyed' as student_keyed
    from our_relation t left join platform.shard_plan p on p.table_name = t.name where t.kind in ('r', 'p');
create temp view our_column as
  select t.oid as table_oid, t.name || '.' || a.attname as name, t.name as table_name, t.kind, a.attname as short_name, a.attnum as number,
         a.attnotnull as filled, a.attidentity <> '' as is_identity, a.attgenerated <> '' as computed, d.typtype = 'd' as has_domain, d.oid as type,
         d.typnamespace::regnamespace || '.' || d.typname as type_name, format_type(coalesce(nullif(d.typbasetype, 0), d.oid), null) as base_type
    from our_relation t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    join pg_type d on d.oid = a.atttypid;
create temp view our_constraint as
  select c.oid, t.oid as table_oid, t.name as table_name, t.short_name as table_short_name, t.student_keyed, c.conname as name, c.contype as kind,
         c.condeferrable as deferrable, c.confrelid as target, c.confdeltype as delete_action, c.conkey as keys, c.conindid as index_oid,
         array(select a.attname::text from unnest(c.conkey) with ordinality k (number, n)
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number order by k.n) as columns
    from pg_constraint c join our_table t on t.oid = c.conrelid
   where c.contype <> 'n' and c.conparentid = 0;
create temp view our_index as
  select i.indexrelid as oid, t.oid as table_oid, t.name as table_name, t.short_name as table_short_name, t.student_keyed, c.relname as name,
         i.indisunique as is_unique, i.indisvalid as valid, m.amname as method, pg_get_expr(i.indpred, t.oid) as predicate,
         (i.indkey::int2[])[0:i.indnkeyatts - 1] as keys
    from pg_index i join our_table t on t.oid = i.indrelid join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam;
create temp view our_function as
  select p.oid, r.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name, r.name as room,
         p.proname as short_name, p.prokind as kind, p.prosecdef as definer, p.proowner as owner, p.proconfig as config, p.proacl as acl,
         regexp_replace(case when p.prosqlbody is null then p.prosrc else pg_get_functiondef(p.oid) end, '--[^\n]*', '', 'g') as body, l.lanname as language
    from pg_proc p join room r on r.oid = p.pronamespace join pg_language l on l.oid = p.prolang;
create temp view our_policy as
  select p.oid, t.name as table_name, t.short_name as table_short_name, p.polname as name, p.polroles as roles, p.polcmd as command,
         concat(p.polqual, p.polwithcheck) as tree,
         concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as expression
    from pg_policy p join our_table t on t.oid = p.polrelid;
