package com.techcourse.learning.web;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Refused;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what became of the attempts at a quiz. */
@Component
class Results {

    static void refuseStrangers(DSLContext database, UUID quiz) {
        if (!Boolean.TRUE.equals(database.fetchValue("select learning.teaches_quiz(?)", quiz))) {
            throw new Refused("not-found");
        }
    }

    List<Row> rows(DSLContext database, UUID quiz, Filter filter, @Nullable Cursor after, int most) {
        refuseStrangers(database, quiz);
        return database.fetch(
                        "select * from learning.quiz_results(?, ?, ?::boolean, ?::integer, ?::timestamptz, ?::uuid, ?)",
                        quiz,
                        filter.status(),
                        filter.passed(),
                        filter.version(),
                        after == null ? null : after.time(0),
                        after == null ? null : after.uuid(1),
                        most)
                .map(Row::of);
    }

    /** Nulls mean all. */
    record Filter(
            @Nullable String status,
            @Nullable Boolean passed,
            @Nullable Integer version) {}

    /** One attempt. */
    record Row(
            UUID attemptId,
            UUID studentId,
            String studentName,
            int attemptNo,
            int quizVersion,
            String status,
            OffsetDateTime startedAt,
            @Nullable OffsetDateTime submittedAt,
            boolean late,
            @Nullable BigDecimal score,
            BigDecimal passingScore,
            boolean passed,
            @Nullable OffsetDateTime gradedAt) {

        static Row of(Record row) {
            return row.into(Row.class);
        }

        Cursor cursor() {
            return Cursor.of(startedAt, attemptId);
        }
    }
}
