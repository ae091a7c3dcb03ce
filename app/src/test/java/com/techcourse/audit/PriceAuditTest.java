package com.techcourse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcourse.testing.Race;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Whoever changes a price, on whatever path, leaves a row in the log. */
class PriceAuditTest extends WithAcademy {

    private static final String PRICE = "update catalog.courses set price = ?::numeric where id = ?";

    /** How often the log tells of this change of the course. */
    private long told(UUID course, String oldPrice, String newPrice, String databaseRole) {
        return owner.number("""
                select count(*) from audit.course_price_changes
                 where course_id = ? and old_price = ?::numeric and new_price = ?::numeric and database_role = ?
                """, course, oldPrice, newPrice, databaseRole);
    }

    @Test
    void theApplication() {
        UUID course = academy.course("10.00");
        UUID instructor = academy.instructorOf(course);
        as(instructor, "instructor", sql -> sql.run(PRICE, "12.00", course));
        assertThat(told(course, "10.00", "12.00", "techcourse_app")).isOne();
        assertThat(owner.one("select changed_by from audit.course_price_changes where course_id = ?", course))
                .isEqualTo(instructor);
    }

    @Test
    void theOwnerInPsql() {
        UUID course = academy.course("10.00");
        owner.run(PRICE, "11.00", course);
        assertThat(told(course, "10.00", "11.00", database.ownerUrl().user())).isOne();
    }

    @Test
    void theLoader() {
        UUID course = academy.course("10.00");
        asLoader(sql -> sql.run(PRICE, "9.00", course));
        assertThat(told(course, "10.00", "9.00", database.ownerUrl().user())).isOne();
    }

    @Test
    void aSuperuserThatCallsItselfAReplica() {
        UUID course = academy.course("10.00");
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.run("set session_replication_role = replica");
            superuser.run(PRICE, "8.00", course);
        }
        assertThat(told(course, "10.00", "8.00", database.superuserUrl().user()))
                .isOne();
    }

    @Test
    void manyRowsAtOnce() {
        UUID instructor = academy.instructor();
        for (int i = 0; i < 20; i++) {
            academy.course(instructor, "20.00", "published");
        }
        owner.run("update catalog.courses set price = price * 1.1 where instructor_id = ?", instructor);
        assertThat(owner.number("""
                        select count(*) from audit.course_price_changes p join catalog.courses c on c.id = p.course_id
                         where c.instructor_id = ? and old_price = 20 and new_price = 22
                        """, instructor)).isEqualTo(20);
    }

    @Test
    void copyIntoCoursesIsRefused() {
        SQLException refusal = catchThrowableOfType(SQLException.class, () -> copy(owner));
        assertThat(refusal.getSQLState())
                .as("COPY into a table with row security")
                .isEqualTo("0A000");
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            copy(superuser);
            assertThat(owner.number("""
                            select count(*) from audit.change_log l join catalog.courses c on c.id = (l.row_key ->> 'id')::uuid
                             where l.relation = 'catalog.courses' and l.action = 'insert' and c.slug = 'copied'
                            """)).isOne();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void copy(Sql sql) throws SQLException {
        UUID course = academy.course("1.00");
        String row = owner.one(
                        "select concat_ws(',', 'copied', instructor_id, category_id, 'Copied', 5, 'EUR', 'draft') from catalog.courses where id = ?",
                        course)
                .toString();
        try {
            sql.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy catalog.courses (slug, instructor_id, category_id, title, price, currency, status) from stdin csv",
                            new ByteArrayInputStream((row + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyOfSixtyChangesLeavesARow() {
        UUID course = academy.course("10.00");
        Race.Result race = Race.of(
                60,
                number -> number % 2 == 0 ? database.appUrl() : database.ownerUrl(),
                (sql, number) -> sql.transaction(one -> {
                    if (number % 2 == 0) {
                        one.actAs(academy.instructorOf(course), "instructor");
                    }
                    return one.run(
                            "update catalog.courses set price = price + ?::numeric where id = ?",
                            "" + (1 + number),
                            course);
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(60);
        assertThat(owner.number("select count(*) from audit.course_price_changes where course_id = ?", course))
                .isEqualTo(60);
        assertThat(owner.one(
                        "select sum(new_price - old_price) from audit.course_price_changes where course_id = ?",
                        course))
                .isEqualTo(new BigDecimal("1830.00"));
    }
}
