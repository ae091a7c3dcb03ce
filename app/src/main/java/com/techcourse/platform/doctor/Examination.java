package com.techcourse.platform.doctor;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.watching.Pooler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks, in the order in which one thing explains the next. */
public final class Examination {

    static final List<Check> CHECKS = Stream.of(
                    "version",
                    "migrations",
                    "durability",
                    "time-zone",
                    "connections",
                    "pool-sizes",
                    "memory",
                    "wal-level",
                    "extensions",
                    "roles",
                    "row-security",
                    "append-only",
                    "books",
                    "invoices",
                    "backups",
                    "invalid-indexes",
                    "missing-indexes",
                    "duplicate-indexes",
                    "unused-indexes",
                    "partitions",
                    "bloat",
                    "long-transactions",
                    "locks",
                    "replication",
                    "transaction-age",
                    "seals")
            .map(Check::new)
            .toList();

    private Examination() {}

    /** Asks as the owner, read only; of standbys only where some are named. */
    public static List<Finding> of(Database database, Environment environment) {
        long poolerConnections = poolerConnections(database, environment);
        return database.owner().connectionResult(connection -> {
            execute(connection, "set default_transaction_read_only = on", "set statement_timeout = '60s'");
            try {
                Map<String, Long> facts = Map.of(
                        "migration_version",
                        (long) Migrations.version(),
                        "machine_memory",
                        database.isEmbedded() ? memory() : 0L,
                        "pooler_connections",
                        poolerConnections);
                return Stream.concat(
                                CHECKS.stream().map(check -> check.ask(connection, facts)),
                                database.replicaUrl().stream().map(url -> new ReplicaCheck(url).ask(connection)))
                        .toList();
            } finally {
                execute(connection, "reset default_transaction_read_only", "reset statement_timeout");
            }
        });
    }

    /** What PgBouncer may open; 0 where it does not say, -1 where there is none. */
    private static long poolerConnections(Database database, Environment environment) {
        Optional<Pooler> console = environment.poolerAdmin().flatMap(Pooler::at);
        if (environment.pooler().isEmpty()) {
            return -1;
        }
        try {
            return console.isEmpty()
                    ? 0
                    : console.get().connections(database.ownerUrl().database()).orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
