package com.techcourse.catalog.web;

import static com.techcourse.jooq.learning.Tables.CURRENT_RATINGS;
import static com.techcourse.jooq.learning.Tables.REVIEWS;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What students say of courses. Who said it stays with them: a visitor sees no names. */
@Component
class Ratings {

    private static final int LATEST = 6;

    Map<UUID, Rating> of(DSLContext database, Collection<UUID> courses) {
        return database.select(CURRENT_RATINGS.COURSE_ID, CURRENT_RATINGS.RATINGS, CURRENT_RATINGS.AVERAGE)
                .from(CURRENT_RATINGS)
                .where(CURRENT_RATINGS.COURSE_ID.in(courses))
                .fetchMap(CURRENT_RATINGS.COURSE_ID, row -> new Rating(row.value2(), row.value3()));
    }

    /** How many gave five stars, four .. one: five numbers. */
    List<Integer> distribution(DSLContext database, UUID course) {
        return database.select(
                        CURRENT_RATINGS.STARS_5,
                        CURRENT_RATINGS.STARS_4,
                        CURRENT_RATINGS.STARS_3,
                        CURRENT_RATINGS.STARS_2,
                        CURRENT_RATINGS.STARS_1)
                .from(CURRENT_RATINGS)
                .where(CURRENT_RATINGS.COURSE_ID.eq(course))
                .fetchOptional(row -> List.of(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()))
                .orElseGet(() -> List.of(0, 0, 0, 0, 0));
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
