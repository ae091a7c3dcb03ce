package com.techcourse.analytics.web;

import static com.techcourse.jooq.analytics.Tables.COURSES_BY_PASSING_SCORE;
import static org.jooq.Records.mapping;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which course demands the most, for the analyst: the answer, then the ranking behind it. */
@Controller
class PassingScorePage {

    private static final int LONGEST = 100;

    private final ActingTransactions transactions;

    PassingScorePage(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/analytics/passing-score")
    String page(@AuthenticationPrincipal SignedIn person, Model model) {
        List<Ranked> ranking = transactions.read(person.acting(), PassingScorePage::ranking);
        model.addAttribute("ranking", ranking)
                .addAttribute(
                        "top",
                        ranking.stream().filter(course -> course.rank() == 1).toList())
                .addAttribute("longest", LONGEST);
        return "analytics/passing-score";
    }

    private static List<Ranked> ranking(DSLContext database) {
        return database.select(
                        COURSES_BY_PASSING_SCORE.RANK,
                        COURSES_BY_PASSING_SCORE.COURSE_TITLE,
                        COURSES_BY_PASSING_SCORE.INSTRUCTOR_EMAIL,
                        COURSES_BY_PASSING_SCORE.PASSING_SCORE)
                .from(COURSES_BY_PASSING_SCORE)
                .orderBy(COURSES_BY_PASSING_SCORE.RANK, COURSES_BY_PASSING_SCORE.COURSE_TITLE)
                .limit(LONGEST)
                .fetch(mapping(Ranked::new));
    }

    record Ranked(long rank, String courseTitle, String instructorEmail, BigDecimal passingScore) {}
}
