package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Saving answers one by one, while the student works. */
@Api
class AnswersApi {

    private final ActingTransactions transactions;
    private final Documents documents;

    AnswersApi(ActingTransactions transactions, Documents documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @PutMapping("/attempts/{id}/answers/{question_id}")
    @OpenTo("student")
    @Refuses({"attempt-handed-in", "stale-version", "time-is-up"})
    @Operation(
            summary = "Save an answer",
            description =
                    "Over the revision that was seen last, 0 at first. The same saving again changes nothing; over another revision it is refused (412) with what is stored as `current`.")
    Saved save(
            Acting student,
            @PathVariable UUID id,
            @PathVariable("question_id") String questionId,
            @RequestBody Saving saving) {
        JsonNode answer = saving.answer();
        JSONB document = answer == null || answer.isNull() ? null : JSONB.valueOf(answer.toString());
        Record outcome = transactions.writeRepeatably(
                student,
                database -> database.fetchSingle(
                        "select * from learning.save_answer(?, ?, ?::jsonb, ?)",
                        id,
                        questionId,
                        document,
                        saving.revision()));
        int revision = outcome.get("stored_revision", int.class);
        JSONB stored = outcome.get("stored_answer", JSONB.class);
        if (!outcome.get("saved", boolean.class)) {
            throw stale(revision, stored);
        }
        return new Saved(questionId, revision, outcome.get("stored_at", OffsetDateTime.class));
    }

    private Refused stale(int revision, @Nullable JSONB stored) {
        Map<String, Object> current = new LinkedHashMap<>();
        current.put("revision", revision);
        if (stored != null) {
            current.put("answer", documents.found(stored, JsonNode.class));
        }
        return new Refused(
                        "stale-version",
                        "This answer was saved elsewhere since; take over what is stored, or overwrite it.")
                .with("current", current);
    }

    /**
     * @param answer in the shape of the question's type; absent or null takes the answer back
     * @param revision of the answer as it was seen last
     */
    record Saving(
            @JsonDeserialize(using = Documents.Exact.class) @Nullable
            JsonNode answer,

            @Schema(example = "0") Integer revision) {}

    /**
     * @param revision to be sent with the next saving
     * @param savedAt when the attempt was saved last, by the database's clock
     */
    record Saved(String questionId, int revision, @Nullable OffsetDateTime savedAt) {}
}
