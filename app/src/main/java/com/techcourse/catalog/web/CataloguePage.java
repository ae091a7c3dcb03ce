package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Fragments;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The front page: what the academy teaches, for everyone. */
@Controller
class CataloguePage {

    private final ActingTransactions transactions;
    private final Catalogue catalogue;

    CataloguePage(ActingTransactions transactions, Catalogue catalogue) {
        this.transactions = transactions;
        this.catalogue = catalogue;
    }

    @GetMapping("/")
    String page(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            Model model) {
        Search search = Search.of(q, category, after);
        model.addAttribute("search", search);
        transactions.readRecent(
                Acting.visitor(),
                database -> model.addAttribute("courses", catalogue.page(database, search))
                        .addAttribute(
                                "categories",
                                database.select(CATEGORIES.SLUG, CATEGORIES.NAME)
                                        .from(CATEGORIES)
                                        .orderBy(CATEGORIES.POSITION, CATEGORIES.SLUG)
                                        .fetch(row -> new Category(row.value1(), row.value2()))));
        if (!Fragments.isWanted(request)) {
            return "catalog/catalogue";
        }
        return search.after().isPresent() ? "catalog/catalogue :: more" : "catalog/catalogue :: finder";
    }

    record Category(String slug, String name) {}
}
