package com.techcourse.sales.web;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.mail.PublicUrl;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Invoices as the database numbers and tells them. */
@Component
class Invoices {

    private static final String JOURNAL =
            "select * from sales.invoice_journal(?::date, ?::date, ?::timestamptz, ?::uuid, ?)";

    private final JsonMapper json;
    private final PublicUrl publicUrl;

    Invoices(JsonMapper json, PublicUrl publicUrl) {
        this.json = json;
        this.publicUrl = publicUrl;
    }

    /** So that buyers find what they paid a moment ago. */
    void numberOwn(DSLContext transaction) {
        transaction.fetchValue("select sales.number_own_invoices(?)", publicUrl.of(""));
    }

    Invoice one(DSLContext database, String number) {
        JSONB document = (JSONB) database.fetchValue("select sales.invoice_document(?)", number);
        return Optional.ofNullable(document)
                .map(found -> json.readValue(found.data(), Invoice.class))
                .orElseThrow(() -> new Refused("not-found"));
    }

    Page<Invoice.Entry> list(DSLContext database, Period period, Optional<Cursor> after, int size) {
        List<Invoice.Entry> rows = journal(
                        database,
                        period,
                        after.map(cursor -> cursor.time(0)).orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        size + 1)
                .fetch(Invoices::entry);
        return Page.of(rows, size, entry -> Cursor.of(entry.happenedAt(), entry.id()));
    }

    /** All of a period, for spreadsheets. */
    ResultQuery<Record> journal(DSLContext database, Period period) {
        return journal(database, period, null, null, Integer.MAX_VALUE);
    }

    private static ResultQuery<Record> journal(
            DSLContext database, Period period, @Nullable OffsetDateTime afterAt, @Nullable UUID afterId, int most) {
        return database.resultQuery(JOURNAL, period.from(), period.until(), afterAt, afterId, most);
    }

    private static Invoice.Entry entry(Record row) {
        String currency = row.get("currency", String.class);
        return new Invoice.Entry(
                row.get("id", UUID.class),
                row.get("number", String.class),
                row.get("kind", String.class),
                row.get("business_day", LocalDate.class),
                row.get("happened_at", OffsetDateTime.class),
                row.get("order_id", UUID.class),
                row.get("corrects", String.class),
                new Money(row.get("tax", BigDecimal.class), currency),
                new Money(row.get("amount", BigDecimal.class), currency));
    }

    /** Business days, both included; null: no end on that side. */
    record Period(@Nullable LocalDate from, @Nullable LocalDate until) {}
}
