package com.techcourse.learning.web;

import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.identity.Tables.USERS;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Who takes a course, for those who teach it; and how staff let in and remove. */
@Api
class CourseStudentsApi {

    private final ActingTransactions transactions;
    private final Enrolling enrolling;

    CourseStudentsApi(ActingTransactions transactions, Enrolling enrolling) {
        this.transactions = transactions;
        this.enrolling = enrolling;
    }

    @GetMapping("/studio/courses/{id}/students")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Students of a course", description = "With their progress, newest first; also who has left.")
    Listing<Student> list(
            Acting acting,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition below = Cursor.parse(after)
                .map(cursor -> DSL.row(COURSE_PROGRESS.ENROLLED_AT, COURSE_PROGRESS.STUDENT_ID)
                        .lt(cursor.time(0), cursor.uuid(1)))
                .orElseGet(DSL::noCondition);
        List<CourseProgressRecord> rows = transactions.read(acting, database -> {
            if (!database.fetchExists(COURSES, COURSES.ID.eq(id))) {
                throw new Refused("not-found");
            }
            return database.selectFrom(COURSE_PROGRESS)
                    .where(COURSE_PROGRESS.COURSE_ID.eq(id))
                    .and(below)
                    .orderBy(COURSE_PROGRESS.ENROLLED_AT.desc(), COURSE_PROGRESS.STUDENT_ID.desc())
                    .limit(limit.rows() + 1)
                    .fetch();
        });
        return Listing.of(
                Page.of(rows, limit.rows(), row -> Cursor.of(row.getEnrolledAt(), row.getStudentId())), Student::of);
    }

    @PutMapping("/studio/courses/{id}/students/{student_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Refuses({"payment-needed", "course-not-open"})
    @Operation(summary = "Enrol a student", description = "In a free course; also whom staff removed before.")
    void enrol(Acting acting, @PathVariable UUID id, @PathVariable("student_id") UUID studentId) {
        transactions.write(acting, database -> {
            if (!database.fetchExists(USERS, USERS.ID.eq(studentId))) {
                throw new Refused("not-found");
            }
            return enrolling.enrol(database, studentId, id);
        });
    }

    @DeleteMapping("/studio/courses/{id}/students/{student_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Operation(summary = "Remove a student", description = "Only staff let a removed student in again.")
    void remove(Acting acting, @PathVariable UUID id, @PathVariable("student_id") UUID studentId) {
        transactions.write(acting, database -> {
            enrolling.end(database, studentId, id);
            return id;
        });
    }

    /** @param endedAt absent while the enrolment lasts */
    @Schema(name = "CourseStudent")
    record Student(
            UUID studentId,
            String name,
            OffsetDateTime enrolledAt,
            @Nullable OffsetDateTime endedAt,
            @Nullable String endReason,
            @Nullable OffsetDateTime completedAt,
            Progress progress) {

        static Student of(CourseProgressRecord row) {
            return new Student(
                    row.getStudentId(),
                    row.getStudentName(),
                    row.getEnrolledAt(),
                    row.getEndedAt(),
                    row.getEndReason(),
                    row.getCompletedAt(),
                    Progress.of(row));
        }
    }
}
