-- What is to be told to the outside: events, webhooks, letters.
-- techcourse_outbox_waiting: Facts that are written down and not collected yet as events.
-- techcourse_outbox_waiting_longest_seconds: How long the oldest of them waits.
-- techcourse_webhooks_waiting: Deliveries to receivers that are due.
-- techcourse_webhooks_waiting_longest_seconds: How long the oldest of them has been due.
-- techcourse_webhooks_failed_receivers: Receivers that were switched off because they failed for too long.
-- techcourse_letters_waiting: Letters that are neither sent nor given up.
-- techcourse_letters_waiting_longest_seconds: How long the oldest of them waits.
with facts as (
  select count(*) as number, min(created_at) as oldest_at from (
    (select o.created_at from platform.outbox o order by o.created_at limit 10000)
    union all
    (select s.created_at from platform.student_outbox s limit 100000)) f
), deliveries as (
  select count(*) as number, min(d.next_try_at) as oldest_at from platform.webhook_deliveries d
    join platform.webhooks w on w.id = d.webhook_id and w.active
   where d.state = 'waiting' and d.next_try_at <= clock_timestamp()
), letters as (
  select count(*) as number, min(m.created_at) as oldest_at from identity.mails m where m.sent_at is null and m.given_up_at is null
)
select f.number as techcourse_outbox_waiting,
       coalesce(extract(epoch from clock_timestamp() - f.oldest_at), 0) as techcourse_outbox_waiting_longest_seconds,
       d.number as techcourse_webhooks_waiting,
       coalesce(extract(epoch from clock_timestamp() - d.oldest_at), 0) as techcourse_webhooks_waiting_longest_seconds,
       (select count(*) from platform.webhooks w where w.disabled_at is not null and not w.active) as techcourse_webhooks_failed_receivers,
       l.number as techcourse_letters_waiting,
       coalesce(extract(epoch from clock_timestamp() - l.oldest_at), 0) as techcourse_letters_waiting_longest_seconds
  from facts f, deliveries d, letters l
