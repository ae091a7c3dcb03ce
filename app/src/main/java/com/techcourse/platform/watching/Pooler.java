package com.techcourse.platform.watching;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of PgBouncer, which has no exporter of its own: {@code SHOW POOLS} and {@code SHOW STATS} of its console,
 * as a user that is named by {@code stats_users} and may do nothing else.
 */
record Pooler(DatabaseUrl url) {

    /** Column of SHOW POOLS, metric, meaning. */
    private static final List<Column> POOLS = List.of(
            new Column("cl_active", "clients_active", 1, "Clients that have a connection of the server, or rest."),
            new Column("cl_waiting", "clients_waiting", 1, "Clients that wait for a connection of the server."),
            new Column("sv_active", "servers_active", 1, "Connections of the server that work for a client."),
            new Column("sv_idle", "servers_idle", 1, "Connections of the server that are free at once."),
            new Column("sv_used", "servers_used", 1, "Connections of the server that are tried before they are lent."),
            new Column("sv_login", "servers_signing_in", 1, "Connections of the server that are being made."),
            new Column("maxwait", "wait_longest_seconds", 1, "How long the first client in the queue waits already."));

    private static final double MICRO = 1e-6;

    private static final List<Column> STATS = List.of(
            new Column("total_xact_count", "transactions_total", 1, "Transactions that went through."),
            new Column("total_query_count", "queries_total", 1, "Statements that went through."),
            new Column("total_received", "received_bytes_total", 1, "Bytes from clients."),
            new Column("total_sent", "sent_bytes_total", 1, "Bytes to clients."),
            new Column("total_wait_time", "wait_seconds_total", MICRO, "Time that clients have waited."),
            new Column("total_xact_time", "transaction_seconds_total", MICRO, "Time in transactions."));

    private static final String POOL_SIZE = "techcourse_pooler_pool_size";

    private record Column(String name, String metric, double scale, String help) {

        String fullName() {
            return "techcourse_pooler_" + metric;
        }
    }

    /** None where {@code TECHCOURSE_POOLER_ADMIN} names no console. */
    static Optional<Pooler> at(String url) {
        return url.isBlank()
                ? Optional.empty()
                : Optional.of(new Pooler(DatabaseUrl.parse(url)
                        // the console knows neither parameters nor prepared statements
                        .withParam("preferQueryMode", "simple")
                        .withParam("connectTimeout", "3")
                        .withParam("socketTimeout", "5")));
    }

    static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        POOLS.forEach(column -> help.put(column.fullName(), column.help()));
        STATS.forEach(column -> help.put(column.fullName(), column.help()));
        help.put(POOL_SIZE, "Connections of the server that each pool of this database may open.");
        return help;
    }

    List<Reading> ask() throws SQLException {
        List<Reading> readings = new ArrayList<>();
        try (Connection console = url.connect();
                Statement statement = console.createStatement()) {
            read(statement, "show pools", List.of("database", "user"), POOLS, readings);
            read(statement, "show stats", List.of("database"), STATS, readings);
            try (ResultSet row = statement.executeQuery("show databases")) {
                while (row.next()) {
                    Map<String, String> labels = Map.of("database", row.getString("name"));
                    readings.add(new Reading(POOL_SIZE, labels, row.getDouble("pool_size")));
                }
            }
        }
        return readings.stream()
                .filter(reading -> !"pgbouncer".equals(reading.labels().get("database")))
                .toList();
    }

    private static void read(
            Statement statement, String question, List<String> labels, List<Column> columns, List<Reading> readings)
            throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            while (row.next()) {
                Map<String, String> names = new LinkedHashMap<>();
                for (String label : labels) {
                    names.put(label, row.getString(label));
                }
                for (Column column : columns) {
                    readings.add(new Reading(column.fullName(), names, row.getDouble(column.name()) * column.scale()));
                }
            }
        }
    }
}
