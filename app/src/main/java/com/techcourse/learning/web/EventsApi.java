package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.json.JsonMapper;

/** Events that a student's programs report. */
@Api
class EventsApi {

    private static final int MOST = 500;

    private final ActingTransactions transactions;
    private final JsonMapper json;

    EventsApi(ActingTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    @PostMapping("/me/events")
    @OpenTo("student")
    @Operation(
            summary = "Report learning events",
            description =
                    "1 to 500, all or none. An id is a UUID version 7 made when the event happened: it is the event's time, and repeated it counts once.")
    Receipt report(Acting acting, @RequestBody Batch batch) {
        if (batch.events().isEmpty() || batch.events().size() > MOST) {
            throw new Refused("invalid-value", "A batch holds 1 to " + MOST + " events.", "events");
        }
        JSONB events = JSONB.valueOf(json.writeValueAsString(batch.events()));
        int recorded = transactions.write(
                acting,
                database -> database.fetchSingle("select learning.record_events(?::jsonb) as recorded", events)
                        .get("recorded", int.class));
        return new Receipt(recorded, batch.events().size() - recorded);
    }

    record Batch(@Schema(minLength = 1, maxLength = MOST) List<Event> events) {}

    /**
     * @param kind viewed, answered, completed or searched
     * @param payload details, at most 8 KB
     */
    @Schema(name = "LearningEvent")
    record Event(
            UUID id,
            @Schema(example = "viewed") String kind,
            @Nullable UUID courseId,
            @Nullable UUID lessonId,
            @Nullable Map<String, Object> payload) {}

    /** @param repeated how many were there already */
    @Schema(name = "EventReceipt")
    record Receipt(int recorded, int repeated) {}
}
