package com.techcourse.catalog.web;

import static com.techcourse.jooq.learning.Tables.REVIEWS;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/** What students say of courses. Who said it stays with them: a visitor sees no names. */
@Component
class Ratings {

    private static final Field<Integer> COUNT = count();
    private static final Field<BigDecimal> AVERAGE = avg(REVIEWS.RATING);
    private static final int LATEST = 6;

    Map<UUID, Rating> of(DSLContext database, Collection<UUID> courses) {
        return database.select(REVIEWS.COURSE_ID, COUNT, AVERAGE)
                .from(REVIEWS)
                .where(REVIEWS.COURSE_ID.in(courses))
                .groupBy(REVIEWS.COURSE_ID)
                .fetchMap(REVIEWS.COURSE_ID, row -> new Rating(row.get(COUNT), row.get(AVERAGE)));
    }

    /** How many gave five stars, four .. one: five numbers. */
    List<Integer> distribution(DSLContext database, UUID course) {
        Map<Short, Integer> counts = database.select(REVIEWS.RATING, COUNT)
                .from(REVIEWS)
                .where(REVIEWS.COURSE_ID.eq(course))
                .groupBy(REVIEWS.RATING)
                .fetchMap(REVIEWS.RATING, COUNT);
        return List.of(5, 4, 3, 2, 1).stream()
                .map(stars -> counts.getOrDefault(stars.shortValue(), 0))
                .toList();
    }

    List<Review> latest(DSLContext database, UUID course) {
        return database.select(REVIEWS.RATING, REVIEWS.BODY, REVIEWS.CREATED_AT)
                .from(REVIEWS)
                .where(REVIEWS.COURSE_ID.eq(course))
                .and(REVIEWS.BODY.ne(""))
                .orderBy(REVIEWS.CREATED_AT.desc())
                .limit(LATEST)
                .fetch(row -> new Review(row.value1(), row.value2(), row.value3()));
    }

    record Review(int rating, String body, OffsetDateTime createdAt) {}
}
