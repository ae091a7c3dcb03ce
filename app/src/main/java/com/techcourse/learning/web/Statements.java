package com.techcourse.learning.web;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Events as statements of xAPI 1.0.3 (whose own version number for a statement is 1.0.0).
 *
 * @param base address of the academy: it vouches for actors and names activities
 */
record Statements(String base) {

    private static final Map<String, String> VERBS = Map.of(
            "enrolled", "http://adlnet.gov/expapi/verbs/registered",
            "viewed", "http://adlnet.gov/expapi/verbs/experienced",
            "answered", "http://adlnet.gov/expapi/verbs/answered",
            "completed", "http://adlnet.gov/expapi/verbs/completed",
            "passed", "http://adlnet.gov/expapi/verbs/passed",
            "failed", "http://adlnet.gov/expapi/verbs/failed",
            "searched", "http://activitystrea.ms/schema/1.0/search");

    /** @param row with a column {@code actor} and the columns of an event */
    Map<String, Object> of(Record row) {
        return of(
                row.get("actor", String.class),
                row.get("id", UUID.class),
                row.get("occurred_at", OffsetDateTime.class),
                row.get("kind", String.class),
                row.get("course_id", UUID.class),
                row.get("lesson_id", UUID.class));
    }

    /** @param actor id or key of who learned; never a name or an address */
    private Map<String, Object> of(
            String actor, UUID id, OffsetDateTime at, String kind, @Nullable UUID course, @Nullable UUID lesson) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("id", id);
        statement.put("actor", Map.of("objectType", "Agent", "account", Map.of("homePage", base, "name", actor)));
        statement.put(
                "verb",
                Map.of("id", VERBS.getOrDefault(kind, base + "/xapi/verbs/" + kind), "display", Map.of("en", kind)));
        statement.put("object", object(course, lesson));
        statement.put("timestamp", at.toInstant().toString());
        statement.put("version", "1.0.0");
        if (course != null && lesson != null) {
            statement.put(
                    "context", Map.of("contextActivities", Map.of("parent", java.util.List.of(object(course, null)))));
        }
        return statement;
    }

    private Map<String, Object> object(@Nullable UUID course, @Nullable UUID lesson) {
        String id = lesson != null
                ? "/xapi/lessons/" + lesson
                : course != null ? "/xapi/courses/" + course : "/xapi/academy";
        String type = lesson != null ? "lesson" : "course";
        return Map.of(
                "objectType",
                "Activity",
                "id",
                base + id,
                "definition",
                Map.of("type", "http://adlnet.gov/expapi/activities/" + type));
    }
}
