-- Proofs of identity. Only hashes are kept; nothing here lets a reader of the database sign in.
create table identity.credentials (
  user_id uuid not null,
  password_hash text not null,
  changed_at timestamptz not null default clock_timestamp(),
  constraint credentials_user_id_pkey primary key (user_id),
  constraint credentials_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint credentials_password_hash_is_argon2id_check
    check (password_hash ~ '^\$argon2id\$v=19\$.{20,}$' and length(password_hash) <= 320)
);
comment on table identity.credentials is 'The password of a user as an Argon2id hash (RFC 9106). Shard class: local.';

create table identity.second_factors (
  user_id uuid not null,
  kind text not null,
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint,
  created_at timestamptz not null default clock_timestamp(),
  constraint second_factors_user_id_kind_pkey primary key (user_id, kind),
  constraint second_factors_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint second_factors_kind_check check (kind in ('totp')),
  constraint second_factors_secret_length_check check (length(secret) between 16 and 512)
);
comment on table identity.second_factors is
  'Second factors (TOTP, RFC 6238); the secret is encrypted by the application. Shard class: local.';

create table identity.recovery_codes (
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_codes_user_id_code_hash_pkey primary key (user_id, code_hash),
  constraint recovery_codes_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint recovery_codes_code_hash_is_sha256_check check (length(code_hash) = 32)
);
comment on table identity.recovery_codes is 'One-time codes for a lost second factor, as SHA-256. Shard class: local.';

create table identity.external_identities (
  issuer text not null,
  subject text not null,
  user_id uuid not null,
  linked_at timestamptz not null default clock_timestamp(),
  constraint external_identities_issuer_subject_pkey primary key (issuer, subject),
  constraint external_identities_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint external_identities_issuer_is_https_check check (issuer ~ '^https?://' and length(issuer) <= 300),
  constraint external_identities_subject_length_check check (length(subject) between 1 and 255)
);
comment on table identity.external_identities is
  'Accounts at OpenID Connect providers, by issuer and subject. Shard class: local.';
create index external_identities_user_id_idx on identity.external_identities (user_id);

create table identity.sessions (
  token_hash bytea not null,
  user_id uuid not null,
  acting_role identity.role_name not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  user_agent text not null default '',
  address inet,
  constraint sessions_token_hash_pkey primary key (token_hash),
  -- a session acts only as a role that its user holds; losing the role ends the session
  constraint sessions_user_id_acting_role_fkey foreign key (user_id, acting_role)
    references identity.user_roles (user_id, role) on delete cascade,
  constraint sessions_token_hash_is_sha256_check check (length(token_hash) = 32),
  constraint sessions_expire_after_creation_check check (expires_at > created_at),
  constraint sessions_user_agent_length_check check (length(user_agent) <= 300)
);
comment on table identity.sessions is
  'Signed-in browsers, found by the SHA-256 of their token, on any node. Shard class: local.';
create index sessions_user_id_idx on identity.sessions (user_id, acting_role);
-- expired sessions, to be cleared away
create index sessions_expires_at_idx on identity.sessions (expires_at);

create table identity.api_tokens (
  id uuid not null default platform.uuid_v7(),
  user_id uuid not null,
  acting_role identity.role_name not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  constraint api_tokens_id_pkey primary key (id),
  constraint api_tokens_token_hash_key unique (token_hash),
  constraint api_tokens_user_id_name_key unique (user_id, name),
  constraint api_tokens_user_id_acting_role_fkey foreign key (user_id, acting_role)
    references identity.user_roles (user_id, role) on delete cascade,
  constraint api_tokens_name_length_check check (length(btrim(name)) between 1 and 100),
  constraint api_tokens_token_hash_is_sha256_check check (length(token_hash) = 32),
  constraint api_tokens_scopes_not_empty_check check (cardinality(scopes) between 1 and 50),
  constraint api_tokens_expire_after_creation_check check (expires_at > created_at)
);
comment on table identity.api_tokens is
  'Tokens for programs: hashed, named, scoped, expiring, revocable. Shard class: local.';
create index api_tokens_user_id_acting_role_idx on identity.api_tokens (user_id, acting_role);

create table identity.one_time_tokens (
  token_hash bytea not null,
  user_id uuid not null,
  purpose text not null,
  new_email extensions.citext,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_time_tokens_token_hash_pkey primary key (token_hash),
  constraint one_time_tokens_user_id_fkey foreign key (user_id) references identity.users (id) on delete cascade,
  constraint one_time_tokens_token_hash_is_sha256_check check (length(token_hash) = 32),
  constraint one_time_tokens_purpose_check
    check (purpose in ('verify_email', 'reset_password', 'change_email', 'link_identity')),
  constraint one_time_tokens_new_email_looks_like_an_address_check
    check (new_email::text ~ '^[^@[:space:]]{1,64}@[^@[:space:]]{1,189}$'),
  constraint one_time_tokens_new_email_only_for_change_check check ((purpose = 'change_email') = (new_email is not null)),
  constraint one_time_tokens_expire_after_creation_check check (expires_at > created_at)
);
comment on table identity.one_time_tokens is
  'Links sent by e-mail, as SHA-256: verification, password reset, change of e-mail. Shard class: local.';
create index one_time_tokens_user_id_idx on identity.one_time_tokens (user_id);

create table identity.sign_in_failures (
  subject_kind text not null,
  subject_hash bytea not null,
  failures integer not null default 1,
  last_failed_at timestamptz not null default clock_timestamp(),
  blocked_until timestamptz,
  constraint sign_in_failures_subject_pkey primary key (subject_kind, subject_hash),
  constraint sign_in_failures_subject_kind_check check (subject_kind in ('account', 'address')),
  constraint sign_in_failures_subject_hash_is_sha256_check check (length(subject_hash) = 32),
  constraint sign_in_failures_failures_positive_check check (failures > 0)
);
comment on table identity.sign_in_failures is
  'Wrong guesses per account and per network address, both as SHA-256, so that neither a restart nor another node forgets them. Shard class: local.';
