package com.techcourse.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports and analytics against figures computed by hand, from {@code reports/small_academy.sql}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresTest {

    private TestDatabase database;

    @BeforeAll
    void load() throws IOException {
        database = TestDatabase.create();
        database.owner()
                .execute(
                        "select platform.ensure_partitions(), platform.ensure_partitions('learning.attempts', '2026-01-01', '2026-01-31')");
        String script;
        try (InputStream stream =
                Objects.requireNonNull(FiguresTest.class.getResourceAsStream("/reports/small_academy.sql"))) {
            script = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        database.owner().transaction(transaction -> {
            transaction.dsl().execute("set local timezone = 'UTC'");
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : script.split(";\\R")) {
                transaction.dsl().connection(connection -> {
                    try (var sql = connection.createStatement()) {
                        sql.execute(statement);
                    }
                });
            }
        });
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    accountant | select day, course_title, currency, units_sold, gross_amount, refund_amount, net_amount from reporting.daily_sales order by 1, 2 | 2026-01-11,Course 2,EUR,2,60.00,0.00,60.00;2026-01-11,Course 3,USD,1,50.00,0.00,50.00;2026-01-12,Course 2,EUR,0,0.00,10.00,-10.00
                    accountant | select * from reporting.sales_by_month order by currency | 2026-01-01,EUR,1,2,60.00,10.00,50.00,0.00,0.00,0.00;2026-01-01,USD,1,1,50.00,0.00,50.00,0.00,0.00,0.00
                    analyst | select question_id, attempts, answers, difficulty, discrimination from analytics.question_statistics order by position | a,4,3,0.500,0.905;b,4,3,0.500,-0.192;c,4,4,0.625,0.426
                    analyst | select attempt_no, attempts, passed, pass_rate, mean_score from analytics.pass_rate_by_attempt order by 1 | 1,4,2,0.500,56.3;2,1,1,1.000,100.0
                    analyst | select students, enrolled_students, completing_students, enrollments, completions, given_up, completion_rate from analytics.completion_cohorts | 4,4,4,7,4,0,0.571
                    analyst | select signup_month, months_after, currency, buyers, gross_amount, refund_amount, net_amount from analytics.revenue_cohorts order by currency | 2026-01-01,0,EUR,2,60.00,10.00,50.00;2026-01-01,0,USD,1,50.00,0.00,50.00
                    analyst | select completions, fastest_days, lower_quartile_days, median_days, upper_quartile_days, slowest_days from analytics.time_to_complete | 4,1.0,1.8,2.5,4.8,10.0
                    analyst | select passing_score, rank from analytics.courses_by_passing_score | 70,1
                    analyst | select count(distinct a.student_key), count(*) from analytics.attempts a join analytics.enrollments e using (student_key) | 4,8
                    marketing | select country, students, paying_students from reporting.student_segments order by country nulls last | PT,2,2;,2,1
                    """)
    void isWhatHandsComputed(String persona, String sql, String expected) {
        assertThat(database.<String>as(Acting.persona(persona), session -> rows(session, sql)))
                .isEqualTo(expected);
    }

    @Test
    void theBooksAgree() {
        assertThat(database.<String>as(
                        Acting.persona("accountant"),
                        session -> rows(session, "select rule from reporting.books_differences()")))
                .isEmpty();
    }

    private static String rows(DSLContext session, String sql) {
        return session.fetch(sql)
                .formatCSV(new org.jooq.CSVFormat()
                        .header(false)
                        .newline(";")
                        .nullString("")
                        .quoteString(""))
                .replaceAll(";$", "");
    }
}
