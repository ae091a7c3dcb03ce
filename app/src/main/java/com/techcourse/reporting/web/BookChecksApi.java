package com.techcourse.reporting.web;

import static com.techcourse.jooq.reporting.Tables.BOOK_CHECKS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** Whether the books agreed, each time that the academy looked. */
@Api
class BookChecksApi {

    private final ActingTransactions transactions;
    private final JsonMapper json;

    BookChecksApi(ActingTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    @GetMapping("/reports/book-checks")
    @OpenTo({"accountant", "admin"})
    @Operation(
            summary = "Checks of the books",
            description = "The newest first; each with the first 20 differences that it found. None: to the cent.")
    Listing<BookCheck> bookChecks(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Cursor cursor = Cursor.parse(after).orElse(null);
        List<BookCheck> found = transactions.read(
                Reports.reader(acting),
                database -> database.selectFrom(BOOK_CHECKS)
                        .where(cursor == null ? DSL.noCondition() : BOOK_CHECKS.ID.lt(cursor.uuid(0)))
                        .orderBy(BOOK_CHECKS.ID.desc())
                        .limit(limit.rows() + 1)
                        .fetch(this::check));
        return Listing.of(Page.of(found, limit.rows(), check -> Cursor.of(check.id())));
    }

    private BookCheck check(Record row) {
        return new BookCheck(
                row.get(BOOK_CHECKS.ID),
                row.get(BOOK_CHECKS.CHECKED_AT),
                row.get(BOOK_CHECKS.FIRST_DAY),
                row.get(BOOK_CHECKS.LAST_DAY),
                row.get(BOOK_CHECKS.DIFFERENCES),
                List.of(json.readValue(row.get(BOOK_CHECKS.EXAMPLES).data(), Difference[].class)));
    }

    /**
     * @param firstDay that was looked at; absent: from the beginning
     * @param lastDay that was looked at; absent: to the end
     * @param differences how many there were
     * @param examples the first 20 of them
     */
    record BookCheck(
            UUID id,
            OffsetDateTime checkedAt,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay,
            int differences,
            List<Difference> examples) {}

    /**
     * @param rule what is not so
     * @param day business day, where it is of one
     * @param orderId the order, where it is of one
     */
    @Schema(name = "BookDifference")
    record Difference(
            @Schema(example = "the ledger holds every sale") String rule,
            @Nullable LocalDate day,
            @Nullable String currency,
            @Nullable UUID orderId,
            BigDecimal expected,
            BigDecimal found) {}
}
