-- Sessions in use, of those that the server allows to everyone.
select case when used > 0.9 * allowed then 'PROBLEM' when used > 0.7 * allowed then 'NOTE' else 'OK' end as status,
       format('%s of %s connections are in use', used, allowed) as finding,
       case when used > 0.7 * allowed then 'Put PgBouncer in between, or raise max_connections.' end as remedy
  from (select count(*) as used,
               current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as allowed
          from pg_stat_activity where backend_type = 'client backend') a
