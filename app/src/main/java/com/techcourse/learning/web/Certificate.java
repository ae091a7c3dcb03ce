package com.techcourse.learning.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * What anyone who holds its number may know of a certificate.
 *
 * @param holderName as it was at the time of issue; absent when the person was erased
 * @param score percent reached
 * @param valid whether it was not revoked
 */
@Schema(name = "Certificate")
public record Certificate(
        @Schema(example = "TC-7K2M-9QX4-D0VT") String number,
        @Nullable String holderName,
        String courseTitle,
        String courseSlug,
        BigDecimal score,
        OffsetDateTime issuedAt,
        boolean valid,
        @Nullable OffsetDateTime revokedAt,
        @Nullable String revokedReason) {

    /** In UTC, as the document has it. */
    public LocalDate issuedOn() {
        return issuedAt.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    static Optional<Certificate> find(DSLContext database, String number) {
        return database.fetchOptional("select * from learning.verify_certificate(?)", number)
                .map(row -> of(number, row));
    }

    private static Certificate of(String number, Record row) {
        OffsetDateTime revokedAt = row.get("revoked_at", OffsetDateTime.class);
        return new Certificate(
                number,
                row.get("holder_name", String.class),
                row.get("course_title", String.class),
                row.get("course_slug", String.class),
                row.get("score", BigDecimal.class),
                row.get("issued_at", OffsetDateTime.class),
                revokedAt == null,
                revokedAt,
                row.get("revoked_reason", String.class));
    }
}
