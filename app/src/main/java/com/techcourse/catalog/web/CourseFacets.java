package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;

import com.techcourse.catalog.web.CourseFilter.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * How many courses each further choice would leave. A facet ignores what is chosen on its own side, so that one sees
 * what the other choices there would bring. One pass over the courses; the sides are counted from what it kept.
 */
final class CourseFacets {

    private static final Field<String> SIDE = DSL.field(DSL.name("side"), String.class);
    private static final Field<String> VALUE = DSL.field(DSL.name("value"), String.class);
    private static final Field<Integer> COURSES = DSL.field(DSL.name("courses"), Integer.class);

    private final CourseFilter filter;

    CourseFacets(CourseFilter filter) {
        this.filter = filter;
    }

    record Count(String side, String value, int courses) {}

    List<Count> count(DSLContext database) {
        Catalogue.forgiveTypingErrors(database);
        Select<?> found = DSL.select(
                        CATEGORIES.SLUG.as("category"),
                        PUBLISHED_COURSES.LEVEL.as("level"),
                        PUBLISHED_COURSES.LANGUAGE.as("language"),
                        priceRange().as("price"),
                        RatedCourses.AVERAGE.as("average"))
                .select(Arrays.stream(Side.values())
                        .map(side -> DSL.field(keeps(side)).as(flag(side)))
                        .toList())
                .from(RatedCourses.table().join(CATEGORIES).on(CATEGORIES.ID.eq(PUBLISHED_COURSES.CATEGORY_ID)))
                .where(filter.search().hasText() ? Catalogue.matches(filter.search()) : DSL.noCondition());
        return database.with(DSL.name("found").asMaterialized(found))
                .select(SIDE, VALUE, COURSES)
                .from(counts(Side.CATEGORY)
                        .unionAll(counts(Side.LEVEL))
                        .unionAll(counts(Side.LANGUAGE))
                        .unionAll(counts(Side.PRICE))
                        .unionAll(ratings())
                        .unionAll(total())
                        .asTable("counts"))
                .orderBy(SIDE, COURSES.desc(), VALUE)
                .fetch(row -> new Count(row.value1(), row.value2(), row.value3()));
    }

    private Condition keeps(Side side) {
        Condition chosen = filter.of(side);
        return chosen.equals(DSL.noCondition()) ? DSL.trueCondition() : chosen;
    }

    private static String flag(Side side) {
        return "keeps_" + name(side);
    }

    private static String name(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private static Field<String> priceRange() {
        Field<java.math.BigDecimal> price = PUBLISHED_COURSES.PRICE;
        return DSL.when(price.eq(java.math.BigDecimal.ZERO), "free")
                .when(price.lt(new java.math.BigDecimal(25)), "under-25")
                .when(price.lt(new java.math.BigDecimal(50)), "25-to-50")
                .when(price.lt(new java.math.BigDecimal(100)), "50-to-100")
                .otherwise("100-and-more");
    }

    /** All but the own side. */
    private static Condition others(Side own) {
        return DSL.and(Arrays.stream(Side.values())
                .filter(side -> side != own)
                .map(side -> DSL.condition(DSL.field(DSL.name(flag(side)), Boolean.class)))
                .toList());
    }

    private static Select<org.jooq.Record3<String, String, Integer>> counts(Side side) {
        Field<String> value = DSL.field(DSL.name(name(side)), String.class);
        return DSL.select(
                        DSL.inline(name(side)).as(SIDE),
                        value.as(VALUE),
                        DSL.count().as(COURSES))
                .from(DSL.name("found"))
                .where(others(side))
                .groupBy(value);
    }

    /** So many stars, or more. */
    private static Select<org.jooq.Record3<String, String, Integer>> ratings() {
        return DSL.select(DSL.inline("rating").as(SIDE), VALUE, DSL.count().as(COURSES))
                .from(DSL.table(DSL.name("found")))
                .join("(values ('4.5'), ('4.0'), ('3.5'), ('3.0')) stars (value)")
                .on("average >= value::numeric")
                .where(others(Side.RATING))
                .groupBy(VALUE);
    }

    private static Select<org.jooq.Record3<String, String, Integer>> total() {
        return DSL.select(
                        DSL.inline("total").as(SIDE),
                        DSL.inline("all").as(VALUE),
                        DSL.count().as(COURSES))
                .from(DSL.name("found"))
                .where(others(Side.CATEGORY)
                        .and(DSL.condition(DSL.field(DSL.name(flag(Side.CATEGORY)), Boolean.class))));
    }
}
