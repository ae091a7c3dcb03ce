package com.techcourse.loading;

import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.DatabaseProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Generates students in batches, each in a transaction of its own that also notes how far the seed has come. */
public final class SeedLoad {

    static final int BATCH = 50_000;

    private final Connection owner;
    private final SeedRequest request;
    private final Progress progress;
    private final int batch;

    public SeedLoad(Connection owner, SeedRequest request, Progress progress) {
        this(owner, request, progress, BATCH);
    }

    SeedLoad(Connection owner, SeedRequest request, Progress progress, int batch) {
        this.owner = owner;
        this.request = request;
        this.progress = progress;
        this.batch = batch;
    }

    public SeedReport run() throws SQLException {
        Instant start = Instant.now();
        long rows = LoaderTransaction.run(owner, this::begin);
        SeedState state = LoaderTransaction.run(owner, this::state);
        refuseOtherRequest(state);
        while (state.studentsDone() < request.students()) {
            progress.of("Students", state.studentsDone(), request.students());
            int to = (int) Math.min(request.students(), (long) state.studentsDone() + batch);
            SeedState from = state;
            rows += LoaderTransaction.run(owner, connection -> writeBatch(connection, from, to));
            LoaderTransaction.execute(owner, "select audit.seal()");
            state = LoaderTransaction.run(owner, this::state);
        }
        progress.of("Students", request.students(), request.students());
        return new SeedReport(rows, state.studentsDone(), Duration.between(start, Instant.now()));
    }

    /** The courses, once; afterwards the setting of this seed says that they are there. */
    private long begin(Connection connection) throws SQLException {
        LocalDate lastDay = lastDay(connection);
        try (PreparedStatement partitions = connection.prepareStatement("""
                select platform.ensure_partitions(),
                       platform.ensure_partitions('learning.attempts', ?::date - 366, ?::date + 2),
                       platform.ensure_partitions('learning.events', ?::date - 366, ?::date + 2)
                """)) {
            for (int parameter = 1; parameter <= 4; parameter++) {
                partitions.setObject(parameter, lastDay);
            }
            partitions.execute();
        }
        // of use on their own: a transaction apart keeps their locks short
        connection.commit();
        LoaderTransaction.actAsLoader(connection);
        SeedState fresh = new SeedState(lastDay, request.courses(), 0);
        if (!fresh.claim(connection, request.seed())) {
            return 0;
        }
        SeedState.stage(connection, request.seed(), fresh);
        return LoaderTransaction.count(connection, Scripts.read("loading/seed/10_courses.sql"));
    }

    private long writeBatch(Connection connection, SeedState state, int to) throws SQLException {
        LoaderTransaction.actAsLoader(connection);
        // another run with this seed waits here, and then finds its students written
        if (!state.advance(connection, request.seed(), to)) {
            return 0;
        }
        SeedState.stage(connection, request.seed(), state);
        LoaderTransaction.execute(connection, Scripts.read("loading/seed/20_staging.sql"));
        SeedPopulation population = SeedWords.stage(connection, state.courses());
        new SeedStaging(connection, request.seed(), population, state.end(connection))
                .copy(state.studentsDone() + 1, to);
        LoaderTransaction.execute(connection, Scripts.read("loading/seed/30_joined.sql"));
        return LoaderTransaction.count(connection, Scripts.read("loading/seed/40_rows.sql"));
    }

    private SeedState state(Connection connection) throws SQLException {
        return SeedState.read(connection, request.seed());
    }

    private void refuseOtherRequest(SeedState state) {
        boolean otherDay =
                request.lastDay().filter(day -> !day.equals(state.lastDay())).isPresent();
        if (state.courses() != request.courses() || otherDay) {
            throw new DatabaseProblem(
                    "Seed " + request.seed() + " was begun with " + state.courses() + " courses and the last day "
                            + state.lastDay() + ".",
                    "Give the same numbers to continue it, or another --seed to begin a new one.");
        }
    }

    private LocalDate lastDay(Connection connection) throws SQLException {
        Optional<LocalDate> given = request.lastDay();
        if (given.isPresent()) {
            return given.get();
        }
        try (PreparedStatement query = connection.prepareStatement("select platform.business_day(now()) - 1");
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getObject(1, LocalDate.class);
        }
    }
}
