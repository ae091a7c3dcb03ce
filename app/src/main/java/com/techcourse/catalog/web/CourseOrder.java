package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.PUBLISHED_COURSES;
import static com.techcourse.jooq.catalog.Tables.PUBLISHED_LISTINGS;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/** In which order courses are listed. The next page begins after the key of the last row, so none is seen twice. */
enum CourseOrder {
    NEWEST(true, false),
    RELEVANCE(true, false),
    PRICE_ASC(false, false),
    PRICE_DESC(true, true),
    RATING(true, false),
    POPULAR(true, false);

    private final boolean descending;
    private final boolean descendingIds;

    CourseOrder(boolean descending, boolean descendingIds) {
        this.descending = descending;
        this.descendingIds = descendingIds;
    }

    static CourseOrder named(@Nullable String name, Search search) {
        if (name == null) {
            return search.hasText() ? RELEVANCE : NEWEST;
        }
        CourseOrder order = Arrays.stream(values())
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Refused("invalid-value", "The order is one of " + Arrays.toString(values()) + ".", "sort"));
        return order == RELEVANCE && !search.hasText() ? NEWEST : order;
    }

    Field<?> key(Search search) {
        return switch (this) {
            case NEWEST -> PUBLISHED_COURSES.PUBLISHED_AT;
            case RELEVANCE -> Catalogue.relevance(search);
            case PRICE_ASC, PRICE_DESC -> PUBLISHED_COURSES.PRICE;
            case RATING -> PUBLISHED_LISTINGS.AVERAGE;
            case POPULAR -> PUBLISHED_LISTINGS.STUDENTS;
        };
    }

    List<SortField<?>> sorting(Search search) {
        Field<?> key = key(search);
        return List.of(descending ? key.desc() : key.asc(), descendingIds ? id().desc() : id().asc());
    }

    /** From where the key is, so that one index holds both. */
    private Field<UUID> id() {
        return this == RATING || this == POPULAR ? PUBLISHED_LISTINGS.COURSE_ID : PUBLISHED_COURSES.ID;
    }

    Cursor cursor(Record last, Field<?> key) {
        return Cursor.of(this, String.valueOf(last.get(key)), last.get(PUBLISHED_COURSES.ID));
    }

    Condition below(Cursor cursor, Search search) {
        if (!cursor.text(0).equals(toString())) {
            throw new Refused("invalid-value", "The cursor belongs to a list in another order.", "after");
        }
        return switch (this) {
            case NEWEST -> below(PUBLISHED_COURSES.PUBLISHED_AT, cursor.time(1), cursor);
            case RELEVANCE -> below(Catalogue.relevance(search), cursor.number(1), cursor);
            case PRICE_ASC, PRICE_DESC -> below(PUBLISHED_COURSES.PRICE, cursor.number(1), cursor);
            case RATING -> below(PUBLISHED_LISTINGS.AVERAGE, cursor.number(1), cursor);
            case POPULAR -> below(PUBLISHED_LISTINGS.STUDENTS, cursor.number(1).intValue(), cursor);
        };
    }

    /** The first half is what an index understands. */
    private <T> Condition below(Field<T> key, T last, Cursor cursor) {
        Condition otherId = descendingIds ? id().lt(cursor.uuid(2)) : id().gt(cursor.uuid(2));
        return descending
                ? key.le(last).and(key.lt(last).or(otherId))
                : key.ge(last).and(key.gt(last).or(otherId));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
