package com.techcourse.reporting.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.WebAcademy;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class DailySalesPageTest {

    private static final String JUNE = "/reports/daily-sales?from=2026-06-01&to=2026-06-30";

    private final Browser accountant = WebAcademy.signedIn("accountant");

    @Test
    void theAccountantSeesSalesAndRefundsOnTheirDays() {
        Document page = accountant.get(JUNE).page();
        assertThat(page.select(".total-net").eachText()).containsExactly("€40.00");
        assertThat(page.select("tr[data-day]").eachAttr("data-day")).containsExactly("2026-06-12", "2026-06-10");
        assertThat(page.select("tr[data-day=2026-06-10]").attr("data-gross")).isEqualTo("49.50");
        assertThat(page.select("table.stacked tbody tr").eachText().getFirst())
                .contains("Jun 12, 2026", "Python in Practice", "€9.50", "-€9.50");
    }

    @Test
    void withoutAPeriodTheLastThirtyDaysAreShown() {
        Document page = accountant.get("/reports/daily-sales").page();
        assertThat(page.select("#from").val()).isLessThan(page.select("#to").val());
        assertThat(page.select(".chip[aria-current]").text()).isEqualTo("30 days");
    }

    @Test
    void aPeriodThatMakesNoSenseIsExplainedAtItsFields() {
        for (String period :
                new String[] {"from=2026-06-30&to=2026-06-01", "from=yesterday&to=x", "from=1990-01-01&to=2026-01-01"
                }) {
            Answer answer = accountant.get("/reports/daily-sales?" + period);
            assertThat(answer.status()).as(period).isEqualTo(422);
            assertThat(answer.page().select("#period-fault").text()).isNotEmpty();
            assertThat(answer.page().select("#from").attr("aria-describedby")).isEqualTo("period-fault");
        }
    }

    @Test
    void theDownloadHoldsTheSameRows() {
        String link = accountant.get(JUNE).page().select(".staff-head a").attr("href");
        Answer csv = accountant.get(link);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("daily-sales-2026-06-01-to-2026-06-30.csv");
        assertThat(csv.body().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "day,course_id,course_title,instructor_name,currency,units_sold,gross_amount,refund_amount,net_amount,discount_amount,tax_amount,refunded_tax_amount");
        assertThat(accountant.get("/reports/daily-sales.csv?from=x&to=y").status())
                .isEqualTo(422);
    }

    @Test
    void othersAreKeptOut() {
        assertThat(WebAcademy.browser().get(JUNE).status()).isEqualTo(302);
        assertThat(WebAcademy.browser()
                        .get("/reports/daily-sales.csv?from=2026-06-01&to=2026-06-02")
                        .status())
                .isEqualTo(302);
        for (String who : new String[] {"auditor", "analyst", "student"}) {
            Browser browser = WebAcademy.signedIn(who);
            assertThat(browser.get(JUNE).status()).as(who).isEqualTo(403);
            assertThat(browser.get("/reports/daily-sales.csv?from=2026-06-01&to=2026-06-02")
                            .status())
                    .as(who)
                    .isEqualTo(403);
        }
    }
}
