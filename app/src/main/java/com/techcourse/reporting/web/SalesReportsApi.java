package com.techcourse.reporting.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.reporting.web.Reports.Question;
import com.techcourse.reporting.web.SalesReports.OfCategory;
import com.techcourse.reporting.web.SalesReports.OfCountry;
import com.techcourse.reporting.web.SalesReports.OfCoupon;
import com.techcourse.reporting.web.SalesReports.OfCourse;
import com.techcourse.reporting.web.SalesReports.OfDay;
import com.techcourse.reporting.web.SalesReports.OfMonth;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sales of a period, both days included; without one, of the last 30 days. */
@Api
class SalesReportsApi {

    private final Reports reports;

    SalesReportsApi(Reports reports) {
        this.reports = reports;
    }

    @GetMapping("/reports/daily-sales")
    @OpenTo({"accountant", "admin"})
    @Operation(
            summary = "Daily sales",
            description = "Each course on each business day, oldest first; a refund on the day on which it happened.")
    ReportPage<OfDay, Sales> dailySales(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.DAILY, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/sales-by-month")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Sales by month", description = "The days of the period added up by calendar month.")
    ReportPage<OfMonth, Sales> byMonth(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.BY_MONTH, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/sales-by-course")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Sales by course", description = "In the order of their titles.")
    ReportPage<OfCourse, Sales> byCourse(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.BY_COURSE, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/sales-by-category")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Sales by category", description = "By the category of the course today.")
    ReportPage<OfCategory, Sales> byCategory(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.BY_CATEGORY, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/sales-by-country")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Sales by country", description = "By the country that buyers told with their order.")
    ReportPage<OfCountry, Sales> byCountry(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.BY_COUNTRY, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/sales-by-coupon")
    @OpenTo({"accountant", "admin", "marketing"})
    @Operation(summary = "Sales by coupon", description = "By coupon, sales without one as well.")
    ReportPage<OfCoupon, Sales> byCoupon(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, SalesReports.BY_COUPON, new Question(from, to, after, limit));
    }
}
