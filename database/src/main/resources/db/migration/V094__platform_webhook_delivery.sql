-- How events are collected, signed and sent. A secret leaves the database once, when it is made.
create function platform.collect_events(most integer) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last_no bigint;
  collected integer;
begin
  -- one node at a time; the others have nothing to do meanwhile
  if not pg_try_advisory_xact_lock(hashtext('platform.events')) then
    return 0;
  end if;
  last_no := coalesce((select max(e.sequence_no) from platform.events e), 0);
  with general as (
    delete from platform.outbox o
     where o.id = any (array(select w.id from platform.outbox w order by w.id limit most))
    returning o.id, o.topic, o.subject_id, o.payload, o.created_at),
  of_students as (
    delete from platform.student_outbox o
     where (o.student_id, o.id) in (select w.student_id, w.id from platform.student_outbox w order by w.id limit most)
    returning o.id, o.topic, o.subject_id, o.payload, o.created_at),
  fact as (select * from general union all select * from of_students),
  event as (
    insert into platform.events (id, sequence_no, topic, subject_id, payload, occurred_at)
    select f.id, last_no + row_number() over (order by f.created_at, f.id), f.topic, f.subject_id, f.payload, f.created_at from fact f
    returning id, topic),
  delivery as (
    insert into platform.webhook_deliveries (webhook_id, event_id)
    select w.id, e.id from event e join platform.webhooks w on w.active and e.topic = any (w.topics))
  select count(*) into collected from event;
  return collected;
end
$$;
comment on function platform.collect_events(integer) is
  'Numbers up to so many facts of each outbox, and notes to whom each is sent. Says how many.';

