package com.techcourse.platform.watching;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The figures of PgBouncer, which has no exporter of its own: {@code SHOW POOLS} and {@code SHOW STATS} of its console,
 * as a user that is named by {@code stats_users} and may do nothing else.
 */
public record Pooler(DatabaseUrl url) {

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
    private static final long PATIENCE_SECONDS = 5;

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
    public static Optional<Pooler> at(String url) {
        return url.isBlank() ? Optional.empty() : Optional.of(new Pooler(DatabaseUrl.parse(url)));
    }

    static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        POOLS.forEach(column -> help.put(column.fullName(), column.help()));
        STATS.forEach(column -> help.put(column.fullName(), column.help()));
        help.put(POOL_SIZE, "Connections of the server that each pool of this database may open.");
        return help;
    }

    List<Reading> ask() throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        rows("show pools").forEach(row -> readings.addAll(readings(row, List.of("database", "user"), POOLS)));
        rows("show stats").forEach(row -> readings.addAll(readings(row, List.of("database"), STATS)));
        rows("show databases")
                .forEach(row -> readings.add(new Reading(
                        POOL_SIZE, Map.of("database", text(row, "name")), Double.parseDouble(text(row, "pool_size")))));
        return readings.stream()
                .filter(reading -> !"pgbouncer".equals(reading.labels().get("database")))
                .toList();
    }

    /** How many connections of the server its pool for that database may have, with its reserve; empty when it has none. */
    public Optional<Integer> connections(String database) throws IOException, InterruptedException {
        return rows("show databases").stream()
                .filter(row -> database.equals(row.get("name")))
                .map(row -> Integer.parseInt(text(row, "pool_size")) + reserve(row))
                .findFirst();
    }

    /** Since PgBouncer 1.24 it says {@code reserve_pool_size}. */
    private static int reserve(Map<String, String> row) {
        return Integer.parseInt(row.getOrDefault("reserve_pool_size", row.getOrDefault("reserve_pool", "0")));
    }

    private static List<Reading> readings(Map<String, String> row, List<String> labels, List<Column> columns) {
        Map<String, String> names = new LinkedHashMap<>();
        labels.forEach(label -> names.put(label, text(row, label)));
        return columns.stream()
                .map(column -> new Reading(
                        column.fullName(), names, Double.parseDouble(text(row, column.name())) * column.scale()))
                .toList();
    }

    private static String text(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    /** By psql: pgjdbc begins each connection by a SET, which the console allows to its administrators alone. */
    private List<Map<String, String>> rows(String question) throws IOException, InterruptedException {
        ProcessBuilder psql = new ProcessBuilder("psql", "-X", "-w", "--csv", "-c", question);
        psql.environment()
                .putAll(Map.of(
                        "PGHOST", url.host(),
                        "PGPORT", Integer.toString(url.port()),
                        "PGDATABASE", url.database(),
                        "PGUSER", url.user(),
                        "PGPASSWORD", url.password(),
                        "PGSSLMODE", url.params().getOrDefault("sslmode", "prefer"),
                        "PGCONNECT_TIMEOUT", "3"));
        Process process = psql.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // a pooler that is frozen takes the question and never answers
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try {
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("psql ended with " + process.exitValue());
            }
            return rows(answer.lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Map<String, String>> rows(List<String> lines) {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] names = lines.getFirst().split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < names.length; column++) {
                row.put(names[column], values[column]);
            }
            rows.add(row);
        }
        return rows;
    }
}
