package com.techcourse.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ada:p%40ss%2Fword@db.example:5433/academy?sslmode=require",
                "postgresql://ada:p%40ss%2Fword@db.example:5433/academy?sslmode=require",
                "jdbc:postgresql://db.example:5433/academy?user=ada&password=p%40ss%2Fword&sslmode=require"
            })
    void readsEveryWayToWriteIt(String text) {
        assertThat(DatabaseUrl.parse(text))
                .isEqualTo(new DatabaseUrl(
                        "db.example", 5433, "academy", "ada", "p@ss/word", Map.of("sslmode", "require")));
    }

    @Test
    void whatIsLeftOutIsAsInPsql() {
        assertThat(DatabaseUrl.parse("postgres://ada@/"))
                .isEqualTo(new DatabaseUrl("localhost", 5432, "ada", "ada", "", Map.of()));
    }

    @Test
    void aPlusInAPasswordIsAPlus() {
        assertThat(DatabaseUrl.parse("postgres://ada:a+b%25@h/d").password()).isEqualTo("a+b%");
    }

    @Test
    void severalHostsStayTogether() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://ada:x@one:5432,two:5433/academy?targetServerType=primary");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://one:5432,two:5433/academy?targetServerType=primary");
    }

    @Test
    void anAddressOfVersionSix() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://ada@[::1]:5433/academy");
        assertThat(url.host()).isEqualTo("[::1]");
        assertThat(url.port()).isEqualTo(5433);
    }

    @Test
    void writtenAndReadAgainItIsTheSame() {
        DatabaseUrl url = new DatabaseUrl("h", 5432, "my db", "a:b", "ü%+ @/?", Map.of("sslmode", "require"));
        assertThat(DatabaseUrl.parse(url.uri())).isEqualTo(url);
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(DatabaseUrl.parse("postgres://ada:secret@h/d").toString()).isEqualTo("postgres://ada@h:5432/d");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://ada:secret@h/d, does not begin with postgres://",
        "postgres://h/d, names no user",
        "postgres://ada:secret@h:http/d, is not a number",
        "postgres://ada:secret@h:99999/d, is not a number",
        "postgres://ada:se%cret@h/d, not followed by two hexadecimal digits"
    })
    void refusesTheRestInASentenceWithoutThePassword(String text, String sentence) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("secret");
    }
}
