-- How nodes share background work: each takes jobs under a lease, so that the job of a killed node is taken over, and
-- only the holder of the lease says how it ended. What failed too often stays, dead, until somebody looks at it.
alter table platform.jobs
  add column locked_by uuid,
  add column dead_at timestamptz,
  add constraint jobs_locked_by_a_node_check check ((locked_by is null) = (locked_until is null)),
  add constraint jobs_finished_or_dead_check check (finished_at is null or dead_at is null);
drop index platform.jobs_waiting_idx;
-- waiting jobs, the next first
create index jobs_waiting_idx on platform.jobs (run_at) where finished_at is null and dead_at is null;
-- the admin's list of one kind, newest first
create index jobs_kind_idx on platform.jobs (kind, id);
-- what may be cleared away
create index jobs_finished_at_idx on platform.jobs (finished_at) where finished_at is not null;

create table platform.recurring_jobs (
  kind text not null,
  next_run_at timestamptz not null,
  constraint recurring_jobs_kind_pkey primary key (kind),
  constraint recurring_jobs_kind_is_snake_case_check check (kind ~ '^[a-z][a-z0-9_]{1,62}$')
);
comment on table platform.recurring_jobs is 'When the work that comes again is due next, once over all nodes. Shard class: local.';
insert into platform.shard_plan (table_name, class) values ('platform.recurring_jobs', 'local');
-- nodes reach it through the functions below alone
call platform.protect('platform.recurring_jobs');

-- a job is finished, put off and buried through the functions below alone
revoke insert (id, kind, payload, run_at), update (run_at, locked_until, tries, last_error, finished_at), delete
  on platform.jobs from techcourse_app;
grant insert (id, kind, payload, run_at) on platform.jobs to techcourse_app;

create function platform.take_jobs(node uuid, kinds text[], most integer, lease interval)
  returns table (id uuid, kind text, payload jsonb, tries integer)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update platform.jobs j
     set locked_by = take_jobs.node, locked_until = clock_timestamp() + take_jobs.lease, tries = j.tries + 1
   where j.id = any (array(
     select w.id from platform.jobs w
      where w.finished_at is null and w.dead_at is null and w.run_at <= clock_timestamp()
        and (w.locked_until is null or w.locked_until < clock_timestamp()) and w.kind = any (take_jobs.kinds)
      order by w.run_at limit take_jobs.most for update skip locked))
  returning j.id, j.kind, j.payload, j.tries;
end;
comment on function platform.take_jobs(uuid, text[], integer, interval) is
  'Gives a node up to so many due jobs of the kinds that it knows, under a lease; another node takes over what is held longer.';

create function platform.hold_job(job uuid, node uuid, lease interval) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with held as (
    update platform.jobs j set locked_until = clock_timestamp() + hold_job.lease
     where j.id = hold_job.job and j.locked_by = hold_job.node and j.finished_at is null returning j.id)
  select exists (select from held);
end;
comment on function platform.hold_job(uuid, uuid, interval) is
  'Prolongs the lease of a job that takes longer; false when another node has taken it over.';

create function platform.finish_job(job uuid, node uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update platform.jobs j set finished_at = clock_timestamp(), locked_by = null, locked_until = null
   where j.id = finish_job.job and j.locked_by = finish_job.node;
end;
comment on function platform.finish_job(uuid, uuid) is 'The node that holds a job has done it.';

create function platform.fail_job(job uuid, node uuid, error text, most_tries integer) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update platform.jobs j
     set last_error = left(fail_job.error, 2000), locked_by = null, locked_until = null,
         dead_at = case when j.tries >= fail_job.most_tries then clock_timestamp() end,
         -- 1, 2, 4 .. seconds up to an hour, and half as much again by chance, so that they do not come together
         run_at = clock_timestamp() + least(interval '1 second' * 2 ^ least(j.tries - 1, 12), interval '1 hour') * (1 + random() / 2)
   where j.id = fail_job.job and j.locked_by = fail_job.node
  returning j.dead_at is not null;
end;
comment on function platform.fail_job(uuid, uuid, text, integer) is
  'The node that holds a job could not do it: it is tried again later, or is dead after the last try. True when it is dead.';

create function platform.retry_job(job uuid) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with again as (
    update platform.jobs j set dead_at = null, tries = 0, run_at = clock_timestamp()
     where j.id = retry_job.job and j.finished_at is null and j.locked_by is null
       and current_setting('app.role', true) = 'admin' returning j.id)
  select exists (select from again);
end;
comment on function platform.retry_job(uuid) is
  'An admin has a dead or waiting job tried again now; false when it is done, running or not there.';

create function platform.order_recurring_job(kind text, every interval) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.recurring_jobs as r (kind, next_run_at)
  values (order_recurring_job.kind, clock_timestamp() + every)
  on conflict on constraint recurring_jobs_kind_pkey do update set next_run_at = clock_timestamp() + every
   where r.next_run_at <= clock_timestamp();
  -- one that still waits or runs is enough
  if not found or exists (
      select from platform.jobs j
       where j.kind = order_recurring_job.kind and j.finished_at is null and j.dead_at is null) then
    return false;
  end if;
  insert into platform.jobs (kind) values (order_recurring_job.kind);
  return true;
end
$$;
comment on function platform.order_recurring_job(text, interval) is
  'Orders the work of a kind that comes again, when it is due; called by every node, done by one. True when it was ordered.';

create function platform.clear_jobs() returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with cleared as (
    delete from platform.jobs j
     where j.finished_at < clock_timestamp() - interval '7 days' or j.dead_at < clock_timestamp() - interval '90 days'
    returning j.id)
  select count(*) from cleared;
end;
comment on function platform.clear_jobs() is 'Clears jobs away a week after they are done, 90 days after their last try failed.';

grant delete on platform.jobs to techcourse_loader;
do $$
declare
  target regprocedure;
begin
  foreach target in array array['platform.take_jobs(uuid,text[],integer,interval)', 'platform.hold_job(uuid,uuid,interval)',
    'platform.finish_job(uuid,uuid)', 'platform.fail_job(uuid,uuid,text,integer)', 'platform.retry_job(uuid)',
    'platform.order_recurring_job(text,interval)', 'platform.clear_jobs()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
