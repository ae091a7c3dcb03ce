package com.techcourse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcourse.testing.Sql.Refused;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** How the server refused: SQLSTATE and name of the constraint. Never the text. */
public record Refusal(String sqlState, @Nullable String constraint) {

    static Refusal of(SQLException refusal) {
        ServerErrorMessage message = refusal instanceof PSQLException e ? e.getServerErrorMessage() : null;
        return new Refusal(refusal.getSQLState(), message == null ? null : message.getConstraint());
    }

    /** {@code work} must be refused by this constraint, with this SQLSTATE. */
    public static void by(String sqlState, String constraint, Runnable work) {
        assertThat(of(work)).isEqualTo(new Refusal(sqlState, constraint));
    }

    /**
     * A row that others still need must stay. PostgreSQL 18 tells this RESTRICT (23001) from a reference to nothing
     * (23503); before, both were 23503.
     */
    public static void asInUse(String constraint, Runnable work) {
        assertThat(of(work)).isIn(new Refusal("23503", constraint), new Refusal("23001", constraint));
    }

    /** {@code work} must be refused with this SQLSTATE, which no constraint speaks for. */
    public static void by(String sqlState, Runnable work) {
        assertThat(of(work)).isEqualTo(new Refusal(sqlState, null));
    }

    /** How {@code work} was refused; it must have been. */
    public static Refusal of(Runnable work) {
        Refused refused = catchThrowableOfType(Refused.class, work::run);
        assertThat(refused).as("the server refused").isNotNull();
        return of(refused.refusal());
    }
}
