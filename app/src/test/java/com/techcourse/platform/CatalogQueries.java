package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Questions to the catalog of a migrated database, over the views of {@code conventions/prelude.sql}. */
record CatalogQueries(Connection connection) implements AutoCloseable {

    static final Path TEST_RESOURCES = CommittedFile.root().resolve("app/src/test/resources");

    static CatalogQueries open(DatabaseUrl owner) throws SQLException {
        CatalogQueries queries = new CatalogQueries(owner.connect());
        queries.run(CommittedFile.read(TEST_RESOURCES.resolve("conventions/prelude.sql")));
        queries.loadSourceFiles();
        return queries;
    }

    void run(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The rows as texts; null is the empty text. */
    List<List<String>> rows(String query, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        }
    }

    List<String> lines(String query, Object... values) throws SQLException {
        return rows(query, values).stream().map(row -> String.join(" | ", row)).toList();
    }

    private static List<String> row(ResultSet result) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(Objects.requireNonNullElse(result.getString(i), ""));
        }
        return row;
    }

    private void loadSourceFiles() throws SQLException {
        run("create temp table source_file (path text, body text)");
        Path sql = CommittedFile.root().resolve("database/src/main/resources/db");
        try (Stream<Path> files = Files.walk(sql);
                PreparedStatement insert = connection.prepareStatement("insert into source_file values (?, ?)")) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sql")).toList()) {
                insert.setString(1, sql.relativize(file).toString());
                insert.setString(2, CommittedFile.read(file));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
