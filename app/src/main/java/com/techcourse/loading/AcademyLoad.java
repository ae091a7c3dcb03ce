package com.techcourse.loading;

import com.techcourse.platform.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Loads the sample academy into one database: the scripts of {@code loading/academy}, in their order. */
final class AcademyLoad {

    static final List<String> SCRIPTS = List.of(
            "01_helpers",
            "10_clock",
            "20_people",
            "30_catalog",
            "31_offers",
            "40_orders",
            "41_coupons",
            "42_refunds",
            "43_sales",
            "44_enrollments",
            "50_progress",
            "51_questions",
            "52_attempts",
            "53_proofs",
            "54_events",
            "60_ledger",
            "70_prices",
            "99_end");

    private final Connection owner;
    private final Progress progress;

    AcademyLoad(Connection owner, Progress progress) {
        this.owner = owner;
        this.progress = progress;
    }

    static boolean isLoaded(Connection connection) throws SQLException {
        return isTrue(connection, "select exists (select from platform.settings where name = 'sample_academy')");
    }

    static boolean isEmpty(Connection connection) throws SQLException {
        return isTrue(connection, "select not exists (select from identity.users)");
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet result = query.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** Everything in one transaction, then its seal in a second one. */
    boolean run(Optional<LocalDate> givenDay, Optional<DemoPasswords> passwords) throws SQLException {
        // hashing is slow on purpose, so it goes on beside the database's work
        progress.say("Loading the sample academy");
        CompletableFuture<Map<String, String>> hashes = CompletableFuture.supplyAsync(
                () -> passwords.map(DemoPasswords::hashes).orElse(Map.of()));
        boolean loaded = LoaderTransaction.run(owner, connection -> load(connection, givenDay, hashes));
        if (loaded) {
            LoaderTransaction.execute(owner, Scripts.read("loading/academy_after.sql"));
        }
        return loaded;
    }

    private boolean load(
            Connection connection, Optional<LocalDate> givenDay, CompletableFuture<Map<String, String>> hashes)
            throws SQLException {
        LocalDate day = givenDay.isPresent() ? givenDay.get() : yesterday(connection);
        makePartitions(connection, day);
        LoaderTransaction.actAsLoader(connection);
        if (!claim(connection, day)) {
            return false;
        }
        AcademyContent.stage(connection, day);
        for (int done = 0; done < SCRIPTS.size(); done++) {
            progress.of("Sample academy", done, SCRIPTS.size());
            LoaderTransaction.execute(connection, Scripts.read("loading/academy/" + SCRIPTS.get(done) + ".sql"));
        }
        giveLogins(connection, hashes.join());
        progress.of("Sample academy", SCRIPTS.size(), SCRIPTS.size());
        return true;
    }

    private static LocalDate yesterday(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select platform.business_day(now()) - 1");
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getObject(1, LocalDate.class);
        }
    }

    /** Partitions belong to the owner, and are of use on their own: a transaction apart keeps their locks short. */
    private static void makePartitions(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select platform.ensure_partitions(),
                       platform.ensure_partitions('learning.attempts', ?::date - 91, ?::date + 2),
                       platform.ensure_partitions('learning.events', ?::date - 91, ?::date + 2)
                """)) {
            for (int parameter = 1; parameter <= 4; parameter++) {
                query.setObject(parameter, day);
            }
            query.execute();
        }
        connection.commit();
    }

    /** Whoever writes this setting loads; another node at the same moment waits here, and then finds it written. */
    private static boolean claim(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into platform.settings (name, value, description)
                values ('sample_academy', jsonb_build_object('last_day', ?::date),
                        'The sample academy was loaded; the last day that it tells.')
                on conflict on constraint settings_name_pkey do nothing
                """)) {
            insert.setObject(1, day);
            return insert.executeUpdate() == 1;
        }
    }

    private static void giveLogins(Connection connection, Map<String, String> hashes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into identity.credentials (user_id, password_hash)
                select u.id, ? from identity.users u where u.email = (?::text)::extensions.citext
                """)) {
            for (Map.Entry<String, String> login : hashes.entrySet()) {
                insert.setString(1, login.getValue());
                insert.setString(2, login.getKey());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
