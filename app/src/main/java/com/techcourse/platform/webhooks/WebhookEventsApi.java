package com.techcourse.platform.webhooks;

import static com.techcourse.jooq.platform.Tables.EVENT_TYPES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The catalog of events. */
@Api
class WebhookEventsApi {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ActingTransactions transactions;

    WebhookEventsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/webhook-events")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "Events that webhooks can tell",
            description = "Each with the JSON Schema (2020-12) of its member data. Data holds ids, never a name.")
    Listing<EventType> all(Acting acting) {
        return new Listing<>(
                transactions.read(
                        acting,
                        database -> database.selectFrom(EVENT_TYPES)
                                .orderBy(EVENT_TYPES.TOPIC)
                                .fetch(row -> new EventType(
                                        row.getTopic(),
                                        row.getDescription(),
                                        JsonMapper.shared()
                                                .readValue(
                                                        row.getPayloadSchema().data(), OBJECT)))),
                null);
    }

    /**
     * @param topic kind and version; a version's schema never changes
     * @param schema JSON Schema of the member {@code data}
     */
    record EventType(
            @Schema(example = "course.published.v1") String topic, String description, Map<String, Object> schema) {}
}
