package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_LISTINGS;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;

import com.techcourse.catalog.web.CourseFilter.Columns;
import com.techcourse.catalog.web.CourseFilter.Side;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Lists the courses that are wanted, page by page, in any order. */
final class CourseList {

    private final CourseFilter filter;
    private final CourseOrder order;

    CourseList(CourseFilter filter, CourseOrder order) {
        this.filter = filter;
        this.order = order;
    }

    Page<Record> page(DSLContext database, Optional<Cursor> after, int rows) {
        Field<?> key = order.key(filter.search()).as("sort_key");
        List<Record> found = database.select(
                        PUBLISHED_COURSES.ID,
                        PUBLISHED_COURSES.SLUG,
                        PUBLISHED_COURSES.TITLE,
                        PUBLISHED_COURSES.SUBTITLE,
                        PUBLISHED_COURSES.LEVEL,
                        PUBLISHED_COURSES.LANGUAGE,
                        PUBLISHED_COURSES.PRICE,
                        PUBLISHED_COURSES.CURRENCY,
                        PUBLISHED_COURSES.PUBLISHED_AT,
                        CATEGORIES.SLUG,
                        CATEGORIES.NAME,
                        INSTRUCTOR_PROFILES.DISPLAY_NAME)
                .select(key)
                .from(source())
                .join(CATEGORIES)
                .on(CATEGORIES.ID.eq(PUBLISHED_COURSES.CATEGORY_ID))
                .leftJoin(INSTRUCTOR_PROFILES)
                .on(INSTRUCTOR_PROFILES.USER_ID.eq(PUBLISHED_COURSES.INSTRUCTOR_ID))
                .where(wanted())
                .and(after.map(cursor -> order.below(cursor, filter.search())).orElseGet(DSL::noCondition))
                .orderBy(order.sorting(filter.search()))
                .limit(rows + 1)
                .fetch(row -> (Record) row);
        return Page.of(found, rows, last -> order.cursor(last, key));
    }

    /** Figures only where the list depends on them; else they are asked for the rows of the page. */
    private boolean byFigures() {
        return order == CourseOrder.RATING || order == CourseOrder.POPULAR || filter.has(Side.RATING);
    }

    private Table<? extends Record> source() {
        return byFigures()
                ? PUBLISHED_LISTINGS.join(PUBLISHED_COURSES).on(PUBLISHED_COURSES.ID.eq(PUBLISHED_LISTINGS.COURSE_ID))
                : PUBLISHED_COURSES;
    }

    private Condition wanted() {
        Condition chosen = filter.all(byFigures() ? Columns.OF_LISTINGS : Columns.OF_COURSES);
        return filter.search().hasText() ? Catalogue.matches(filter.search()).and(chosen) : chosen;
    }
}
