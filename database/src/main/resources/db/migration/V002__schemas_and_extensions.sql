-- One schema for each room, one for extensions, and nothing for PUBLIC anywhere.
-- Only trusted extensions: the owner of a managed database may install them without a superuser.
alter default privileges revoke execute on functions from public;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to techcourse_app, accountant, marketing, auditor, analyst',
    current_database());
  execute format('grant temporary on database %I to techcourse_loader', current_database());
end
$$;
revoke all on schema public from public;

create schema extensions;
comment on schema extensions is 'Types, operators and functions of PostgreSQL extensions; nothing of our own.';
create extension citext schema extensions;
create extension pg_trgm schema extensions;
create extension btree_gist schema extensions;
create extension unaccent schema extensions;

-- platform itself is created by the migration tool, for its history table
create schema if not exists platform;
comment on schema platform is 'Technical room: request context, settings, jobs, outbox, partitions, shard plan.';
create schema identity;
comment on schema identity is 'People: users, roles, credentials, sessions, tokens.';
create schema catalog;
comment on schema catalog is 'What is taught: categories, courses, sections, lessons, quizzes, prices.';
create schema learning;
comment on schema learning is 'Who learns what: enrollments, progress, attempts, certificates, reviews, events.';
create schema sales;
comment on schema sales is 'Money: orders, payments, refunds, coupons, double-entry ledger, payouts.';
create schema audit;
comment on schema audit is 'Proof: change log, seals, price history. Append only.';
create schema reporting;
comment on schema reporting is 'Views for people who do not write joins: accountants and marketing.';
create schema analytics;
comment on schema analytics is 'Views for data scientists, free of names and e-mail addresses but for the instructors'' own.';

grant usage on schema extensions to techcourse_app, accountant, marketing, auditor, analyst,
  techcourse_reader, techcourse_recorder, techcourse_gatekeeper, techcourse_loader;
grant usage on schema platform to techcourse_app, accountant, marketing, auditor, analyst,
  techcourse_reader, techcourse_recorder, techcourse_gatekeeper, techcourse_loader;
grant usage on schema identity, catalog, learning, sales
  to techcourse_app, techcourse_reader, techcourse_loader;
grant usage on schema identity to techcourse_gatekeeper;
grant usage on schema audit to auditor, techcourse_reader, techcourse_recorder;
grant usage on schema reporting to accountant, marketing, techcourse_reader;
grant usage on schema analytics to analyst, techcourse_reader;
