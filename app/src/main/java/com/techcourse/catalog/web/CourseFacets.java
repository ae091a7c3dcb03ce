package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.FIND_COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_LISTINGS;

import com.techcourse.catalog.web.CourseFilter.Columns;
import com.techcourse.catalog.web.CourseFilter.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * How many courses each further choice would leave. A facet ignores what is chosen on its own side, so that one sees
 * what the other choices there would bring. One pass over a narrow index; the sides are added up from what it counted.
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
        return database.with(hits())
                .with(DSL.name("found").asMaterialized(found()))
                .select(SIDE, VALUE, COURSES)
                .from(counts(Side.CATEGORY)
                        .unionAll(counts(Side.LEVEL))
                        .unionAll(counts(Side.LANGUAGE))
                        .unionAll(counts(Side.PRICE))
                        .unionAll(ratings())
                        .unionAll(total())
                        .unionAll(limited())
                        .asTable("counts"))
                .orderBy(SIDE, COURSES.desc(), VALUE)
                .fetch(row -> new Count(row.value1(), row.value2(), row.value3()));
    }

    /** What a search looks at; nothing where there are no words. */
    private CommonTableExpression<?> hits() {
        return DSL.name("hits")
                .asMaterialized(DSL.select(FIND_COURSES.COURSE_ID, FIND_COURSES.FOUND_BY)
                        .from(FIND_COURSES.call(
                                filter.search().text(), filter.search().hasText() ? Catalogue.MOST : 0)));
    }

    /** Counted at once by everything that a side may ask for: a few hundred rows, however many courses there are. */
    private Select<?> found() {
        List<Field<?>> kinds = new ArrayList<>(List.of(
                PUBLISHED_LISTINGS.CATEGORY_ID.as("category"),
                PUBLISHED_LISTINGS.LEVEL.as("level"),
                PUBLISHED_LISTINGS.LANGUAGE.as("language"),
                PUBLISHED_LISTINGS.PRICE_RANGE.as("price"),
                PUBLISHED_LISTINGS.HALF_STARS.as("half_stars")));
        Arrays.stream(Side.values())
                .forEach(side -> kinds.add(DSL.field(keeps(side)).as(flag(side))));
        return DSL.select(kinds)
                .select(DSL.count().as(COURSES))
                .from(PUBLISHED_LISTINGS)
                .where(
                        filter.search().hasText()
                                ? DSL.condition("{0} in (select course_id from hits)", PUBLISHED_LISTINGS.COURSE_ID)
                                : DSL.noCondition())
                .groupBy(IntStream.rangeClosed(1, kinds.size())
                        .mapToObj(DSL::inline)
                        .toList());
    }

    private Condition keeps(Side side) {
        return filter.has(side) ? filter.of(side, Columns.OF_LISTINGS) : DSL.trueCondition();
    }

    private static String flag(Side side) {
        return "keeps_" + name(side);
    }

    private static String name(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /** All but the own side. */
    private static Condition others(Side own) {
        return DSL.and(Arrays.stream(Side.values())
                .filter(side -> side != own)
                .map(CourseFacets::kept)
                .toList());
    }

    private static Condition kept(Side side) {
        return DSL.condition(DSL.field(DSL.name(flag(side)), Boolean.class));
    }

    private static Field<Integer> courses() {
        return DSL.coalesce(DSL.sum(COURSES), DSL.inline(BigDecimal.ZERO))
                .cast(Integer.class)
                .as(COURSES);
    }

    private static Select<Record3<String, String, Integer>> counts(Side side) {
        Field<String> value =
                side == Side.CATEGORY ? CATEGORIES.SLUG : DSL.field(DSL.name("found", name(side)), String.class);
        Table<?> found = DSL.table(DSL.name("found"));
        return DSL.select(DSL.inline(name(side)).as(SIDE), value.as(VALUE), courses())
                .from(side == Side.CATEGORY ? found.join(CATEGORIES).on("categories.id = found.category") : found)
                .where(others(side))
                .groupBy(value);
    }

    /** So many stars, or more. */
    private static Select<Record3<String, String, Integer>> ratings() {
        return DSL.select(DSL.inline("rating").as(SIDE), VALUE, courses())
                .from(DSL.table(DSL.name("found")))
                .join("(values ('4.5', 9), ('4.0', 8), ('3.5', 7), ('3.0', 6)) stars (value, half_stars)")
                .on("found.half_stars >= stars.half_stars")
                .where(others(Side.RATING))
                .groupBy(VALUE);
    }

    private static Select<Record3<String, String, Integer>> total() {
        return DSL.select(DSL.inline("total").as(SIDE), DSL.inline("all").as(VALUE), courses())
                .from(DSL.name("found"))
                .where(others(Side.CATEGORY).and(kept(Side.CATEGORY)));
    }

    /** The kinds of match of which there may be more than a search looks at. */
    private static Select<Record3<String, String, Integer>> limited() {
        Field<String> kind = DSL.field(DSL.name("found_by"), String.class);
        return DSL.select(
                        DSL.inline("limited").as(SIDE),
                        kind.as(VALUE),
                        DSL.count().as(COURSES))
                .from(DSL.name("hits"))
                .groupBy(kind)
                .having(DSL.count().ge(Catalogue.MOST));
    }
}
