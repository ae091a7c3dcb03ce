-- A security definer function pins a search_path that ends in pg_temp and belongs to a nologin role, never to the tables' owner.
select f.name as object, 'does not set a search_path that ends in pg_temp' as fault from our_function f
 where f.definer and not exists (select from unnest(f.config) c where c ~ '^search_path=.*\mpg_temp$')
 union all
select f.name, format('belongs to %s, which may log in or owns the tables', r.rolname) from our_function f join pg_roles r on r.oid = f.owner
 where f.definer and (r.rolcanlogin or r.rolname = current_user or r.rolname not like 'techcourse\_%')
