package com.techcourse.analytics.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.WebAcademy;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class PassingScorePageTest {

    @Test
    void theAnalystSeesTheAnswerAndTheRanking() {
        Document page =
                WebAcademy.signedIn("analyst").get("/analytics/passing-score").page();
        assertThat(page.select(".answer").text()).contains("90%", "Python in Practice", "instructor@academy.example");
        assertThat(page.select(".ranking tbody th").eachText()).containsExactly("Python in Practice", "Soup number 1");
        assertThat(page.select(".ranking rect").eachAttr("width")).containsExactly("90%", "60%");
    }

    @Test
    void othersAreKeptOut() {
        assertThat(WebAcademy.browser().get("/analytics/passing-score").status())
                .isEqualTo(302);
        for (String who : new String[] {"accountant", "auditor", "student"}) {
            assertThat(WebAcademy.signedIn(who).get("/analytics/passing-score").status())
                    .as(who)
                    .isEqualTo(403);
        }
    }
}
