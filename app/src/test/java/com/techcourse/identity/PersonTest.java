package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** People: one account each, roles that they hold, and an end that keeps proofs and books. */
class PersonTest extends WithAcademy {

    private static final String ERASE = """
            update identity.users set status = 'erased', erased_at = clock_timestamp(), email = 'erased-' || id || '@erased.invalid',
              display_name = 'Erased user', bio = '', country = null, external_id = null, email_verified_at = null where id = ?
            """;

    private void delete(UUID user) {
        owner.transaction(sql -> {
            sql.run("delete from identity.user_roles where user_id = ?", user);
            return sql.run("delete from identity.users where id = ?", user);
        });
    }

    @Test
    void oneAccountPerAddress() {
        String add = "insert into identity.users (email, display_name) values (?, 'Somebody')";
        owner.run(add, "same@example.org");
        Refusal.by("23505", "users_email_key", () -> owner.run(add, "Same@Example.ORG"));
    }

    @Test
    void sixtySignUpsMakeOneAccount() {
        UUID admin = academy.admin();
        Race.Result race = Race.of(
                60,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(admin, "admin");
                    return app.run(
                            "insert into identity.users (email, display_name) values ('rush@example.org', 'Somebody')");
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("23505", "users_email_key"));
    }

    @Test
    void aUserWithCoursesStays() {
        UUID instructor = academy.instructorOf(academy.course("0"));
        Refusal.asInUse("courses_instructor_id_role_fkey", () -> delete(instructor));
        // also without the key of the role, which spoke first
        Refusal.asInUse(
                "courses_instructor_id_fkey",
                () -> owner.andBack(sql -> {
                    sql.run("alter table catalog.courses drop constraint courses_instructor_id_role_fkey");
                    sql.run("delete from identity.user_roles where user_id = ?", instructor);
                    return sql.run("delete from identity.users where id = ?", instructor);
                }));
    }

    @Test
    void aUserWithEnrolmentsStays() {
        UUID student = academy.student();
        academy.enrol(student, academy.course("0"));
        Refusal.asInUse("enrollments_student_id_fkey", () -> delete(student));
    }

    @Test
    void aUserWithOrdersStays() {
        UUID student = academy.student();
        academy.emptyOrder(student);
        Refusal.asInUse("orders_student_id_fkey", () -> delete(student));
    }

    @Test
    void aUserWithoutHistoryGoes() {
        UUID nobody = academy.student();
        delete(nobody);
        assertThat(owner.number("select count(*) from identity.users where id = ?", nobody))
                .isZero();
    }

    @Test
    void nobodyDeletesUsersThroughTheApplication() {
        Refusal.by("42501", () -> as(academy.admin(), "admin", sql -> sql.run("delete from identity.users")));
        Refusal.by("42501", () -> asLoader(sql -> sql.run("delete from identity.users")));
    }

    @Test
    void anErasedUserKeepsNoPersonalData() {
        UUID student = academy.student();
        Refusal.by(
                "23514",
                "users_erased_has_a_time_check",
                () -> owner.run(ERASE.replace("erased_at = clock_timestamp()", "erased_at = null"), student));
        owner.run(ERASE, student);
        for (String kept : new String[] {
            "email = 'me@example.org'",
            "display_name = 'Me'",
            "bio = 'I like chess'",
            "country = 'DE'",
            "external_id = '4711'"
        }) {
            Refusal.by(
                    "23514",
                    "users_erased_keeps_no_personal_data_check",
                    () -> owner.run("update identity.users set " + kept + " where id = ?", student));
        }
    }

    @Test
    void erasureKeepsProofsAndBooks() {
        UUID student = academy.student();
        UUID course = academy.course("49.00");
        Payment payment = academy.purchase(student, course);
        academy.certificate(academy.graded(student, academy.quiz(course), "90"));
        academy.refund(payment, course, "1.00");
        owner.run("select audit.seal()");
        owner.run(ERASE, student);
        assertThat(owner.number("select count(*) from learning.certificates where student_id = ?", student))
                .isOne();
        assertThat(owner.number("select count(*) from sales.payments where student_id = ?", student))
                .isOne();
        assertThat(owner.run("select * from audit.verify()")).isEmpty();
    }

    @Test
    void onlyAnInstructorLeadsACourse() {
        Refusal.by("23503", "courses_instructor_id_role_fkey", () -> academy.course(academy.student(), "0", "draft"));
    }

    @Test
    void aLeadKeepsTheRole() {
        UUID instructor = academy.instructorOf(academy.course("0"));
        Refusal.asInUse(
                "courses_instructor_id_role_fkey",
                () -> owner.run("delete from identity.user_roles where user_id = ?", instructor));
    }

    private static final String OPEN =
            "select identity.open_session(sha256(?::bytea), ?, ?, interval '1 hour', 'test', null)";

    @Test
    void noSessionWithARoleNotHeld() {
        UUID student = academy.student();
        try (Sql app = Sql.connect(database.appUrl())) {
            Refusal.by("23503", "sessions_user_id_acting_role_fkey", () -> app.run(OPEN, "a-token", student, "admin"));
            app.run(OPEN, "a-token", student, "student");
        }
    }

    @Test
    void losingTheRoleEndsTheSession() {
        UUID admin = academy.admin();
        try (Sql app = Sql.connect(database.appUrl())) {
            app.run(OPEN, "admins-token", admin, "admin");
            String who = "select user_id from identity.session_of(sha256('admins-token'::bytea))";
            assertThat(app.run(who)).containsExactly(admin);
            owner.run("delete from identity.user_roles where user_id = ? and role = 'admin'", admin);
            assertThat(app.run(who)).isEmpty();
        }
    }

    @Test
    void onlyKnownRolesAct() {
        for (String role : new String[] {"superuser", "techcourse_owner", "", "ADMIN"}) {
            Refusal.by("TC001", () -> as(academy.student(), role, sql -> ""));
        }
    }

    @Test
    void aStudentIsSomebody() {
        try (Sql app = Sql.connect(database.appUrl())) {
            for (String role : new String[] {"student", "instructor", "admin"}) {
                Refusal.by("TC002", () -> app.run("select platform.act_as(null, ?)", role));
            }
        }
    }
}
