package com.techcourse.testing;

import com.techcourse.testing.ApiContract.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that nobody means well: made from the OpenAPI document, then bent. Half of them are right in form, so that
 * they reach the database; the others are cut, swollen, of the wrong type, or not what they say they are.
 */
public final class HostileRequests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "null",
            "NaN",
            "1e309",
            "99999999999999999999",
            "' or 1=1 --",
            "'; drop table users; --",
            "%",
            "_",
            "\\",
            "$1",
            "${7*7}",
            "#{7*7}",
            "{{x}}",
            "<script>alert(1)</script>",
            "../../etc/passwd",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\u202eabc",
            "\u0301\u0301",
            "\ud83e\udd84",
            "a".repeat(300),
            "b".repeat(30_000),
            "2026-13-45T99:99:99Z",
            "00000000-0000-0000-0000-000000000000",
            "(",
            "[",
            "a&!|b",
            "\"",
            "\r\nSet-Cookie: x=y");

    private final SampleBodies bodies;
    private final RandomGenerator random;
    private final List<String> known = new ArrayList<>();

    public HostileRequests(JsonNode document, RandomGenerator random) {
        this.random = random;
        this.bodies = new SampleBodies(document, random);
    }

    /** A thing that is really there, to be asked for again. */
    public void know(String value) {
        if (known.size() < 400) {
            known.add(value);
        } else {
            known.set(random.nextInt(known.size()), value);
        }
    }

    /** Whatever in an answer looks like a name by which it can be asked for. */
    public void learn(JsonNode answer) {
        if (answer.isString()) {
            String text = answer.asString();
            if (text.matches(
                    "[0-9a-f]{8}-[0-9a-f-]{27}|[a-z0-9]+(-[a-z0-9]+)+|TC-[0-9A-Z-]{14}|[A-Za-z0-9_-]{20,90}")) {
                know(text);
            }
        } else {
            answer.forEach(this::learn);
        }
    }

    public record Hostile(String method, String path, byte @Nullable [] body, String mediaType, List<String> headers) {}

    public Hostile next(Operation operation) {
        JsonNode schema = bodies.schema(operation);
        byte[] body = operation.description().has("requestBody") ? body(schema) : null;
        String mediaType = random.nextInt(30) == 0 ? "text/plain" : mediaType(operation);
        List<String> headers = new ArrayList<>();
        if (random.nextBoolean()) {
            headers.addAll(List.of("If-Match", random.nextInt(4) > 0 ? "\"" + random.nextInt(1, 4) + "\"" : "W/\"\\"));
        }
        if (random.nextInt(20) == 0) {
            headers.addAll(List.of("Accept", "image/png"));
        }
        return new Hostile(operation.method(), path(operation) + query(operation), body, mediaType, headers);
    }

    private static String mediaType(Operation operation) {
        JsonNode content = operation.description().path("requestBody").path("content");
        return content.isEmpty()
                ? "application/json"
                : content.propertyNames().iterator().next().replace("*/*", "application/octet-stream");
    }

    private String path(Operation operation) {
        Matcher parameter = PARAMETER.matcher(operation.path());
        return parameter.replaceAll(_ -> Matcher.quoteReplacement(encoded(value(4))));
    }

    private String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.description().path("parameters")) {
            if (parameter.path("in").asString("").equals("query") && random.nextInt(3) > 0) {
                JsonNode schema = parameter.path("schema");
                String value = random.nextInt(3) > 0 ? bodies.of(schema).asString("x") : text();
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encoded(parameter.path("name").asString()))
                        .append('=')
                        .append(encoded(value));
            }
        }
        return query.toString();
    }

    /** Something that is there, {@code oneIn} times out of that many something else. */
    private String value(int oneIn) {
        return known.isEmpty() || random.nextInt(oneIn) == 0 ? text() : known.get(random.nextInt(known.size()));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(
                        text.length() > 2000 ? text.substring(0, 2000) : text, StandardCharsets.UTF_8)
                .replace("+", "%20");
        return encoded.isEmpty() ? "%20" : encoded;
    }

    private byte[] body(JsonNode schema) {
        if (schema.isMissingNode()) {
            return text().getBytes(StandardCharsets.UTF_8);
        }
        JsonNode body = withKnown(bodies.of(schema));
        int bend = random.nextInt(20);
        if (bend >= 10) {
            return bytes(bend >= 14 ? body : bent(body));
        }
        return switch (bend) {
            case 0 -> new byte[0];
            case 1 -> "{".getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'};
            case 3 -> ("[".repeat(3000) + "]".repeat(3000)).getBytes(StandardCharsets.UTF_8);
            case 4 -> bytes(NODES.stringNode("x".repeat(2 << 20)));
            case 5 -> bytes(NODES.arrayNode().add(body));
            case 6 -> "null".getBytes(StandardCharsets.UTF_8);
            default -> bytes(bent(bent(body)));
        };
    }

    private static byte[] bytes(JsonNode json) {
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    /** Ids that exist in place of made-up ones. */
    private JsonNode withKnown(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                boolean id = name.equals("id") || name.endsWith("_id");
                object.set(name, id && random.nextBoolean() ? NODES.stringNode(value(8)) : withKnown(object.get(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (int n = 0; n < array.size(); n++) {
                array.set(n, withKnown(array.get(n)));
            }
        }
        return node;
    }

    private JsonNode bent(JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("unknown_" + name, NODES.numberNode(1));
                case 2 -> object.set(name, bent(object.get(name)));
                default -> object.set(name, something());
            }
            return object;
        }
        return something();
    }

    private JsonNode something() {
        return switch (random.nextInt(10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(new java.math.BigDecimal("1e400"));
            case 4 -> NODES.numberNode(0.1);
            case 5 -> NODES.arrayNode().add(NODES.objectNode());
            case 6 -> NODES.objectNode().put(text(), text());
            default -> NODES.stringNode(text());
        };
    }
}
