-- Each role has exactly the powers that the house gives it.
with expected (name, login) as (values
  ('techcourse_app', true), ('accountant', true), ('marketing', true), ('auditor', true), ('analyst', true),
  ('techcourse_reader', false), ('techcourse_recorder', false), ('techcourse_gatekeeper', false), ('techcourse_loader', false)
), faults (fault) as (
  select format('%s is missing', e.name) from expected e where not exists (select from pg_roles r where r.rolname = e.name)
  union all
  select format('%s may do more than it should', r.rolname) from expected e join pg_roles r on r.rolname = e.name
   where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolinherit
  union all
  select format('%s %s sign in', r.rolname, case when e.login then 'may not' else 'may' end)
    from expected e join pg_roles r on r.rolname = e.name where r.rolcanlogin <> e.login
  union all
  select format('%s is a member of %s', m.rolname, g.rolname)
    from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
    join expected e on e.name = m.rolname
   where not (m.rolname = 'techcourse_app' and g.rolname in ('accountant', 'marketing', 'auditor', 'analyst'))
  union all
  select format('techcourse_app is no member of %s', p.name)
    from unnest(array['accountant', 'marketing', 'auditor', 'analyst']) p (name)
   where exists (select from pg_roles r where r.rolname = p.name) and not exists (
     select from pg_auth_members a where a.member = to_regrole('techcourse_app') and a.roleid = to_regrole(p.name))
)
select case when count(f.fault) > 0 then 'PROBLEM' when s.rolsuper then 'NOTE' else 'OK' end as status,
       case when count(f.fault) > 0 then string_agg(f.fault, '; ' order by f.fault)
            when s.rolsuper then format('this command signs in as the superuser %s', s.rolname)
            else 'nine roles have the powers they should, and no more' end as finding,
       case when count(f.fault) > 0 then 'Take it back with alter role or revoke; see docs/sql-conventions.md.'
            when s.rolsuper then 'Sign in as the owner of the database, who needs no superuser rights.' end as remedy
  from pg_roles s left join faults f on true
 where s.rolname = session_user
 group by s.rolsuper, s.rolname
