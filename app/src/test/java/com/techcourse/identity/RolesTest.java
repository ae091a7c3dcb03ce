package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles and staff's power over people, as the database alone keeps them in order. */
class RolesTest extends WithAcademy {

    private static final String ADMINS = """
            select count(*) from identity.user_roles r join identity.users u on u.id = r.user_id
             where r.role = 'admin' and u.status = 'active'
            """;

    private UUID admin;

    @BeforeEach
    void oneAdminStays() {
        admin = academy.admin();
        owner.run(
                "update identity.users set status = 'suspended' where id in (select user_id from identity.user_roles where role = 'admin') and id <> ? and status = 'active'",
                admin);
    }

    private Object as(UUID user, String role, String statement, Object... values) {
        try (Sql app = Sql.connect(database.appUrl())) {
            return app.transaction(sql -> {
                sql.actAs(user, role);
                return sql.run(statement, values);
            });
        }
    }

    private UUID request(UUID student) {
        as(student, "student", "select identity.request_role('I want to teach.')");
        return owner.uuid("select id from identity.role_requests where user_id = ? and status = 'open'", student);
    }

    @Test
    void theLastAdminStays() {
        Refusal refused = new Refusal("TC144", null);
        assertThat(Refusal.of(() -> as(
                        admin, "admin", "delete from identity.user_roles where user_id = ? and role = 'admin'", admin)))
                .isEqualTo(refused);
        assertThat(Refusal.of(() -> as(admin, "admin", "select identity.suspend_user(?, true)", admin)))
                .isEqualTo(refused);
        assertThat(Refusal.of(() -> owner.run("update identity.users set status = 'suspended' where id = ?", admin)))
                .isEqualTo(refused);
        UUID second = academy.admin();
        as(second, "admin", "delete from identity.user_roles where user_id = ? and role = 'admin'", admin);
        assertThat(owner.number(ADMINS)).isOne();
    }

    private void eachTheNext(String statement) {
        List<UUID> admins =
                IntStream.range(0, 99).mapToObj(_ -> academy.admin()).toList();
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(number == 99 ? admin : admins.get(number), "admin");
                    return app.run(statement, number == 0 ? admin : admins.get(number - 1));
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(99);
        assertThat(race.refusals()).containsExactly(new Refusal("TC144", null));
        assertThat(owner.number(ADMINS)).isOne();
    }

    @Test
    void adminsWhoRevokeEachOtherLeaveOne() {
        eachTheNext("delete from identity.user_roles where user_id = ? and role = 'admin'");
    }

    @Test
    void adminsWhoSuspendEachOtherLeaveOne() {
        eachTheNext("select identity.suspend_user(?, true)");
    }

    @Test
    void onlyAnAdminDecidesAndSuspends() {
        UUID student = academy.student();
        UUID request = request(student);
        for (String role : new String[] {"student", "instructor"}) {
            Refusal.by("TC140", () -> as(student, role, "select identity.decide_role_request(?, true, null)", request));
            Refusal.by("TC140", () -> as(student, role, "select identity.suspend_user(?, true)", admin));
            Refusal.by(
                    "TC140", () -> as(student, role, "select * from identity.find_people(null, null, null, null, 10)"));
        }
    }

    @Test
    void aRequestCannotBeWrittenPastTheFunctions() {
        UUID student = academy.student();
        Refusal.by(
                "42501",
                () -> as(
                        student,
                        "student",
                        "insert into identity.role_requests (user_id, motivation) values (?, 'x')",
                        student));
        UUID request = request(student);
        Refusal.by(
                "42501",
                () -> as(
                        student,
                        "student",
                        "update identity.role_requests set status = 'approved' where id = ?",
                        request));
    }

    @Test
    void aRefusalNeedsAReason() {
        UUID request = request(academy.student());
        Refusal.by(
                "23514",
                "role_requests_declined_has_a_reason_check",
                () -> as(admin, "admin", "select identity.decide_role_request(?, false, null)", request));
    }

    @Test
    void approvalMakesAnInstructorWithAProfileAndLeavesATrace() {
        UUID student = academy.student();
        UUID request = request(student);
        as(admin, "admin", "select identity.decide_role_request(?, true, null)", request);
        assertThat(owner.uuid(
                        "select granted_by from identity.user_roles where user_id = ? and role = 'instructor'",
                        student))
                .isEqualTo(admin);
        assertThat(owner.number("select count(*) from identity.instructor_profiles where user_id = ?", student))
                .isOne();
        assertThat(owner.run(
                        "select changed_by from audit.change_log where relation = 'identity.role_requests' and action = 'update' and row_key ->> 'id' = ?::text",
                        request))
                .containsExactly(admin);
        assertThat(owner.run(
                        "select changed_by from audit.change_log where relation = 'identity.user_roles' and row_key ->> 'user_id' = ?::text and row_key ->> 'role' = 'instructor'",
                        student))
                .containsExactly(admin);
    }

    @Test
    void anErasureStays() {
        UUID gone = academy.student();
        owner.run(
                "update identity.users set status = 'erased', erased_at = now(), email = 'erased-' || id || '@erased.invalid', display_name = 'Erased user' where id = ?",
                gone);
        Refusal.by("TC143", () -> as(admin, "admin", "select identity.suspend_user(?, false)", gone));
        Refusal.by(
                "TC143",
                () -> owner.run("insert into identity.user_roles (user_id, role) values (?, 'auditor')", gone));
    }
}
