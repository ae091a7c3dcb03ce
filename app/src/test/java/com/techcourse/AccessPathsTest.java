package com.techcourse;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 200,000 students: every access path is served by its index, and reads no more buffers than its budget, for the role
 * that really asks, row security included. Buffers, never times. {@code -Dtechcourse.rewrite=true} writes
 * {@code docs/access-paths.md} anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPathsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "access-paths.md");
    private static final String BEGIN = "<!-- table -->\n";

    private final Map<String, Long> measured = new LinkedHashMap<>();
    private TestDatabase database;

    @BeforeAll
    void seed() throws SQLException, IOException {
        database = TestDatabase.create();
        try (Connection superuser = database.superuserUrl().connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            for (String sql : text("/access-paths/seed.sql").split(";\\R")) {
                statement.execute(sql);
            }
        }
    }

    @AfterAll
    void drop() {
        measured.forEach((path, buffers) -> System.out.printf("%-34s %,7d buffers%n", path, buffers));
        database.close();
    }

    static List<AccessPath> paths() {
        return AccessPath.ALL;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void isServedByItsIndexWithinItsBudget(AccessPath path) {
        JsonNode plan = explain(path).get(0).get("Plan");
        long buffers = plan.get("Shared Hit Blocks").asLong()
                + plan.get("Shared Read Blocks").asLong();
        measured.put(path.name(), buffers);
        Set<String> indexes = new TreeSet<>();
        collectIndexes(plan, indexes);
        assertThat(path.indexes())
                .as(plan.toPrettyString())
                .allSatisfy(index -> assertThat(indexes).containsAnyOf(index.split("\\|")));
        assertThat(buffers).as(plan.toPrettyString()).isLessThanOrEqualTo(path.budget());
    }

    private JsonNode explain(AccessPath path) {
        String sql = "explain (analyze, buffers, timing off, format json) " + path.sql();
        String plan = switch (path.actor()) {
            case "techcourse_gatekeeper", "techcourse_loader", "techcourse_reader" ->
                database.owner().transactionResult(transaction -> {
                    transaction.dsl().execute("set local role " + path.actor());
                    // as in the functions: without it, "=" of citext is that of text
                    transaction.dsl().execute("set local search_path = extensions");
                    return plan(transaction.dsl(), sql);
                });
            case "student" -> database.as(Acting.student(UUID.fromString(AccessPath.STUDENT)), app -> plan(app, sql));
            case "instructor" ->
                database.as(Acting.instructor(UUID.fromString(AccessPath.INSTRUCTOR)), app -> plan(app, sql));
            case "visitor" -> database.as(Acting.visitor(), app -> plan(app, sql));
            default -> database.as(Acting.persona(path.actor()), app -> plan(app, sql));
        };
        return JsonMapper.shared().readTree(plan);
    }

    /** The second time, so that what is done once for a session is not counted. */
    private static String plan(DSLContext session, String sql) {
        session.fetchSingle(sql);
        return session.fetchSingle(sql).get(0, String.class);
    }

    private void collectIndexes(JsonNode node, Set<String> indexes) {
        Optional.ofNullable(node.get("Index Name"))
                .map(JsonNode::asString)
                .map(this::ofWholeTable)
                .ifPresent(indexes::add);
        Optional.ofNullable(node.get("Plans")).ifPresent(plans -> plans.forEach(plan -> collectIndexes(plan, indexes)));
    }

    /** An index of a partition goes by the name of the partitioned one. */
    private String ofWholeTable(String index) {
        return database.owner().fetch("""
                        select p.relname from pg_inherits i
                          join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
                         where c.relname = ? and c.relkind = 'i'
                        """, index).stream()
                .map(row -> row.get(0, String.class))
                .findFirst()
                .orElse(index);
    }

    @Test
    void theDocumentShowsTheTable() throws IOException {
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("techcourse.rewrite")) {
            paths().stream()
                    .filter(path -> !measured.containsKey(path.name()))
                    .forEach(this::isServedByItsIndexWithinItsBudget);
            document = document.substring(0, document.indexOf(BEGIN) + BEGIN.length()) + table();
            Files.writeString(DOCUMENT, document);
        }
        String shown = document.substring(document.indexOf(BEGIN) + BEGIN.length());
        assertThat(withoutMeasures(shown)).isEqualTo(withoutMeasures(table()));
    }

    private String table() {
        return "\n| path | asks as | index | buffers read | budget |\n| --- | --- | --- | ---: | ---: |\n"
                + paths().stream()
                        .map(path -> "| %s | `%s` | %s | %s | %d |%n"
                                .formatted(
                                        path.name(),
                                        path.actor(),
                                        path.indexes().stream()
                                                .map(index -> "`" + index.replaceAll("\\|.*", "") + "`")
                                                .collect(Collectors.joining(", ")),
                                        measured.getOrDefault(path.name(), 0L),
                                        path.budget()))
                        .collect(Collectors.joining())
                + "\nThe statements:\n\n"
                + paths().stream()
                        .map(path -> "**%s**%n```sql%n%s%n```%n".formatted(path.name(), path.sql()))
                        .collect(Collectors.joining("\n"));
    }

    private static String withoutMeasures(String table) {
        return table.replaceAll("\\| \\d+ \\| (\\d+) \\|", "| $1 |");
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(AccessPathsTest.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
