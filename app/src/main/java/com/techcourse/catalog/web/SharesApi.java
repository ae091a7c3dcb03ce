package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.COURSE_INSTRUCTORS;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The further instructors of a course: they edit it, and earn a share. */
@Api
class SharesApi {

    private final ActingTransactions transactions;

    SharesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/studio/courses/{id}/instructors")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "Further instructors",
            description = "The lead and admins see all shares, the others their own.")
    Listing<Share> list(Acting acting, @PathVariable UUID id) {
        return transactions.read(acting, database -> {
            StudioCourse.read(database, id);
            return new Listing<>(
                    database.select(
                                    COURSE_INSTRUCTORS.INSTRUCTOR_ID,
                                    INSTRUCTOR_PROFILES.DISPLAY_NAME,
                                    COURSE_INSTRUCTORS.SHARE_PERCENT,
                                    COURSE_INSTRUCTORS.ADDED_AT)
                            .from(COURSE_INSTRUCTORS)
                            .leftJoin(INSTRUCTOR_PROFILES)
                            .on(INSTRUCTOR_PROFILES.USER_ID.eq(COURSE_INSTRUCTORS.INSTRUCTOR_ID))
                            .where(COURSE_INSTRUCTORS.COURSE_ID.eq(id))
                            .orderBy(COURSE_INSTRUCTORS.INSTRUCTOR_ID)
                            .fetch(row -> new Share(row.value1(), row.value2(), row.value3(), row.value4())),
                    null);
        });
    }

    @PutMapping("/studio/courses/{id}/instructors/{instructor_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Refuses({"shares-too-high", "conflict"})
    @Operation(
            summary = "Let an instructor help",
            description = "Or change the share. All shares together are at most 100 percent of the instructors' part.")
    void share(
            Acting acting,
            @PathVariable UUID id,
            @PathVariable("instructor_id") UUID instructorId,
            @RequestBody Part part) {
        transactions.write(acting, database -> {
            StudioCourse.read(database, id);
            return database.insertInto(COURSE_INSTRUCTORS)
                    .set(COURSE_INSTRUCTORS.COURSE_ID, id)
                    .set(COURSE_INSTRUCTORS.INSTRUCTOR_ID, instructorId)
                    .set(COURSE_INSTRUCTORS.SHARE_PERCENT, part.sharePercent())
                    .onConflict(COURSE_INSTRUCTORS.COURSE_ID, COURSE_INSTRUCTORS.INSTRUCTOR_ID)
                    .doUpdate()
                    .set(COURSE_INSTRUCTORS.SHARE_PERCENT, part.sharePercent())
                    .execute();
        });
    }

    @DeleteMapping("/studio/courses/{id}/instructors/{instructor_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Let an instructor go", description = "By the lead, an admin, or the instructor.")
    void remove(Acting acting, @PathVariable UUID id, @PathVariable("instructor_id") UUID instructorId) {
        int gone = transactions.write(
                acting,
                database -> database.deleteFrom(COURSE_INSTRUCTORS)
                        .where(COURSE_INSTRUCTORS.COURSE_ID.eq(id))
                        .and(COURSE_INSTRUCTORS.INSTRUCTOR_ID.eq(instructorId))
                        .execute());
        if (gone == 0) {
            throw new Refused("not-found");
        }
    }

    record Share(UUID instructorId, @Nullable String name, BigDecimal sharePercent, OffsetDateTime addedAt) {}

    record Part(
            @Schema(example = "30", minimum = "0", maximum = "100")
            BigDecimal sharePercent) {}
}
