-- Signing in by an OpenID Connect provider. What a browser begins on one node, any node ends: the browser keeps one
-- secret, from which state, nonce and PKCE verifier are derived; the database keeps its SHA-256, and what the provider
-- has said meanwhile. An account elsewhere is linked to one here only when its person confirms that in the same browser.
alter table identity.external_identities add column id uuid not null default platform.uuid_v7();
-- a link's name, by which its person ends it; the change log keeps it too, never the subject
alter table identity.external_identities add constraint external_identities_id_key unique (id);
alter table identity.external_identities add column provider text not null default '';
alter table identity.external_identities add constraint external_identities_provider_length_check check (length(provider) <= 40);

create table identity.provider_sign_ins (
  token_hash bytea not null,
  provider text not null,
  next_path text not null,
  stage text not null default 'away',
  user_id uuid,
  issuer text,
  subject text,
  letter_hash bytea,
  expires_at timestamptz not null default clock_timestamp() + interval '10 minutes',
  constraint provider_sign_ins_token_hash_pkey primary key (token_hash),
  constraint provider_sign_ins_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint provider_sign_ins_token_hash_is_sha256_check check (length(token_hash) = 32),
  constraint provider_sign_ins_letter_hash_is_sha256_check check (length(letter_hash) = 32),
  constraint provider_sign_ins_provider_length_check check (length(provider) between 1 and 40),
  constraint provider_sign_ins_next_path_length_check check (length(next_path) <= 500),
  constraint provider_sign_ins_stage_check check (stage in ('away', 'back', 'code', 'link')),
  -- who it is, is known once the provider has said it and something is still to be done
  constraint provider_sign_ins_person_by_stage_check
    check ((stage in ('code', 'link')) = (user_id is not null) and (stage = 'link') = (subject is not null)),
  constraint provider_sign_ins_issuer_with_subject_check check ((issuer is null) = (subject is null)),
  constraint provider_sign_ins_issuer_length_check check (length(issuer) <= 300),
  constraint provider_sign_ins_subject_length_check check (length(subject) between 1 and 255)
);
comment on table identity.provider_sign_ins is
  'Sign-ins by a provider that are not over: the browser is there, or a code or a confirmation is awaited. Shard class: local.';
create index provider_sign_ins_expires_at_idx on identity.provider_sign_ins (expires_at);
create index provider_sign_ins_user_id_idx on identity.provider_sign_ins (user_id) where user_id is not null;

do $$
begin
  alter table identity.provider_sign_ins enable row level security;
  alter table identity.provider_sign_ins force row level security;
  create policy provider_sign_ins_gatekeeper_policy on identity.provider_sign_ins to techcourse_gatekeeper
    using (true) with check (true);
  grant select, insert, update, delete on identity.provider_sign_ins to techcourse_gatekeeper;
  insert into platform.shard_plan (table_name, class) values ('identity.provider_sign_ins', 'local');
  call audit.watch('identity.external_identities', 'id', 'user_id,provider');
end
$$;

create function identity.begin_provider_sign_in(token_hash bytea, provider text, next_path text) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  delete from identity.provider_sign_ins s
   where s.token_hash in (select old.token_hash from identity.provider_sign_ins old
                           where old.expires_at <= clock_timestamp() limit 100 for update skip locked);
  insert into identity.provider_sign_ins (token_hash, provider, next_path)
  values (begin_provider_sign_in.token_hash, begin_provider_sign_in.provider, begin_provider_sign_in.next_path);
end;
comment on function identity.begin_provider_sign_in(bytea, text, text) is 'Remembers for ten minutes that a browser went to a provider.';

create function identity.return_from_provider(token_hash bytea, provider text) returns text
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update identity.provider_sign_ins s set stage = 'back'
   where s.token_hash = return_from_provider.token_hash and s.provider = return_from_provider.provider
     and s.stage = 'away' and s.expires_at > clock_timestamp()
  returning s.next_path;
end;
comment on function identity.return_from_provider(bytea, text) is
  'Where a browser that comes back from a provider wanted to go, once; null when it never went there, came back before, or too late.';

create function identity.awaits_code(token_hash bytea) returns table (user_id uuid, roles text[], next_path text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select s.user_id, array(select r.role::text from identity.user_roles r where r.user_id = s.user_id order by r.role), s.next_path
    from identity.provider_sign_ins s join identity.users u on u.id = s.user_id and u.status = 'active'
   where s.token_hash = awaits_code.token_hash and s.stage = 'code' and s.expires_at > clock_timestamp();
end;
comment on function identity.awaits_code(bytea) is
  'Whom a provider has signed in at this browser, who has yet to show a second factor; no row for nobody.';

create function identity.end_provider_sign_in(token_hash bytea) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with ended as (delete from identity.provider_sign_ins s where s.token_hash = end_provider_sign_in.token_hash returning 1)
  select exists (select from ended);
end;
comment on function identity.end_provider_sign_in(bytea) is 'Forgets a sign-in by a provider, once: false for whoever comes second.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['identity.begin_provider_sign_in(bytea,text,text)', 'identity.return_from_provider(bytea,text)',
    'identity.awaits_code(bytea)', 'identity.end_provider_sign_in(bytea)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_gatekeeper');
  end loop;
end
$$;

create or replace function identity.erase_proofs(who uuid, address text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from identity.sessions s where s.user_id = who;
  delete from identity.api_tokens t where t.user_id = who;
  delete from identity.credentials c where c.user_id = who;
  delete from identity.second_factors f where f.user_id = who;
  delete from identity.recovery_codes c where c.user_id = who;
  delete from identity.external_identities e where e.user_id = who;
  delete from identity.provider_sign_ins s where s.user_id = who;
  delete from identity.one_time_tokens t where t.user_id = who;
  delete from identity.mails m where m.user_id = who or m.recipient operator(extensions.=) address::extensions.citext;
  delete from identity.sign_ups s where s.email operator(extensions.=) address::extensions.citext;
  delete from identity.throttles t where t.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
  delete from identity.sign_in_failures f
   where f.subject_kind = 'account' and f.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
end
$$;
