-- The database roles of the house. None is a superuser, none bypasses row security, none is named by a person.
-- Roles belong to the whole server, so each is created only where it is missing.
--
--   techcourse_app         login of the application; owns nothing
--   accountant, marketing, auditor, analyst
--                          logins for psql and BI tools; see only their views
--   techcourse_reader      owns the views of the personas; reads, never writes
--   techcourse_recorder    owns the functions that write and seal the change log
--   techcourse_gatekeeper  owns the narrow functions that run before anyone is signed in
--   techcourse_loader      bulk loading by import, seed and sample academy; the owner acts as it by SET ROLE
do $$
declare
  login_roles constant text[] := array['techcourse_app', 'accountant', 'marketing', 'auditor', 'analyst'];
  nologin_roles constant text[] :=
    array['techcourse_reader', 'techcourse_recorder', 'techcourse_gatekeeper', 'techcourse_loader'];
  role_name text;
begin
  foreach role_name in array login_roles || nologin_roles loop
    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
      begin
        execute format('create role %I %s noinherit', role_name,
          case when role_name = any (login_roles) then 'login' else 'nologin' end);
      exception when duplicate_object or unique_violation then
        null; -- another node created it in the same moment
      end;
    end if;
  end loop;

  -- The owner gives functions and views to the nologin roles, and acts as the loader.
  foreach role_name in array nologin_roles loop
    if not pg_has_role(current_user, role_name, 'usage') then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;

  -- The application acts as a persona for one transaction (SET LOCAL ROLE), and inherits nothing from it.
  foreach role_name in array array['accountant', 'marketing', 'auditor', 'analyst'] loop
    if not pg_has_role('techcourse_app', role_name, 'member') then
      execute format('grant %I to techcourse_app', role_name);
    end if;
    execute format('alter role %I set search_path = reporting, audit, analytics, extensions', role_name);
    execute format('alter role %I set default_transaction_read_only = on', role_name);
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name, '10min');
  end loop;

  alter role techcourse_app set search_path = extensions;
  alter role analyst set statement_timeout = '60s';
  alter role analyst set work_mem = '64MB';
  alter role accountant set statement_timeout = '5min';
  alter role marketing set statement_timeout = '5min';
  alter role auditor set statement_timeout = '15min';
end
$$;
