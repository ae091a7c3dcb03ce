-- No role of ours is superuser, bypasses row security, creates roles or databases, replicates, or inherits; only the owner owns tables.
select r.rolname as object, 'may do too much: superuser, bypassrls, createrole, createdb, replication or inherit' as fault from pg_roles r
 where r.rolname in ('techcourse_app', 'accountant', 'marketing', 'auditor', 'analyst', 'techcourse_reader', 'techcourse_recorder',
     'techcourse_gatekeeper', 'techcourse_loader')
   and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolinherit)
 union all
select r.rolname, 'may log in' from pg_roles r
 where r.rolcanlogin and r.rolname in ('techcourse_reader', 'techcourse_recorder', 'techcourse_gatekeeper', 'techcourse_loader')
 union all
select t.name, format('belongs to %s, not to the owner of the schema', t.owner::regrole) from our_table t join room r on r.name = t.room
  join pg_namespace n on n.oid = r.oid where t.owner <> n.nspowner
