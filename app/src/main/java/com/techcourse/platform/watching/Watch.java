package com.techcourse.platform.watching;

import com.techcourse.platform.Database;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Looks at the database and at PgBouncer while the academy is up, so that a scrape never waits for either: one
 * connection of its own, as the owner, read only, and no statement longer than two seconds.
 */
@Component
@Lazy(false)
class Watch implements SmartLifecycle {

    static final String LOOK = "look";
    private static final String POOLER = "pooler";
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final String CERTIFICATES = "certificates";
    private static final Duration CERTIFICATES_EVERY = Duration.ofMinutes(10);
    private static final Duration AFTER_THE_START = Duration.ofSeconds(5);

    private final ObjectProvider<DataSource> pool;
    private final ObjectProvider<Database> database;
    private final Figures figures;
    private final Duration interval;
    private final boolean sendsLetters;
    private final Optional<Pooler> pooler;
    private volatile @Nullable Thread loop;
    private volatile boolean running;
    private @Nullable Connection connection;
    private boolean opened;
    private Instant certificatesDue = Instant.MIN;
    private double failures;

    Watch(
            ObjectProvider<DataSource> pool,
            ObjectProvider<Database> database,
            Figures figures,
            @Value("${techcourse.watch-interval:15s}") Duration interval,
            @Value("${techcourse.smtp-url:}") String smtp,
            @Value("${techcourse.pooler-admin:}") String poolerAdmin) {
        this.pool = pool;
        this.database = database;
        this.figures = figures;
        this.interval = interval;
        this.sendsLetters = !smtp.isBlank();
        this.pooler = Pooler.at(poolerAdmin);
    }

    @Override
    public void start() {
        running = true;
        loop = Thread.ofVirtual().name("watch").start(this::work);
    }

    private void work() {
        try {
            Thread.sleep(interval.compareTo(AFTER_THE_START) < 0 ? interval : AFTER_THE_START);
            while (running) {
                look();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    private void look() {
        Instant begun = Instant.now();
        boolean answers = lookAtDatabase(begun);
        Optional<Boolean> poolerAnswers = pooler.map(this::lookAt);
        lookAtCertificates(begun);
        Instant end = Instant.now();
        List<Reading> look = new java.util.ArrayList<>(List.of(
                Reading.of("techcourse_database_up", answers ? 1 : 0),
                Reading.of(
                        "techcourse_look_duration_seconds",
                        Duration.between(begun, end).toNanos() / 1e9),
                Reading.of("techcourse_look_timestamp_seconds", end.toEpochMilli() / 1e3),
                Reading.of("techcourse_look_failures_total", failures),
                Reading.of("techcourse_letters_sender", sendsLetters ? 1 : 0)));
        poolerAnswers.ifPresent(up -> look.add(Reading.of("techcourse_pooler_up", up ? 1 : 0)));
        figures.see(LOOK, end, look);
        figures.looked(end);
    }

    private boolean lookAtDatabase(Instant now) {
        try {
            Connection open = connected();
            for (Topic topic : Topic.ALL) {
                if (running && figures.isDue(topic, now)) {
                    ask(topic, open, now);
                }
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            if (running) {
                failures++;
                LOG.info("The database could not be looked at: {}", e.getMessage());
            }
            hangUp();
            Topic.ALL.forEach(topic -> figures.forget(topic.name()));
            return false;
        }
    }

    /** One that fails alone, such as by its time, leaves the others; a lost connection ends the look. */
    private void ask(Topic topic, Connection open, Instant now) throws SQLException {
        try {
            figures.see(topic.name(), now, topic.ask(open));
        } catch (SQLException e) {
            figures.forget(topic.name());
            if (!open.isValid(1)) {
                throw e;
            }
            failures++;
            LOG.warn("No figures of {}: {}", topic.name(), e.getMessage());
        }
    }

    /** Whoever does not answer is told of elsewhere. */
    private void lookAtCertificates(Instant now) {
        if (now.isBefore(certificatesDue) || !opened) {
            return;
        }
        certificatesDue = now.plus(CERTIFICATES_EVERY);
        Stream<ServedCertificate> served = Stream.concat(
                ServedCertificate.of("database", database.getObject().ownerUrl()).stream(),
                pooler.stream().flatMap(console -> ServedCertificate.of(POOLER, console.url()).stream()));
        figures.see(
                CERTIFICATES,
                now,
                served.flatMap(certificate -> {
                            try {
                                return certificate.ask(now).stream();
                            } catch (IOException | RuntimeException e) {
                                LOG.info("The certificate of {} could not be seen: {}", certificate, e.getMessage());
                                return Stream.empty();
                            }
                        })
                        .toList());
    }

    private boolean lookAt(Pooler console) {
        try {
            figures.see(POOLER, Instant.now(), console.ask());
            return true;
        } catch (IOException | RuntimeException e) {
            failures++;
            LOG.info("PgBouncer could not be looked at: {}", e.getMessage());
            figures.forget(POOLER);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open != null && open.isValid(1)) {
            return open;
        }
        hangUp();
        awaitDatabase();
        DatabaseUrl owner = database.getObject()
                .ownerUrl()
                .withParam("connectTimeout", "3")
                .withParam("socketTimeout", "10")
                .withParam("ApplicationName", "techcourse watch");
        Connection fresh = owner.connect();
        connection = fresh;
        try (Statement statement = fresh.createStatement()) {
            statement.execute("set default_transaction_read_only = on");
            statement.execute("set statement_timeout = '2s'");
            statement.execute("set lock_timeout = '500ms'");
        }
        return fresh;
    }

    /** By the pool: whoever waits for the bean of the database itself holds up everybody who wants a bean. */
    private void awaitDatabase() throws SQLException {
        if (!opened) {
            pool.getObject().getConnection().close();
            opened = true;
        }
    }

    private void hangUp() {
        try (Connection last = connection) {
            connection = null;
        } catch (SQLException e) {
            // the server ends the session anyway
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread last = loop;
        try {
            if (last != null) {
                last.interrupt();
                last.join(Duration.ofSeconds(3));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
