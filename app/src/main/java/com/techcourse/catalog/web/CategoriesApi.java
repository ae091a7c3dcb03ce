package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The subjects under which courses are found. */
@Api
class CategoriesApi {

    private static final List<Field<?>> COLUMNS =
            List.of(CATEGORIES.ID, CATEGORIES.SLUG, CATEGORIES.NAME, CATEGORIES.DESCRIPTION, CATEGORIES.POSITION);

    private final ActingTransactions transactions;

    CategoriesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/categories")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(summary = "Categories", description = "All of them, in their order.")
    Listing<View> list() {
        return new Listing<>(
                transactions.readRecent(
                        Acting.visitor(),
                        database -> database.select(COLUMNS)
                                .from(CATEGORIES)
                                .orderBy(CATEGORIES.POSITION, CATEGORIES.SLUG)
                                .fetchInto(View.class)),
                null);
    }

    @PostMapping("/categories")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo("admin")
    @Refuses("already-there")
    @Operation(summary = "Add a category", description = "Its slug is its name in addresses.")
    View add(Acting acting, @RequestBody New category) {
        return transactions.write(
                acting,
                database -> database.insertInto(CATEGORIES)
                        .set(CATEGORIES.SLUG, category.slug())
                        .set(CATEGORIES.NAME, category.name())
                        .set(CATEGORIES.DESCRIPTION, Objects.requireNonNullElse(category.description(), ""))
                        .set(CATEGORIES.POSITION, category.position())
                        .returning(COLUMNS)
                        .fetchSingle()
                        .into(View.class));
    }

    @PatchMapping("/categories/{id}")
    @OpenTo("admin")
    @Refuses("already-there")
    @Operation(summary = "Change a category", description = "What is absent stays.")
    View change(Acting acting, @PathVariable UUID id, @RequestBody Change change) {
        return transactions.write(
                acting,
                database -> database.update(CATEGORIES)
                        .set(CATEGORIES.SLUG, DSL.coalesce(DSL.val(change.slug()), CATEGORIES.SLUG))
                        .set(CATEGORIES.NAME, DSL.coalesce(DSL.val(change.name()), CATEGORIES.NAME))
                        .set(
                                CATEGORIES.DESCRIPTION,
                                DSL.coalesce(DSL.val(change.description()), CATEGORIES.DESCRIPTION))
                        .set(CATEGORIES.POSITION, DSL.coalesce(DSL.val(change.position()), CATEGORIES.POSITION))
                        .where(CATEGORIES.ID.eq(id))
                        .returning(COLUMNS)
                        .fetchOptional()
                        .orElseThrow(() -> new Refused("not-found"))
                        .into(View.class));
    }

    record View(UUID id, String slug, String name, String description, int position) {}

    record New(
            @Schema(example = "data-and-databases") String slug,
            @Schema(example = "Data and databases") String name,

            @Schema(example = "Keeping facts, and asking them questions.") @Nullable
            String description,

            @Schema(example = "3") Integer position) {}

    record Change(
            @Nullable String slug,
            @Nullable String name,
            @Nullable String description,
            @Nullable Integer position) {}
}
