package com.techcourse.reporting.web;

import static com.techcourse.jooq.reporting.Tables.STUDENT_SEGMENTS;
import static org.jooq.Records.mapping;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Whom marketing can speak to, as numbers. */
@Api
class SegmentsApi {

    private final ActingTransactions transactions;

    SegmentsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/reports/student-segments")
    @OpenTo("marketing")
    @Operation(
            summary = "Students in segments",
            description = "Students counted by country, month of sign-up and activity; nobody by name.")
    Listing<Segment> segments(Acting acting) {
        return new Listing<>(
                transactions.readRecentLong(
                        acting,
                        database -> database.select(
                                        STUDENT_SEGMENTS.COUNTRY,
                                        STUDENT_SEGMENTS.SIGNUP_MONTH,
                                        STUDENT_SEGMENTS.ACTIVITY,
                                        STUDENT_SEGMENTS.STUDENTS,
                                        STUDENT_SEGMENTS.PAYING_STUDENTS)
                                .from(STUDENT_SEGMENTS)
                                .orderBy(
                                        STUDENT_SEGMENTS.COUNTRY,
                                        STUDENT_SEGMENTS.SIGNUP_MONTH,
                                        STUDENT_SEGMENTS.ACTIVITY)
                                .fetch(mapping(Segment::new))),
                null);
    }

    record Segment(
            @Nullable String country, LocalDate signupMonth, String activity, long students, long payingStudents) {}
}
