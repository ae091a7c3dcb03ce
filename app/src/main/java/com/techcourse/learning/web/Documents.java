package com.techcourse.learning.web;

import com.techcourse.platform.api.Refused;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** What the database tells as a JSON document. Numbers keep all of their digits. */
@Component
class Documents {

    private final JsonMapper mapper;

    Documents(JsonMapper mapper) {
        this.mapper = mapper.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /** Null where there is nothing that the acting person may see: not found. */
    <T> T found(@Nullable Object document, Class<T> type) {
        if (document instanceof JSONB json) {
            return mapper.readValue(json.data(), type);
        }
        throw new Refused("not-found");
    }

    /** A member of a request whose value may be any JSON, with all digits of its numbers. */
    static final class Exact extends ValueDeserializer<JsonNode> {

        private static final JsonMapper EXACT = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // the value is a part of the body
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) {
            return EXACT.readerFor(JsonNode.class).readValue(parser);
        }
    }
}
