-- Secrets of receivers are sealed by the application, as those of second factors are, so that neither the database nor
-- a backup tells them; the sender opens them and signs. What lies here unsealed from before still signs until the next
-- start with a key has sealed it.
alter table platform.webhook_secrets
  add column sealed boolean not null default false,
  drop constraint webhook_secrets_secret_is_256_bits_check;
alter table platform.webhook_secrets
  alter column sealed set default true,
  -- version, name of the key, nonce and tag around 256 bits
  add constraint webhook_secrets_secret_is_sealed_check check (length(secret) = case when sealed then 65 else 32 end);
comment on table platform.webhook_secrets is
  'Keys that sign what is sent to a receiver, sealed by the application. Shard class: local.';

drop function platform.new_webhook_secret(uuid, interval);
drop function platform.take_deliveries(uuid, integer, interval);
drop function platform.webhook_signature(uuid, text);
drop function platform.hmac_sha256(bytea, bytea);

create function platform.keep_webhook_secret(webhook uuid, secret bytea, overlap interval) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    return false;
  end if;
  update platform.webhook_secrets s set valid_until = least(s.valid_until, clock_timestamp() + overlap)
   where s.webhook_id = webhook;
  insert into platform.webhook_secrets (webhook_id, secret) values (webhook, keep_webhook_secret.secret);
  return true;
end
$$;
comment on function platform.keep_webhook_secret(uuid, bytea, interval) is
  'Gives a receiver a new, sealed secret; those before stay valid for the overlap. False unless an admin acts.';

create function platform.webhook_keys(webhook uuid) returns bytea[]
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return (select array_agg(s.secret order by s.id desc) from platform.webhook_secrets s
           where s.webhook_id = webhook and (s.valid_until is null or s.valid_until > clock_timestamp()));
comment on function platform.webhook_keys(uuid) is
  'The valid secrets of a receiver, the newest first; 32 bytes are one from before secrets were sealed.';

create function platform.take_deliveries(node uuid, each integer, lease interval)
  returns table (webhook_id uuid, event_id uuid, url text, sent_at bigint, body text, keys bytea[], tries integer)
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
      returning d.event_id, d.tries)
    select receiver.id, t.event_id, receiver.url, floor(extract(epoch from clock_timestamp()))::bigint,
           jsonb_build_object('id', e.id, 'type', e.topic, 'sequence', e.sequence_no, 'data', e.payload, 'timestamp',
             to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text,
           platform.webhook_keys(receiver.id), t.tries
      from taken t join platform.events e on e.id = t.event_id;
  end loop;
end
$$;
comment on function platform.take_deliveries(uuid, integer, interval) is
  'Gives a node what is due, with the secrets to sign it, under a lease: at most so many at once for each receiver, over all nodes.';

create function platform.secrets_to_seal(mark bytea, most integer)
  returns table (purpose text, owner uuid, box bytea, sealed boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select k.purpose, k.owner, k.box, k.sealed from (
    select 'webhooks', s.webhook_id, s.secret, s.sealed from platform.webhook_secrets s
    union all
    select 'second_factors', f.user_id, f.secret, true from identity.second_factors f
  ) k (purpose, owner, box, sealed)
   where substring(k.box from 1 for length(mark)) <> mark or not k.sealed
   limit most;
end;
comment on function platform.secrets_to_seal(bytea, integer) is
  'Secrets that are not sealed under the current key, with whose boxes begin so.';

create function platform.seal_secret(purpose text, owner uuid, before bytea, box bytea) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if purpose = 'webhooks' then
    update platform.webhook_secrets s set secret = box, sealed = true
     where s.webhook_id = owner and s.secret = before;
  else
    update identity.second_factors f set secret = box where f.user_id = owner and f.secret = before;
  end if;
  return found;
end
$$;
comment on function platform.seal_secret(text, uuid, bytea, bytea) is
  'Replaces a secret by itself in another box; false when it is not what it was any more.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['platform.keep_webhook_secret(uuid,bytea,interval)', 'platform.webhook_keys(uuid)',
    'platform.secrets_to_seal(bytea,integer)', 'platform.seal_secret(text,uuid,bytea,bytea)']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
grant execute on function platform.webhook_keys(uuid) to techcourse_loader;
call platform.give_function('platform.take_deliveries(uuid,integer,interval)', 'techcourse_loader');
grant execute on function platform.take_deliveries(uuid, integer, interval), platform.keep_webhook_secret(uuid, bytea, interval),
  platform.secrets_to_seal(bytea, integer), platform.seal_secret(text, uuid, bytea, bytea) to techcourse_app;
