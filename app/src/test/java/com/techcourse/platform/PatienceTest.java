package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** How long is waited for a database that is away. */
class PatienceTest {

    private final Refusing refusing = new Refusing();
    private final ActingTransactions transactions =
            new ActingTransactions(refusing, new Standbys(new HikariDataSource(), () -> false), Duration.ofMillis(350));

    /** As PgBouncer when it has no server. */
    private static final class Refusing extends AbstractDataSource {

        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            throw new SQLTransientConnectionException("away", "08P01");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    private int timesAsked() {
        int before = refusing.asked;
        assertThatThrownBy(() -> transactions.read(Acting.visitor(), _ -> 1)).isInstanceOf(DataAccessException.class);
        return refusing.asked - before;
    }

    @Test
    void allTransactionsOfARequestWaitOnce() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        assertThat(timesAsked()).isGreaterThan(1);
        assertThat(timesAsked()).isOne();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        assertThat(timesAsked()).as("another request").isGreaterThan(1);
    }

    @Test
    void inTheBackgroundEachWaits() {
        assertThat(timesAsked()).isGreaterThan(1);
        assertThat(timesAsked()).isGreaterThan(1);
    }

    /** Without a request that lost the database all have their time; then the short ones only what is left. */
    @Test
    void anAnswerIsNotWaitedForLongerThanTheRequestWould() {
        assertThat(TransactionKind.READS.answerMillis()).isEqualTo(20_000);
        assertThat(TransactionKind.READS.answerMillis(Duration.ofSeconds(9))).isEqualTo(9_000);
        assertThat(TransactionKind.WRITES.answerMillis(Duration.ofSeconds(-3))).isEqualTo(5_000);
        assertThat(TransactionKind.READS_LONG.answerMillis(Duration.ofSeconds(1)))
                .isEqualTo(605_000);
    }
}
