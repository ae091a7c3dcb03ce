package com.techcourse.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document of a running academy, and whether answers keep to it. */
public final class ApiContract {

    private static final String BASE = "https://academy.example/openapi.json";

    /** By text: all academies of a test run have the same. */
    private static final Map<String, Document> DOCUMENTS = new ConcurrentHashMap<>();

    private final int port;
    private @Nullable Document document;

    ApiContract(int port) {
        this.port = port;
    }

    /** One operation of the document. */
    public record Operation(String method, String path, Pattern pattern, JsonNode description) {

        public List<String> openTo() {
            return texts(description.path("x-open-to"));
        }

        public List<String> problems() {
            return texts(description.path("x-problems"));
        }

        private static List<String> texts(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::asString)
                    .toList();
        }
    }

    private record Document(JsonNode json, Schema whole, Map<String, Schema> schemas, List<Operation> operations) {

        /** At a JSON Pointer, as a part of the whole, or else each would read all of the document again. */
        Schema schema(String pointer) {
            return schemas.computeIfAbsent(
                    pointer,
                    at -> whole.getRefSchema(SchemaLocation.of(BASE + "#" + at).getFragment()));
        }
    }

    public List<Operation> operations() {
        return document().operations();
    }

    public JsonNode json() {
        return document().json();
    }

    /** Fails where the document promises another answer. */
    void check(String method, String path, ApiClient.Answer answer) {
        String bare = path.replaceFirst("[?#].*", "");
        Optional<Operation> found = operation(method, bare);
        if (found.isEmpty()) {
            if (answer.status() != 404 && answer.status() != 405) {
                throw new AssertionError(method + " " + bare + " is not in the document, but answered " + answer);
            }
            return;
        }
        Operation operation = found.get();
        String where = method + " " + operation.path() + " -> " + answer.status();
        JsonNode promised = operation.description().path("responses").path(Integer.toString(answer.status()));
        if (promised.isMissingNode()) {
            throw new AssertionError(where + " is not promised: " + answer);
        }
        if (!answer.problem().isEmpty() && !operation.problems().contains(answer.problem())) {
            throw new AssertionError(where + " does not promise the problem " + answer.problem() + ": " + answer);
        }
        checkBody(where, operation, answer, promised);
    }

    private void checkBody(String where, Operation operation, ApiClient.Answer answer, JsonNode promised) {
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        JsonNode content = promised.path("content");
        if (answer.bytes().length == 0 || content.isMissingNode() || content.isEmpty()) {
            if (answer.bytes().length > 0) {
                throw new AssertionError(where + " promises no body: " + answer);
            }
            return;
        }
        if (!content.has(type) && !content.has("*/*")) {
            throw new AssertionError(where + " does not promise " + type);
        }
        if (type.matches(".*[/+]json") && content.path(type).has("schema")) {
            List<Error> errors = faults(operation, answer.status(), type, answer.body());
            if (!errors.isEmpty()) {
                throw new AssertionError(where + " breaks its schema: " + errors + "\n" + answer);
            }
        }
    }

    /** Where a body breaks the schema of its operation, status and media type. */
    public List<Error> faults(Operation operation, int status, String type, String body) {
        String pointer = "/paths/" + escaped(operation.path()) + "/"
                + operation.method().toLowerCase(java.util.Locale.ROOT) + "/responses/" + status
                + "/content/" + escaped(type) + "/schema";
        return document().schema(pointer).validate(body, InputFormat.JSON);
    }

    private static String escaped(String part) {
        return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }

    public Optional<Operation> operation(String method, String path) {
        return document().operations().stream()
                .filter(operation -> operation.method().equals(method.equals("HEAD") ? "GET" : method))
                .filter(operation -> operation.pattern().matcher(path).matches())
                .min(java.util.Comparator.comparingInt(operation ->
                        (int) operation.path().chars().filter(c -> c == '{').count()));
    }

    private synchronized Document document() {
        Document read = document;
        if (read == null) {
            read = read();
            document = read;
        }
        return read;
    }

    private Document read() {
        try {
            String text = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/api-docs"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return DOCUMENTS.computeIfAbsent(text, ApiContract::parsed);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Document parsed(String text) {
        JsonNode json = JsonMapper.shared().readTree(text);
        List<Operation> operations = new ArrayList<>();
        json.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                Pattern.compile(path.getKey()
                                        .replaceAll("([.])", "\\\\$1")
                                        .replaceAll("\\{[^}]+}", "[^/]+")),
                                operation.getValue()))));
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, text)));
        Schema whole = registry.getSchema(SchemaLocation.of(BASE));
        return new Document(json, whole, new ConcurrentHashMap<>(), List.copyOf(operations));
    }
}
