package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.catalog.Tables.COURSE_INSTRUCTORS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The courses that one leads or helps to teach. */
@Api
class StudioCoursesApi {

    private final ActingTransactions transactions;

    StudioCoursesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/studio/courses")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "My courses",
            description = "Those that one leads or helps to teach, newest first; an admin's are all.")
    Listing<StudioCourse> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition below =
                Cursor.parse(after).map(cursor -> COURSES.ID.lt(cursor.uuid(0))).orElseGet(DSL::noCondition);
        return transactions.read(
                acting,
                database -> Listing.of(Page.of(
                        StudioCourse.select(database)
                                .where(mine(acting))
                                .and(status == null ? DSL.noCondition() : COURSES.STATUS.eq(status))
                                .and(below)
                                .orderBy(COURSES.ID.desc())
                                .limit(limit.rows() + 1)
                                .fetch(StudioCourse::of),
                        limit.rows(),
                        course -> Cursor.of(course.id()))));
    }

    private static Condition mine(Acting acting) {
        return acting.role().equals("admin")
                ? DSL.noCondition()
                : COURSES.INSTRUCTOR_ID
                        .eq(acting.userId())
                        .or(COURSES.ID.in(DSL.select(COURSE_INSTRUCTORS.COURSE_ID)
                                .from(COURSE_INSTRUCTORS)
                                .where(COURSE_INSTRUCTORS.INSTRUCTOR_ID.eq(acting.userId()))));
    }

    @PostMapping("/studio/courses")
    @OpenTo("instructor")
    @Refuses("already-there")
    @ApiResponse(responseCode = "201", description = "Begun, as a draft")
    @Operation(summary = "Begin a course", description = "A draft that only its instructors and admins see.")
    ResponseEntity<StudioCourse> create(Acting acting, @RequestBody New course) {
        StudioCourse made = transactions.write(acting, database -> {
            UUID id = Objects.requireNonNull(database.insertInto(COURSES)
                    .set(COURSES.SLUG, course.slug() == null ? Slugs.of(course.title()) : course.slug())
                    .set(COURSES.INSTRUCTOR_ID, acting.userId())
                    .set(COURSES.CATEGORY_ID, category(database, course.category()))
                    .set(COURSES.TITLE, course.title())
                    .set(COURSES.SUBTITLE, Objects.requireNonNullElse(course.subtitle(), ""))
                    .set(COURSES.DESCRIPTION, Objects.requireNonNullElse(course.description(), ""))
                    .set(COURSES.LANGUAGE, Objects.requireNonNullElse(course.language(), "en"))
                    .set(COURSES.LEVEL, Objects.requireNonNullElse(course.level(), "beginner"))
                    .set(COURSES.PRICE, course.price().amount())
                    .set(COURSES.CURRENCY, course.price().currency())
                    .returningResult(COURSES.ID)
                    .fetchSingle()
                    .value1());
            return StudioCourse.read(database, id);
        });
        return ResponseEntity.created(URI.create(Api.PREFIX + "/studio/courses/" + made.id()))
                .header(HttpHeaders.ETAG, Etags.of(made.version()))
                .body(made);
    }

    @GetMapping("/studio/courses/{id}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "One of my courses", description = "The answer's ETag is what changes need as If-Match.")
    ResponseEntity<StudioCourse> one(Acting acting, @PathVariable UUID id) {
        return tagged(transactions.read(acting, database -> StudioCourse.read(database, id)));
    }

    @PatchMapping("/studio/courses/{id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"already-there", "precondition-required", "stale-version"})
    @Operation(
            summary = "Change a course",
            description = "What is absent stays. Of two who change at once, one is refused.")
    ResponseEntity<StudioCourse> change(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Change change) {
        int version = Etags.required(ifMatch);
        return tagged(transactions.write(acting, database -> {
            Field<UUID> category =
                    change.category() == null ? COURSES.CATEGORY_ID : DSL.val(category(database, change.category()));
            int changed = database.update(COURSES)
                    .set(COURSES.SLUG, DSL.coalesce(DSL.val(change.slug()), COURSES.SLUG))
                    .set(COURSES.CATEGORY_ID, category)
                    .set(COURSES.TITLE, DSL.coalesce(DSL.val(change.title()), COURSES.TITLE))
                    .set(COURSES.SUBTITLE, DSL.coalesce(DSL.val(change.subtitle()), COURSES.SUBTITLE))
                    .set(COURSES.DESCRIPTION, DSL.coalesce(DSL.val(change.description()), COURSES.DESCRIPTION))
                    .set(COURSES.LANGUAGE, DSL.coalesce(DSL.val(change.language()), COURSES.LANGUAGE))
                    .set(COURSES.LEVEL, DSL.coalesce(DSL.val(change.level()), COURSES.LEVEL))
                    .where(COURSES.ID.eq(id), COURSES.VERSION.eq(version))
                    .execute();
            return StudioCourse.changed(database, id, changed);
        }));
    }

    @PutMapping("/studio/courses/{id}/price")
    @OpenTo({"instructor", "admin"})
    @Refuses({"precondition-required", "stale-version"})
    @Operation(
            summary = "Set the price",
            description = "0 makes the course free. Every change is kept in the change log.")
    ResponseEntity<StudioCourse> price(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Money price) {
        int version = Etags.required(ifMatch);
        return tagged(transactions.write(
                acting,
                database -> StudioCourse.changed(
                        database,
                        id,
                        database.update(COURSES)
                                .set(COURSES.PRICE, price.amount())
                                .set(COURSES.CURRENCY, price.currency())
                                .where(COURSES.ID.eq(id), COURSES.VERSION.eq(version))
                                .execute())));
    }

    private static UUID category(DSLContext database, String slug) {
        return database.select(CATEGORIES.ID)
                .from(CATEGORIES)
                .where(CATEGORIES.SLUG.eq(slug))
                .fetchOptional(CATEGORIES.ID)
                .orElseThrow(() -> new Refused("invalid-value", "There is no such category.", "category"));
    }

    static ResponseEntity<StudioCourse> tagged(StudioCourse course) {
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, Etags.of(course.version()))
                .body(course);
    }

    /** @param slug the name in the address; made from the title when absent */
    record New(
            @Schema(example = "Python in practice") String title,
            @Nullable String slug,
            @Schema(example = "code") String category,
            @Nullable String subtitle,
            @Nullable String description,
            @Schema(example = "en") @Nullable String language,
            @Schema(example = "beginner") @Nullable String level,
            Money price) {}

    record Change(
            @Nullable String title,
            @Nullable String slug,
            @Nullable String category,
            @Nullable String subtitle,
            @Nullable String description,
            @Nullable String language,
            @Nullable String level) {}
}
