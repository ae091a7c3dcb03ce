-- What each column of the room identity means. "Personal data." marks what erasing a person must remove;
-- "Secret." marks what must never be shown, logged or exported. Ids only point at a person and carry neither mark.
comment on column identity.users.id is 'Key, UUIDv7; stays the same for ever, after an erasure too.';
comment on column identity.users.email is 'Address for sign-in and mail, compared without regard to case; erased-<id>@erased.invalid after an erasure. Personal data.';
comment on column identity.users.display_name is 'Name as the person wants to be called; "Erased user" after an erasure. Personal data.';
comment on column identity.users.bio is 'A few words about oneself, plain text; empty when there are none. Personal data.';
comment on column identity.users.country is 'Country of residence as the person says; null when unsaid. Personal data.';
comment on column identity.users.locale is 'Language of pages and mails, a tag such as en or pt-BR.';
comment on column identity.users.status is 'active; suspended: may not sign in; erased: personal data is gone for good.';
comment on column identity.users.email_verified_at is 'When the person last proved to read mail at the address; null before.';
comment on column identity.users.email_changed_at is 'When the account last got another address, by the database''s clock; null: it has its first.';
comment on column identity.users.created_at is 'Moment of the sign-up; the month of a cohort.';
comment on column identity.users.updated_at is 'Last change of the row, stamped by a trigger.';
comment on column identity.users.erased_at is 'Moment of the erasure; set exactly when status is erased.';
comment on column identity.users.external_id is 'The person in an imported source, as <source>:<id there>; null for own sign-ups. Personal data.';

comment on column identity.user_roles.user_id is 'Who may act.';
comment on column identity.user_roles.role is 'As what; a request acts as one role at a time.';
comment on column identity.user_roles.granted_by is 'Admin who gave the role; null where the academy itself did (sign-up, import, seed).';
comment on column identity.user_roles.granted_at is 'Since when; the change log keeps earlier grants and withdrawals.';

comment on column identity.instructor_profiles.user_id is 'The instructor.';
comment on column identity.instructor_profiles.display_name is 'Name on course pages, readable by everyone; may differ from the account''s. Personal data.';
comment on column identity.instructor_profiles.bio is 'Text on course pages, readable by everyone, Markdown. Personal data.';

comment on column identity.role_requests.id is 'Key, UUIDv7.';
comment on column identity.role_requests.user_id is 'Who asks.';
comment on column identity.role_requests.role is 'For which role; so far only instructor is asked for.';
comment on column identity.role_requests.motivation is 'Why, in the person''s own words, plain text. Personal data.';
comment on column identity.role_requests.status is 'open, approved, declined, or withdrawn by whoever asked.';
comment on column identity.role_requests.reason is 'What the admin answered; always there when declined, else null when nothing was said. Personal data.';
comment on column identity.role_requests.requested_at is 'Moment of the request.';
comment on column identity.role_requests.decided_at is 'Moment of the decision or withdrawal; null while open.';
comment on column identity.role_requests.decided_by is 'The admin who decided; null while open and when withdrawn.';

comment on column identity.credentials.user_id is 'Whose password.';
comment on column identity.credentials.password_hash is 'Argon2id in PHC format with salt and cost; the password itself is nowhere. Secret.';
comment on column identity.credentials.changed_at is 'When the password was last set.';

comment on column identity.second_factors.user_id is 'Whose second factor.';
comment on column identity.second_factors.kind is 'totp: six digits from an authenticator app.';
comment on column identity.second_factors.secret is 'Shared key, encrypted by the application with a key that is not in the database. Secret.';
comment on column identity.second_factors.confirmed_at is 'When the first right code was given; null: not asked for at sign-in yet.';
comment on column identity.second_factors.last_step is 'Newest 30-second step (since 1970) whose code was used, so that no code works twice; null before the first.';
comment on column identity.second_factors.created_at is 'When the set-up began.';
comment on column identity.second_factors.recovery_codes_renewed_at is 'When new recovery codes last replaced the old ones; null: they are the first.';
comment on column identity.second_factors.proven_in is 'The transaction in which a code was last spent: what needs a code looks whether it is the own one; null before the first.';

comment on column identity.recovery_codes.user_id is 'Whose code.';
comment on column identity.recovery_codes.code_hash is 'SHA-256 of the code. Secret.';
comment on column identity.recovery_codes.used_at is 'When the code was spent; null while it is good.';

comment on column identity.external_identities.issuer is 'The provider: its OpenID Connect issuer address.';
comment on column identity.external_identities.subject is 'The provider''s own id of the account (claim sub). Personal data.';
comment on column identity.external_identities.user_id is 'The user that signs in by it.';
comment on column identity.external_identities.linked_at is 'When the account was linked.';

comment on column identity.external_identities.id is 'Name of the link for its person and for the change log, UUIDv7.';
comment on column identity.external_identities.provider is 'Short name of the provider in the configuration, when it was linked.';

comment on column identity.provider_sign_ins.token_hash is 'SHA-256 of the secret that the browser keeps; state, nonce and verifier come from that secret. Secret.';
comment on column identity.provider_sign_ins.provider is 'Short name of the provider in the configuration.';
comment on column identity.provider_sign_ins.next_path is 'Page of ours to go on to; empty for the usual one.';
comment on column identity.provider_sign_ins.stage is 'away: the browser is at the provider; back: it came back, once; code: a second factor is awaited; link: a confirmation is awaited.';
comment on column identity.provider_sign_ins.user_id is 'Who would sign in, or whose account would be linked; null before the provider has said it.';
comment on column identity.provider_sign_ins.issuer is 'The provider that would be linked: its OpenID Connect issuer address.';
comment on column identity.provider_sign_ins.subject is 'The provider''s own id of the account that would be linked (claim sub). Personal data.';
comment on column identity.provider_sign_ins.letter_hash is 'SHA-256 of the link in the letter that asks; null: there is no letter. Secret.';
comment on column identity.provider_sign_ins.expires_at is 'From here on it is too late.';

