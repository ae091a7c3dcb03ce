package com.techcourse.reporting.web;

import static com.techcourse.jooq.reporting.Tables.DAILY_SALES;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Reads {@code reporting.daily_sales}, and never adds up two currencies. */
@Component
class DailySales {

    static final int PAGE = 50;

    List<Day> days(DSLContext database, Period period) {
        return database.select(
                        DAILY_SALES.DAY,
                        DAILY_SALES.CURRENCY,
                        sum(DAILY_SALES.UNITS_SOLD),
                        sum(DAILY_SALES.GROSS_AMOUNT),
                        sum(DAILY_SALES.REFUND_AMOUNT))
                .from(DAILY_SALES)
                .where(in(period))
                .groupBy(DAILY_SALES.DAY, DAILY_SALES.CURRENCY)
                .orderBy(DAILY_SALES.DAY.desc(), DAILY_SALES.CURRENCY)
                .fetch(r -> new Day(
                        r.value1(), new Amounts(r.value2(), r.value3().longValueExact(), r.value4(), r.value5())));
    }

    /** One for each currency, the one that sells most first. */
    static List<Amounts> totals(List<Day> days) {
        Map<String, Amounts> totals = days.stream()
                .map(Day::amounts)
                .collect(Collectors.toMap(Amounts::currency, a -> a, Amounts::plus, TreeMap::new));
        return totals.values().stream()
                .sorted(Comparator.comparingLong(Amounts::units).reversed())
                .toList();
    }

    Page<Line> lines(DSLContext database, Period period, Optional<Cursor> after) {
        List<Line> lines = database.selectFrom(DAILY_SALES)
                .where(in(period))
                .and(after.map(DailySales::below).orElseGet(DSL::noCondition))
                .orderBy(DAILY_SALES.DAY.desc(), DAILY_SALES.COURSE_ID, DAILY_SALES.CURRENCY)
                .limit(PAGE + 1)
                .fetch(DailySales::line);
        return Page.of(
                lines,
                PAGE,
                line -> Cursor.of(line.day(), line.courseId(), line.amounts().currency()));
    }

    private static Condition below(Cursor cursor) {
        LocalDate day = cursor.date(0);
        return DAILY_SALES
                .DAY
                .lt(day)
                .or(DAILY_SALES
                        .DAY
                        .eq(day)
                        .and(row(DAILY_SALES.COURSE_ID, DAILY_SALES.CURRENCY).gt(cursor.uuid(1), cursor.text(2))));
    }

    /** All lines, in the order of a ledger, to be read one by one within the transaction. */
    org.jooq.Cursor<? extends Record> export(DSLContext database, Period period) {
        return database.selectFrom(DAILY_SALES)
                .where(in(period))
                .orderBy(DAILY_SALES.DAY, DAILY_SALES.COURSE_TITLE, DAILY_SALES.COURSE_ID, DAILY_SALES.CURRENCY)
                .fetchSize(1000)
                .fetchLazy();
    }

    private static Condition in(Period period) {
        return DAILY_SALES.DAY.between(period.firstDay(), period.lastDay());
    }

    private static Line line(Record row) {
        return new Line(
                row.get(DAILY_SALES.DAY),
                row.get(DAILY_SALES.COURSE_ID),
                row.get(DAILY_SALES.COURSE_TITLE),
                row.get(DAILY_SALES.INSTRUCTOR_NAME),
                new Amounts(
                        row.get(DAILY_SALES.CURRENCY),
                        row.get(DAILY_SALES.UNITS_SOLD),
                        row.get(DAILY_SALES.GROSS_AMOUNT),
                        row.get(DAILY_SALES.REFUND_AMOUNT)));
    }

    /** Units and money of one currency. */
    record Amounts(String currency, long units, BigDecimal gross, BigDecimal refunds) {

        public BigDecimal net() {
            return gross.subtract(refunds);
        }

        Amounts plus(Amounts other) {
            return new Amounts(currency, units + other.units, gross.add(other.gross), refunds.add(other.refunds));
        }
    }

    record Day(LocalDate day, Amounts amounts) {}

    record Line(LocalDate day, UUID courseId, String courseTitle, String instructorName, Amounts amounts) {}
}
