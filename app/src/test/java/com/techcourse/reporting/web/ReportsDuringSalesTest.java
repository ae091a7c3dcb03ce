package com.techcourse.reporting.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.Sql;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** While things are sold and given back, lines, totals and ledger of one answer are of one moment. */
class ReportsDuringSalesTest {

    private static final int SELLERS = 2;
    private static final int READINGS = 25;

    @Test
    void noReportMixesHalfASale() throws Exception {
        try (ApiAcademy academy = ApiAcademy.start();
                ExecutorService sellers = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean open = new AtomicBoolean(true);
            UUID course = academy.id("paid-course");
            List<Future<Integer>> sold = IntStream.range(0, SELLERS)
                    .mapToObj(seller -> sellers.submit(() -> sell(academy, course, open)))
                    .toList();
            ApiClient accountant = academy.as("accountant");
            BigDecimal before = BigDecimal.ZERO;
            try {
                for (int reading = 0; reading < READINGS || before.signum() == 0; reading++) {
                    JsonNode report = accountant.get("/reports/daily-sales").json();
                    BigDecimal gross = sumOf(report.path("items"), "gross");
                    assertThat(gross).isGreaterThanOrEqualTo(before);
                    for (String sum : List.of("gross", "refunds", "tax")) {
                        assertThat(sumOf(report.path("items"), sum))
                                .as("%s of %s", sum, report)
                                .isEqualByComparingTo(sumOf(report.path("totals"), sum))
                                .isEqualByComparingTo(sumOf(report.path("ledger"), sum));
                    }
                    before = gross;
                }
            } finally {
                open.set(false);
            }
            int sales = 0;
            for (Future<Integer> seller : sold) {
                sales += seller.get();
            }
            assertThat(sales).isGreaterThan(SELLERS);
            assertThat(sumOf(accountant.get("/reports/daily-sales").json().path("totals"), "gross"))
                    .isEqualByComparingTo(new BigDecimal("49.50").multiply(new BigDecimal(sales)));
        }
    }

    private static BigDecimal sumOf(JsonNode entries, String sum) {
        BigDecimal whole = BigDecimal.ZERO;
        for (JsonNode entry : entries) {
            JsonNode money = (entry.has("sales") ? entry.path("sales") : entry).path(sum);
            whole = whole.add(new BigDecimal(money.path("amount").asString()));
        }
        return whole;
    }

    /** One sale after another, every second one given back in part, each a transaction; answers how many. */
    private static int sell(ApiAcademy academy, UUID course, AtomicBoolean open) {
        int sales = 0;
        try (Sql owner = Sql.connect(academy.database().ownerUrl())) {
            while (open.get()) {
                boolean givenBack = sales % 2 == 1;
                owner.transaction(sql -> {
                    sql.run("set local role techcourse_loader");
                    return sale(sql, course, givenBack);
                });
                sales++;
            }
        }
        return sales;
    }

    private static UUID sale(Sql sql, UUID course, boolean givenBack) {
        UUID student = sql.uuid(
                "insert into identity.users (email, display_name) values (gen_random_uuid() || '@example.org', 'Buyer') returning id");
        UUID order =
                sql.uuid("insert into sales.orders (student_id, currency) values (?, 'EUR') returning id", student);
        sql.run("""
                insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share, tax_rate)
                select ?, ?, c.id, c.instructor_id, c.price, c.currency, 0.7, 0.19 from catalog.courses c where c.id = ?
                """, student, order, course);
        UUID payment = sql.uuid("""
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                values (?, ?, 49.50, 'EUR', 'captured', 'demo', gen_random_uuid()::text, clock_timestamp()) returning id
                """, student, order);
        if (givenBack) {
            sql.run("""
                    insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
                    values (?, ?, ?, ?, 10, 'EUR', 'staff')
                    """, student, payment, order, course);
        }
        return order;
    }
}
