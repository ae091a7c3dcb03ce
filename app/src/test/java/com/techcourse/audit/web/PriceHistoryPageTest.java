package com.techcourse.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Browser;
import com.techcourse.testing.WebAcademy;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class PriceHistoryPageTest {

    private final Browser auditor = WebAcademy.signedIn("auditor");

    @Test
    void theAuditorSeesWhoChangedWhatAndByHowMuch() {
        Document page = auditor.get("/audit/prices").page();
        assertThat(page.select("#history tbody tr").eachText())
                .singleElement()
                .asString()
                .contains("Python in Practice", "Database login techcourse_owner", "€49.50", "€60.00", "up", "21.2%");
        assertThat(page.select("#history time").attr("datetime")).isNotEmpty();
    }

    @Test
    void aPartOfATitleNarrowsTheList() {
        assertThat(auditor.get("/audit/prices?course=PYTHON").page().select("#history tbody tr"))
                .hasSize(1);
        assertThat(auditor.get("/audit/prices?course=soup").page().select("#history tbody tr"))
                .isEmpty();
        assertThat(auditor.get("/audit/prices?course=%25").page().select("#history tbody tr"))
                .isEmpty();
    }

    @Test
    void theProofIsCheckedOnRequest() {
        Document page = auditor.get("/audit/prices/proof").page();
        assertThat(page.select(".verdict-good").text()).isNotEmpty();
        assertThat(auditor.get("/audit/prices/proof", "HX-Request", "true").body())
                .contains("verdict-good")
                .doesNotContain("<html");
    }

    @Test
    void othersAreKeptOut() {
        assertThat(WebAcademy.browser().get("/audit/prices").status()).isEqualTo(302);
        for (String who : new String[] {"accountant", "analyst", "student"}) {
            assertThat(WebAcademy.signedIn(who).get("/audit/prices").status())
                    .as(who)
                    .isEqualTo(403);
            assertThat(WebAcademy.signedIn(who).get("/audit/prices/proof").status())
                    .as(who)
                    .isEqualTo(403);
        }
    }
}
