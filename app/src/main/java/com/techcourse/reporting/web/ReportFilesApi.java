package com.techcourse.reporting.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Xlsx;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Each report as one file for spreadsheets, written row by row, however long it is. */
@Api
class ReportFilesApi {

    private static final Map<String, Report<?, ?>> REPORTS = Stream.concat(
                    SalesReports.ALL.stream(), MoneyReports.ALL.stream())
            .collect(Collectors.toUnmodifiableMap(Report::name, Function.identity()));

    private final Reports reports;

    ReportFilesApi(Reports reports) {
        this.reports = reports;
    }

    @GetMapping("/reports/files/{file}")
    @OpenTo({"accountant", "admin", "marketing"})
    @ApiResponse(
            responseCode = "200",
            description = "A table with a heading",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = Xlsx.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary"))
            })
    @Operation(
            summary = "A report as a file",
            description =
                    "All rows of a report: its name with .csv or .xlsx. Marketing may have the sales by coupon, accountants all.")
    void file(
            Acting acting,
            @PathVariable
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            pattern = "^[a-z-]+\\.(csv|xlsx)$",
                                            example = "daily-sales.xlsx"))
                    String file,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            HttpServletResponse response) {
        String name = file.replaceFirst("\\.(csv|xlsx)$", "");
        Report<?, ?> report = REPORTS.get(name);
        if (report == null || name.equals(file)) {
            throw new Refused("not-found");
        }
        if (acting.role().equals("marketing") && !report.equals(SalesReports.BY_COUPON)) {
            throw new Refused("forbidden", "This report is for accountants.");
        }
        if (file.endsWith(".csv")) {
            reports.csv(acting, report, from, to, response);
        } else {
            reports.xlsx(acting, report, from, to, response);
        }
    }
}
