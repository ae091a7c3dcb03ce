package com.techcourse.reporting.web;

import static com.techcourse.jooq.platform.Routines.businessDay;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Fragments;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What was sold and given back, day by day, for the accountant: the database lets nobody else read it. */
@Controller
class DailySalesPage {

    private final ActingTransactions transactions;
    private final DailySales sales;

    DailySalesPage(ActingTransactions transactions, DailySales sales) {
        this.transactions = transactions;
        this.sales = sales;
    }

    @GetMapping("/reports/daily-sales")
    String page(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<Cursor> cursor = Cursor.parse(after);
        boolean more = cursor.isPresent() && Fragments.isWanted(request);
        transactions.readRecentSnapshot(person.acting(), database -> {
            LocalDate today = today(database);
            Period period = Period.of(from, to, today);
            model.addAttribute("period", period).addAttribute("shortcuts", shortcuts(today));
            if (period.isValid()) {
                List<DailySales.Day> days = more ? List.of() : sales.days(database, period);
                model.addAttribute("days", days)
                        .addAttribute("totals", DailySales.totals(days))
                        .addAttribute("lines", sales.lines(database, period, cursor));
            } else {
                response.setStatus(422);
            }
            return model;
        });
        return more ? "reporting/daily-sales :: more" : "reporting/daily-sales";
    }

    @GetMapping("/reports/daily-sales.csv")
    void csv(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam String from,
            @RequestParam String to,
            HttpServletResponse response)
            throws IOException {
        Period period = Period.of(from, to, LocalDate.EPOCH);
        if (!period.isValid()) {
            response.sendError(422);
            return;
        }
        String name = "daily-sales-" + period.firstDay() + "-to-" + period.lastDay();
        transactions.readSnapshot(
                person.acting(), database -> Csv.download(sales.export(database, period), name, response));
    }

    private static LocalDate today(DSLContext database) {
        return database.select(businessDay(currentOffsetDateTime()))
                .fetchSingle()
                .value1();
    }

    private static List<Shortcut> shortcuts(LocalDate today) {
        LocalDate month = today.withDayOfMonth(1);
        return List.of(
                new Shortcut("period.last-7", today.minusDays(6), today),
                new Shortcut("period.last-30", today.minusDays(29), today),
                new Shortcut("period.last-90", today.minusDays(89), today),
                new Shortcut("period.this-month", month, today),
                new Shortcut("period.last-month", month.minusMonths(1), month.minusDays(1)));
    }

    record Shortcut(String nameKey, LocalDate from, LocalDate to) {}
}
