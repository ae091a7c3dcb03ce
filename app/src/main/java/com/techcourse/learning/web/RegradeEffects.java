package com.techcourse.learning.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * What a correction does, would do, or has done so far.
 *
 * @param id of the correction; absent in a preview
 * @param state running while attempts remain, which follow in the background
 * @param attemptsTotal how many are handed in
 * @param attemptsSeen how many of them ask the question and are graded again
 * @param changes at most 500 of them, who loses a pass first
 */
record RegradeEffects(
        @Nullable UUID id,

        @Schema(allowableValues = {"preview", "running", "finished"})
        String state,

        int attemptsTotal,
        int attemptsSeen,
        int attemptsChanged,
        int nowPassed,
        int noLongerPassed,
        int certificatesKept,
        List<Change> changes) {

    private static final int MOST_SHOWN = 500;

    /** One look at all attempts, counted where they lie. */
    private static final String PREVIEW = """
            with effect as materialized (select * from learning.preview_regrade(?, ?::jsonb)),
            change as materialized (
              select * from effect where (points_before, score_before) is distinct from (points_after, score_after))
            select n.*, c.* from (
              select (select count(*) from effect) as attempts_seen, count(*) as attempts_changed,
                     count(*) filter (where passed_after and not passed_before) as now_passed,
                     count(*) filter (where passed_before and not passed_after) as no_longer_passed,
                     count(*) filter (where certificate_kept) as certificates_kept from change) n
              left join (select * from change order by passed_before and not passed_after desc, student_id, attempt_no limit ?) c on true
            """;

    RegradeEffects {
        changes = List.copyOf(changes);
    }

    static RegradeEffects previewed(DSLContext database, UUID quiz, JSONB question) {
        List<Record> rows = database.fetch(PREVIEW, quiz, question, MOST_SHOWN).map(row -> (Record) row);
        List<Change> changes = rows.stream()
                .filter(row -> row.get("attempt_id") != null)
                .map(Change::of)
                .toList();
        int seen = rows.getFirst().get("attempts_seen", int.class);
        return of(null, "preview", seen, rows.getFirst(), changes);
    }

    /** @param row of {@code learning.regrades_of} */
    static RegradeEffects soFar(DSLContext database, Record row) {
        UUID id = row.get("id", UUID.class);
        List<Change> changes = database.fetch("select * from learning.regrade_changes(?, ?)", id, MOST_SHOWN)
                .map(Change::of);
        String state = row.get("finished_at") == null ? "running" : "finished";
        return of(id, state, row.get("attempts_total", int.class), row, changes);
    }

    private static RegradeEffects of(@Nullable UUID id, String state, int total, Record row, List<Change> changes) {
        return new RegradeEffects(
                id,
                state,
                total,
                row.get("attempts_seen", int.class),
                row.get("attempts_changed", int.class),
                row.get("now_passed", int.class),
                row.get("no_longer_passed", int.class),
                row.get("certificates_kept", int.class),
                changes);
    }

    /** @param certificateKept a certificate rests on the pass that is lost */
    record Change(
            UUID studentId,
            String studentName,
            UUID attemptId,
            int quizVersion,
            int attemptNo,
            @Nullable BigDecimal pointsBefore,
            BigDecimal pointsAfter,
            @Nullable BigDecimal scoreBefore,
            @Nullable BigDecimal scoreAfter,
            boolean passedBefore,
            boolean passedAfter,
            boolean certificateKept) {

        static Change of(Record row) {
            return new Change(
                    row.get("student_id", UUID.class),
                    row.get("student_name", String.class),
                    row.get("attempt_id", UUID.class),
                    row.get("quiz_version", int.class),
                    row.get("attempt_no", int.class),
                    row.get("points_before", BigDecimal.class),
                    row.get("points_after", BigDecimal.class),
                    row.get("score_before", BigDecimal.class),
                    row.get("score_after", BigDecimal.class),
                    row.get("passed_before", boolean.class),
                    row.get("passed_after", boolean.class),
                    row.get("certificate_kept", boolean.class));
        }
    }
}
