package com.techcourse.platform.watching;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One query, {@code watching/NAME.sql}, and what its figures mean. Columns of numbers are metrics by their names,
 * columns of text are labels, what is null is absent; comments on top say what each metric means.
 *
 * @param every how often it is asked
 */
record Topic(String name, Duration every) {

    private static final Pattern HELP = Pattern.compile("^-- (techcourse_[a-z_]+): (.+?)\\.?$", Pattern.MULTILINE);
    private static final Duration ALWAYS = Duration.ZERO;
    /** For what costs the server something. */
    private static final Duration SELDOM = Duration.ofMinutes(5);

    static final List<Topic> ALL = List.of(
            new Topic("server", ALWAYS),
            new Topic("transactions", ALWAYS),
            new Topic("standbys", ALWAYS),
            new Topic("replication", ALWAYS),
            new Topic("archive", ALWAYS),
            new Topic("backups", ALWAYS),
            new Topic("jobs", ALWAYS),
            new Topic("messages", ALWAYS),
            new Topic("orders", ALWAYS),
            new Topic("gateways", ALWAYS),
            new Topic("invoices", ALWAYS),
            new Topic("books", ALWAYS),
            new Topic("partitions", SELDOM),
            new Topic("size", SELDOM),
            new Topic("seals", SELDOM));

    /** What each metric of the query means. */
    Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        HELP.matcher(query()).results().forEach(found -> help.put(found.group(1), found.group(2) + "."));
        return help;
    }

    List<Reading> ask(Connection connection) throws SQLException {
        List<Reading> readings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query())) {
            while (row.next()) {
                readings.addAll(readings(row));
            }
        }
        return readings;
    }

    private static List<Reading> readings(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            if (isText(columns.getColumnType(column))) {
                labels.put(columns.getColumnLabel(column), Objects.requireNonNullElse(row.getString(column), ""));
            } else {
                double value = row.getDouble(column);
                if (!row.wasNull()) {
                    values.put(columns.getColumnLabel(column), value);
                }
            }
        }
        return values.entrySet().stream()
                .map(value -> new Reading(value.getKey(), labels, value.getValue()))
                .toList();
    }

    private static boolean isText(int type) {
        return type == Types.VARCHAR || type == Types.CHAR || type == Types.OTHER;
    }

    private String query() {
        String resource = "/watching/" + name + ".sql";
        try (InputStream file = Objects.requireNonNull(Topic.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
