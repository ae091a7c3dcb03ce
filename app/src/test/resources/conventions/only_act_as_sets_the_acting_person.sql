-- The acting person is set in one place, platform.act_as, and by SET LOCAL.
select f.name as object, 'calls set_config(), which does not reach the nodes of a sharded academy' as fault from our_function f
 where f.body ~* '\mset_config\s*\('
 union all
select f.name, 'sets app.user_id or app.role itself' from our_function f
 where f.short_name <> 'act_as' and f.body ~* '\mset\s+(local\s+|session\s+)?app\.'
