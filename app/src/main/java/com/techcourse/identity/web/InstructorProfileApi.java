package com.techcourse.identity.web;

import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What every visitor may know of an instructor. */
@Api
class InstructorProfileApi {

    private final ActingTransactions transactions;

    InstructorProfileApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/me/instructor-profile")
    @OpenTo("instructor")
    @Refuses("not-found")
    @Operation(summary = "One's public profile", description = "As every visitor of a course page reads it.")
    Profile profile(Acting acting) {
        return transactions.read(acting, database -> read(database, acting.userId()));
    }

    @PutMapping("/me/instructor-profile")
    @OpenTo("instructor")
    @Operation(
            summary = "Changes one's public profile",
            description = "A course is published only when it says something.")
    Profile change(Acting acting, @RequestBody Profile wanted) {
        return transactions.write(acting, database -> {
            database.insertInto(INSTRUCTOR_PROFILES)
                    .columns(INSTRUCTOR_PROFILES.USER_ID, INSTRUCTOR_PROFILES.DISPLAY_NAME, INSTRUCTOR_PROFILES.BIO)
                    .values(acting.userId(), wanted.displayName(), wanted.bio())
                    .onConflict(INSTRUCTOR_PROFILES.USER_ID)
                    .doUpdate()
                    .set(INSTRUCTOR_PROFILES.DISPLAY_NAME, wanted.displayName())
                    .set(INSTRUCTOR_PROFILES.BIO, wanted.bio())
                    .execute();
            return read(database, acting.userId());
        });
    }

    private static Profile read(DSLContext database, @org.jspecify.annotations.Nullable UUID user) {
        return database.select(INSTRUCTOR_PROFILES.DISPLAY_NAME, INSTRUCTOR_PROFILES.BIO)
                .from(INSTRUCTOR_PROFILES)
                .where(INSTRUCTOR_PROFILES.USER_ID.eq(user))
                .fetchOptional(row -> new Profile(row.value1(), row.value2()))
                .orElseThrow(() -> new Refused("not-found"));
    }

    /** @param bio Markdown */
    record Profile(
            @Schema(example = "Ada Quist", maxLength = 120) String displayName,

            @Schema(example = "Has taught SQL for ten years.", maxLength = 2000)
            String bio) {}
}
