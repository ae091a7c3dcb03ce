package com.techcourse.loading;

import com.techcourse.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Looks at everything, past all row rules. */
final class Superuser {

    private Superuser() {}

    static <T extends Object> T ask(TestDatabase database, Function<DSLContext, T> question) {
        try (Connection connection = database.superuserUrl().connect()) {
            return question.apply(DSL.using(connection, SQLDialect.POSTGRES));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
