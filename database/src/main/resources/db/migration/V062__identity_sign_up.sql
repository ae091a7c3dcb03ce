-- Becoming a student: an account begins when its e-mail address is proven, so that nobody occupies another's address.
create table identity.sign_ups (
  token_hash bytea not null,
  email extensions.citext not null,
  display_name text not null,
  locale text not null,
  password_hash text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  constraint sign_ups_token_hash_pkey primary key (token_hash),
  constraint sign_ups_token_hash_is_sha256_check check (length(token_hash) = 32),
  constraint sign_ups_email_looks_like_an_address_check
    check (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$' and strpos(email::text, '@') <= 65
      and length(email::text) - strpos(email::text, '@') <= 189),
  constraint sign_ups_display_name_length_check check (length(btrim(display_name)) between 1 and 120),
  constraint sign_ups_locale_is_a_language_tag_check check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  constraint sign_ups_password_hash_is_argon2id_check
    check (password_hash ~ '^\$argon2id\$v=19\$.{20,}$' and length(password_hash) <= 320),
  constraint sign_ups_expire_after_creation_check check (expires_at > created_at)
);
comment on table identity.sign_ups is
  'Sign-ups whose e-mail address is not proven yet; gone when it is, or a day later. Shard class: local.';
create index sign_ups_email_idx on identity.sign_ups (email);
create index sign_ups_expires_at_idx on identity.sign_ups (expires_at);

create table identity.throttles (
  kind text not null,
  subject_hash bytea not null,
  window_began_at timestamptz not null default clock_timestamp(),
  uses integer not null default 1,
  constraint throttles_subject_pkey primary key (kind, subject_hash),
  constraint throttles_kind_is_kebab_case_check check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 60),
  constraint throttles_subject_hash_is_sha256_check check (length(subject_hash) = 32),
  constraint throttles_uses_positive_check check (uses > 0)
);
comment on table identity.throttles is
  'How often an address or an account has lately used what is easily misused, as SHA-256, on any node. Shard class: local.';
-- old windows, to be cleared away
create index throttles_window_began_at_idx on identity.throttles (window_began_at);

do $$
declare
  target regclass;
begin
  foreach target in array array['identity.sign_ups', 'identity.throttles']::regclass[] loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy %I on %s to techcourse_gatekeeper using (true) with check (true)',
      (select relname from pg_catalog.pg_class where oid = target) || '_gatekeeper_policy', target);
    execute format('grant select, insert, update, delete on %s to techcourse_gatekeeper', target);
    insert into platform.shard_plan (table_name, class) values (target::text, 'local');
  end loop;
end
$$;
grant insert (id, email, display_name, locale, email_verified_at), update (email, email_verified_at)
  on identity.users to techcourse_gatekeeper;
grant insert (user_id, role) on identity.user_roles to techcourse_gatekeeper;
grant select (locale) on identity.users to techcourse_gatekeeper;
create policy users_gatekeeper_adds_policy on identity.users for insert to techcourse_gatekeeper with check (true);
create policy users_gatekeeper_edits_policy on identity.users for update to techcourse_gatekeeper using (true) with check (true);
create policy user_roles_gatekeeper_adds_policy on identity.user_roles for insert to techcourse_gatekeeper
  with check (role = 'student');

create function identity.throttle(kind text, subject_hash bytea, most integer, per interval) returns integer
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into identity.throttles as t (kind, subject_hash)
  values (throttle.kind, throttle.subject_hash)
  on conflict on constraint throttles_subject_pkey do update
    set uses = case when t.window_began_at < clock_timestamp() - throttle.per then 1 else least(t.uses, 1000000) + 1 end,
        window_began_at = case when t.window_began_at < clock_timestamp() - throttle.per then clock_timestamp() else t.window_began_at end
  returning case when t.uses > throttle.most
    then greatest(1, ceil(extract(epoch from t.window_began_at + throttle.per - clock_timestamp()))::integer) else 0 end;
end;
comment on function identity.throttle(text, bytea, integer, interval) is
  'Counts a use of what is easily misused: seconds to wait when it was used too often in this time, else 0.';

create function identity.request_sign_up(token_hash bytea, email text, display_name text, locale text, password_hash text,
    details jsonb) returns void
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
declare
  known record;
begin
  delete from identity.sign_ups s where s.expires_at < clock_timestamp();
  insert into identity.sign_ups (token_hash, email, display_name, locale, password_hash, expires_at)
  values (request_sign_up.token_hash, request_sign_up.email::citext, request_sign_up.display_name, request_sign_up.locale,
          request_sign_up.password_hash, clock_timestamp() + interval '1 day');
  select u.id, u.display_name, u.locale into known from identity.users u where u.email = request_sign_up.email::citext;
  if found then
    -- whoever asks learns nothing; whom it concerns does
    delete from identity.sign_ups s where s.token_hash = request_sign_up.token_hash;
    perform identity.queue_mail(known.id, request_sign_up.email, 'account-exists', known.locale,
      jsonb_build_object('name', known.display_name));
  else
    perform identity.queue_mail(null, request_sign_up.email, 'verify-email', request_sign_up.locale, request_sign_up.details);
  end if;
end
$$;
comment on function identity.request_sign_up(bytea, text, text, text, text, jsonb) is
  'Keeps a sign-up until its e-mail address is proven, and writes the letter; an address that has an account is told so by letter instead.';

create function identity.verify_sign_up(token_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
declare
  proven record;
  new_user uuid;
begin
  delete from identity.sign_ups s where s.token_hash = verify_sign_up.token_hash and s.expires_at > clock_timestamp()
    returning s.email, s.display_name, s.locale, s.password_hash into proven;
  if not found then
    raise exception 'This link is unknown, has been used, or is too old.' using errcode = 'TC120',
      hint = 'Ask for a new one.', schema = 'identity', table = 'sign_ups';
  end if;
  new_user := platform.uuid_v7();
  insert into identity.users (id, email, display_name, locale, email_verified_at)
  values (new_user, proven.email, proven.display_name, proven.locale, clock_timestamp());
  insert into identity.user_roles (user_id, role) values (new_user, 'student');
  insert into identity.credentials (user_id, password_hash) values (new_user, proven.password_hash);
  delete from identity.sign_ups s where s.email = proven.email;
  return new_user;
end
$$;
comment on function identity.verify_sign_up(bytea) is
  'Makes the account of a sign-up whose link was followed, once. Errors: TC120 unknown, used or old link; users_email_key when another was faster.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.throttle(text,bytea,integer,interval)',
    'identity.request_sign_up(bytea,text,text,text,text,jsonb)', 'identity.verify_sign_up(bytea)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;

-- whatever the case of the address: the operator is named, because the body was bound where citext's own was not found
create or replace function identity.sign_in_candidate(email text)
  returns table (user_id uuid, display_name text, password_hash text, roles text[])
  language sql stable security definer set search_path = extensions, pg_catalog, pg_temp
begin atomic
  select u.id, u.display_name, c.password_hash,
         array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role)
    from identity.users u
    join identity.credentials c on c.user_id = u.id
   where u.email operator(extensions.=) sign_in_candidate.email::extensions.citext
     and u.status = 'active';
end;
