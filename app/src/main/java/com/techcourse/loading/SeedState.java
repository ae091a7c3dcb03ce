package com.techcourse.loading;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** How far a seed has come: kept as the setting {@code seed_<number>}, written in the transaction of each batch. */
record SeedState(LocalDate lastDay, int courses, int studentsDone) {

    static SeedState read(Connection connection, long seed) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select (value ->> 'last_day')::date, (value ->> 'courses')::int, (value ->> 'students')::int
                  from platform.settings where name = ?
                """)) {
            query.setString(1, name(seed));
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return new SeedState(result.getObject(1, LocalDate.class), result.getInt(2), result.getInt(3));
            }
        }
    }

    boolean claim(Connection connection, long seed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into platform.settings (name, value, description)
                values (?, jsonb_build_object('last_day', ?::date, 'courses', ?, 'students', 0),
                        'Generated rows: how far this seed has come.')
                on conflict on constraint settings_name_pkey do nothing
                """)) {
            insert.setString(1, name(seed));
            insert.setObject(2, lastDay);
            insert.setInt(3, courses);
            return insert.executeUpdate() == 1;
        }
    }

    /** False when another run has come further in the meantime. */
    boolean advance(Connection connection, long seed, int to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update platform.settings set value = value || jsonb_build_object('students', ?)
                 where name = ? and (value ->> 'students')::int = ?
                """)) {
            update.setInt(1, to);
            update.setString(2, name(seed));
            update.setInt(3, studentsDone);
            return update.executeUpdate() == 1;
        }
    }

    /** As {@code seed_run}, in the accounting time zone. */
    static void stage(Connection connection, long seed, SeedState state) throws SQLException {
        LoaderTransaction.execute(connection, """
                select set_config('TimeZone', value #>> '{}', true)
                  from platform.settings where name = 'accounting_time_zone';
                create temp table seed_run (
                  seed bigint not null, courses integer not null, first_day date not null, ends_at timestamptz not null,
                  instructor_share numeric not null) on commit drop;
                """);
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into seed_run
                select ?, ?, d.day - 366, (d.day + 1)::timestamptz, (s.value #>> '{}')::numeric
                  from (select ?::date as day) d, platform.settings s where s.name = 'instructor_share'
                """)) {
            insert.setLong(1, seed);
            insert.setInt(2, state.courses);
            insert.setObject(3, state.lastDay);
            insert.executeUpdate();
        }
    }

    Instant end(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select ends_at from seed_run");
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static String name(long seed) {
        return "seed_" + seed;
    }
}
