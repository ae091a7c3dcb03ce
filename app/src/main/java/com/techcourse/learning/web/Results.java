package com.techcourse.learning.web;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Refused;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
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
        return query(database, quiz, filter, after, most).fetch().map(Row::of);
    }

    /** All of them, a thousand at a time. */
    org.jooq.Cursor<Record> all(DSLContext database, UUID quiz, Filter filter) {
        refuseStrangers(database, quiz);
        return query(database, quiz, filter, null, null).fetchSize(1000).fetchLazy();
    }

    private static ResultQuery<Record> query(
            DSLContext database, UUID quiz, Filter filter, @Nullable Cursor after, @Nullable Integer most) {
        return database.resultQuery(
                "select * from learning.quiz_results(?, ?, ?::boolean, ?::integer, ?::timestamptz, ?::uuid, ?::integer)",
                quiz,
                filter.status(),
                filter.passed(),
                filter.version(),
                after == null ? null : after.time(0),
                after == null ? null : after.uuid(1),
                most);
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
