package com.techcourse.platform.doctor;

import com.techcourse.platform.Database;
import com.techcourse.platform.migration.Migrations;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All checks, in the order in which one thing explains the next. */
public final class Examination {

    static final List<Check> CHECKS = Stream.of(
                    "version",
                    "migrations",
                    "durability",
                    "time-zone",
                    "connections",
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

    /** Asks as the owner, read only. */
    public static List<Finding> of(Database database) {
        return database.owner().connectionResult(connection -> {
            execute(connection, "set default_transaction_read_only = on", "set statement_timeout = '60s'");
            try {
                Map<String, Long> facts = Map.of(
                        "migration_version",
                        (long) Migrations.version(),
                        "machine_memory",
                        database.isEmbedded() ? memory() : 0L);
                return CHECKS.stream()
                        .map(check -> check.ask(connection, facts))
                        .toList();
            } finally {
                execute(connection, "reset default_transaction_read_only", "reset statement_timeout");
            }
        });
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
