package com.techcourse.learning.web;

import static com.techcourse.jooq.learning.Tables.COURSE_PROGRESS;

import com.techcourse.jooq.learning.tables.records.CourseProgressRecord;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The courses that a student takes. */
@Api
class EnrollmentsApi {

    private final ActingTransactions transactions;
    private final Enrolling enrolling;

    EnrollmentsApi(ActingTransactions transactions, Enrolling enrolling) {
        this.transactions = transactions;
        this.enrolling = enrolling;
    }

    @PostMapping("/enrollments")
    @OpenTo("student")
    @Refuses({"payment-needed", "course-not-open", "enrolment-closed"})
    @Operation(
            summary = "Enrol in a free course",
            description = "Also the way back for who withdrew. Repeated, it answers 200 and the same enrolment.")
    @ApiResponse(responseCode = "201", description = "Enrolled", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "Enrolled before", useReturnTypeSchema = true)
    ResponseEntity<Enrollment> enrol(Acting acting, @RequestBody Wish wish) {
        return transactions.write(acting, database -> {
            boolean fresh = enrolling.enrol(database, Enrolling.student(acting), wish.courseId());
            Enrollment enrollment = one(database, Enrolling.student(acting), wish.courseId());
            return fresh
                    ? ResponseEntity.created(URI.create(Api.PREFIX + "/enrollments/" + wish.courseId()))
                            .body(enrollment)
                    : ResponseEntity.ok(enrollment);
        });
    }

    @GetMapping("/enrollments")
    @OpenTo("student")
    @Operation(summary = "My courses", description = "With progress and the lesson to go on with, newest first.")
    Listing<Enrollment> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition below = Cursor.parse(after)
                .map(cursor -> DSL.row(COURSE_PROGRESS.ENROLLED_AT, COURSE_PROGRESS.COURSE_ID)
                        .lt(cursor.time(0), cursor.uuid(1)))
                .orElseGet(DSL::noCondition);
        List<CourseProgressRecord> rows = transactions.read(
                acting,
                database -> database.selectFrom(COURSE_PROGRESS)
                        .where(COURSE_PROGRESS.STUDENT_ID.eq(Enrolling.student(acting)))
                        .and(below)
                        .orderBy(COURSE_PROGRESS.ENROLLED_AT.desc(), COURSE_PROGRESS.COURSE_ID.desc())
                        .limit(limit.rows() + 1)
                        .fetch());
        return Listing.of(
                Page.of(rows, limit.rows(), row -> Cursor.of(row.getEnrolledAt(), row.getCourseId())), Enrollment::of);
    }

    @GetMapping("/enrollments/{course_id}")
    @OpenTo("student")
    @Operation(summary = "One of my courses", description = "With progress and the lesson to go on with.")
    Enrollment get(Acting acting, @PathVariable("course_id") UUID courseId) {
        return transactions.read(acting, database -> one(database, Enrolling.student(acting), courseId));
    }

    @DeleteMapping("/enrollments/{course_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Operation(summary = "Withdraw from a course", description = "What was learned is kept, for the way back.")
    void withdraw(Acting acting, @PathVariable("course_id") UUID courseId) {
        transactions.write(acting, database -> {
            enrolling.end(database, Enrolling.student(acting), courseId);
            return courseId;
        });
    }

    private static Enrollment one(DSLContext database, UUID student, UUID course) {
        return database.selectFrom(COURSE_PROGRESS)
                .where(COURSE_PROGRESS.STUDENT_ID.eq(student))
                .and(COURSE_PROGRESS.COURSE_ID.eq(course))
                .fetchOptional(Enrollment::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    record Wish(UUID courseId) {}

    /**
     * @param endedAt absent while it lasts
     * @param endReason withdrawn, refunded, removed or expired
     * @param completedAt when all lessons were done and all quizzes passed; stays when lessons are added
     */
    @Schema(name = "Enrollment")
    record Enrollment(
            UUID courseId,
            String courseSlug,
            String courseTitle,
            OffsetDateTime enrolledAt,
            @Nullable OffsetDateTime endedAt,
            @Nullable String endReason,
            @Nullable OffsetDateTime completedAt,
            Progress progress) {

        static Enrollment of(CourseProgressRecord row) {
            return new Enrollment(
                    row.getCourseId(),
                    row.getCourseSlug(),
                    row.getCourseTitle(),
                    row.getEnrolledAt(),
                    row.getEndedAt(),
                    row.getEndReason(),
                    row.getCompletedAt(),
                    Progress.of(row));
        }
    }
}
