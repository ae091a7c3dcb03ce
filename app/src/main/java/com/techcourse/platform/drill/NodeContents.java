package com.techcourse.platform.drill;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A sum over all rows of each table of a node.
 *
 * @param position in the WAL at which they were so, or later
 */
record NodeContents(String position, Map<String, String> tables) {

    private static final long LOOK_MILLIS = 200;
    private static final int MOST_LOOKS = 600;

    static NodeContents of(DatabaseUrl url) throws SQLException {
        try (Connection connection = url.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local role techcourse_loader");
            Map<String, String> sums = new TreeMap<>();
            for (String table : tables(statement)) {
                try (ResultSet row = statement.executeQuery(
                        "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from "
                                + table + " t")) {
                    row.next();
                    sums.put(table, row.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end::text")) {
                row.next();
                return new NodeContents(row.getString(1), sums);
            }
        }
    }

    /** Those that the loader may read; not what changes by itself. */
    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('identity', 'catalog', 'learning', 'sales', 'audit', 'reporting') and c.relkind in ('r', 'p')
                   and not c.relispartition and has_table_privilege(c.oid, 'select') order by 1
                """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    static void awaitReplay(DatabaseUrl url, String position) throws SQLException, InterruptedException {
        try (Connection connection = url.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
            query.setString(1, position);
            for (int look = 0; look < MOST_LOOKS; look++) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** The tables that have other rows. */
    Set<String> differencesFrom(NodeContents other) {
        return tables.entrySet().stream()
                .filter(table -> !table.getValue().equals(other.tables().get(table.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
