package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What xAPI 1.0.3 (part two, data) asks of the statements that we make. */
final class XapiStatements {

    private static final List<String> MEMBERS =
            List.of("id", "actor", "verb", "object", "context", "timestamp", "version");

    private XapiStatements() {}

    static void check(JsonNode statement, String base) {
        assertThat(MEMBERS).containsAll(statement.propertyNames());
        assertThat(UUID.fromString(statement.path("id").asString())).isNotNull();
        assertThat(Instant.parse(statement.path("timestamp").asString())).isNotNull();
        assertThat(statement.path("version").asString()).isEqualTo("1.0.0");
        actor(statement.path("actor"), base);
        assertThat(iri(statement.path("verb").path("id"))).isTrue();
        statement.path("verb").path("display").properties().forEach(text -> {
            assertThat(text.getKey()).matches("[a-z]{2,3}(-[A-Za-z0-9]+)*");
            assertThat(text.getValue().isString()).isTrue();
        });
        activity(statement.path("object"));
        statement.path("context").path("contextActivities").path("parent").forEach(XapiStatements::activity);
        assertThat(statement.toString()).doesNotContain("null");
    }

    /** An agent has exactly one identifier: here an account, with a home page and a name. */
    private static void actor(JsonNode actor, String base) {
        assertThat(actor.propertyNames()).containsExactlyInAnyOrder("objectType", "account");
        assertThat(actor.path("objectType").asString()).isEqualTo("Agent");
        assertThat(actor.path("account").propertyNames()).containsExactlyInAnyOrder("homePage", "name");
        assertThat(actor.path("account").path("homePage").asString()).isEqualTo(base);
        assertThat(actor.path("account").path("name").asString()).isNotEmpty();
    }

    private static void activity(JsonNode activity) {
        assertThat(activity.path("objectType").asString()).isEqualTo("Activity");
        assertThat(iri(activity.path("id"))).isTrue();
        assertThat(iri(activity.path("definition").path("type"))).isTrue();
    }

    private static boolean iri(JsonNode text) {
        return text.isString() && URI.create(text.asString()).isAbsolute();
    }
}
