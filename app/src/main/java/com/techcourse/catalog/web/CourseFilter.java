package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What somebody chose beside the catalogue: for each side of a course, which ones are wanted. */
record CourseFilter(Search search, Map<Side, Condition> chosen) {

    /** In the order in which facets are answered. */
    enum Side {
        CATEGORY,
        LEVEL,
        LANGUAGE,
        PRICE,
        RATING
    }

    /** As it comes with the address; null and empty choose nothing. */
    record Wish(
            @Nullable String q,
            @Nullable List<String> category,
            @Nullable List<String> level,
            @Nullable List<String> language,
            @Nullable BigDecimal priceMin,
            @Nullable BigDecimal priceMax,
            @Nullable Boolean free,
            @Nullable BigDecimal ratingMin) {

        CourseFilter filter() {
            Map<Side, Condition> chosen = new EnumMap<>(Side.class);
            if (category != null && !category.isEmpty()) {
                chosen.put(
                        Side.CATEGORY,
                        PUBLISHED_COURSES.CATEGORY_ID.in(
                                DSL.select(CATEGORIES.ID).from(CATEGORIES).where(CATEGORIES.SLUG.in(category))));
            }
            if (level != null && !level.isEmpty()) {
                chosen.put(Side.LEVEL, PUBLISHED_COURSES.LEVEL.in(level));
            }
            if (language != null && !language.isEmpty()) {
                chosen.put(Side.LANGUAGE, PUBLISHED_COURSES.LANGUAGE.in(language));
            }
            Condition price = price();
            if (!price.equals(DSL.noCondition())) {
                chosen.put(Side.PRICE, price);
            }
            if (ratingMin != null) {
                chosen.put(Side.RATING, RatedCourses.AVERAGE.ge(ratingMin));
            }
            return new CourseFilter(Search.of(q, null, null), chosen);
        }

        private Condition price() {
            Field<BigDecimal> price = PUBLISHED_COURSES.PRICE;
            return DSL.and(
                    priceMin == null ? DSL.noCondition() : price.ge(priceMin),
                    priceMax == null ? DSL.noCondition() : price.le(priceMax),
                    free == null ? DSL.noCondition() : free ? price.eq(BigDecimal.ZERO) : price.gt(BigDecimal.ZERO));
        }
    }

    Condition of(Side side) {
        return chosen.getOrDefault(side, DSL.noCondition());
    }

    Condition all() {
        return DSL.and(chosen.values());
    }
}
