package com.techcourse.reporting.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every report against figures computed by hand from {@code reports/sold.sql}, and against each other. */
class ReportsApiTest {

    private static final String DAYS = "?from=2026-10-01&to=2026-11-30";

    private static ApiAcademy academy;

    @BeforeAll
    static void sell() throws IOException {
        academy = ApiAcademy.start();
        try (InputStream script =
                Objects.requireNonNull(ReportsApiTest.class.getResourceAsStream("/reports/sold.sql"))) {
            academy.loader(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static ApiClient accountant() {
        return academy.as("accountant");
    }

    /** units, gross, discount, tax, refunds, refunded tax, net */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    daily-sales       | day          | 2026-10-31 USD 3 90.00 0.00 0.00 0.00 0.00 90.00;2026-11-10 EUR 1 49.50 0.00 7.90 0.00 0.00 49.50;2026-11-11 EUR 1 24.00 0.00 4.00 0.00 0.00 24.00;2026-11-11 EUR 1 53.46 4.95 8.91 0.00 0.00 53.46;2026-11-12 EUR 0 0.00 0.00 0.00 20.00 3.19 -20.00
                    sales-by-month    | month        | 2026-10-01 USD 3 90.00 0.00 0.00 0.00 0.00 90.00;2026-11-01 EUR 3 126.96 4.95 20.81 20.00 3.19 106.96
                    sales-by-course   | course_title | =Bread, slowly EUR 1 24.00 0.00 4.00 0.00 0.00 24.00;Python in practice EUR 2 102.96 4.95 16.81 20.00 3.19 82.96;Soup USD 3 90.00 0.00 0.00 0.00 0.00 90.00
                    sales-by-category | category_slug | code EUR 2 102.96 4.95 16.81 20.00 3.19 82.96;cooking EUR 1 24.00 0.00 4.00 0.00 0.00 24.00;cooking USD 3 90.00 0.00 0.00 0.00 0.00 90.00
                    sales-by-country  | country      | none USD 3 90.00 0.00 0.00 0.00 0.00 90.00;DE EUR 1 49.50 0.00 7.90 20.00 3.19 29.50;FR EUR 2 77.46 4.95 12.91 0.00 0.00 77.46
                    sales-by-coupon   | coupon_code  | none EUR 2 73.50 0.00 11.90 20.00 3.19 53.50;none USD 3 90.00 0.00 0.00 0.00 0.00 90.00;TEN EUR 1 53.46 4.95 8.91 0.00 0.00 53.46
                    """)
    void isWhatHandsComputed(String report, String by, String expected) {
        assertThat(String.join(
                        ";",
                        items(report).stream()
                                .map(item -> item.path(by).asString("none") + " " + sums(item.path("sales")))
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void allSidesAddUpToTheSameAndToTheLedger() {
        Map<String, String> totals = new TreeMap<>();
        for (Report<?, ?> report : SalesReports.ALL) {
            JsonNode page = accountant().get("/reports/" + report.name() + DAYS).json();
            Map<String, BigDecimal> gross = new TreeMap<>();
            Map<String, BigDecimal> net = new TreeMap<>();
            items(report.name()).forEach(item -> {
                add(gross, item.path("sales").path("gross"));
                add(net, item.path("sales").path("net"));
            });
            for (JsonNode total : page.path("totals")) {
                String currency = total.path("gross").path("currency").asString();
                assertThat(gross.get(currency)).isEqualTo(amount(total.path("gross")));
                assertThat(net.get(currency)).isEqualTo(amount(total.path("net")));
            }
            totals.put(report.name(), page.path("totals").toString());
            assertThat(ledgerOf(page.path("totals")))
                    .isEqualTo(page.path("ledger").toString());
        }
        assertThat(totals.values().stream().distinct()).as("%s", totals).hasSize(1);
        JsonNode taxes = accountant().get("/reports/taxes" + DAYS).json().path("totals");
        assertThat(amount(taxes.path(0).path("taxable"))
                        .add(amount(taxes.path(0).path("tax"))))
                .isEqualTo("126.96");
        assertThat(amount(taxes.path(0).path("net"))).isEqualTo("17.62");
    }

    private static String ledgerOf(JsonNode totals) {
        List<String> lines = new ArrayList<>();
        for (JsonNode total : totals) {
            lines.add("{\"gross\":" + total.path("gross") + ",\"tax\":" + total.path("tax") + ",\"refunds\":"
                    + total.path("refunds") + ",\"refunded_tax\":" + total.path("refunded_tax") + "}");
        }
        return "[" + String.join(",", lines) + "]";
    }

    @Test
    void taxesByMonthCountryAndRate() {
        assertThat(items("taxes").stream()
                        .map(item -> item.path("month").asString() + " "
                                + item.path("country").asString("none") + " "
                                + item.path("tax_rate")
                                        .decimalValue()
                                        .stripTrailingZeros()
                                        .toPlainString() + " "
                                + amount(item.path("sums").path("taxable")) + " "
                                + amount(item.path("sums").path("tax")) + " "
                                + amount(item.path("sums").path("refunded_taxable")) + " "
                                + amount(item.path("sums").path("refunded_tax"))))
                .containsExactly(
                        "2026-10-01 none 0 90.00 0.00 0.00 0.00",
                        "2026-11-01 DE 0.19 41.60 7.90 16.81 3.19",
                        "2026-11-01 FR 0.2 64.55 12.91 0.00 0.00");
    }

    @Test
    void moneyUnderWay() {
        // a job closes what nobody has paid for days, as this order of last week
        academy.loader("update sales.orders set closed_at = null, close_reason = null where closed_at is not null");
        assertThat(items("receivables").stream()
                        .map(item -> item.path("kind").asString() + " " + amount(item.path("amount"))))
                .containsExactly("order not paid 20.00", "payment pending 20.00", "refund to give back -20.00");
        assertThat(amount(accountant()
                        .get("/reports/receivables")
                        .json()
                        .path("totals")
                        .path(0)))
                .isEqualTo("20.00");
    }

    @Test
    void theTrialBalanceIsZero() {
        for (JsonNode total :
                accountant().get("/reports/ledger-balances").json().path("totals")) {
            assertThat(amount(total.path("balance"))).isEqualTo("0.00");
            assertThat(amount(total.path("debit"))).isPositive();
        }
    }

    @Test
    void aPayoutInTheMonthInWhichItsPeriodEnds() {
        academy.loader("""
                insert into sales.payouts (id, instructor_id, period_start, period_end, amount, currency)
                values (platform.uuid_v7_of('2026-01-01Z', 'payout'), platform.uuid_v7_of('2026-01-01Z', 'instructor'), '2026-10-01', '2026-11-01', 34.65, 'EUR')
                """);
        JsonNode page = accountant()
                .get("/reports/payouts?from=2026-11-01&to=2026-11-01")
                .json();
        assertThat(page.path("items").path(0).path("status").asString()).isEqualTo("planned");
        assertThat(amount(page.path("totals").path(0))).isEqualTo("34.65");
    }

    @Test
    void withoutDaysTheLastThirty() {
        JsonNode days = accountant().get("/reports/daily-sales").json().path("days");
        assertThat(LocalDate.parse(days.path("from").asString()).plusDays(29))
                .isEqualTo(LocalDate.parse(days.path("to").asString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2026-11-02&to=2026-11-01",
                "?from=2020-01-01&to=2026-11-01",
                "?from=yesterday",
                "?from=1066-10-14"
            })
    void aPeriodThatIsNone(String days) {
        assertThat(accountant().get("/reports/taxes" + days).problem()).isEqualTo("invalid-value");
        assertThat(accountant().get("/reports/files/taxes.csv" + days).problem())
                .isEqualTo("invalid-value");
    }

    @Test
    void marketingMayHaveTheCouponsOnly() {
        ApiClient marketing = academy.as("marketing");
        JsonNode page = marketing.get("/reports/sales-by-coupon" + DAYS).json();
        assertThat(page.path("items")).hasSize(3);
        assertThat(page.has("ledger")).isFalse();
        assertThat(marketing.get("/reports/files/sales-by-coupon.csv" + DAYS).status())
                .isEqualTo(200);
        assertThat(marketing.get("/reports/files/taxes.csv").problem()).isEqualTo("forbidden");
        assertThat(marketing.get("/reports/taxes").problem()).isEqualTo("forbidden");
        assertThat(academy.as("admin").get("/reports/taxes" + DAYS).json().path("items"))
                .hasSize(3);
        assertThat(academy.as("instructor").get("/reports/sales-by-coupon").problem())
                .isEqualTo("forbidden");
        assertThat(academy.visitor().get("/reports/files/taxes.csv").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void everyReportIsAFileOfItsRows() throws IOException {
        for (Report<?, ?> report : Stream.concat(SalesReports.ALL.stream(), MoneyReports.ALL.stream())
                .toList()) {
            String days = report.day() == null ? "" : DAYS;
            Answer csv = accountant().get("/reports/files/" + report.name() + ".csv" + days);
            assertThat(csv.status()).as(csv.toString()).isEqualTo(200);
            int rows = items(report.name()).size();
            assertThat(csv.body().lines().count() - 1).as(csv.body()).isEqualTo(rows);
            assertThat(csv.body()).doesNotContain("\n=").doesNotContain(",=").doesNotContain("\"=");
            List<Row> sheet = sheet(report.name() + ".xlsx" + days);
            assertThat(sheet.getFirst().getCell(0).getText())
                    .isEqualTo(report.by().getFirst().getName());
            assertThat(sheet.size()).as(report.name()).isGreaterThan(rows);
        }
        for (String file : List.of("taxes", "taxes.pdf", "nothing.csv", ".csv")) {
            assertThat(accountant().get("/reports/files/" + file).status()).isEqualTo(404);
        }
    }

    @Test
    void aSpreadsheetHasNumbersAndDates() throws IOException {
        List<Row> rows = sheet("daily-sales.xlsx" + DAYS);
        Row bread = rows.get(3);
        assertThat(bread.getCell(0).getType()).isEqualTo(CellType.NUMBER);
        assertThat(bread.getCell(0).asDate().toLocalDate()).isEqualTo("2026-11-11");
        assertThat(bread.getCell(2).getText()).isEqualTo("'=Bread, slowly");
        assertThat(bread.getCell(6).asNumber()).isEqualByComparingTo("24.00");
        List<String> totals = rows.stream()
                .skip(6)
                .map(row -> row.getCell(0).getText() + " " + row.getCell(4).getText() + " "
                        + row.getCell(6).asNumber().toPlainString())
                .toList();
        assertThat(totals).containsExactly("Total EUR 126.96", "Total USD 90.00");
    }

    private static List<Row> sheet(String file) throws IOException {
        Answer answer = accountant().get("/reports/files/" + file);
        assertThat(answer.status()).as(file).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).endsWith(".xlsx\"");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(answer.bytes()))) {
            assertThat(book.getSheets().count()).isOne();
            return book.getFirstSheet().read().stream()
                    .filter(row -> row.getCellCount() > 0)
                    .toList();
        }
    }

    /** All of them, two at a time. */
    private static List<JsonNode> items(String report) {
        String days = List.of("receivables", "ledger-balances").contains(report) ? "?" : DAYS + "&";
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            Answer answer = accountant().get("/reports/" + report + days + "limit=2" + after);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            answer.json().path("items").forEach(items::add);
            after = answer.json().has("next")
                    ? "&after=" + answer.json().path("next").asString()
                    : "";
        } while (!after.isEmpty());
        return items;
    }

    private static String sums(JsonNode sales) {
        StringBuilder line = new StringBuilder(
                        sales.path("gross").path("currency").asString())
                .append(' ')
                .append(sales.path("units_sold").asInt());
        for (String sum : List.of("gross", "discount", "tax", "refunds", "refunded_tax", "net")) {
            line.append(' ').append(amount(sales.path(sum)));
        }
        return line.toString();
    }

    private static void add(Map<String, BigDecimal> sums, JsonNode money) {
        sums.merge(money.path("currency").asString(), amount(money), BigDecimal::add);
    }

    private static BigDecimal amount(JsonNode money) {
        return new BigDecimal(money.path("amount").asString());
    }
}
