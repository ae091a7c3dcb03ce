-- A policy uses own columns, current_setting('app.role', true) and nullif(current_setting('app.user_id', true), '')::uuid; no subquery, no other function.
select p.table_name || '.' || p.name as object, 'has a subquery' as fault from our_policy p where p.tree ~ 'SUBLINK'
 union all
select p.table_name || '.' || p.name, format('calls %s', f.oid::regprocedure) from our_policy p,
       regexp_matches(p.tree, '\{FUNCEXPR :funcid (\d+)', 'g') m
  join pg_proc f on f.oid = m[1]::oid
 where f.oid <> 'pg_catalog.current_setting(text,boolean)'::regprocedure and f.pronamespace <> 'extensions'::regnamespace
 union all
select p.table_name || '.' || p.name, 'uses current_user or another value of the session' from our_policy p where p.tree ~ 'SQLVALUEFUNCTION'
 union all
select p.table_name || '.' || p.name, 'reads a setting in another form; an unset or empty one must mean no rows' from our_policy p
 where replace(replace(p.expression, '(NULLIF(current_setting(''app.user_id''::text, true), ''''::text))::uuid', ''),
   'current_setting(''app.role''::text, true)', '') ~ 'current_setting'
