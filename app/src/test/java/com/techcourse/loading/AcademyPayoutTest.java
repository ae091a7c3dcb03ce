package com.techcourse.loading;

import static java.math.BigDecimal.ZERO;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.DocumentTable;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The payouts of last month in the sample academy: as docs/payouts.md computes them by hand, line by line, for one instructor,
 * and as plain decimals over orders and refunds compute them for everybody.
 */
class AcademyPayoutTest {

    private static final Path DOCUMENT = Path.of("../docs/payouts.md");
    private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);
    private static final LocalDate MARCH = FEBRUARY.plusMonths(1);
    private static final Map<String, String> COURSES =
            Map.of("drawing-what-you-see", "Drawing", "relational-database-design", "Design");

    private static TestDatabase database;
    private static List<SharedSale> sales;
    private static UUID kenji;

    @BeforeAll
    static void load() {
        database = TestDatabase.create();
        assertThat(SampleAcademyTest.loadInto(database)).isTrue();
        sales = Superuser.ask(database, dsl -> dsl.fetch(SharedSale.QUERY).map(SharedSale::of)).stream()
                .filter(sale -> sale.released().isBefore(MARCH))
                .toList();
        kenji = personNamed("Kenji Moriwaki");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static UUID personNamed(String name) {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            return superuser.uuid("select id from identity.users where display_name = ?", name);
        }
    }

    /** Everybody's part of some sales, after what was given back; by instructor and currency, without those who have none. */
    private static Map<String, BigDecimal> kept(Stream<SharedSale> some) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        some.forEach(sale -> IntStream.range(0, sale.instructors().size())
                .forEach(n -> sums.merge(
                        sale.instructors().get(n) + " " + sale.currency(),
                        sale.kept().get(n),
                        BigDecimal::add)));
        sums.values().removeIf(amount -> amount.signum() == 0);
        return sums;
    }

    private static String planned(Sql sql) {
        return String.valueOf(sql.one("""
                select string_agg(instructor_id || ' ' || currency || ' ' || amount, e'\n' order by instructor_id, currency::text)
                  from sales.payouts where period_start = ?
                """, FEBRUARY));
    }

    /** The sample academy brings the plan along; without it, the run of the month makes the same one, once. */
    @Test
    void theRunOfLastMonthPaysWhatPlainDecimalsCompute() {
        String computed = kept(sales.stream()).entrySet().stream()
                .filter(sum -> sum.getValue().compareTo(BigDecimal.TEN) >= 0)
                .map(sum -> sum.getKey() + " " + sum.getValue())
                .collect(joining("\n"));
        try (Sql superuser = Sql.connect(database.superuserUrl());
                Sql app = Sql.connect(database.appUrl())) {
            assertThat(planned(superuser)).isEqualTo(computed);
            superuser.run("delete from sales.payouts");
            UUID accountant = superuser.uuid("select user_id from identity.user_roles where role = 'accountant'");
            assertThat(run(app, accountant)).isEqualTo(computed.lines().count());
            assertThat(run(app, accountant)).isZero();
            assertThat(planned(superuser)).isEqualTo(computed);
        }
    }

    private static long run(Sql app, UUID accountant) {
        return app.transaction(sql -> {
            sql.actAs(accountant, "accountant");
            return sql.number("select sales.run_payouts(?)", FEBRUARY);
        });
    }

    private static Stream<SharedSale> salesOfKenji() {
        return sales.stream()
                .filter(sale ->
                        sale.instructors().contains(kenji) && sale.currency().equals("EUR"));
    }

    /** The row of the document that a sale is part of, without how many there are. */
    private static List<String> row(SharedSale sale) {
        int place = sale.instructors().indexOf(kenji);
        return List.of(
                sale.released().toString().substring(0, 7),
                COURSES.getOrDefault(sale.course(), sale.course()),
                sale.paid().toPlainString(),
                sale.coupon(),
                sale.taxRate().movePointRight(2).toPlainString(),
                sale.tax().toPlainString(),
                sale.net().toPlainString(),
                sale.percents().get(place).toPlainString(),
                sale.exactParts().get(place).toPlainString(),
                sale.parts().get(place).toPlainString());
    }

    @Test
    void theDocumentHasEveryLineAndItsArithmetic() throws IOException {
        Map<List<String>, List<SharedSale>> groups = salesOfKenji().collect(groupingBy(AcademyPayoutTest::row));
        List<List<String>> rows = groups.entrySet().stream()
                .map(group -> Stream.concat(
                                group.getKey().stream(),
                                Stream.of(
                                        String.valueOf(group.getValue().size()),
                                        sum(group.getValue().stream().map(AcademyPayoutTest::partOfKenji)),
                                        ""))
                        .toList())
                .toList();
        assertThat(DocumentTable.below(DOCUMENT, "What Kenji has a part of").stream()
                        .filter(row -> row.size() == 13))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static BigDecimal partOfKenji(SharedSale sale) {
        return sale.parts().get(sale.instructors().indexOf(kenji));
    }

    private static BigDecimal takenFromKenji(SharedSale sale) {
        return partOfKenji(sale).subtract(sale.kept().get(sale.instructors().indexOf(kenji)));
    }

    private static String sum(Stream<BigDecimal> amounts) {
        return amounts.collect(reducing(ZERO, BigDecimal::add)).toPlainString();
    }

    @Test
    void theDocumentHasEveryRefund() throws IOException {
        List<List<String>> rows = salesOfKenji()
                .filter(sale -> !sale.refunds().isEmpty())
                .map(sale -> List.of(
                        COURSES.getOrDefault(sale.course(), sale.course()),
                        sale.paid().toPlainString(),
                        sale.taxRate().movePointRight(2).toPlainString(),
                        sum(sale.refunds().stream()),
                        partOfKenji(sale).toPlainString(),
                        takenFromKenji(sale).toPlainString(),
                        ""))
                .toList();
        List<List<String>> told = DocumentTable.below(DOCUMENT, "What was given back");
        assertThat(told.stream().map(row -> row.subList(1, row.size()))).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(told.stream().map(List::getFirst)).containsExactlyElementsOf(daysOfRefunds());
    }

    /** Each on its day, and none after the release of its sale. */
    private static List<String> daysOfRefunds() {
        List<String> days = Superuser.ask(
                database,
                dsl -> dsl.fetch("""
                select to_char(r.refunded_at at time zone 'UTC', 'YYYY-MM-DD')
                  from sales.refunds r join catalog.courses c on c.id = r.course_id
                  join sales.payments p on p.id = r.payment_id and r.refunded_at < p.captured_at + interval '30 days'
                 where c.slug in ('drawing-what-you-see', 'relational-database-design') and p.captured_at < {0}
                 order by r.refunded_at
                """, MARCH.minusDays(30).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .getValues(0, String.class));
        return days;
    }

    @Test
    void theDocumentTellsWhoGetsTheCents() throws IOException {
        List<List<String>> told = DocumentTable.below(DOCUMENT, "What Kenji has a part of").stream()
                .filter(row -> row.size() == 8)
                .skip(2)
                .toList();
        assertThat(told).hasSize(4);
        for (List<String> row : told) {
            assertThat(salesOfKenji().map(AcademyPayoutTest::cents))
                    .as("%s", row)
                    .contains(row);
        }
    }

    private static List<String> cents(SharedSale sale) {
        List<BigDecimal> exact = sale.exactParts();
        boolean leads = sale.instructors().getFirst().equals(kenji);
        List<String> names = leads ? List.of("Kenji", "academy") : List.of("Lukas", "Kenji", "academy");
        List<BigDecimal> cut =
                exact.stream().map(part -> part.setScale(2, RoundingMode.DOWN)).toList();
        BigDecimal whole = cut.stream().reduce(ZERO, BigDecimal::add);
        return List.of(
                sale.net().toPlainString(),
                exact.get(leads ? 0 : 1).toPlainString(),
                leads ? "" : exact.getFirst().toPlainString(),
                exact.getLast().toPlainString(),
                whole.toPlainString(),
                sale.net().subtract(whole).movePointRight(2).toPlainString(),
                IntStream.range(0, names.size())
                        .filter(n -> sale.parts().get(n).compareTo(cut.get(n)) > 0)
                        .mapToObj(names::get)
                        .collect(joining(", ")),
                "");
    }

    @Test
    void theDocumentAddsUpToPreviewAndStatement() throws IOException {
        List<String> told = DocumentTable.below(DOCUMENT, "What is paid out").stream()
                .map(row -> row.get(1))
                .toList();
        String january = sum(salesOfKenji()
                .filter(sale -> sale.released().isBefore(FEBRUARY))
                .map(AcademyPayoutTest::partOfKenji));
        List<SharedSale> february = salesOfKenji()
                .filter(sale -> !sale.released().isBefore(FEBRUARY))
                .toList();
        String released = sum(february.stream().map(sale -> partOfKenji(sale).subtract(takenFromKenji(sale))));
        assertThat(told)
                .containsExactly(
                        january,
                        sum(february.stream().map(AcademyPayoutTest::partOfKenji)),
                        "-" + sum(february.stream().map(AcademyPayoutTest::takenFromKenji)),
                        released,
                        new BigDecimal(january).add(new BigDecimal(released)).toPlainString());
        String expected = String.join(" ", told.getFirst(), told.get(3), told.getLast());
        assertThat(asked("accountant", """
                select concat_ws(' ', carried_amount, month_amount, greatest(payout_amount, planned_amount))
                  from sales.preview_payouts(?) where instructor_id = ? and currency = 'EUR'
                """, FEBRUARY, kenji)).isEqualTo(expected);
        assertThat(asked("instructor", """
                select concat_ws(' ', max(balance) filter (where kind = 'opening_balance'), sum(amount) filter (where kind = 'earnings'),
                         max(balance) filter (where kind = 'closing_balance'))
                  from sales.statement_lines(?, 'EUR', ?)
                """, kenji, FEBRUARY)).isEqualTo(expected);
    }

    private static Object asked(String role, String question, Object... values) {
        try (Sql app = Sql.connect(database.appUrl())) {
            return app.transaction(sql -> {
                sql.actAs(kenji, role);
                return sql.one(question, values);
            });
        }
    }
}
