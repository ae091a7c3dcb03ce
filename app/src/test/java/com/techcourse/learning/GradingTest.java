package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.WithAcademy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What answers are worth: the examples of docs/grading.md, and what holds for any answer. */
class GradingTest extends WithAcademy {

    private static final Pattern EXAMPLE =
            Pattern.compile("\\| ([a-z_]+) \\| (?:`(.*?)`)? ?\\| (?:`(.*?)`)? ?\\| `(.*?)` \\| (waits|-?[0-9.]+) \\|");

    private static final String DOCUMENT = """
            {"questions": [
              {"id": "q1", "type": "single_choice", "points": 2, "penalty": 0.5, "answer": "a",
               "options": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
              {"id": "q2", "type": "multiple_choice", "points": 3, "partial_credit": true, "answer": ["a", "c"],
               "options": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
              {"id": "q3", "type": "true_false", "points": 0.1, "answer": true},
              {"id": "q4", "type": "numeric", "points": 1, "answer": 9.81, "tolerance": 0.01, "unit": "m/s2"},
              {"id": "q5", "type": "short_text", "points": 1, "answer": ["Paris"]},
              {"id": "q6", "type": "matching", "points": 3, "partial_credit": true, "penalty": 1, "answer": {"a": "b", "b": "a", "c": "a"},
               "left": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "right": [{"id": "a"}, {"id": "b"}]},
              {"id": "q7", "type": "ordering", "points": 3, "partial_credit": true, "answer": ["b", "a", "c"],
               "items": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
              {"id": "q8", "type": "fill_in", "points": 2, "partial_credit": true, "answer": {"a": ["x"], "b": ["y", "a"]}}]}
            """;

    @TestFactory
    Stream<DynamicTest> theExamplesAreTrue() throws IOException {
        List<Matcher> examples = Files.readAllLines(Path.of("../docs/grading.md")).stream()
                .map(EXAMPLE::matcher)
                .filter(Matcher::matches)
                .toList();
        assertThat(examples).hasSizeGreaterThan(30);
        return examples.stream()
                .map(line -> DynamicTest.dynamicTest(
                        line.group(), () -> assertThat(points(line)).isEqualTo(line.group(5))));
    }

    private Object points(Matcher example) {
        String question = """
                {"id": "q", "type": "%s", "points": 3, "options": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}],
                 "items": [{"id": "i1"}, {"id": "i2"}, {"id": "i3"}, {"id": "i4"}], "left": [{"id": "l1"}, {"id": "l2"}, {"id": "l3"}],
                 "right": [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}] %s %s}
                """.formatted(
                        example.group(1),
                        example.group(2) == null ? "" : ", \"answer\": " + example.group(2),
                        example.group(3) == null ? "" : ", " + example.group(3));
        return owner.one(
                "select coalesce(trim_scale(points)::text, 'waits') from learning.grade_answer(?::jsonb, ?::jsonb)",
                question,
                example.group(4));
    }

    @Test
    void anyAnswersAreWorthSomethingFrom0To100() {
        Random chance = new Random(20261122);
        for (int round = 0; round < 400; round++) {
            String answers = answers(chance);
            assertThat(owner.one(
                            "select score between 0 and 100 and jsonb_typeof(item_points) = 'object' from learning.grade_document(?::jsonb, ?::jsonb)",
                            DOCUMENT,
                            answers))
                    .as(answers)
                    .isEqualTo(true);
        }
    }

    @Test
    void allRightIs100AndOneMoreRightIsNeverLess() {
        String right =
                "{\"q1\": \"a\", \"q2\": [\"c\", \"a\"], \"q3\": true, \"q4\": \"9.81\", \"q5\": \"paris\", \"q6\": {\"a\": \"b\", \"b\": \"a\", \"c\": \"a\"}, \"q7\": [\"b\", \"a\", \"c\"], \"q8\": {\"a\": \"X\", \"b\": \"A\"}}";
        assertThat(owner.one("select score::text from learning.grade_document(?::jsonb, ?::jsonb)", DOCUMENT, right))
                .isEqualTo("100.00");
        Random chance = new Random(42);
        for (int round = 0; round < 150; round++) {
            assertThat(owner.one("""
                            select bool_and((learning.grade_document(d.d, r.r || jsonb_build_object(k, g.g -> k))).score
                                            >= (learning.grade_document(d.d, r.r)).score)
                              from (select ?::jsonb) d (d), (select ?::jsonb) r (r), (select ?::jsonb) g (g), jsonb_object_keys(g.g) k
                            """, DOCUMENT, answers(chance), right)).isEqualTo(true);
        }
    }

    @Test
    void whatIsNoDocumentOfAnswersIsWorthNothing() {
        for (String answers : new String[] {"null", "[]", "\"q1\"", "7", "{}"}) {
            assertThat(owner.one("select score from learning.grade_document(?::jsonb, ?::jsonb)", DOCUMENT, answers)
                            .toString())
                    .isEqualTo("0.00");
        }
    }

    private static String answers(Random chance) {
        StringBuilder document = new StringBuilder("{\"q0\": 1");
        for (int question = 1; question <= 8; question++) {
            document.append(", \"q").append(question).append("\": ").append(value(chance, 0));
        }
        return document.append('}').toString();
    }

    private static String value(Random chance, int depth) {
        String[] plain = {
            "null",
            "true",
            "false",
            "\"a\"",
            "\"b\"",
            "\"c\"",
            "\"\"",
            "\"Paris\"",
            "\"9.81 m/s2\"",
            "9.815",
            "-1e300",
            "0",
            "[]",
            "{}",
            "[\"a\", \"a\"]",
            "[\"b\", \"a\", \"c\"]",
            "{\"a\": \"b\"}",
            "\"\\u2028\"",
            "[\"a\", 1]"
        };
        if (depth > 3 || chance.nextInt(3) > 0) {
            return plain[chance.nextInt(plain.length)];
        }
        String inner = value(chance, depth + 1);
        return chance.nextBoolean()
                ? "[" + inner + ", " + value(chance, depth + 1) + "]"
                : "{\"a\": " + inner + ", \"b\": " + value(chance, depth + 1) + "}";
    }
}
