package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the database alone keeps true of second factors, whatever the application does. */
class SecondFactorRulesTest extends WithAcademy {

    private static final String NOW = "floor(extract(epoch from clock_timestamp()) / 30)::bigint";
    private static final String CODES = "array[sha256('one'), sha256('two')]";
    private static final String SECRET = "sha256('secret')";

    private static final String OPEN =
            "select identity.open_session(sha256(?::bytea), ?, 'student', interval '1 hour', 'test', null, sha256(?::bytea), ?)";

    private List<@Nullable Object> as(UUID user, String statement, @Nullable Object... values) {
        return as(user, "visitor", sql -> sql.run(statement, values));
    }

    private UUID withFactor() {
        UUID user = academy.student();
        as(user, "select identity.begin_second_factor(" + SECRET + ")");
        as(user, "select identity.confirm_second_factor(%s, %s - 1, %s, null)".formatted(SECRET, NOW, CODES));
        return user;
    }

    @Test
    void noSessionWithoutIt() {
        UUID user = withFactor();
        Refusal.by("TC132", () -> as(user, OPEN, user + "a", user, "none", false));
        Refusal.by(
                "TC132",
                () -> as(
                        user,
                        "select identity.open_session(sha256('b'), ?, 'student', interval '1 hour', 'test', null)",
                        user));
        as(user, OPEN, user + "c", user, "none", true);
        as(user, OPEN, user + "d", user, user + "c", false);
        Refusal.by("TC132", () -> as(user, OPEN, user + "e", user, user + "c", false));
        UUID thief = withFactor();
        Refusal.by("TC132", () -> as(thief, OPEN, thief + "f", thief, user + "d", false));
    }

    @Test
    void aStepOfTheClockCountsOnce() {
        long now = owner.number("select " + NOW);
        UUID user = academy.student();
        as(user, "select identity.begin_second_factor(" + SECRET + ")");
        Refusal.by("TC131", () -> confirm(user, now + 7));
        confirm(user, now);
        assertThat(proves(user, now)).as("the step that confirmed it").isFalse();
        assertThat(proves(user, now + 7)).as("a step to come").isFalse();
        assertThat(proves(user, now + 1)).isTrue();
        assertThat(proves(user, now)).as("an earlier one after a later one").isFalse();
    }

    private void confirm(UUID user, long step) {
        as(user, "select identity.confirm_second_factor(%s, ?, %s, null)".formatted(SECRET, CODES), step);
    }

    private boolean proves(UUID user, long step) {
        return as(user, "select identity.prove_second_factor(?, ?, null)", user, step)
                .equals(List.of(true));
    }

    @Test
    void ofAHundredUsesOfACodeOneCounts() {
        UUID user = withFactor();
        long step = owner.number("select " + NOW) + 1;
        for (String code : List.of(step + ", null", "null, sha256('one')")) {
            // who comes too late divides by zero
            Race.Result race = Race.of(
                    100,
                    database.appUrl(),
                    (sql, _) -> sql.run("select 1 / identity.prove_second_factor(?, " + code + ")::integer", user));
            assertThat(race.winners()).isOne();
            assertThat(race.refusals()).hasSize(99).containsOnly(new Refusal("22012", null));
        }
    }

    @Test
    void aConfirmedFactorHasSeenACode() {
        UUID user = withFactor();
        Refusal.by(
                "23514",
                "second_factors_confirmed_by_a_code_check",
                () -> gatekeeper("update identity.second_factors set last_step = null where user_id = '" + user + "'"));
    }

    @Test
    void noRecoveryCodesWithoutAFactor() {
        UUID user = academy.student();
        Refusal.by("TC133", () -> as(user, "select identity.renew_recovery_codes(" + CODES + ")"));
    }

    @Test
    void whatCannotBeTakenBackNeedsACode() {
        UUID user = withFactor();
        for (String act : List.of(
                "select identity.remove_second_factor()",
                "select identity.renew_recovery_codes(" + CODES + ")",
                "select identity.change_password('$argon2id$v=19$' || repeat('x', 40), null)",
                "select identity.request_email_change('new@example.org', sha256('token'), '{}')",
                "select identity.erase_user(nullif(current_setting('app.user_id', true), '')::uuid)")) {
            Refusal.by("TC134", () -> as(user, act));
        }
        assertThat(proves(user, owner.number("select " + NOW))).isTrue();
        Refusal.by("TC134", () -> as(user, "select identity.remove_second_factor()"));
        as(user, "visitor", sql -> {
            sql.run("select identity.prove_second_factor(?, null, sha256('one'))", user);
            return sql.run("select identity.remove_second_factor()");
        });
        as(user, "select identity.request_email_change('new@example.org', sha256('token'), '{}')");
    }

    @Test
    void anAdminWithAFactorErasesWithACode() {
        UUID admin = withFactor();
        academy.admin();
        owner.run("insert into identity.user_roles (user_id, role) values (?, 'admin')", admin);
        UUID student = academy.student();
        Refusal.by("TC134", () -> as(admin, "admin", sql -> sql.run("select identity.erase_user(?)", student)));
        as(admin, "admin", sql -> {
            sql.run("select identity.prove_second_factor(?, null, sha256('two'))", admin);
            return sql.run("select identity.erase_user(?)", student);
        });
        assertThat(owner.one("select status from identity.users where id = ?", student))
                .isEqualTo("erased");
    }

    @Test
    void theSettingIsTrueOrFalse() {
        Refusal.by(
                "23514",
                "settings_second_factor_required_for_staff_check",
                () -> owner.run(
                        "update platform.settings set value = '1' where name = 'second_factor_required_for_staff'"));
    }

    private void gatekeeper(String statement) {
        owner.transaction(sql -> {
            sql.run("set local role techcourse_gatekeeper");
            return sql.run(statement);
        });
    }
}
