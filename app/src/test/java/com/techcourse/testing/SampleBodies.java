package com.techcourse.testing;

import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests as the OpenAPI document describes them: right in form, not always in sense. */
public final class SampleBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode document;
    private final RandomGenerator random;

    public SampleBodies(JsonNode document, RandomGenerator random) {
        this.document = document;
        this.random = random;
    }

    /** The schema of an operation's JSON body; missing where it takes none. */
    public JsonNode schema(ApiContract.Operation operation) {
        return operation
                .description()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    public JsonNode of(JsonNode schema) {
        return of(schema, "", 0);
    }

    private JsonNode of(JsonNode schema, String name, int depth) {
        JsonNode resolved = resolved(schema);
        if (resolved.has("example")) {
            return resolved.path("example");
        }
        if (resolved.has("enum")) {
            JsonNode values = resolved.path("enum");
            return values.path(random.nextInt(values.size()));
        }
        return switch (type(resolved)) {
            case "object" -> object(resolved, depth);
            case "array" ->
                depth > 4 ? NODES.arrayNode() : NODES.arrayNode().add(of(resolved.path("items"), name, depth + 1));
            case "integer" -> NODES.numberNode(random.nextInt(1, 5));
            case "number" -> NODES.numberNode(java.math.BigDecimal.valueOf(random.nextInt(100), 1));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.stringNode(text(resolved, name));
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth > 4) {
            return object;
        }
        List<String> required = JsonMapper.shared()
                .convertValue(
                        schema.has("required") ? schema.path("required") : NODES.arrayNode(),
                        JsonMapper.shared().getTypeFactory().constructCollectionType(List.class, String.class));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(3) > 0) {
                object.set(property.getKey(), of(property.getValue(), property.getKey(), depth + 1));
            }
        });
        return object;
    }

    private String text(JsonNode schema, String name) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> "2026-11-0" + random.nextInt(1, 9) + "T10:00:00Z";
            case "date" -> "2026-11-0" + random.nextInt(1, 9);
            case "uri" -> "https://example.org/" + random.nextInt(100);
            default -> name.contains("email") ? "somebody" + random.nextInt(1000) + "@academy.example" : "text " + name;
        };
    }

    private JsonNode resolved(JsonNode schema) {
        String ref = schema.path("$ref").asString("");
        return ref.startsWith("#/") ? document.at(ref.substring(1)) : schema;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("string") : type.asString("object");
    }
}
