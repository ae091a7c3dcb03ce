-- Letters to people, written in the transaction of what they tell, sent by any node afterwards.
create table identity.mails (
  id uuid not null default platform.uuid_v7(),
  user_id uuid,
  recipient extensions.citext not null,
  template text not null,
  locale text not null,
  details jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  next_try_at timestamptz not null default clock_timestamp(),
  tries integer not null default 0,
  sent_at timestamptz,
  given_up_at timestamptz,
  last_error text,
  constraint mails_id_pkey primary key (id),
  constraint mails_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint mails_recipient_looks_like_an_address_check
    check (recipient::text ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(recipient::text) <= 254),
  constraint mails_template_is_kebab_case_check check (template ~ '^[a-z]+(-[a-z]+)*$' and length(template) <= 60),
  constraint mails_locale_is_a_language_tag_check check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  constraint mails_details_is_object_check check (jsonb_typeof(details) = 'object'),
  constraint mails_tries_not_negative_check check (tries >= 0),
  constraint mails_last_error_length_check check (length(last_error) <= 500),
  constraint mails_sent_or_given_up_check check (sent_at is null or given_up_at is null),
  -- links in letters are secrets: once sent, or never to be, nothing of them stays
  constraint mails_done_keeps_no_details_check check ((sent_at is null and given_up_at is null) or details = '{}')
);
comment on table identity.mails is
  'Letters by e-mail, each in the transaction of what it tells; what they say goes once they are sent. Shard class: local.';
-- letters to send, the next first
create index mails_waiting_idx on identity.mails (next_try_at) where sent_at is null and given_up_at is null;
create index mails_user_id_idx on identity.mails (user_id) where user_id is not null;
-- old letters, to be cleared away
create index mails_created_at_idx on identity.mails using brin (created_at);

do $$
begin
  alter table identity.mails enable row level security;
  alter table identity.mails force row level security;
  create policy mails_gatekeeper_policy on identity.mails to techcourse_gatekeeper using (true) with check (true);
  grant select, insert, update, delete on identity.mails to techcourse_gatekeeper;
  insert into platform.shard_plan (table_name, class) values ('identity.mails', 'local');
end
$$;

create function identity.queue_mail(user_id uuid, recipient text, template text, locale text, details jsonb) returns uuid
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into identity.mails (user_id, recipient, template, locale, details)
  values (queue_mail.user_id, queue_mail.recipient::extensions.citext, queue_mail.template, queue_mail.locale, queue_mail.details)
  returning id;
end;
comment on function identity.queue_mail(uuid, text, text, text, jsonb) is
  'Writes a letter to be sent after this transaction: to whom, by which template, in which language, with which details.';

create function identity.take_mails(most integer, lease interval)
  returns table (id uuid, recipient text, template text, locale text, details jsonb, tries integer)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update identity.mails m
     set next_try_at = clock_timestamp() + take_mails.lease, tries = m.tries + 1
   where m.id in (select w.id from identity.mails w
                   where w.sent_at is null and w.given_up_at is null and w.next_try_at <= clock_timestamp()
                   order by w.next_try_at limit take_mails.most
                     for update skip locked)
  returning m.id, m.recipient::text, m.template, m.locale, m.details, m.tries;
end;
comment on function identity.take_mails(integer, interval) is
  'Hands out letters that are due, each to one node; it is due again after the lease, should that node die.';

create function identity.mail_sent(mail_id uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update identity.mails m set sent_at = clock_timestamp(), details = '{}', last_error = null
   where m.id = mail_sent.mail_id and m.sent_at is null;
end;
comment on function identity.mail_sent(uuid) is 'The mail server has taken the letter; what it said is forgotten.';

create function identity.mail_failed(mail_id uuid, error text, most_tries integer) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update identity.mails m
     set last_error = left(mail_failed.error, 500),
         given_up_at = case when m.tries >= mail_failed.most_tries then clock_timestamp() end,
         details = case when m.tries >= mail_failed.most_tries then '{}' else m.details end,
         next_try_at = clock_timestamp() + least(interval '5 seconds' * 2 ^ least(m.tries, 12), interval '1 hour')
   where m.id = mail_failed.mail_id and m.sent_at is null and m.given_up_at is null
  returning m.given_up_at is not null;
end;
comment on function identity.mail_failed(uuid, text, integer) is
  'The letter could not be handed over: it is due again after 10, 20, 40 .. seconds, at most an hour, or given up after so many tries (true).';

create function identity.clear_mails(older_than interval) returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with cleared as (
    delete from identity.mails m where m.created_at < clock_timestamp() - clear_mails.older_than returning 1)
  select count(*) from cleared;
end;
comment on function identity.clear_mails(interval) is 'Removes letters older than that, sent or not; answers how many.';

create function identity.waiting_mails()
  returns table (id uuid, recipient text, template text, locale text, details jsonb, created_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.recipient::text, m.template, m.locale, m.details, m.created_at
    from identity.mails m
   where m.sent_at is null and m.given_up_at is null
   order by m.id desc limit 50;
end;
comment on function identity.waiting_mails() is
  'Letters that wait, the newest first: the outbox that a demo shows in place of a mail server.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.queue_mail(uuid,text,text,text,jsonb)', 'identity.take_mails(integer,interval)',
    'identity.mail_sent(uuid)', 'identity.mail_failed(uuid,text,integer)', 'identity.clear_mails(interval)',
    'identity.waiting_mails()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;
