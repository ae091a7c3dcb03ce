package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every change of the ways into an account: a letter to its person and a row of the change log, with the fact or not at all. */
class AccountLettersTest extends WithAcademy {

    private static final String STEP = "floor(extract(epoch from clock_timestamp()) / 30)::bigint";
    private static final String HASH = "'$argon2id$v=19$' || repeat('x', 40)";

    private List<@Nullable Object> as(UUID user, String statement, @Nullable Object... values) {
        return as(user, "visitor", sql -> sql.run(statement, values));
    }

    private static List<@Nullable Object> with(Sql sql, UUID user, String code, String statement) {
        sql.run("select identity.prove_second_factor(?, null, sha256(?::bytea))", user, code);
        return sql.run(statement);
    }

    private List<@Nullable Object> letters(UUID user) {
        return gatekeeper("select template from identity.mails where user_id = '" + user + "' order by id");
    }

    private List<@Nullable Object> kept(UUID user) {
        return owner.run("""
                select relation || ' ' || action from audit.change_log
                 where coalesce(row_key ->> 'user_id', new_values ->> 'user_id', row_key ->> 'id') = ?
                 order by changed_at, id
                """, user.toString());
    }

    private UUID withFactor() {
        UUID user = academy.student();
        as(user, "select identity.begin_second_factor(sha256('secret'))");
        as(
                user,
                "select identity.confirm_second_factor(sha256('secret'), " + STEP
                        + " - 1, array[sha256('one'), sha256('two'), sha256('three')], null)");
        return user;
    }

    @Test
    void everyChangeIsToldAndKept() {
        UUID user = withFactor();
        as(
                user,
                "visitor",
                sql -> with(
                        sql,
                        user,
                        "one",
                        "select identity.renew_recovery_codes(array[sha256('four'), sha256('five')])"));
        as(user, "visitor", sql -> with(sql, user, "four", "select identity.change_password(" + HASH + ", null)"));
        as(user, "visitor", sql -> with(sql, user, "five", "select identity.remove_second_factor()"));
        as(
                user,
                "select identity.create_api_token(sha256(?::text::bytea), 'books', '{sales:read}', 'student', 7)",
                user.toString());
        assertThat(letters(user))
                .containsExactly(
                        "second-factor-on",
                        "recovery-code-used",
                        "recovery-codes-renewed",
                        "recovery-code-used",
                        "password-changed",
                        "recovery-code-used",
                        "second-factor-off",
                        "token-made");
        assertThat(kept(user))
                .containsSubsequence(
                        "identity.second_factors update",
                        "identity.recovery_codes update",
                        "identity.second_factors update",
                        "identity.recovery_codes update",
                        "identity.credentials insert",
                        "identity.recovery_codes update",
                        "identity.second_factors delete",
                        "identity.api_tokens insert");
    }

    @Test
    void bothAddressesLearnOfTheNewOne() {
        UUID user = academy.student();
        String old = (String) owner.one("select email::text from identity.users where id = ?", user);
        as(user, "select identity.request_email_change('moved@example.net', sha256('move'), '{}')");
        as(user, "select identity.change_email(sha256('move'))");
        assertThat(gatekeeper("select recipient::text from identity.mails where user_id = '" + user
                        + "' and template = 'email-changed'"))
                .containsExactlyInAnyOrder(old, "moved@example.net");
        assertThat(owner.run(
                        "select (new_values -> 'email_changed_at') is not null and new_values -> 'email' is null from audit.change_log where relation = 'identity.users' and row_key ->> 'id' = ?",
                        user.toString()))
                .containsExactly(true);
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        UUID user = academy.student();
        Refusal.by(
                "22012",
                () -> as(user, "visitor", sql -> {
                    sql.run("select identity.create_api_token(sha256('never'), 'never', '{sales:read}', 'student', 7)");
                    return sql.run("select 1 / 0");
                }));
        assertThat(letters(user)).isEmpty();
        assertThat(kept(user)).doesNotContain("identity.api_tokens insert");
    }

    @Test
    void theErasedAreToldNothing() {
        UUID user = withFactor();
        as(user, "visitor", sql -> {
            sql.run("select identity.prove_second_factor(?, null, sha256('one'))", user);
            return sql.run("select identity.erase_user(?)", user);
        });
        assertThat(letters(user)).isEmpty();
    }

    @Test
    void nobodyElseWritesLetters() {
        UUID user = academy.student();
        Refusal.by(
                "42501",
                () -> as(user, "select identity.queue_mail(null, 'all@example.org', 'token-made', 'en', '{}')"));
        Refusal.by(
                "42501",
                () -> as(
                        user,
                        "insert into identity.mails (recipient, template, locale, details) values ('all@example.org', 'token-made', 'en', '{}')"));
    }

    private List<@Nullable Object> gatekeeper(String query) {
        return owner.transaction(sql -> {
            sql.run("set local role techcourse_gatekeeper");
            return sql.run(query);
        });
    }
}
