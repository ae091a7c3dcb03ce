package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of docs/sql-conventions.md: one query over the catalog each, in {@code conventions/<rule>.sql}. */
class SqlConventionsTest {

    private static final Path FOLDER = CatalogQueries.TEST_RESOURCES.resolve("conventions");

    private static TestDatabase database;
    private static CatalogQueries catalog;

    /** An object that breaks a rule, and how. */
    private record Violation(String object, String fault) {}

    /** A line of exceptions.txt. */
    private record Waiver(String rule, String object, String reason) {}

    @BeforeAll
    static void migrated() throws SQLException {
        database = TestDatabase.create();
        catalog = CatalogQueries.open(database.ownerUrl());
    }

    @AfterAll
    static void close() throws SQLException {
        catalog.close();
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> theSchemaKeepsItsRules() {
        return rules().map(rule -> DynamicTest.dynamicTest(
                rule.replace('_', ' '),
                () -> assertThat(problems(rule)).as(sentence(rule)).isEmpty()));
    }

    @Test
    void everyExceptionNamesARuleAndAReason() {
        Set<String> rules = new TreeSet<>(rules().toList());
        assertThat(waivers().filter(waiver -> !rules.contains(waiver.rule) || waiver.reason.length() < 10))
                .isEmpty();
    }

    @Test
    void everyRuleIsDocumented() {
        String document = CommittedFile.read(CommittedFile.root().resolve("docs/sql-conventions.md"));
        assertThat(rules().filter(rule -> !document.contains("`" + rule + "`"))).isEmpty();
    }

    /** A rule that never fails proves nothing: broken.sql breaks each of them. */
    @Test
    void everyRuleNoticesABreach() throws SQLException {
        catalog.connection().setAutoCommit(false);
        List<String> silent = new ArrayList<>();
        try {
            catalog.run(CommittedFile.read(FOLDER.resolve("broken/broken.sql")));
            for (String rule : rules().toList()) {
                if (violations(rule).stream().noneMatch(violation -> violation.object.contains("broken"))) {
                    silent.add(rule);
                }
            }
        } finally {
            catalog.connection().rollback();
            catalog.connection().setAutoCommit(true);
        }
        // an untrusted extension takes a superuser
        assertThat(silent).containsExactly("extensions_are_trusted");
    }

    private static List<String> problems(String rule) throws SQLException {
        List<Violation> violations = violations(rule);
        Set<String> excused = new TreeSet<>(waivers()
                .filter(waiver -> waiver.rule.equals(rule))
                .map(Waiver::object)
                .toList());
        Stream<String> broken = violations.stream()
                .filter(violation -> !excused.contains(violation.object))
                .map(violation -> violation.object + " " + violation.fault);
        Stream<String> needless = excused.stream()
                .filter(object -> violations.stream().noneMatch(violation -> violation.object.equals(object)))
                .map(object -> object + " needs no exception any more; remove its line from exceptions.txt");
        return Stream.concat(broken, needless).sorted().toList();
    }

    private static List<Violation> violations(String rule) throws SQLException {
        return catalog.rows(CommittedFile.read(FOLDER.resolve(rule + ".sql"))).stream()
                .map(row -> new Violation(row.get(0), row.get(1)))
                .toList();
    }

    private static String sentence(String rule) {
        return CommittedFile.read(FOLDER.resolve(rule + ".sql"))
                .lines()
                .findFirst()
                .orElseThrow()
                .substring(3);
    }

    private static Stream<String> rules() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql") && !name.equals("prelude.sql"))
                    .map(name -> name.replace(".sql", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Waiver> waivers() {
        return CommittedFile.read(FOLDER.resolve("exceptions.txt"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> (line + " | | ").split(" \\| ", -1))
                .map(parts -> new Waiver(parts[0], parts[1], parts[2]));
    }
}
