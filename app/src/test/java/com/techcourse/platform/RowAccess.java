package com.techcourse.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the application can do to each row of the fixture, acting as one person: every verb is executed and taken back. */
record RowAccess(CatalogQueries owner, Connection app, Person person) {

    enum Person {
        NOBODY("select"),
        VISITOR("select platform.act_as(null, 'visitor')"),
        STUDENT("select platform.act_as('00000000-0000-7000-8000-0000000000a1', 'student')"),
        INSTRUCTOR("select platform.act_as('00000000-0000-7000-8000-0000000000b1', 'instructor')"),
        ADMIN("select platform.act_as('00000000-0000-7000-8000-0000000000c1', 'admin')");

        private final String context;

        Person(String context) {
            this.context = context;
        }

        /** The empty text for those who are nobody. */
        private String id() {
            return this == NOBODY || this == VISITOR ? "" : context.split("'", -1)[1];
        }
    }

    private static final List<String> VERBS = List.of("select", "insert", "update", "delete");

    /** One line for each table and verb: whose rows, and what came of it. */
    List<String> lines() throws SQLException {
        String rows = CommittedFile.read(CatalogQueries.TEST_RESOURCES.resolve("access/rows.sql"));
        List<String> lines = new ArrayList<>();
        for (List<String> table : owner.rows(rows, person.id())) {
            outcomes(owner.rows(table.get(1)))
                    .forEach((verb, whose) -> lines.add("%s | %s | %s | %s"
                            .formatted(person.name().toLowerCase(Locale.ROOT), table.get(0), verb, text(whose))));
        }
        return lines;
    }

    private Map<String, Map<String, TreeSet<String>>> outcomes(List<List<String>> attempts) throws SQLException {
        Map<String, Map<String, TreeSet<String>>> outcomes = new TreeMap<>(Comparator.comparing(VERBS::indexOf));
        app.rollback();
        try (Statement statement = app.createStatement()) {
            statement.execute(person.context);
            for (List<String> attempt : attempts) {
                outcomes.computeIfAbsent(attempt.get(1), verb -> new TreeMap<>())
                        .computeIfAbsent(attempt.get(0), whose -> new TreeSet<>())
                        .add(outcome(statement, attempt.get(2)));
            }
        }
        app.rollback();
        return outcomes;
    }

    private String outcome(Statement statement, String sql) throws SQLException {
        Savepoint before = app.setSavepoint();
        try {
            boolean found = statement.execute(sql) ? statement.getResultSet().next() : statement.getUpdateCount() == 1;
            return found ? "yes" : "no";
        } catch (SQLException e) {
            return switch (e.getSQLState()) {
                case "23505" -> "yes"; // a copy of a row is refused as a copy only after the policies let it through
                case "23503", "23001" -> "restricted"; // PostgreSQL 18 has a code of its own for ON DELETE RESTRICT
                default -> e.getSQLState();
            };
        } finally {
            app.rollback(before);
        }
    }

    private static String text(Map<String, TreeSet<String>> whose) {
        return String.join(
                "; ",
                whose.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + String.join(" or ", entry.getValue()))
                        .toList());
    }
}
