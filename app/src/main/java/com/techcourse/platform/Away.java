package com.techcourse.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/** Whether a failure says that the database cannot be reached, or is being taken over by another node. */
public final class Away {

    /** No connection left; ended by an operator, by a crash, or not up yet. */
    private static final Set<String> STATES = Set.of("53300", "57P01", "57P02", "57P03");

    /** A standby now; what only reads meets it where it is wrong itself. */
    private static final String READ_ONLY = "25006";

    private Away() {}

    static boolean is(DataAccessException failure, TransactionKind kind) {
        return is(failure) || (kind.writes() && READ_ONLY.equals(failure.sqlState()));
    }

    static boolean is(DataAccessException failure) {
        return is(failure.sqlState()) || failure.getCause(SQLTransientConnectionException.class) != null;
    }

    public static boolean is(SQLException failure) {
        return failure.getSQLState() != null && is(failure.getSQLState());
    }

    /** Also what PgBouncer says itself (08P01) while it has no server. */
    private static boolean is(String state) {
        return state.startsWith("08") || STATES.contains(state);
    }
}
