package com.techcourse.catalog.web;

import org.jooq.JSONB;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents between the database and the API, with every digit of their numbers. */
@Component
class QuizDocuments {

    private final JsonMapper mapper;

    QuizDocuments(JsonMapper mapper) {
        this.mapper = mapper;
    }

    JsonNode read(JSONB document) {
        return mapper.readTree(document.data());
    }

    JSONB write(JsonNode document) {
        return JSONB.valueOf(mapper.writeValueAsString(document));
    }
}