comment on column identity.sessions.token_hash is 'SHA-256 of the cookie''s token; the token itself is only in the browser. Secret.';
comment on column identity.sessions.user_id is 'Who is signed in.';
comment on column identity.sessions.acting_role is 'The one role that this browser acts as; losing the role ends the session.';
comment on column identity.sessions.created_at is 'When the person signed in; acting as another role is no sign-in.';
comment on column identity.sessions.expires_at is 'From here on the token stands for nobody.';
comment on column identity.sessions.user_agent is 'What the browser says of itself, cut at 300 characters, so that a person knows the own sessions. Personal data.';
comment on column identity.sessions.address is 'Network address of the sign-in; null when unknown. Personal data.';
comment on column identity.sessions.second_factor_at is 'When a second factor was shown for this session, or one before it in the same browser; null: never.';

comment on column identity.api_tokens.id is 'Key, UUIDv7; names the token in lists and logs.';
comment on column identity.api_tokens.user_id is 'For whom the program acts.';
comment on column identity.api_tokens.acting_role is 'The one role that the program acts as; losing the role ends the token.';
comment on column identity.api_tokens.name is 'What the owner calls it, unique among the own tokens. Personal data.';
comment on column identity.api_tokens.token_hash is 'SHA-256 of the token, which was shown once. Secret.';
comment on column identity.api_tokens.scopes is 'What the token may do, such as courses:read; less than the role, never more.';
comment on column identity.api_tokens.created_at is 'When it was made.';
comment on column identity.api_tokens.expires_at is 'From here on it is refused.';
comment on column identity.api_tokens.revoked_at is 'When it was taken back; null while it is good.';
comment on column identity.api_tokens.last_used_at is 'Latest use; null before the first.';

comment on column identity.one_time_tokens.token_hash is 'SHA-256 of the token in the link. Secret.';
comment on column identity.one_time_tokens.user_id is 'For whom the link is good.';
comment on column identity.one_time_tokens.purpose is 'What the link does: verify_email, reset_password, change_email or link_identity.';
comment on column identity.one_time_tokens.new_email is 'The address to change to; only for change_email. Personal data.';
comment on column identity.one_time_tokens.created_at is 'When the mail was ordered.';
comment on column identity.one_time_tokens.expires_at is 'From here on the link is refused.';
comment on column identity.one_time_tokens.used_at is 'When the link was followed; null before. It works once.';

comment on column identity.sign_in_failures.subject_kind is 'What was guessed at: an account, or from where: an address.';
comment on column identity.sign_in_failures.subject_hash is 'SHA-256 of the e-mail address or network address, so that the table names nobody.';
comment on column identity.sign_in_failures.failures is 'Wrong guesses in a row; begins anew after a day without one.';
comment on column identity.sign_in_failures.last_failed_at is 'The latest of them.';
comment on column identity.sign_in_failures.blocked_until is 'No guess is looked at before this moment; null while there is no wait.';

comment on column identity.sessions.id is 'By which the person names the session to end it; says nothing about the token.';

comment on column identity.mails.id is 'Key, and Message-ID of the letter, the same each time it is sent.';
comment on column identity.mails.user_id is 'Whose letter; null while there is no account yet. An erasure removes it.';
comment on column identity.mails.recipient is 'Address that it goes to. Personal data.';
comment on column identity.mails.template is 'Which letter: mail.<template>.subject and .text of the message files.';
comment on column identity.mails.locale is 'Language in which it is written.';
comment on column identity.mails.details is 'Name and link of the letter; empty once it is sent or given up. Personal data.';
comment on column identity.mails.created_at is 'When it was written; cleared away 30 days later.';
comment on column identity.mails.next_try_at is 'When it is due, or due again.';
comment on column identity.mails.tries is 'How often it was handed to a node to be sent.';
comment on column identity.mails.sent_at is 'When the mail server took it; null before.';
comment on column identity.mails.given_up_at is 'When the last try failed; null while there is hope.';
comment on column identity.mails.last_error is 'Kind of the last failure, without the server''s words; null without one.';

comment on column identity.sign_ups.token_hash is 'SHA-256 of the token in the letter''s link. Secret.';
comment on column identity.sign_ups.email is 'Address to prove. Personal data.';
comment on column identity.sign_ups.display_name is 'Name as the person wants to be called. Personal data.';
comment on column identity.sign_ups.locale is 'Language of pages and mails.';
comment on column identity.sign_ups.password_hash is 'Argon2id in PHC format, for the account to come. Secret.';
comment on column identity.sign_ups.created_at is 'When the person signed up.';
comment on column identity.sign_ups.expires_at is 'When the link ends, a day later; the row goes with the next sign-up.';

comment on column identity.throttles.kind is 'What is counted, such as sign-up or password-reset-mail.';
comment on column identity.throttles.subject_hash is 'SHA-256 of a network address or an e-mail address.';
comment on column identity.throttles.window_began_at is 'When the count began.';
comment on column identity.throttles.uses is 'How often since then.';
