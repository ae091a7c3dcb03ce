package com.techcourse.loading;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The written part of the sample academy: JSON files that the scripts read as rows of a temporary table. */
final class AcademyContent {

    static final List<String> CATEGORIES = List.of(
            "programming",
            "data-and-databases",
            "mathematics",
            "natural-sciences",
            "languages",
            "business-and-finance",
            "art-and-design",
            "food-and-garden");
    private static final List<String> LISTS =
            List.of("categories", "instructors", "staff", "students", "coupons", "price_changes", "reviews");

    private AcademyContent() {}

    /** As {@code academy_day(day)} and {@code academy_content(name, document)}, in the accounting time zone. */
    static void stage(Connection connection, LocalDate day) throws SQLException {
        LoaderTransaction.execute(connection, """
                select set_config('TimeZone', value #>> '{}', true)
                  from platform.settings where name = 'accounting_time_zone';
                create temp table academy_day (day date not null) on commit drop;
                create temp table academy_content (name text not null, document jsonb not null) on commit drop;
                """);
        try (PreparedStatement insert = connection.prepareStatement("insert into academy_day (day) values (?)")) {
            insert.setObject(1, day);
            insert.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into academy_content (name, document) values (?, ?::jsonb)")) {
            for (String name : names().toList()) {
                insert.setString(1, name);
                insert.setString(2, Scripts.read("academy/" + name + ".json"));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Stream<String> names() {
        return Stream.concat(LISTS.stream(), CATEGORIES.stream().map(category -> "courses/" + category));
    }
}
