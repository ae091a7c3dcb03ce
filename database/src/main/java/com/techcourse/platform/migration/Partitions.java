package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The partitions of this month and the coming ones, without which nothing can be written to the partitioned tables. */
public final class Partitions {

    private Partitions() {}

    /** Makes what is missing, as the owner; answers how many. */
    public static int ensure(DatabaseUrl owner) {
        try (Connection connection = owner.connect()) {
            return ensure(connection);
        } catch (SQLException e) {
            throw DatabaseProblem.of(owner, e);
        }
    }

    static int ensure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '5s'");
            try (ResultSet made = statement.executeQuery("select platform.ensure_partitions()")) {
                made.next();
                return made.getInt(1);
            } finally {
                statement.execute("reset lock_timeout");
            }
        }
    }
}
