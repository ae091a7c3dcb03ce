package com.techcourse.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Transactions of the web application. Each says first who acts, so that row security decides what it sees. */
@Component
public class ActingTransactions {

    private static final Settings QUIET = new Settings().withExecuteLogging(false);

    private final DataSource dataSource;

    ActingTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A transaction that may write; rolled back when {@code work} throws. */
    public <T> T write(Acting who, Function<DSLContext, T> work) {
        return in(who, false, work);
    }

    /** A read-only transaction. */
    public <T> T read(Acting who, Function<DSLContext, T> work) {
        return in(who, true, work);
    }

    private <T> T in(Acting who, boolean readOnly, Function<DSLContext, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(readOnly);
            return DSL.using(connection, SQLDialect.POSTGRES, QUIET).transactionResult(transaction -> {
                DSLContext dsl = transaction.dsl();
                dsl.execute("select platform.act_as({0}, {1})", DSL.val(who.userId()), DSL.val(who.role()));
                return work.apply(dsl);
            });
        } catch (SQLException e) {
            throw new DataAccessException("The database cannot be reached.", e);
        }
    }
}
