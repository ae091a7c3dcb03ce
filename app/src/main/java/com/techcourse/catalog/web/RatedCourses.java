package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.learning.Tables.CURRENT_RATINGS;

import java.math.BigDecimal;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Published courses beside what students think of them. */
final class RatedCourses {

    /** Stars, 0 where nobody has rated. */
    static final Field<BigDecimal> AVERAGE = DSL.coalesce(CURRENT_RATINGS.AVERAGE, DSL.inline(BigDecimal.ZERO));

    static final Field<Integer> RATINGS = DSL.coalesce(CURRENT_RATINGS.RATINGS, DSL.inline(0));

    private RatedCourses() {}

    static Table<? extends Record> table() {
        return PUBLISHED_COURSES.leftJoin(CURRENT_RATINGS).on(CURRENT_RATINGS.COURSE_ID.eq(PUBLISHED_COURSES.ID));
    }
}
