-- The server that answers: whether it leads, how full it is, who holds others up.
-- techcourse_database_primary: 1 where the server that answers takes writes, 0 where it follows another.
-- techcourse_database_connections: Connections of clients, whatever they do.
-- techcourse_database_connections_active: Connections of clients that run a statement now.
-- techcourse_database_connections_idle_in_transaction: Connections of clients that hold a transaction open and do nothing.
-- techcourse_database_connections_max: Connections that the server allows to those who are no superusers.
-- techcourse_database_sessions_hidden: Sessions whose doings the owner may not see; grant pg_read_all_stats to see them.
-- techcourse_database_oldest_transaction_seconds: Age of the oldest open transaction that can be seen.
-- techcourse_database_locks_waiting: Locks that somebody waits for.
-- techcourse_database_lock_wait_longest_seconds: How long the longest wait for a lock lasts already.
-- techcourse_database_started_seconds: How long ago the server was started.
with sessions as (
  select count(*) filter (where a.backend_type = 'client backend' or a.state is null and a.datid is not null) as clients,
         count(*) filter (where a.state = 'active' and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()) as active,
         count(*) filter (where a.state like 'idle in transaction%') as idle,
         count(*) filter (where a.datname = current_database() and a.state is null and a.backend_type is null) as hidden,
         max(clock_timestamp() - a.xact_start) filter (where a.pid <> pg_backend_pid() and a.backend_type = 'client backend') as oldest
    from pg_stat_activity a
), waits as (
  select count(*) as waiting, max(clock_timestamp() - l.waitstart) as longest from pg_locks l where not l.granted
)
select (not pg_is_in_recovery())::integer as techcourse_database_primary,
       s.clients as techcourse_database_connections,
       s.active as techcourse_database_connections_active,
       s.idle as techcourse_database_connections_idle_in_transaction,
       current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
         as techcourse_database_connections_max,
       s.hidden as techcourse_database_sessions_hidden,
       coalesce(extract(epoch from s.oldest), 0) as techcourse_database_oldest_transaction_seconds,
       w.waiting as techcourse_database_locks_waiting,
       coalesce(extract(epoch from w.longest), 0) as techcourse_database_lock_wait_longest_seconds,
       extract(epoch from clock_timestamp() - pg_postmaster_start_time()) as techcourse_database_started_seconds
  from sessions s, waits w
