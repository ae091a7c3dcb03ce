package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.ORGANISATIONS;

import com.techcourse.jooq.sales.tables.records.OrganisationsRecord;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A team that buys seats. Row security shows it to its managers.
 *
 * @param version what {@code If-Match} names
 */
record Organisation(UUID id, String name, OffsetDateTime createdAt, int version) {

    private static final List<Field<?>> FIELDS =
            List.of(ORGANISATIONS.ID, ORGANISATIONS.NAME, ORGANISATIONS.CREATED_AT, ORGANISATIONS.VERSION);

    static Page<Organisation> list(DSLContext database, Optional<Cursor> after, Limit limit) {
        List<Organisation> rows = database.select(FIELDS)
                .from(ORGANISATIONS)
                .where(after.map(cursor -> ORGANISATIONS.ID.lt(cursor.uuid(0))).orElseGet(DSL::noCondition))
                .orderBy(ORGANISATIONS.ID.desc())
                .limit(limit.rows() + 1)
                .fetch(Organisation::of);
        return Page.of(rows, limit.rows(), organisation -> Cursor.of(organisation.id()));
    }

    static Organisation one(DSLContext database, UUID id) {
        return database.select(FIELDS)
                .from(ORGANISATIONS)
                .where(ORGANISATIONS.ID.eq(id))
                .fetchOptional(Organisation::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    static Organisation rename(DSLContext database, UUID id, int version, String name) {
        int renamed = database.update(ORGANISATIONS)
                .set(ORGANISATIONS.NAME, name)
                .set(ORGANISATIONS.VERSION, ORGANISATIONS.VERSION.plus(1))
                .where(ORGANISATIONS.ID.eq(id))
                .and(ORGANISATIONS.VERSION.eq(version))
                .execute();
        Organisation now = one(database, id);
        if (renamed == 0) {
            throw Etags.stale();
        }
        return now;
    }

    private static Organisation of(Record row) {
        OrganisationsRecord organisation = row.into(ORGANISATIONS);
        return new Organisation(
                organisation.getId(), organisation.getName(), organisation.getCreatedAt(), organisation.getVersion());
    }

    record Wish(
            @Schema(example = "Example & Sons", maxLength = 200)
            String name) {}

    /**
     * @param email where the invitation went; absent for the founder
     * @param displayName absent until the invitation is accepted
     */
    record Member(
            UUID id,
            @Nullable String email,
            @Nullable String displayName,
            OffsetDateTime invitedAt,
            @Nullable OffsetDateTime joinedAt) {}

    record Invitation(
            @Schema(example = "colleague@example.org", maxLength = 254)
            String email) {}

    /** @param code of the letter */
    record Acceptance(
            @Schema(example = "0f3c9f9e5b1c4a6d8e7f", maxLength = 64)
            String code) {}
}
