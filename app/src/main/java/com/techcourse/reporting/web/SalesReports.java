package com.techcourse.reporting.web;

import static com.techcourse.jooq.reporting.Tables.DAILY_SALES;
import static com.techcourse.jooq.reporting.Tables.SALES_BY_CATEGORY;
import static com.techcourse.jooq.reporting.Tables.SALES_BY_COUNTRY;
import static com.techcourse.jooq.reporting.Tables.SALES_BY_COUPON;
import static com.techcourse.jooq.reporting.Tables.SALES_BY_COURSE;
import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The sales, looked at from six sides; all sides add up to the same. */
final class SalesReports {

    static final Report<OfDay, Sales> DAILY = report(
            "daily-sales",
            DAILY_SALES,
            List.of(DAILY_SALES.DAY, DAILY_SALES.COURSE_ID, DAILY_SALES.COURSE_TITLE, DAILY_SALES.INSTRUCTOR_NAME),
            List.of(DAILY_SALES.DAY, DAILY_SALES.COURSE_TITLE, DAILY_SALES.COURSE_ID),
            row -> new OfDay(
                    row.get(DAILY_SALES.DAY),
                    row.get(DAILY_SALES.COURSE_ID),
                    row.get(DAILY_SALES.COURSE_TITLE),
                    row.get(DAILY_SALES.INSTRUCTOR_NAME),
                    Sales.of(row)));

    static final Report<OfMonth, Sales> BY_MONTH = report(
            "sales-by-month",
            SALES_BY_COUNTRY,
            List.of(SALES_BY_COUNTRY.MONTH),
            List.of(SALES_BY_COUNTRY.MONTH),
            row -> new OfMonth(row.get(SALES_BY_COUNTRY.MONTH), Sales.of(row)));

    static final Report<OfCourse, Sales> BY_COURSE = report(
            "sales-by-course",
            SALES_BY_COURSE,
            List.of(
                    SALES_BY_COURSE.COURSE_ID,
                    SALES_BY_COURSE.COURSE_SLUG,
                    SALES_BY_COURSE.COURSE_TITLE,
                    SALES_BY_COURSE.CATEGORY_NAME,
                    SALES_BY_COURSE.INSTRUCTOR_NAME),
            List.of(SALES_BY_COURSE.COURSE_TITLE, SALES_BY_COURSE.COURSE_ID),
            row -> new OfCourse(
                    row.get(SALES_BY_COURSE.COURSE_ID),
                    row.get(SALES_BY_COURSE.COURSE_SLUG),
                    row.get(SALES_BY_COURSE.COURSE_TITLE),
                    row.get(SALES_BY_COURSE.CATEGORY_NAME),
                    row.get(SALES_BY_COURSE.INSTRUCTOR_NAME),
                    Sales.of(row)));

    static final Report<OfCategory, Sales> BY_CATEGORY = report(
            "sales-by-category",
            SALES_BY_CATEGORY,
            List.of(SALES_BY_CATEGORY.CATEGORY_SLUG, SALES_BY_CATEGORY.CATEGORY_NAME),
            List.of(SALES_BY_CATEGORY.CATEGORY_SLUG),
            row -> new OfCategory(
                    row.get(SALES_BY_CATEGORY.CATEGORY_SLUG), row.get(SALES_BY_CATEGORY.CATEGORY_NAME), Sales.of(row)));

    static final Report<OfCountry, Sales> BY_COUNTRY = report(
            "sales-by-country",
            SALES_BY_COUNTRY,
            List.of(SALES_BY_COUNTRY.COUNTRY),
            List.of(SALES_BY_COUNTRY.COUNTRY),
            row -> new OfCountry(row.get(SALES_BY_COUNTRY.COUNTRY), Sales.of(row)));

    static final Report<OfCoupon, Sales> BY_COUPON = report(
            "sales-by-coupon",
            SALES_BY_COUPON,
            List.of(SALES_BY_COUPON.COUPON_CODE),
            List.of(SALES_BY_COUPON.COUPON_CODE),
            row -> new OfCoupon(row.get(SALES_BY_COUPON.COUPON_CODE), Sales.of(row)));

    static final List<Report<?, ?>> ALL = List.of(DAILY, BY_MONTH, BY_COURSE, BY_CATEGORY, BY_COUNTRY, BY_COUPON);

    private SalesReports() {}

    private static <T> Report<T, Sales> report(
            String name, Table<?> view, List<Field<?>> by, List<Field<?>> key, Function<Record, T> entry) {
        return new Report<>(
                name,
                view,
                column(view, "day", LocalDate.class),
                by,
                key,
                column(view, "currency", String.class),
                Stream.concat(
                                Stream.of(column(view, "units_sold", Long.class)),
                                Stream.of(
                                                "gross_amount",
                                                "discount_amount",
                                                "tax_amount",
                                                "refund_amount",
                                                "refunded_tax_amount",
                                                "net_amount")
                                        .map(sum -> column(view, sum, java.math.BigDecimal.class)))
                        .<Field<? extends Number>>map(sum -> sum)
                        .toList(),
                entry,
                Sales::of);
    }

    private static <V> Field<V> column(Table<?> view, String name, Class<V> type) {
        return requireNonNull(view.field(name, type), name);
    }

    record OfDay(LocalDate day, UUID courseId, String courseTitle, String instructorName, Sales sales) {}

    /** @param month its first day */
    record OfMonth(LocalDate month, Sales sales) {}

    record OfCourse(
            UUID courseId,
            String courseSlug,
            String courseTitle,
            String categoryName,
            String instructorName,
            Sales sales) {}

    record OfCategory(String categorySlug, String categoryName, Sales sales) {}

    /** @param country ISO 3166-1 alpha-2; absent where buyers did not tell */
    record OfCountry(@Nullable String country, Sales sales) {}

    /** @param couponCode absent for sales without a coupon */
    record OfCoupon(@Nullable String couponCode, Sales sales) {}
}
