package com.techcourse.audit.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Fragments;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who changed which price, for the auditor, and the proof that the list is whole. */
@Controller
class PriceHistoryPage {

    private final ActingTransactions transactions;
    private final PriceHistory history;
    private final Seals seals;

    PriceHistoryPage(ActingTransactions transactions, PriceHistory history, Seals seals) {
        this.transactions = transactions;
        this.history = history;
        this.seals = seals;
    }

    @GetMapping("/audit/prices")
    String page(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(defaultValue = "") String course,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            Model model) {
        Optional<Cursor> cursor = Cursor.parse(after);
        String title = course.strip();
        transactions.read(
                person.acting(),
                database -> model.addAttribute("course", title)
                        .addAttribute("changes", history.page(database, title, cursor))
                        .addAttribute("seals", seals.status(database)));
        if (!Fragments.isWanted(request)) {
            return "audit/prices";
        }
        return cursor.isPresent() ? "audit/prices :: more" : "audit/prices :: history";
    }

    @GetMapping("/audit/prices/proof")
    String proof(@AuthenticationPrincipal SignedIn person, HttpServletRequest request, Model model) {
        transactions.readLong(
                person.acting(),
                database -> model.addAttribute("faults", seals.verify(database))
                        .addAttribute("seals", seals.status(database)));
        return Fragments.isWanted(request) ? "audit/proof :: result" : "audit/proof";
    }
}
