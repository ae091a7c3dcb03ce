package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.FIND_COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds published courses: newest first, or best match first; page by page, without counting them all. */
@Component
class Catalogue {

    static final int PAGE = 24;

    /** Of each kind of match. */
    static final int MOST = 1000;

    private final Ratings ratings;

    Catalogue(Ratings ratings) {
        this.ratings = ratings;
    }

    Page<CourseCard> page(DSLContext database, Search search) {
        Page<Record> page = search.hasText() ? bestMatches(database, search) : newest(database, search);
        Map<UUID, Rating> rated = ratings.of(
                database,
                page.rows().stream().map(row -> row.get(PUBLISHED_COURSES.ID)).toList());
        return new Page<>(page.rows().stream().map(row -> card(row, rated)).toList(), page.next());
    }

    private static Page<Record> newest(DSLContext database, Search search) {
        Condition below = search.after()
                .map(cursor -> {
                    OffsetDateTime last = cursor.time(0);
                    return PUBLISHED_COURSES
                            .PUBLISHED_AT
                            .le(last)
                            .and(PUBLISHED_COURSES.PUBLISHED_AT.lt(last).or(PUBLISHED_COURSES.ID.gt(cursor.uuid(1))));
                })
                .orElseGet(DSL::noCondition);
        List<Record> rows = published(database, search, PUBLISHED_COURSES.PUBLISHED_AT)
                .and(below)
                .orderBy(PUBLISHED_COURSES.PUBLISHED_AT.desc(), PUBLISHED_COURSES.ID)
                .limit(PAGE + 1)
                .fetch();
        return Page.of(
                rows, PAGE, row -> Cursor.of(row.get(PUBLISHED_COURSES.PUBLISHED_AT), row.get(PUBLISHED_COURSES.ID)));
    }

    private static Page<Record> bestMatches(DSLContext database, Search search) {
        Field<BigDecimal> relevance = relevance(search);
        Condition below = search.after()
                .map(cursor -> {
                    BigDecimal last = cursor.number(0);
                    return relevance.lt(last).or(relevance.eq(last).and(PUBLISHED_COURSES.ID.gt(cursor.uuid(1))));
                })
                .orElseGet(DSL::noCondition);
        List<Record> rows = published(database, search, relevance.as("relevance"))
                .and(matches(search))
                .and(below)
                .orderBy(relevance.desc(), PUBLISHED_COURSES.ID)
                .limit(PAGE + 1)
                .fetch();
        return Page.of(
                rows, PAGE, row -> Cursor.of(String.valueOf(row.get("relevance")), row.get(PUBLISHED_COURSES.ID)));
    }

    private static SelectConditionStep<Record> published(DSLContext database, Search search, Field<?> sortKey) {
        return database.select(
                        PUBLISHED_COURSES.ID,
                        PUBLISHED_COURSES.SLUG,
                        PUBLISHED_COURSES.TITLE,
                        PUBLISHED_COURSES.SUBTITLE,
                        PUBLISHED_COURSES.LEVEL,
                        PUBLISHED_COURSES.LANGUAGE,
                        PUBLISHED_COURSES.PRICE,
                        PUBLISHED_COURSES.CURRENCY,
                        CATEGORIES.NAME,
                        INSTRUCTOR_PROFILES.DISPLAY_NAME)
                .select(sortKey)
                .from(PUBLISHED_COURSES)
                .join(CATEGORIES)
                .on(CATEGORIES.ID.eq(PUBLISHED_COURSES.CATEGORY_ID))
                .leftJoin(INSTRUCTOR_PROFILES)
                .on(INSTRUCTOR_PROFILES.USER_ID.eq(PUBLISHED_COURSES.INSTRUCTOR_ID))
                .where(search.category().isEmpty() ? DSL.noCondition() : CATEGORIES.SLUG.eq(search.category()));
    }

    /**
     * Words in the course's own language, a part of the title, or a title with a typing error. So that a common word costs
     * no more than a rare one, so many of each kind are looked at.
     */
    static Condition matches(Search search) {
        return PUBLISHED_COURSES.ID.in(select(FIND_COURSES.COURSE_ID).from(FIND_COURSES.call(search.text(), MOST)));
    }

    static Field<BigDecimal> relevance(Search search) {
        return field(
                "round((extensions.word_similarity({0}, {1}) + ts_rank({2}, websearch_to_tsquery('english', {0})))::numeric, 6)",
                BigDecimal.class, val(search.text()), PUBLISHED_COURSES.TITLE, PUBLISHED_COURSES.SEARCH);
    }

    private static CourseCard card(Record row, Map<UUID, Rating> rated) {
        return new CourseCard(
                row.get(PUBLISHED_COURSES.SLUG),
                row.get(PUBLISHED_COURSES.TITLE),
                row.get(PUBLISHED_COURSES.SUBTITLE),
                row.get(PUBLISHED_COURSES.LEVEL),
                row.get(PUBLISHED_COURSES.LANGUAGE),
                row.get(PUBLISHED_COURSES.PRICE),
                row.get(PUBLISHED_COURSES.CURRENCY),
                row.get(CATEGORIES.NAME),
                row.get(INSTRUCTOR_PROFILES.DISPLAY_NAME),
                rated.getOrDefault(row.get(PUBLISHED_COURSES.ID), Rating.NONE));
    }
}
