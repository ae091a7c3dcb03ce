package com.techcourse.reporting.web;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import com.techcourse.platform.Cursor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A report over a view: what it is grouped by, in which order its rows stand, and what is added up, for each currency
 * by itself.
 *
 * @param name as in its address
 * @param view where its rows come from
 * @param day by which a period is chosen; null for a report of how things stand now
 * @param by what stands beside the sums; one row for each
 * @param key of these, what orders the rows; with the currency it tells any two apart
 * @param currency of the sums
 * @param sums what is added up
 * @param entry a row as the API answers it
 * @param total the sums of a currency as the API answers them
 */
record Report<T, S>(
        String name,
        Table<?> view,
        @Nullable Field<LocalDate> day,
        List<Field<?>> by,
        List<Field<?>> key,
        Field<String> currency,
        List<Field<? extends Number>> sums,
        Function<Record, T> entry,
        Function<Record, S> total) {

    private static final int ROWS_AT_ONCE = 1000;

    /** Some rows after a cursor. */
    Result<Record> rows(DSLContext database, @Nullable Period period, @Nullable Cursor after, int most) {
        Table<?> report = grouped(database, period).asTable("report");
        List<Field<?>> order = order(report);
        return database.select(report.fields())
                .from(report)
                .where(after == null ? noCondition() : above(order, after))
                .orderBy(order)
                .limit(most)
                .fetch();
    }

    /** All rows, to be read one by one within the transaction. */
    org.jooq.Cursor<Record> all(DSLContext database, @Nullable Period period) {
        Table<?> report = grouped(database, period).asTable("report");
        return database.select(report.fields())
                .from(report)
                .orderBy(order(report))
                .fetchSize(ROWS_AT_ONCE)
                .fetchLazy();
    }

    Result<Record> totals(DSLContext database, @Nullable Period period) {
        return database.select(Stream.concat(Stream.of(currency), summed()).toList())
                .from(view)
                .where(within(period))
                .groupBy(currency)
                .orderBy(currency)
                .fetch();
    }

    Cursor cursor(Record last) {
        return Cursor.of(order(null).stream()
                .map(field -> {
                    Object value = last.get(field.getName());
                    return value == null ? "" : value;
                })
                .toArray());
    }

    private Select<Record> grouped(DSLContext database, @Nullable Period period) {
        List<Field<?>> dimensions = new ArrayList<>(by);
        dimensions.add(currency);
        return database.select(Stream.concat(dimensions.stream(), summed()).toList())
                .from(view)
                .where(within(period))
                .groupBy(dimensions);
    }

    private Stream<Field<?>> summed() {
        return sums.stream().map(Report::summed);
    }

    private static Field<?> summed(Field<? extends Number> column) {
        return sum(column).cast(column.getDataType()).as(column.getName());
    }

    private Condition within(@Nullable Period period) {
        return day == null || period == null ? noCondition() : day.between(period.firstDay(), period.lastDay());
    }

    /** The fields of the key and the currency, of the grouped rows or, without them, only by name. */
    private List<Field<?>> order(@Nullable Table<?> report) {
        return Stream.concat(key.stream(), Stream.of(currency))
                .<Field<?>>map(field -> report == null ? field : comparable(report.field(field)))
                .toList();
    }

    /** A text that is missing comes first. */
    private static Field<?> comparable(@Nullable Field<?> field) {
        Field<?> known = java.util.Objects.requireNonNull(field);
        return known.getType() == String.class ? coalesce(known.cast(String.class), inline("")) : known;
    }

    private static Condition above(List<Field<?>> order, Cursor after) {
        List<Field<?>> values = IntStream.range(0, order.size())
                .<Field<?>>mapToObj(part -> val(read(order.get(part).getType(), after, part)))
                .toList();
        return row(order.toArray(Field[]::new)).gt(row(values.toArray(Field[]::new)));
    }

    private static Object read(Class<?> type, Cursor after, int part) {
        if (type == LocalDate.class) {
            return after.date(part);
        }
        if (type == UUID.class) {
            return after.uuid(part);
        }
        if (type == OffsetDateTime.class) {
            return after.time(part);
        }
        return type == BigDecimal.class ? after.number(part) : after.text(part);
    }
}
