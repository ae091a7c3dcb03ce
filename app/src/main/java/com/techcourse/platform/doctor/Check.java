package com.techcourse.platform.doctor;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/** One question, {@code doctor/NAME.sql}: a query that answers one row of status, finding and remedy. */
record Check(String name) {

    /** Never fails: what cannot be asked is a finding too. */
    Finding ask(Connection connection, Map<String, Long> facts) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query(facts))) {
            if (!row.next()) {
                return new Finding(name, Verdict.NOTE, "the check answered nothing", "Tell the makers of TechCourse.");
            }
            return new Finding(
                    name,
                    Verdict.valueOf(row.getString("status")),
                    requireNonNullElse(row.getString("finding"), ""),
                    requireNonNullElse(row.getString("remedy"), ""));
        } catch (SQLException e) {
            return unanswered(e);
        }
    }

    private Finding unanswered(SQLException failure) {
        return switch (requireNonNullElse(failure.getSQLState(), "")) {
            case "42501" ->
                new Finding(
                        name, Verdict.NOTE, "this role may not look", "Run the doctor as the owner of the database.");
            case "3F000", "42P01", "42703", "42883", "42704" ->
                new Finding(name, Verdict.PROBLEM, "a part of the schema is missing", "Run: ./techcourse migrate");
            default ->
                new Finding(
                        name,
                        Verdict.PROBLEM,
                        "the check failed with SQLSTATE " + failure.getSQLState(),
                        "Look into the log of the server.");
        };
    }

    private String query(Map<String, Long> facts) {
        String query = text();
        for (Map.Entry<String, Long> fact : facts.entrySet()) {
            query = query.replace(":" + fact.getKey(), fact.getValue().toString());
        }
        return query;
    }

    private String text() {
        String resource = "/doctor/" + name + ".sql";
        try (InputStream file = Objects.requireNonNull(Check.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
