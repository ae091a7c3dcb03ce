package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISH_FAULTS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Puts courses on sale and takes them off. */
@Api
class PublishingApi {

    private static final String NOT_READY = "TC223";

    private final ActingTransactions transactions;

    PublishingApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/studio/courses/{id}/publish-checks")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "What a course lacks",
            description = "Everything that is to be mended before it can be published.")
    Checks checks(Acting acting, @PathVariable UUID id) {
        return transactions.read(acting, database -> {
            StudioCourse.read(database, id);
            List<Missing> missing = missing(database, id);
            return new Checks(missing.isEmpty(), missing);
        });
    }

    @PostMapping("/studio/courses/{id}/publish")
    @OpenTo({"instructor", "admin"})
    @Refuses({"not-publishable", "precondition-required", "stale-version"})
    @Operation(summary = "Publish a course", description = "Refused with everything that it still lacks.")
    ResponseEntity<StudioCourse> publish(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        try {
            return move(acting, id, ifMatch, "published");
        } catch (DataAccessException e) {
            if (!NOT_READY.equals(e.sqlState())) {
                throw e;
            }
            throw new Refused("not-publishable", "The course lacks what is named here.")
                    .with("missing", transactions.read(acting, database -> missing(database, id)));
        }
    }

    @PostMapping("/studio/courses/{id}/archive")
    @OpenTo({"instructor", "admin"})
    @Refuses({"conflict", "precondition-required", "stale-version"})
    @Operation(summary = "Archive a course", description = "It is off sale; its students keep it.")
    ResponseEntity<StudioCourse> archive(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return move(acting, id, ifMatch, "archived");
    }

    @PostMapping("/studio/courses/{id}/unarchive")
    @OpenTo({"instructor", "admin"})
    @Refuses({"conflict", "not-publishable", "precondition-required", "stale-version"})
    @Operation(summary = "Put an archived course on sale again", description = "Checked like a first publication.")
    ResponseEntity<StudioCourse> unarchive(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        transactions.read(acting, database -> {
            if (!StudioCourse.read(database, id).status().equals("archived")) {
                throw new Refused("conflict", "The course is not archived.");
            }
            return id;
        });
        return publish(acting, id, ifMatch);
    }

    private ResponseEntity<StudioCourse> move(Acting acting, UUID id, @Nullable String ifMatch, String status) {
        int version = Etags.required(ifMatch);
        return StudioCoursesApi.tagged(transactions.write(
                acting,
                database -> StudioCourse.changed(
                        database,
                        id,
                        database.update(COURSES)
                                .set(COURSES.STATUS, status)
                                .where(COURSES.ID.eq(id), COURSES.VERSION.eq(version))
                                .execute())));
    }

    private static List<Missing> missing(DSLContext database, UUID course) {
        return database.select(PUBLISH_FAULTS.CODE, PUBLISH_FAULTS.SUBJECT_ID, PUBLISH_FAULTS.FAULT)
                .from(PUBLISH_FAULTS.call(course))
                .fetch(row -> new Missing(row.value1(), row.value2(), row.value3()));
    }

    record Checks(boolean ready, List<Missing> missing) {}

    /**
     * @param code title, subtitle, description, instructor-profile, lessons, empty-section, lesson-content or quiz
     * @param subjectId the section, lesson, quiz or person; absent for the course itself
     */
    record Missing(String code, @Nullable UUID subjectId, String detail) {}
}
