-- A policy is for named roles; one that lets the application see or write every row is named in exceptions.txt.
select p.table_name || '.' || p.name as object, 'is for PUBLIC' as fault from our_policy p where 0 = any (p.roles)
 union all
select p.table_name || '.' || p.name, 'lets the application at every row' from our_policy p
 where p.expression ~ '^true( true)?$' and 'techcourse_app'::regrole = any (p.roles)
