package com.techcourse.audit.web;

import static com.techcourse.jooq.audit.Tables.CHANGE_LOG;

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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The change log: every privileged change, as ids and values, never a name or an e-mail address. */
@Api
class ChangesApi {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ActingTransactions transactions;

    ChangesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/audit/changes")
    @OpenTo("auditor")
    @Operation(summary = "The change log", description = "The newest first; of one table or by one user, if wanted.")
    Listing<Change> changes(
            Acting acting,
            @RequestParam(required = false) @Nullable String relation,
            @RequestParam(required = false) @Nullable UUID by,
            @RequestParam(required = false) @Nullable OffsetDateTime from,
            @RequestParam(required = false) @Nullable OffsetDateTime until,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return transactions.read(acting, database -> {
            List<Change> changes = database.selectFrom(CHANGE_LOG)
                    .where(relation == null ? DSL.noCondition() : CHANGE_LOG.RELATION.eq(relation))
                    .and(by == null ? DSL.noCondition() : CHANGE_LOG.CHANGED_BY.eq(by))
                    .and(from == null ? DSL.noCondition() : CHANGE_LOG.CHANGED_AT.ge(from))
                    .and(until == null ? DSL.noCondition() : CHANGE_LOG.CHANGED_AT.lt(until))
                    .and(Cursor.parse(after)
                            .map(cursor -> DSL.row(CHANGE_LOG.CHANGED_AT, CHANGE_LOG.ID)
                                    .lt(cursor.time(0), cursor.uuid(1)))
                            .orElseGet(DSL::noCondition))
                    .orderBy(CHANGE_LOG.CHANGED_AT.desc(), CHANGE_LOG.ID.desc())
                    .limit(limit.rows() + 1)
                    .fetch(ChangesApi::change);
            return Listing.of(Page.of(changes, limit.rows(), change -> Cursor.of(change.changedAt(), change.id())));
        });
    }

    private static Change change(Record row) {
        return new Change(
                row.get(CHANGE_LOG.ID),
                row.get(CHANGE_LOG.CHANGED_AT),
                row.get(CHANGE_LOG.RELATION),
                row.get(CHANGE_LOG.ACTION),
                values(row.get(CHANGE_LOG.ROW_KEY)),
                values(row.get(CHANGE_LOG.OLD_VALUES)),
                values(row.get(CHANGE_LOG.NEW_VALUES)),
                row.get(CHANGE_LOG.CHANGED_BY),
                row.get(CHANGE_LOG.ACTING_ROLE),
                row.get(CHANGE_LOG.DATABASE_ROLE));
    }

    private static @Nullable Map<String, Object> values(@Nullable JSONB json) {
        return json == null ? null : JsonMapper.shared().readValue(json.data(), OBJECT);
    }

    /**
     * @param relation schema and table
     * @param rowKey the primary key of the row
     * @param oldValues what changed, as it was; absent for a new row
     * @param newValues what changed, as it is; absent for a removed row
     * @param changedBy who, where the application knew
     * @param databaseRole the login of the database that did it
     */
    record Change(
            UUID id,
            OffsetDateTime changedAt,
            @Schema(example = "catalog.courses") String relation,
            @Schema(example = "UPDATE") String action,
            @Nullable Map<String, Object> rowKey,
            @Nullable Map<String, Object> oldValues,
            @Nullable Map<String, Object> newValues,
            @Nullable UUID changedBy,
            @Nullable String actingRole,
            String databaseRole) {}
}
