package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.testing.PgBouncer;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of a real PgBouncer, and how long its certificate is good. */
class PoolerTest {

    private static final int DAYS = 40;

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private PgBouncer pgBouncer;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
        database = TestDatabase.create();
        pgBouncer = PgBouncer.withCertificate(database.appUrl(), DAYS);
    }

    @AfterEach
    void stop() throws Exception {
        if (pgBouncer != null) {
            pgBouncer.close();
            database.close();
        }
    }

    private Pooler pooler() {
        return Pooler.at(pgBouncer.console()).orElseThrow();
    }

    private double figure(String metric) throws Exception {
        return pooler().ask().stream()
                .filter(reading -> reading.metric().equals(metric))
                .mapToDouble(Reading::value)
                .sum();
    }

    @Test
    void whoWorksByItIsSeen() throws Exception {
        String[] address = pgBouncer.address().split(":", 2);
        double before = figure("techcourse_pooler_transactions_total");
        try (Sql client = Sql.connect(database.appUrl().at(address[0], Integer.parseInt(address[1])))) {
            client.run("begin");
            client.run("select 1");
            assertThat(figure("techcourse_pooler_clients_active")).isEqualTo(1);
            assertThat(figure("techcourse_pooler_servers_active")).isEqualTo(1);
            assertThat(figure("techcourse_pooler_clients_waiting")).isZero();
            client.run("commit");
        }
        assertThat(figure("techcourse_pooler_transactions_total")).isGreaterThan(before);
        assertThat(figure("techcourse_pooler_pool_size")).isEqualTo(3);
        List<Reading> readings = pooler().ask();
        assertThat(Pooler.help().keySet())
                .containsAll(readings.stream().map(Reading::metric).toList());
        assertThat(readings)
                .filteredOn(reading -> reading.metric().equals("techcourse_pooler_pool_size"))
                .extracting(reading -> reading.labels().get("database"))
                .containsExactly(database.appUrl().database());
        assertThat(pooler().connections(database.appUrl().database())).contains(3);
        assertThat(pooler().connections("another")).isEmpty();
    }

    @Test
    void oneThatIsGoneIsAnError() throws Exception {
        pgBouncer.kill();
        assertThatThrownBy(() -> pooler().ask()).isInstanceOf(IOException.class);
    }

    @Test
    void theEndOfItsCertificateIsSeen() throws Exception {
        Instant now = Instant.now();
        assertThat(ServedCertificate.of("pooler", pooler().url()))
                .singleElement()
                .satisfies(certificate -> {
                    Reading reading = certificate.ask(now).orElseThrow();
                    assertThat(Duration.ofSeconds((long) reading.value()))
                            .isBetween(Duration.ofDays(DAYS - 1), Duration.ofDays(DAYS));
                    assertThat(reading.labels()).containsEntry("of", "pooler");
                });
        assertThat(ServedCertificate.of("database", database.ownerUrl())
                        .getFirst()
                        .ask(now))
                .as("the server of the tests has none")
                .isEmpty();
    }

    @Test
    void eachHostOfAnAddressIsAsked() {
        assertThat(ServedCertificate.of(
                        "database",
                        com.techcourse.platform.postgres.DatabaseUrl.parse("postgres://me@a:1,b:2/academy")))
                .containsExactly(new ServedCertificate("database", "a", 1), new ServedCertificate("database", "b", 2));
    }
}
