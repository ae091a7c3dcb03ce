package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.PUBLISHED_LISTINGS;

import com.techcourse.catalog.web.CoursesApi.Students;
import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** How many students take a course: counted now and then for all courses, so that no enrolment waits for a counter. */
@Component
class Popularity implements JobKind {

    private final ActingTransactions transactions;

    Popularity(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    Map<UUID, Students> of(DSLContext database, Collection<UUID> courses) {
        return database.select(
                        PUBLISHED_LISTINGS.COURSE_ID,
                        PUBLISHED_LISTINGS.STUDENTS,
                        PUBLISHED_LISTINGS.STUDENTS_COUNTED_AT)
                .from(PUBLISHED_LISTINGS)
                .where(PUBLISHED_LISTINGS.COURSE_ID.in(courses))
                .fetchMap(PUBLISHED_LISTINGS.COURSE_ID, row -> new Students(row.value2(), row.value3()));
    }

    @Override
    public String name() {
        return "count_students";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), database -> Routines.countStudents(database.configuration()));
    }
}
