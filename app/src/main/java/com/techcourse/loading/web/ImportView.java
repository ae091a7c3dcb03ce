package com.techcourse.loading.web;

import static com.techcourse.jooq.platform.Tables.IMPORTS;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * An import.
 *
 * @param state running, done, refused (one line was, so nothing was written), or failed
 * @param rows read so far
 * @param problem why it failed
 */
@Schema(name = "Import")
record ImportView(
        UUID id,
        String kind,
        String mode,
        boolean dryRun,

        @Schema(allowableValues = {"running", "done", "refused", "failed"})
        String state,

        int rows,
        int created,
        int updated,
        int unchanged,
        int refused,
        @Nullable String problem,
        UUID startedBy,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime finishedAt) {

    static ImportView of(Record row) {
        return new ImportView(
                row.get(IMPORTS.ID),
                row.get(IMPORTS.KIND),
                row.get(IMPORTS.MODE),
                row.get(IMPORTS.DRY_RUN),
                row.get(IMPORTS.STATE),
                row.get(IMPORTS.ROW_COUNT),
                row.get(IMPORTS.CREATED_COUNT),
                row.get(IMPORTS.UPDATED_COUNT),
                row.get(IMPORTS.UNCHANGED_COUNT),
                row.get(IMPORTS.REFUSED_COUNT),
                row.get(IMPORTS.PROBLEM),
                row.get(IMPORTS.STARTED_BY),
                row.get(IMPORTS.STARTED_AT),
                row.get(IMPORTS.FINISHED_AT));
    }
}
