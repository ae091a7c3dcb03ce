-- Every right of every role of ours, as the server itself answers it (inherited ones too).
with role (name) as (values ('techcourse_app'), ('accountant'), ('marketing'), ('auditor'), ('analyst'), ('techcourse_reader'),
    ('techcourse_recorder'), ('techcourse_gatekeeper'), ('techcourse_loader')),
verb (name, nth, by_column) as (values ('select', 1, true), ('insert', 2, true), ('update', 3, true), ('delete', 4, false),
    ('truncate', 5, false), ('references', 6, true), ('trigger', 7, false)),
rights (role, object, nth, verb, columns) as (
  select r.name, t.name, v.nth, v.name,
         case when not has_table_privilege(r.name, t.oid, v.name) then
           (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
             where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(r.name, t.oid, a.attnum, v.name)) end
    from role r cross join our_relation t cross join verb v
   where has_table_privilege(r.name, t.oid, v.name) or v.by_column and has_any_column_privilege(r.name, t.oid, v.name)
   union all
  select r.name, f.name, 8, 'execute', null from role r cross join our_function f where has_function_privilege(r.name, f.oid, 'execute')
   union all
  select r.name, m.name, 0, p.name, null
    from role r cross join pg_namespace n cross join (values ('usage'), ('create')) p (name) cross join lateral (select 'schema ' || n.nspname) m (name)
   where (n.oid in (select oid from room) or n.nspname in ('public', 'extensions')) and has_schema_privilege(r.name, n.oid, p.name)
   union all
  select r.name, 'database', 0, p.name, null from role r cross join (values ('connect'), ('create'), ('temporary')) p (name)
   where has_database_privilege(r.name, current_database(), p.name)
   union all
  select r.name, 'database', 0, 'logs in', null from role r join pg_roles o on o.rolname = r.name where o.rolcanlogin
   union all
  select r.name, 'every session', 0, s.setting, null
    from role r join pg_roles o on o.rolname = r.name join pg_db_role_setting d on d.setrole = o.oid and d.setdatabase = 0, unnest(d.setconfig) s (setting)
   union all
  select r.name, 'role ' || o.name, 0, 'acts as', null from role r join role o on o.name <> r.name and pg_has_role(r.name, o.name, 'member')
)
select concat_ws(' | ', role, object, verb, '(' || columns || ')') from rights order by role collate "C", object collate "C", nth, verb
