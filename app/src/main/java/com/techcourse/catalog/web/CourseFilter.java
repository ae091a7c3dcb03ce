package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_LISTINGS;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What somebody chose beside the catalogue: for each side of a course, which ones are wanted. */
record CourseFilter(Search search, Map<Side, Function<CourseFilter.Columns, Condition>> chosen) {

    /** In the order in which facets are answered. */
    enum Side {
        CATEGORY,
        LEVEL,
        LANGUAGE,
        PRICE,
        RATING
    }

    /** Where the same values stand twice: in the course, and in its narrow listing. */
    record Columns(Field<UUID> category, Field<String> level, Field<String> language, Field<BigDecimal> price) {

        static final Columns OF_COURSES = new Columns(
                PUBLISHED_COURSES.CATEGORY_ID,
                PUBLISHED_COURSES.LEVEL,
                PUBLISHED_COURSES.LANGUAGE,
                PUBLISHED_COURSES.PRICE);

        static final Columns OF_LISTINGS = new Columns(
                PUBLISHED_LISTINGS.CATEGORY_ID,
                PUBLISHED_LISTINGS.LEVEL,
                PUBLISHED_LISTINGS.LANGUAGE,
                PUBLISHED_LISTINGS.PRICE);
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
            Map<Side, Function<Columns, Condition>> chosen = new EnumMap<>(Side.class);
            if (category != null && !category.isEmpty()) {
                chosen.put(
                        Side.CATEGORY,
                        in -> in.category()
                                .in(DSL.select(CATEGORIES.ID).from(CATEGORIES).where(CATEGORIES.SLUG.in(category))));
            }
            if (level != null && !level.isEmpty()) {
                chosen.put(Side.LEVEL, in -> in.level().in(level));
            }
            if (language != null && !language.isEmpty()) {
                chosen.put(Side.LANGUAGE, in -> in.language().in(language));
            }
            if (priceMin != null || priceMax != null || free != null) {
                chosen.put(Side.PRICE, in -> price(in.price()));
            }
            if (ratingMin != null) {
                chosen.put(Side.RATING, _ -> PUBLISHED_LISTINGS.AVERAGE.ge(ratingMin));
            }
            return new CourseFilter(Search.of(q, null, null), chosen);
        }

        private Condition price(Field<BigDecimal> price) {
            return DSL.and(
                    priceMin == null ? DSL.noCondition() : price.ge(priceMin),
                    priceMax == null ? DSL.noCondition() : price.le(priceMax),
                    free == null ? DSL.noCondition() : free ? price.eq(BigDecimal.ZERO) : price.gt(BigDecimal.ZERO));
        }
    }

    boolean has(Side side) {
        return chosen.containsKey(side);
    }

    Condition of(Side side, Columns columns) {
        Function<Columns, Condition> choice = chosen.get(side);
        return choice == null ? DSL.noCondition() : choice.apply(columns);
    }

    Condition all(Columns columns) {
        return DSL.and(
                chosen.values().stream().map(choice -> choice.apply(columns)).toList());
    }
}
