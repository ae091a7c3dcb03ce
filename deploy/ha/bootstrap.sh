#!/bin/sh
# Patroni runs this once, on the first primary: who may sign in, and the database of the academy. Its argument is the
# address of the server as superuser. Copy to /etc/techcourse/bootstrap.sh, owner postgres, mode 700.
set -eu
psql -X -q -v ON_ERROR_STOP=1 "$1" <<'SQL'
-- no password into a log, nor among the statements that are counted
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';
set pg_stat_statements.track_utility = off;
-- the owner makes the academy's roles and all of its schema; no superuser
create role techcourse_owner login createrole password '${owner_password}';
-- what other sessions and the standbys do, for the academy's figures (docs/monitoring.md); it reads no rows by that
grant pg_read_all_stats to techcourse_owner;
-- for the pooler, which asks by it who may come in
create role techcourse_pooler login connection limit 20 password '${pooler_password}';
-- sets a former primary back to the new one: the functions that pg_rewind needs, nothing else
create role rewinder login password '${rewind_password}';
grant execute on function pg_catalog.pg_ls_dir(text, boolean, boolean) to rewinder;
grant execute on function pg_catalog.pg_stat_file(text, boolean) to rewinder;
grant execute on function pg_catalog.pg_read_binary_file(text) to rewinder;
grant execute on function pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean) to rewinder;
create database ${database} owner techcourse_owner;
-- the academy takes this from everybody
grant connect on database ${database} to techcourse_pooler;
\connect ${database}
create schema pooler;
revoke all on schema pooler from public;
grant usage on schema pooler to techcourse_pooler;
-- SCRAM secrets, never passwords, and never those of superusers or of replication
create function pooler.secret_of(who text) returns table (name name, secret text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.rolname, a.rolpassword from pg_authid a
   where a.rolname = who and a.rolcanlogin and not a.rolsuper and not a.rolreplication
     and (a.rolvaliduntil is null or a.rolvaliduntil > now())
$$;
comment on schema pooler is 'For PgBouncer alone.';
comment on function pooler.secret_of(text) is 'Who may come in through PgBouncer, and the SCRAM secret that proves it. Only for techcourse_pooler.';
revoke all on function pooler.secret_of(text) from public;
grant execute on function pooler.secret_of(text) to techcourse_pooler;
SQL
