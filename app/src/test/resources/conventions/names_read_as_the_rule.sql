-- Constraints and indexes are named <table>_<columns or rule>_{pkey,key,fkey,check,excl,idx}, domain checks likewise, triggers <table>_.., policies <table>_.._policy.
select c.table_name || '.' || c.name as object, format('does not read %s_.._%s', c.table_short_name, s.suffix) as fault from our_constraint c
  join (values ('p', 'pkey'), ('u', 'key'), ('f', 'fkey'), ('c', 'check'), ('x', 'excl')) s (kind, suffix) on s.kind = c.kind
 where c.name !~ ('^' || c.table_short_name || '_[a-z0-9_]+_' || s.suffix || '$')
 union all
select i.table_name || '.' || i.name, format('does not read %s_.._%s', i.table_short_name, case when i.is_unique then 'key' else 'idx' end) from our_index i
 where not exists (select from our_constraint c where c.index_oid = i.oid and c.kind in ('p', 'u', 'x'))
   and i.name !~ ('^' || i.table_short_name || '_[a-z0-9_]+_' || case when i.is_unique then 'key' else 'idx' end || '$')
 union all
select d.oid::regtype || '.' || c.conname, format('does not read %s_.._check', d.typname)
  from pg_constraint c join pg_type d on d.oid = c.contypid join room r on r.oid = d.typnamespace
 where c.contype = 'c' and c.conname !~ ('^' || d.typname || '_[a-z0-9_]+_check$')
 union all
select t.name || '.' || g.tgname, format('does not read %s_..', t.short_name) from pg_trigger g join our_table t on t.oid = g.tgrelid
 where not g.tgisinternal and g.tgname !~ ('^' || t.short_name || '_[a-z0-9_]+$')
 union all
select p.table_name || '.' || p.name, format('does not read %s_.._policy', p.table_short_name) from our_policy p
 where p.name !~ ('^' || p.table_short_name || '_[a-z0-9_]+_policy$')
 union all
select c.name, 'is not snake_case' from our_column c where c.name !~ '^[a-z_]+\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'
