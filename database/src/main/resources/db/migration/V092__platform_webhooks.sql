-- Who is told what happens: receivers with the events that they want, their secrets, and what became of each event.
create table platform.webhooks (
  id uuid not null default platform.uuid_v7(),
  url text not null,
  description text not null default '',
  topics text[] not null,
  active boolean not null default true,
  failing_from timestamptz,
  disabled_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint webhooks_id_pkey primary key (id),
  constraint webhooks_created_by_fkey foreign key (created_by) references identity.users (id) on delete restrict,
  -- plain http only to this machine itself, and never a password in the address
  constraint webhooks_url_is_https_check check (
    (url ~ '^https://[^/?#@[:space:]]+([/?][^#[:space:]]*)?$' or url ~ '^http://(127\.0\.0\.1|localhost)(:[0-9]+)?([/?][^#[:space:]]*)?$')
    and length(url) <= 2000),
  constraint webhooks_description_length_check check (length(description) <= 300),
  constraint webhooks_topics_check check (cardinality(topics) between 1 and 50)
);
comment on table platform.webhooks is 'Receivers of events, and which events each wants. Shard class: reference.';
create index webhooks_created_by_idx on platform.webhooks (created_by);
create trigger webhooks_touch_updated_at before update on platform.webhooks
  for each row execute function platform.touch_updated_at();

create function platform.check_webhook() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  unknown constant text := (
    select t from unnest(new.topics) t where not exists (select from platform.event_types e where e.topic = t) limit 1);
begin
  if unknown is not null then
    raise exception 'There is no event "%".', left(unknown, 100) using errcode = 'TC060',
      hint = 'The catalog of events names them all.', schema = tg_table_schema, table = tg_table_name, column = 'topics';
  end if;
  return new;
end
$$;
comment on function platform.check_webhook() is 'Trigger: a receiver subscribes to events that there are (TC060).';
create trigger webhooks_check before insert or update of topics on platform.webhooks
  for each row execute function platform.check_webhook();

create table platform.webhook_secrets (
  webhook_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  secret bytea not null,
  valid_until timestamptz,
  constraint webhook_secrets_webhook_id_id_pkey primary key (webhook_id, id),
  constraint webhook_secrets_webhook_id_fkey foreign key (webhook_id) references platform.webhooks (id) on delete cascade,
  constraint webhook_secrets_secret_is_256_bits_check check (length(secret) = 32)
);
comment on table platform.webhook_secrets is
  'Keys with which the database signs what is sent to a receiver; the application cannot read them. Shard class: local.';

create table platform.webhook_deliveries (
  webhook_id uuid not null,
  event_id uuid not null,
  state text not null default 'waiting',
  tries integer not null default 0,
  next_try_at timestamptz not null default clock_timestamp(),
  locked_by uuid,
  locked_until timestamptz,
  finished_at timestamptz,
  -- a receiver is sent an event once, until it has taken it
  constraint webhook_deliveries_webhook_id_event_id_pkey primary key (webhook_id, event_id),
  constraint webhook_deliveries_webhook_id_fkey foreign key (webhook_id) references platform.webhooks (id) on delete cascade,
  constraint webhook_deliveries_event_id_fkey foreign key (event_id) references platform.events (id) on delete cascade,
  constraint webhook_deliveries_state_check check (state in ('waiting', 'delivered', 'failed')),
  constraint webhook_deliveries_finished_has_a_time_check check ((state = 'waiting') = (finished_at is null)),
  constraint webhook_deliveries_locked_by_a_node_check check ((locked_by is null) = (locked_until is null)),
  constraint webhook_deliveries_tries_not_negative_check check (tries >= 0)
);
comment on table platform.webhook_deliveries is 'What each receiver is sent, and whether it took it. Shard class: local.';
create index webhook_deliveries_event_id_idx on platform.webhook_deliveries (event_id);
-- the next ones of a receiver
create index webhook_deliveries_waiting_idx on platform.webhook_deliveries (webhook_id, next_try_at) where state = 'waiting';

create table platform.webhook_tries (
  webhook_id uuid not null,
  event_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  tried_at timestamptz not null default clock_timestamp(),
  status integer,
  duration_ms integer not null,
  error text,
  constraint webhook_tries_webhook_id_event_id_id_pkey primary key (webhook_id, event_id, id),
  constraint webhook_tries_delivery_fkey foreign key (webhook_id, event_id)
    references platform.webhook_deliveries (webhook_id, event_id) on delete cascade,
  constraint webhook_tries_status_check check (status between 100 and 599),
  constraint webhook_tries_duration_not_negative_check check (duration_ms >= 0),
  constraint webhook_tries_error_length_check check (length(error) <= 500)
);
comment on table platform.webhook_tries is 'Each try of a delivery: what the receiver answered, and how long it took. Shard class: local.';

