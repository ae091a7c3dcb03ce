package com.techcourse.loading;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Names and countries of generated students: those of the sample academy. */
final class SeedWords {

    private SeedWords() {}

    /** As {@code seed_words}, one row of three arrays; the staged students name places in them. */
    static SeedPopulation stage(Connection connection, int courses) throws SQLException {
        try (PreparedStatement create = connection.prepareStatement("""
                create temp table seed_words on commit drop as
                select array(select jsonb_array_elements_text(d.words -> 'first_names')) as first_names,
                       array(select jsonb_array_elements_text(d.words -> 'last_names')) as last_names,
                       array(select c ->> 'code' from jsonb_array_elements(d.words -> 'countries') c
                              cross join lateral generate_series(1, (c ->> 'weight')::int)) as countries
                  from (select ?::text::jsonb as words) d
                """)) {
            create.setString(1, Scripts.read("academy/students.json"));
            create.execute();
        }
        try (PreparedStatement query = connection.prepareStatement(
                        "select cardinality(first_names), cardinality(last_names), cardinality(countries) from seed_words");
                ResultSet result = query.executeQuery()) {
            result.next();
            return SeedPopulation.of(result.getInt(1), result.getInt(2), result.getInt(3), courses);
        }
    }
}
