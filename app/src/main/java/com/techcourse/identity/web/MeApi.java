package com.techcourse.identity.web;

import static com.techcourse.jooq.identity.Tables.USERS;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What a person is called and how we write to them. */
@Api
class MeApi {

    private final ActingTransactions transactions;

    MeApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/me")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "One's account", description = "As the academy knows it.")
    Me me(SignedIn person) {
        return transactions.read(person.self(), database -> read(database, person));
    }

    @PatchMapping("/me")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Changes one's account", description = "Only the members that are there.")
    Me change(SignedIn person, @RequestBody Changes changes) {
        Map<Field<?>, Object> set = new LinkedHashMap<>();
        put(set, USERS.DISPLAY_NAME, changes.displayName());
        put(set, USERS.BIO, changes.bio());
        put(set, USERS.COUNTRY, changes.country());
        put(set, USERS.LOCALE, changes.locale());
        return transactions.write(person.self(), database -> {
            if (!set.isEmpty()) {
                database.update(USERS)
                        .set(set)
                        .where(USERS.ID.eq(person.userId()))
                        .execute();
            }
            return read(database, person);
        });
    }

    private static void put(Map<Field<?>, Object> set, Field<String> field, @Nullable String value) {
        if (value != null) {
            set.put(field, value);
        }
    }

    private static Me read(DSLContext database, SignedIn person) {
        return database.select(
                        USERS.ID,
                        USERS.EMAIL.cast(String.class),
                        USERS.DISPLAY_NAME,
                        USERS.BIO,
                        USERS.COUNTRY,
                        USERS.LOCALE,
                        USERS.CREATED_AT)
                .from(USERS)
                .where(USERS.ID.eq(person.userId()))
                .fetchSingle(row -> new Me(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        person.actingRole(),
                        person.roles()));
    }

    /**
     * @param country ISO 3166-1 alpha-2
     * @param role as which one acts now
     */
    record Me(
            UUID id,
            String email,
            String displayName,
            String bio,
            @Nullable String country,
            String locale,
            OffsetDateTime createdAt,
            String role,
            List<String> roles) {}

    record Changes(
            @Schema(example = "Ada", maxLength = 120) @Nullable
            String displayName,

            @Schema(maxLength = 2000) @Nullable String bio,
            @Schema(example = "GB") @Nullable String country,
            @Schema(example = "en") @Nullable String locale) {}
}
