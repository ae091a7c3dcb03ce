package com.techcourse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void aCloneIsMigratedAndTheAppMayActInIt() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(database.<String>as(
                            Acting.visitor(),
                            dsl -> dsl.fetchSingle("select current_user::text, current_setting('TimeZone')")
                                    .toString()))
                    .contains("techcourse_app", "Pacific/Chatham");
        }
    }

    @Test
    void clonesDoNotSeeEachOther() {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            one.owner().execute("create table platform.only_here (id int primary key)");
            assertThat(other.owner()
                            .fetchSingle("select to_regclass('platform.only_here')")
                            .get(0))
                    .isNull();
        }
    }

    @Test
    void aPersonaSignsInByItself() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                var connection = database.personaUrl("accountant").connect()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
