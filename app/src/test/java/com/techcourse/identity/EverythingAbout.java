package com.techcourse.identity;

import com.techcourse.testing.Academy;
import com.techcourse.testing.Sql;
import java.util.UUID;

/** A person who has written the own name and address wherever the academy lets anybody write. */
record EverythingAbout(UUID id, UUID instructor, UUID course) {

    static final String EMAIL = "Wilhelmina.Zebrowski@unusual.example";
    static final String NAME = "Wilhelmina \"Quill\" Zebrowski";

    static EverythingAbout one(Academy academy, Sql owner, Sql superuser) {
        UUID id = owner.uuid("""
                insert into identity.users (email, display_name, bio, country, external_id, email_verified_at)
                values (?, ?, 'I am ' || ?, 'PL', 'old:' || ?, now()) returning id
                """, EMAIL, NAME, NAME, EMAIL);
        for (String role : new String[] {"student", "instructor", "auditor"}) {
            owner.run("insert into identity.user_roles (user_id, role) values (?, ?)", id, role);
        }
        UUID course = academy.course("49.00");
        learns(academy, superuser, id, course);
        teaches(academy, superuser, id);
        givesAndGets(academy, superuser, id, course);
        signsIn(superuser, id);
        waits(superuser, id);
        return new EverythingAbout(id, academy.instructorOf(course), course);
    }

    private static void learns(Academy academy, Sql superuser, UUID id, UUID course) {
        Academy.Payment payment = academy.purchase(id, course);
        Academy.Attempt attempt = academy.graded(id, academy.quiz(course), "90");
        academy.certificate(attempt);
        academy.refund(payment, course, "1.00");
        superuser.run("alter table sales.refunds disable trigger refunds_reason_append_only");
        superuser.run("update sales.refunds set reason = ? where student_id = ?", NAME + " asks for it", id);
        superuser.run("alter table sales.refunds enable always trigger refunds_reason_append_only");
        superuser.run(
                "update sales.orders set country = 'PL', idempotency_key = ? where student_id = ?",
                "key of " + EMAIL,
                id);
        superuser.run("alter table learning.attempts disable trigger user");
        superuser.run(
                "update learning.attempts set answers = jsonb_build_object('q1', ?::text) where student_id = ?",
                "My name is " + NAME,
                id);
        superuser.run("alter table learning.attempts enable trigger user");
        superuser.run(
                "update learning.certificates set revoked_at = now(), revoked_reason = ? where student_id = ?",
                NAME + " cheated",
                id);
        superuser.run(
                "insert into learning.reviews (student_id, course_id, rating, body) values (?, ?, 4, ?)",
                id,
                course,
                "Write to " + EMAIL);
        superuser.run(
                "insert into learning.events (student_id, kind, payload) values (?, 'searched', jsonb_build_object('words', ?::text))",
                id,
                NAME);
    }

    private static void teaches(Academy academy, Sql superuser, UUID id) {
        UUID own = academy.course(id, "20.00", "published");
        academy.purchase(academy.student(), own);
        superuser.run(
                "insert into identity.instructor_profiles (user_id, display_name, bio) values (?, ?, ?)",
                id,
                NAME,
                EMAIL);
        superuser.run("""
                insert into identity.role_requests (user_id, motivation, status, reason, decided_at, decided_by)
                values (?, ?, 'declined', ?, now(), ?)
                """, id, "I, " + NAME, "Dear " + NAME, academy.admin());
    }

