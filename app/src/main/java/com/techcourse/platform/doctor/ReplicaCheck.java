package com.techcourse.platform.doctor;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the standbys that TECHCOURSE_REPLICA names answer, and how far behind the one is that did. */
record ReplicaCheck(DatabaseUrl replica) {

    private static final String NAME = "replica";
    private static final long FAR_BYTES = 16L << 20;
    private static final String BEHIND =
            "select pg_is_in_recovery(), greatest(pg_wal_lsn_diff(?::pg_lsn, pg_last_wal_replay_lsn()), 0)";

    Finding ask(Connection primary) {
        try (Statement position = primary.createStatement();
                ResultSet written = position.executeQuery("select pg_current_wal_flush_lsn()::text")) {
            written.next();
            return behind(written.getString(1));
        } catch (SQLException e) {
            return new Finding(
                    NAME,
                    Verdict.NOTE,
                    "the primary does not tell how far it has written",
                    "Take TECHCOURSE_REPLICA away: without that no standby is read.");
        }
    }

    private Finding behind(String written) {
        try (Connection standby = replica.withDefault("connectTimeout", "3")
                        .withDefault("socketTimeout", "5")
                        .connect();
                PreparedStatement question = standby.prepareStatement(BEHIND)) {
            question.setString(1, written);
            try (ResultSet row = question.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? lag(row.getLong(2)) : primaryAnswers();
            }
        } catch (SQLException e) {
            return new Finding(
                    NAME,
                    Verdict.NOTE,
                    "no standby answers at " + replica.host() + ":" + replica.port() + ", the primary reads alone",
                    "See whether a standby runs, and whether its pooler or proxy finds it.");
        }
    }

    private static Finding primaryAnswers() {
        return new Finding(
                NAME,
                Verdict.NOTE,
                "the address of standbys leads to the primary",
                "Let TECHCOURSE_REPLICA lead to standbys, or take it away.");
    }

    private static Finding lag(long bytes) {
        return bytes > FAR_BYTES
                ? new Finding(
                        NAME,
                        Verdict.NOTE,
                        "the standby that is read is " + bytes / 1024 + " kB behind",
                        "Look at its load and at long queries there; meanwhile the primary reads.")
                : new Finding(NAME, Verdict.OK, "the standby that is read is " + bytes / 1024 + " kB behind", "");
    }
}
