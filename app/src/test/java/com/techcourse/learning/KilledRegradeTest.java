package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real academy, ended by {@code kill -9} between two batches of a correction. */
@Tag("embedded")
class KilledRegradeTest {

    private static final int ATTEMPTS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void eachAttemptIsGradedAgainOnceAlthoughTheNodeIsKilled() throws Exception {
        UUID lead;
        UUID quiz;
        UUID regrade;
        try (Database database = Database.open(new Environment(Map.of("TECHCOURSE_DATA", folder.toString())))) {
            lead = lead(database.owner());
            quiz = ManyAttempts.at(database.owner(), course(database.owner(), lead), ATTEMPTS);
            regrade = ordered(database, quiz, lead);
        }
        try (TechCourseProcess academy = TechCourseProcess.up(folder);
                EmbeddedPostgres joined = EmbeddedPostgres.joinOrStart(folder, "test", _ -> {});
                Sql sql = Sql.connect(joined.owner())) {
            DSLContext owner = DSL.using(sql.connection(), SQLDialect.POSTGRES);
            Eventually.isTrue("some are graded", () -> seen(owner, regrade) > 0);
            int before = seen(owner, regrade);
            academy.kill();
            assertThat(before).isLessThan(ATTEMPTS);
        }
        try (TechCourseProcess again = TechCourseProcess.up(folder);
                EmbeddedPostgres joined = EmbeddedPostgres.joinOrStart(folder, "test", _ -> {});
                Sql sql = Sql.connect(joined.owner())) {
            assertThat(again.port()).isPositive();
            DSLContext owner = DSL.using(sql.connection(), SQLDialect.POSTGRES);
            Eventually.isTrue("all are graded", () -> isFinished(owner, regrade));
            assertThat(seen(owner, regrade)).isEqualTo(ATTEMPTS);
            assertThat(ManyAttempts.wrong(owner, quiz)).isZero();
        }
    }

    private static UUID ordered(Database database, UUID quiz, UUID lead) {
        return database.as(Acting.instructor(lead), dsl -> {
            UUID regrade = dsl.fetchSingle(
                            "select learning.begin_regrade(?, ?::jsonb, 'Wrong.')", quiz, ManyAttempts.CORRECTED)
                    .get(0, UUID.class);
            dsl.execute(
                    "insert into platform.jobs (kind, payload) values ('regrade', jsonb_build_object('regrade_id', ?::uuid))",
                    regrade);
            return regrade;
        });
    }

    private static UUID lead(DSLContext owner) {
        return loader(owner, dsl -> {
            UUID lead = dsl.fetchSingle(
                            "insert into identity.users (email, display_name) values ('lead@many.example', 'Lead') returning id")
                    .get(0, UUID.class);
            dsl.execute("insert into identity.user_roles (user_id, role) values (?, 'instructor')", lead);
            return lead;
        });
    }

    private static UUID course(DSLContext owner, UUID lead) {
        return loader(owner, dsl -> {
            UUID category = dsl.fetchSingle(
                            "insert into catalog.categories (slug, name, position) values ('code', 'Code', 1) returning id")
                    .get(0, UUID.class);
            return dsl.fetchSingle("""
                            insert into catalog.courses (slug, instructor_id, category_id, title, price, currency, status, published_at)
                            values ('many', ?, ?, 'Taken by many', 0, 'EUR', 'published', now()) returning id
                            """, lead, category).get(0, UUID.class);
        });
    }

    private static int seen(DSLContext owner, UUID regrade) {
        return loader(
                owner,
                dsl -> dsl.fetchSingle("select attempts_seen from learning.regrade_runs where regrade_id = ?", regrade)
                        .get(0, int.class));
    }

    private static boolean isFinished(DSLContext owner, UUID regrade) {
        return loader(
                owner,
                dsl -> dsl.fetchSingle(
                                "select finished_at is not null from learning.regrade_runs where regrade_id = ?",
                                regrade)
                        .get(0, boolean.class));
    }

    private static <T> T loader(DSLContext owner, java.util.function.Function<DSLContext, T> work) {
        return owner.transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return work.apply(transaction.dsl());
        });
    }
}