    /** A gift to somebody and one to the person, a seat that the person has, and invitations. */
    private static void givesAndGets(Academy academy, Sql superuser, UUID id, UUID course) {
        UUID friend = academy.student();
        for (UUID[] gift : new UUID[][] {{id, friend}, {friend, id}}) {
            superuser.run("""
                    insert into sales.orders (student_id, currency, purpose, wish_details)
                    values (?, 'EUR', 'gift', jsonb_build_object('gift', jsonb_build_object('recipient_email', ?::text, 'message', ?::text)))
                    """, gift[0], EMAIL, "From or for " + NAME);
            for (UUID holder : new UUID[] {gift[1], null}) {
                superuser.run("""
                        insert into sales.seats (kind, buyer_id, order_id, course_id, seat_no, recipient_email, code_hash, holder_id, held_at)
                        values ('gift', ?, ?, ?, 1, ?, sha256(gen_random_uuid()::text::bytea), ?, case when ?::uuid is not null then now() end)
                        """, gift[0], UUID.randomUUID(), course, EMAIL, holder, holder);
            }
        }
        superuser.run(
                "insert into sales.organisations (name, creator_id, creator_no, manager_ids) values ('Team', ?, 1, array[?::uuid])",
                friend,
                friend);
        superuser.run(
                "insert into sales.organisation_managers (organisation_id, user_id, email, joined_at) select id, ?, ?, now() from sales.organisations",
                id,
                "old." + EMAIL);
        superuser.run(
                "insert into sales.organisation_managers (organisation_id, user_id, joined_at) select id, ?, now() from sales.organisations",
                friend);
        superuser.run(
                "insert into sales.organisation_managers (organisation_id, email) select id, ? from sales.organisations",
                EMAIL);
    }

    private static void signsIn(Sql superuser, UUID id) {
        superuser.run(
                "insert into identity.credentials (user_id, password_hash) values (?, '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAEC')",
                id);
        superuser.run("""
                insert into identity.sessions (token_hash, user_id, acting_role, expires_at, user_agent, address)
                values (sha256('s'), ?, 'student', now() + interval '1 day', ?, '192.0.2.7')
                """, id, "Browser of " + NAME);
        superuser.run("""
                insert into identity.api_tokens (user_id, acting_role, name, token_hash, scopes, expires_at)
                values (?, 'student', ?, sha256('t'), '{identity:read}', now() + interval '1 day')
                """, id, NAME);
        superuser.run(
                "insert into identity.second_factors (user_id, kind, secret) values (?, 'totp', ?::bytea)", id, EMAIL);
        superuser.run("insert into identity.recovery_codes (user_id, code_hash) values (?, sha256('r'))", id);
        superuser.run(
                "insert into identity.external_identities (issuer, subject, user_id) values ('https://login.example', ?, ?)",
                EMAIL,
                id);
        superuser.run("""
                insert into identity.provider_sign_ins (token_hash, provider, next_path, stage, user_id, issuer, subject)
                values (sha256('p'), 'acme', '', 'link', ?, 'https://login.example', ?)
                """, id, EMAIL);
        superuser.run("""
                insert into identity.one_time_tokens (token_hash, user_id, purpose, new_email, expires_at)
                values (sha256('o'), ?, 'change_email', ?, now() + interval '1 day')
                """, id, "new." + EMAIL);
        superuser.run("""
                insert into identity.mails (user_id, recipient, template, locale, details)
                select person, ?, 'verify-email', 'en', jsonb_build_object('name', ?::text)
                  from unnest(array[?::uuid, null]) person
                """, EMAIL, NAME, id);
        superuser.run("""
                insert into identity.sign_ups (token_hash, email, display_name, locale, password_hash, expires_at)
                select sha256('s'), ?, ?, 'en', '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw', now() + interval '1 day'
                """, EMAIL, NAME);
        superuser.run(
                "insert into identity.sign_in_failures (subject_kind, subject_hash) values ('account', sha256(convert_to(lower(?), 'UTF8')))",
                EMAIL);
    }

    private static void waits(Sql superuser, UUID id) {
        superuser.run(
                "insert into platform.jobs (kind, payload, last_error) values ('greet', jsonb_build_object('to', ?::text, 'name', ?::text), ?)",
                EMAIL,
                NAME,
                "no such mailbox: " + EMAIL);
        superuser.run(
                "insert into platform.outbox (topic, subject_id, payload) values ('user.created.v1', ?, jsonb_build_object('user_id', ?::text, 'who', ?::text))",
                id,
                id,
                NAME.toUpperCase(java.util.Locale.ROOT));
        superuser.run(
                "insert into platform.student_outbox (student_id, topic, subject_id, payload) values (?, 'review.posted.v1', ?, jsonb_build_object('who', ?::text))",
                id,
                id,
                NAME);
        superuser.run(
                "insert into platform.events (id, sequence_no, topic, subject_id, payload, occurred_at) values (platform.uuid_v7(), 1, 'user.created.v1', ?, jsonb_build_object('who', ?::text), now())",
                id,
                NAME);
    }
}
