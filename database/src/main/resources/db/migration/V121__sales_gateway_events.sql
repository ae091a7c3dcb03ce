-- What a gateway tells us by itself, each event once: it sends again what was not taken, sometimes twice, in any order.
create table sales.gateway_events (
  gateway text not null,
  event_id text not null,
  kind text not null,
  received_at timestamptz not null default clock_timestamp(),
  handled_at timestamptz,
  constraint gateway_events_gateway_event_id_pkey primary key (gateway, event_id),
  constraint gateway_events_gateway_check check (gateway ~ '^[a-z][a-z0-9_]{1,30}$'),
  constraint gateway_events_event_id_length_check check (length(event_id) between 1 and 200),
  constraint gateway_events_kind_length_check check (length(kind) between 1 and 200)
);
comment on table sales.gateway_events is
  'Events that a gateway sent, by their ids: what was handled is not handled again. Shard class: local.';
-- cleared away
create index gateway_events_received_at_idx on sales.gateway_events (received_at);
call platform.protect('sales.gateway_events');
grant delete on sales.gateway_events to techcourse_loader;
insert into platform.shard_plan (table_name, class) values ('sales.gateway_events', 'local');

create function sales.begin_gateway_event(gateway text, event_id text, kind text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  insert into sales.gateway_events (gateway, event_id, kind)
  values (begin_gateway_event.gateway, begin_gateway_event.event_id, begin_gateway_event.kind)
  on conflict on constraint gateway_events_gateway_event_id_pkey do nothing;
  return exists (select from sales.gateway_events e
    where e.gateway = begin_gateway_event.gateway and e.event_id = begin_gateway_event.event_id and e.handled_at is null);
end
$$;
comment on function sales.begin_gateway_event(text, text, text) is
  'Keeps the id of a gateway''s event; whether it is still to be handled.';

create function sales.end_gateway_event(gateway text, event_id text) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update sales.gateway_events e set handled_at = clock_timestamp()
   where e.gateway = end_gateway_event.gateway and e.event_id = end_gateway_event.event_id and e.handled_at is null;
end;
comment on function sales.end_gateway_event(text, text) is 'A gateway''s event is handled.';

create function sales.forget_gateway_events() returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with gone as (
    delete from sales.gateway_events e where e.received_at < clock_timestamp() - interval '90 days' returning e.event_id)
  select count(*) from gone;
end;
comment on function sales.forget_gateway_events() is
  'Clears the ids of events away after 90 days, longer than any gateway sends them again; says how many.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.begin_gateway_event(text,text,text)', 'sales.end_gateway_event(text,text)',
    'sales.forget_gateway_events()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
