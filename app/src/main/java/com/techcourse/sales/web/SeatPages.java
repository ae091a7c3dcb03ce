package com.techcourse.sales.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where the letters of seats and of their managers lead: sign in, then one click. */
@Controller
class SeatPages {

    private static final Map<String, String> SENTENCES = Map.of(
            "TC471",
            "refused.link",
            "TC472",
            "refused.have-it",
            "23505",
            "refused.have-it",
            "TC428",
            "refused.signed-out");

    private final ActingTransactions transactions;

    SeatPages(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/seats/{code}")
    String seat(@AuthenticationPrincipal @Nullable SignedIn person, @PathVariable String code, Model model) {
        return confirm(person, "confirm.seat", "/seats/" + code, model);
    }

    @PostMapping("/seats/{code}")
    String claimed(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @PathVariable String code,
            HttpServletResponse response,
            Model model) {
        confirm(person, "confirm.seat", "/seats/" + code, model);
        return answered(person, "select sales.claim_seat(?)", code, "seat.done", response, model);
    }

    @GetMapping("/organisations/join/{code}")
    String manager(@AuthenticationPrincipal @Nullable SignedIn person, @PathVariable String code, Model model) {
        return confirm(person, "confirm.join", "/organisations/join/" + code, model);
    }

    @PostMapping("/organisations/join/{code}")
    String joined(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @PathVariable String code,
            HttpServletResponse response,
            Model model) {
        confirm(person, "confirm.join", "/organisations/join/" + code, model);
        return answered(person, "select sales.join_organisation(?)", code, "join.done", response, model);
    }

    private static String confirm(@Nullable SignedIn person, String heading, String path, Model model) {
        model.addAttribute("heading", heading).addAttribute("action", path);
        return person == null && path.matches("[a-z0-9/]+") ? "redirect:/sign-in?next=" + path : "identity/confirm";
    }

    private String answered(
            @Nullable SignedIn person,
            String call,
            String code,
            String done,
            HttpServletResponse response,
            Model model) {
        try {
            if (person != null) {
                transactions.write(person.acting(), database -> String.valueOf(database.fetchValue(call, code)));
                model.addAttribute("heading", done + ".heading").addAttribute("text", done + ".text");
                return "identity/told";
            }
            model.addAttribute("refused", "refused.signed-out");
        } catch (DataAccessException refused) {
            model.addAttribute("refused", SENTENCES.getOrDefault(refused.sqlState(), "refused.other"));
        }
        response.setStatus(422);
        return "identity/confirm";
    }
}