create function platform.hmac_sha256(message bytea, key bytea) returns bytea
  language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
  return (
    select sha256(p.outer_pad || sha256(p.inner_pad || message))
      from (select string_agg(set_byte('\x00', 0, b # 92), '' order by i) as outer_pad,
                   string_agg(set_byte('\x00', 0, b # 54), '' order by i) as inner_pad
              from (select i, case when i < length(key) then get_byte(key, i) else 0 end as b from generate_series(0, 63) i) k) p);
comment on function platform.hmac_sha256(bytea, bytea) is 'HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes.';

create function platform.webhook_signature(webhook uuid, message text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return (select string_agg('v1,' || encode(platform.hmac_sha256(convert_to(message, 'UTF8'), s.secret), 'base64'), ' ' order by s.id desc)
            from platform.webhook_secrets s
           where s.webhook_id = webhook and (s.valid_until is null or s.valid_until > clock_timestamp()));
comment on function platform.webhook_signature(uuid, text) is
  'Signs a message with each of a receiver''s valid secrets, the newest first, separated by spaces.';

create function platform.new_webhook_secret(webhook uuid, overlap interval) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  fresh constant bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    return null;
  end if;
  update platform.webhook_secrets s set valid_until = least(s.valid_until, clock_timestamp() + overlap) where s.webhook_id = webhook;
  insert into platform.webhook_secrets (webhook_id, secret) values (webhook, fresh);
  return 'whsec_' || encode(fresh, 'base64');
end
$$;
comment on function platform.new_webhook_secret(uuid, interval) is
  'Gives a receiver a new secret, which is told this once; those before stay valid for the overlap. Null unless an admin acts.';

create function platform.take_deliveries(node uuid, each integer, lease interval)
  returns table (webhook_id uuid, event_id uuid, url text, sent_at bigint, body text, signature text, tries integer)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  receiver record;
  under_way integer;
begin
  for receiver in select w.id, w.url from platform.webhooks w where w.active and w.disabled_at is null order by w.id loop
    -- a slow receiver keeps only its own places
    under_way := (select count(*) from platform.webhook_deliveries d
                   where d.webhook_id = receiver.id and d.state = 'waiting' and d.locked_until > clock_timestamp());
    return query
    with taken as (
      update platform.webhook_deliveries d
         set locked_by = node, locked_until = clock_timestamp() + lease, tries = d.tries + 1
       where d.webhook_id = receiver.id and d.event_id = any (array(
         select w.event_id from platform.webhook_deliveries w
          where w.webhook_id = receiver.id and w.state = 'waiting' and w.next_try_at <= clock_timestamp()
            and (w.locked_until is null or w.locked_until < clock_timestamp())
          order by w.next_try_at limit greatest(each - under_way, 0) for update skip locked))
      returning d.event_id, d.tries),
    message as (
      select t.event_id, t.tries, floor(extract(epoch from clock_timestamp()))::bigint as sent_at,
             jsonb_build_object('id', e.id, 'type', e.topic, 'sequence', e.sequence_no, 'data', e.payload, 'timestamp',
               to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text as body
        from taken t join platform.events e on e.id = t.event_id)
    select receiver.id, m.event_id, receiver.url, m.sent_at, m.body,
           platform.webhook_signature(receiver.id, concat_ws('.', m.event_id, m.sent_at, m.body)), m.tries
      from message m;
  end loop;
end
$$;
comment on function platform.take_deliveries(uuid, integer, interval) is
  'Gives a node what is due, signed, under a lease: at most so many at once for each receiver, over all nodes.';

create function platform.note_delivery(webhook uuid, event uuid, node uuid, status integer, duration_ms integer, error text,
    first_retry interval, most_tries integer) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken constant boolean := coalesce(status between 200 and 299, false);
  new_state text;
begin
  update platform.webhook_deliveries d
     set state = case when taken then 'delivered' when d.tries >= most_tries then 'failed' else 'waiting' end,
         finished_at = case when taken or d.tries >= most_tries then clock_timestamp() end,
         locked_by = null, locked_until = null,
         -- each time five times as long, up to six hours, and a little more by chance
         next_try_at = clock_timestamp() + least(first_retry * 5 ^ least(d.tries - 1, 10), interval '6 hours') * (1 + random() / 4)
   where d.webhook_id = webhook and d.event_id = event and d.locked_by = node
  returning d.state into new_state;
  if not found then
    return null;
  end if;
  insert into platform.webhook_tries (webhook_id, event_id, status, duration_ms, error)
  values (webhook, event, status, duration_ms, left(error, 500));
  update platform.webhooks w set failing_from = case when not taken then clock_timestamp() end
   where w.id = webhook and (w.failing_from is null) <> taken;
  -- 410: the receiver wants nothing any more
  update platform.webhooks w set disabled_at = clock_timestamp()
   where w.id = webhook and w.disabled_at is null
     and (status = 410 or w.failing_from < clock_timestamp() - interval '5 days');
  if found then
    perform platform.emit('webhook.disabled.v1', webhook, jsonb_build_object('webhook_id', webhook));
    return 'disabled';
  end if;
  return new_state;
end
$$;
comment on function platform.note_delivery(uuid, uuid, uuid, integer, integer, text, interval, integer) is
  'What a receiver answered: delivered, waiting for the next try, failed after the last one, or disabled after five days without success. Null when another node took over.';

grant execute on function platform.hmac_sha256(bytea, bytea) to techcourse_gatekeeper;
grant execute on function platform.webhook_signature(uuid, text) to techcourse_loader;
grant execute on function platform.collect_events(integer), platform.take_deliveries(uuid, integer, interval),
  platform.new_webhook_secret(uuid, interval),
  platform.note_delivery(uuid, uuid, uuid, integer, integer, text, interval, integer) to techcourse_app;
call platform.give_function('platform.collect_events(integer)', 'techcourse_loader');
call platform.give_function('platform.webhook_signature(uuid,text)', 'techcourse_gatekeeper');
call platform.give_function('platform.new_webhook_secret(uuid,interval)', 'techcourse_gatekeeper');
call platform.give_function('platform.take_deliveries(uuid,integer,interval)', 'techcourse_loader');
call platform.give_function('platform.note_delivery(uuid,uuid,uuid,integer,integer,text,interval,integer)', 'techcourse_loader');
