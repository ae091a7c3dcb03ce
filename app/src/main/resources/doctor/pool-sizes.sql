-- What may be opened at most, beside what the server allows: the arithmetic of docs/operations.md, "Pool sizes".
-- :pooler_connections is what PgBouncer may open, 0 where it does not say, -1 where there is none.
with server as (
  select current_setting('max_connections')::int as most,
         current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved
), sessions as (
  select greatest(count(*) filter (where a.application_name = 'techcourse watch'), 1) as nodes,
         count(*) filter (where a.usename not in ('techcourse_app', 'techcourse_pooler', current_user)) as others
    from pg_stat_activity a
   where a.usename is not null and coalesce(a.backend_type, 'client backend') = 'client backend'
), opened as (
  select s.most - s.reserved as allowed, s.reserved, n.nodes, n.others, :pooler_connections > 0 as is_pooled, :pooler_connections = 0 as is_unknown,
         case when :pooler_connections > 0 then :pooler_connections else 20 * n.nodes end as by_requests, 5 * n.nodes as direct
    from server s, sessions n
), summed as (
  select o.*, o.by_requests + o.direct + o.others as used from opened o
)
select case when is_unknown then 'NOTE' when by_requests + direct > allowed then 'PROBLEM' when used > allowed then 'NOTE' else 'OK' end as status,
       case when is_unknown then 'PgBouncer does not say how many connections it may open'
            else format('at most %s of %s connections: %s %s, %s directly, %s of others now', used, allowed, by_requests,
              case when is_pooled then 'by PgBouncer' else format('by requests of %s', case when nodes = 1 then 'the academy' else nodes || ' nodes' end) end,
              direct, others) end as finding,
       case when is_unknown then 'Set TECHCOURSE_POOLER_ADMIN to its console, and see that psql is installed here.'
            when used > allowed and is_pooled and allowed - direct - others >= 20
            then format('Lower default_pool_size of PgBouncer so that pool and reserve are %s together, or raise max_connections to %s.', allowed - direct - others, used + reserved)
            when used > allowed and is_pooled then format('Raise max_connections to %s.', used + reserved)
            when used > allowed then format('Put PgBouncer in between, run fewer nodes, or raise max_connections to %s.', used + reserved) end as remedy
  from summed