insert into platform.shard_plan (table_name, class) values ('platform.webhooks', 'reference'),
  ('platform.webhook_secrets', 'local'), ('platform.webhook_deliveries', 'local'), ('platform.webhook_tries', 'local');
call platform.protect('platform.webhooks');
call platform.protect('platform.webhook_deliveries');
call platform.protect('platform.webhook_tries');
alter table platform.webhook_secrets enable row level security;
alter table platform.webhook_secrets force row level security;
create policy webhook_secrets_gatekeeper_policy on platform.webhook_secrets to techcourse_gatekeeper using (true) with check (true);
grant select, insert, update on platform.webhook_secrets to techcourse_gatekeeper;
create policy webhooks_recorder_policy on platform.webhooks for select to techcourse_recorder using (true);
grant select (topics, active) on platform.webhooks to techcourse_recorder;
grant select, insert (id, url, description, topics, created_by), update (url, description, topics, active, failing_from, disabled_at), delete
  on platform.webhooks to techcourse_app;
grant select on platform.webhook_deliveries, platform.webhook_tries to techcourse_app;
create policy webhooks_admin_policy on platform.webhooks to techcourse_app
  using (current_setting('app.role', true) = 'admin')
  with check (current_setting('app.role', true) = 'admin');
create policy webhook_deliveries_admin_reads_policy on platform.webhook_deliveries for select to techcourse_app
  using (current_setting('app.role', true) = 'admin');
create policy webhook_tries_admin_reads_policy on platform.webhook_tries for select to techcourse_app
  using (current_setting('app.role', true) = 'admin');
call audit.watch('platform.webhooks', 'id', 'url,topics,active,disabled_at,created_by');

create function platform.send_again(webhook uuid, event uuid, from_time timestamptz, until_time timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with again as (
    insert into platform.webhook_deliveries as d (webhook_id, event_id)
    select w.id, e.id from platform.webhooks w
      join platform.events e on e.topic = any (w.topics) or e.topic = 'webhook.ping.v1' and e.subject_id = w.id
     where w.id = send_again.webhook and current_setting('app.role', true) = 'admin'
       and (e.id = send_again.event or send_again.event is null
         and e.occurred_at >= send_again.from_time and e.occurred_at < send_again.until_time)
    on conflict on constraint webhook_deliveries_webhook_id_event_id_pkey do update
      set state = 'waiting', tries = 0, next_try_at = clock_timestamp(), finished_at = null
      where d.locked_until is null or d.locked_until < clock_timestamp()
    returning d.event_id)
  select count(*) from again;
end;
comment on function platform.send_again(uuid, uuid, timestamptz, timestamptz) is
  'An admin has one event, or all of a time, sent to a receiver again, also those from before it subscribed. Says how many.';

create function platform.ping_webhook(webhook uuid) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  ping constant uuid := platform.uuid_v7();
begin
  if current_setting('app.role', true) is distinct from 'admin' or not exists (select from platform.webhooks w where w.id = webhook) then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('platform.events'));
  insert into platform.events (id, sequence_no, topic, subject_id, payload, occurred_at)
  select ping, coalesce(max(e.sequence_no), 0) + 1, 'webhook.ping.v1', webhook, jsonb_build_object('webhook_id', webhook), clock_timestamp()
    from platform.events e;
  insert into platform.webhook_deliveries (webhook_id, event_id) values (webhook, ping);
  return ping;
end
$$;
comment on function platform.ping_webhook(uuid) is 'An admin has a test event sent to one receiver. Null when there is none.';

create function platform.clear_events() returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  -- the newest stays, because it holds the numbering
  with cleared as (
    delete from platform.events e where e.occurred_at < clock_timestamp() - interval '30 days'
       and e.sequence_no < (select max(n.sequence_no) from platform.events n) returning e.id)
  select count(*) from cleared;
end;
comment on function platform.clear_events() is 'Clears away, with their deliveries, events that are older than 30 days.';

grant execute on function platform.ping_webhook(uuid), platform.clear_events(),
  platform.send_again(uuid, uuid, timestamptz, timestamptz) to techcourse_app;
call platform.give_function('platform.ping_webhook(uuid)', 'techcourse_loader');
call platform.give_function('platform.clear_events()', 'techcourse_loader');
call platform.give_function('platform.send_again(uuid,uuid,timestamptz,timestamptz)', 'techcourse_loader');
