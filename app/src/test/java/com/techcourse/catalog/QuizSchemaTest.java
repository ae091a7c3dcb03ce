package com.techcourse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.techcourse.catalog.exchange.RandomQuestions;
import com.techcourse.testing.WithAcademy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schema and the database say the same of a document, but for the rules that no schema can say. */
class QuizSchemaTest extends WithAcademy {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Sentences of the faults that look at two places at once, at decimals, or at the calendar. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "is used twice",
            "must be the id of one option",
            "must be a list of different option ids",
            "must give every left id one right id",
            "must name every item id once",
            "must give every {{gap}}",
            "must be a number from 0 to the points",
            "must not be more than there are questions",
            "must be later than available_from",
            "must be a whole number");

    private final Schema schema = schema();

    private static Schema schema() {
        try (InputStream file =
                Objects.requireNonNull(QuizSchemaTest.class.getResourceAsStream("/schemas/quiz-1.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void goodDocumentsAreGoodForBoth() {
        List<String> broken = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            String document = document(seed).toString();
            if (!faults(document).isEmpty() || !accepts(document)) {
                broken.add(seed + " " + faults(document) + " " + schema.validate(document, InputFormat.JSON) + "\n"
                        + document);
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void mutatedDocumentsAreJudgedAlike() {
        List<String> broken = new ArrayList<>();
        int refused = 0;
        for (int seed = 0; seed < 1200; seed++) {
            ObjectNode document = document(seed % 150);
            mutate(document, new Random(seed));
            String text = document.toString();
            List<String> faults = faults(text);
            boolean accepted = accepts(text);
            boolean beyond = !faults.isEmpty()
                    && faults.stream()
                            .allMatch(fault -> BEYOND_A_SCHEMA.stream().anyMatch(fault::contains));
            refused += faults.isEmpty() ? 0 : 1;
            if (faults.isEmpty() != accepted && !(beyond && accepted)) {
                broken.add(seed + " database " + faults + " schema " + schema.validate(text, InputFormat.JSON) + "\n"
                        + text);
            }
        }
        assertThat(broken).isEmpty();
        assertThat(refused).isGreaterThan(400);
    }

    private boolean accepts(String document) {
        return schema.validate(document, InputFormat.JSON).isEmpty();
    }

    private List<String> faults(String document) {
        return owner.run("select pointer || ' ' || fault from catalog.quiz_faults(?::jsonb)", document).stream()
                .map(String::valueOf)
                .toList();
    }

    private static ObjectNode document(int seed) {
        Random random = new Random(seed);
        ObjectNode document = JSON.createObjectNode();
        document.put("schema_version", 1).put("title", "Quiz " + seed).put("passing_score", random.nextInt(101));
        document.put("grace_seconds", random.nextInt(3601)).put("max_attempts", 1 + random.nextInt(9));
        document.put("shuffle_questions", random.nextBoolean())
                .put("show_answers", "after_last_attempt")
                .put("draw", 1);
        document.put("available_from", "2026-11-22T18:00:00Z").put("available_until", "2027-01-01T00:00:00+01:00");
        ArrayNode questions = document.putArray("questions");
        RandomQuestions generator = new RandomQuestions(seed);
        for (int n = 0; n < 3; n++) {
            ObjectNode question = (ObjectNode) generator.next().question();
            questions.add(question.put("id", "q" + n));
        }
        return document;
    }

    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"x y\"",
            "-1",
            "0",
            "1.5",
            "100000",
            "true",
            "[]",
            "{}",
            "[\"o1\"]",
            "[\"o1\", \"o1\"]",
            "{\"l1\": \"r1\"}",
            "\"never\"",
            "\"after_closing\"",
            "\"2026-13-01T00:00:00Z\"",
            "[1]",
            "\"" + "x".repeat(5001) + "\"");

    private static void mutate(ObjectNode document, Random random) {
        JsonNode at = document;
        while (true) {
            List<JsonNode> below = new ArrayList<>();
            at.forEach(child -> {
                if (child.isContainer() && !child.isEmpty()) {
                    below.add(child);
                }
            });
            if (below.isEmpty() || random.nextInt(4) == 0) {
                break;
            }
            at = below.get(random.nextInt(below.size()));
        }
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(random.nextInt(6) == 0 ? "surprise" : name, value);
                default -> object.set(name, value);
            }
        } else if (at instanceof ArrayNode array) {
            int place = random.nextInt(array.size());
            if (random.nextBoolean()) {
                array.remove(place);
            } else {
                array.set(place, value);
            }
        }
    }
}
