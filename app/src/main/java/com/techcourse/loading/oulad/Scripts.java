package com.techcourse.loading.oulad;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The SQL of the import, which lies in {@code loading/oulad}. */
final class Scripts {

    private Scripts() {}

    static String read(String name) {
        try (@Nullable InputStream script = Scripts.class.getResourceAsStream("/loading/oulad/" + name + ".sql")) {
            if (script == null) {
                throw new IllegalArgumentException("There is no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All statements of a script. */
    static void run(Connection connection, String name) throws SQLException {
        execute(connection, read(name));
    }

    /** The one statement of a script; says how many rows it wrote. */
    static int update(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(read(name));
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
