package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql.Refused;
import com.techcourse.testing.WithAcademy;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What callers are told, for refusals of the real database and for those that need a cluster. */
class ProblemsTest extends WithAcademy {

    private final Problems problems = Problems.load();

    private Problem problemOf(Runnable work) {
        return problems.of(catchThrowableOfType(Refused.class, work::run).refusal());
    }

    @Test
    void aBrokenRuleIsAnsweredByItsSentence() {
        UUID student = academy.student();
        UUID course = academy.course("0");
        academy.enrol(student, course);
        assertThat(problemOf(() -> academy.enrol(student, course)))
                .isEqualTo(new Problem(
                        "/problems/already-enrolled",
                        409,
                        "Already enrolled",
                        "A student is enrolled in a course once, whatever retries.",
                        "course_id"));
    }

    @Test
    void ownErrorsKeepTheirSentence() {
        UUID course = academy.course("49.00");
        Problem problem = problemOf(() -> academy.enrol(academy.student(), course));
        assertThat(problem.status()).isEqualTo(402);
        assertThat(problem.detail()).contains(course.toString(), "49.00 EUR");
        Problem order = problemOf(() ->
                owner.run("select platform.ensure_partitions('learning.events', now(), now() - interval '1 day')"));
        assertThat(order.status()).isEqualTo(422);
    }

    /** A header that says to ask again would do twice what may be done already. */
    @Test
    void onlyWhatCertainlyDidNotHappenIsAskedAgain() {
        assertThat(problems.named("try-again", null, null).retryable()).isTrue();
        assertThat(problems.named("outcome-unknown", null, null).retryable()).isFalse();
    }

    @Test
    void uniqueViolationOnAPartition() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        Attempt attempt = academy.startAttempt(student, academy.quiz(course));
        owner.run("insert into learning.events (student_id, kind) values (?, 'viewed')", student);
        for (String table : new String[] {"attempts", "events"}) {
            Refused refused = catchThrowableOfType(
                    Refused.class,
                    () -> owner.transaction(sql -> {
                        sql.run("create temporary table again on commit drop as select * from learning." + table);
                        String columns = sql.one("""
                                select string_agg(attname, ',') from pg_attribute
                                 where attrelid = ?::regclass and attnum > 0 and attgenerated = ''
                                """, "learning." + table).toString();
                        return sql.run("insert into learning." + table + " (" + columns + ") select " + columns
                                + " from again");
                    }));
            assertThat(constraint(refused.refusal()))
                    .as("the partition's own name")
                    .contains("_p2", "pkey");
            Problem problem = problems.of(refused.refusal());
            assertThat(problem.type()).isEqualTo("/problems/already-there");
            assertThat(problem.detail())
                    .endsWith("exists once.")
                    .doesNotContain(attempt.id().toString());
        }
    }

    private static String constraint(SQLException refusal) {
        ServerErrorMessage message = ((PSQLException) refusal).getServerErrorMessage();
        return message == null ? "" : "" + message.getConstraint();
    }

    /** The guess by which a partition's index is named must hold for every unique index of every partition. */
    @Test
    void everyPartitionsKeyIsKnownByItsTable() {
        GuardNames names = new GuardNames(Invariants.load());
        owner.run("""
                        select parent.relname || ' ' || child.relname from pg_inherits h
                          join pg_class child on child.oid = h.inhrelid
                          join pg_class parent on parent.oid = h.inhparent
                          join pg_index i on i.indexrelid = child.oid
                         where i.indisunique
                        """).forEach(pair -> {
            String[] parentAndChild = String.valueOf(pair).split(" ");
            assertThat(names.ours(parentAndChild[1])).isEqualTo(parentAndChild[0]);
        });
        assertThat(
                        owner.number(
                                "select count(*) from pg_inherits h join pg_index i on i.indexrelid = h.inhrelid where indisunique"))
                .isGreaterThan(8);
    }

    @Test
    void aRowWithoutPartitionIsTheOperatorsAlarm() {
        Problem problem = problemOf(() -> owner.run(
                "insert into learning.events (student_id, kind, occurred_at) values (?, 'viewed', '1999-01-01')",
                academy.student()));
        assertThat(problem.status()).isEqualTo(500);
    }

    @Test
    void rowSecurityForbids() {
        UUID student = academy.student();
        assertThat(problemOf(() -> as(student, "student", sql -> sql.run("delete from learning.enrollments"))))
                .extracting(Problem::status)
                .isEqualTo(403);
    }

    @Test
    void aMissingValueNamesItsField() {
        Problem problem =
                problemOf(() -> owner.run("insert into sales.orders (student_id) values (?)", academy.student()));
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.field()).isEqualTo("currency");
    }

    @Test
    void aReferenceToNothingIsAConflict() {
        Problem problem = problemOf(() -> owner.run(
                "insert into catalog.lessons (course_id, section_id, position, title, kind, minutes) values (?, gen_random_uuid(), 1, 'A', 'video', 1)",
                academy.course("0")));
        assertThat(problem.status()).isEqualTo(409);
    }

    @Test
    void valuesOfRowsAreNeverTold() {
        owner.run("insert into identity.users (email, display_name) values ('secret@example.org', 'A')");
        Problem problem = problemOf(
                () -> owner.run("insert into identity.users (email, display_name) values ('Secret@example.org', 'B')"));
        assertThat(problem.toString()).doesNotContainIgnoringCase("secret@");
    }

    /** Two students lock each other's rows, crosswise; the database gives up one of them. */
    @Test
    void aDeadlockIsWorthAnotherTry() {
        UUID[] users = {academy.student(), academy.student()};
        CyclicBarrier bothHaveOne = new CyclicBarrier(2);
        Race.Result race = Race.of(
                2,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(one -> {
                    String touch = "update identity.users set bio = 'x' where id = ?";
                    one.run(touch, users[number]);
                    await(bothHaveOne);
                    return one.run(touch, users[1 - number]);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsExactly(new Refusal("40P01", null));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** On a sharded database the name is in the message alone, with the number of the shard. */
    @ParameterizedTest
    @CsvSource({
        "duplicate key value violates unique constraint \"enrollments_student_id_course_id_pkey_102008\", already-enrolled",
        "duplicate key value violates unique constraint \"attempts_p202611_102044_pkey\", already-there",
        "duplicate key value violates unique constraint \"payments_one_captured_per_order_key_102301\", already-paid",
        "doppelter Schlüsselwert verletzt Unique-Constraint „users_email_key“, email-taken"
    })
    void shardsNameTheConstraintInTheMessage(String message, String type) {
        Problem problem = problems.of(new SQLException(message, "23505"));
        assertThat(problem.type()).isEqualTo("/problems/" + type);
    }

    @ParameterizedTest
    @CsvSource({
        "40001, 503",
        "40P01, 503",
        "55P03, 503",
        "57014, 503",
        "08006, 503",
        "23P01, 409",
        "23505, 409",
        "42501, 403",
        "22P02, 422",
        "XX000, 500",
        "TC999, 500",
        "23514, 500"
    })
    void everyOtherStateHasItsStatus(String state, int status) {
        Problem problem = problems.of(new SQLException("Something with \"row values\"", state));
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.retryable()).isEqualTo(status == 503);
        assertThat(problem.detail()).doesNotContain("row values");
    }

    @Test
    void theRefusalIsFoundAmongTheCauses() {
        SQLException refusal = new PSQLException("gone", PSQLState.CONNECTION_FAILURE);
        assertThat(problems.of(new IllegalStateException(new RuntimeException(refusal))))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(problems.of(new IllegalStateException("no database in it"))).isEmpty();
    }
}
