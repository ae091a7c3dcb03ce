package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred requests in the same moment, about people. */
class PeopleRacesTest {

    private static final int AT_ONCE = 100;

    private ApiAcademy academy;

    @BeforeEach
    void start() {
        academy = ApiAcademy.start();
    }

    @AfterEach
    void close() {
        academy.close();
    }

    /** Each takes the role from the next one, or suspends it: the last of them is still an admin. */
    @ParameterizedTest
    @ValueSource(strings = {"roles/admin", "suspension"})
    void adminsAgainstEachOtherLeaveOne(String what) {
        IntStream.range(0, AT_ONCE).forEach(n -> academy.person("admin-" + n, "admin"));
        List<ApiClient> admins = IntStream.range(0, AT_ONCE)
                .mapToObj(n -> academy.as("admin-" + n))
                .toList();
        assertThat(against(what, academy.as("admin-0"), "admin").status()).isLessThan(300);
        List<Answer> answers = Together.times(AT_ONCE, n -> against(what, admins.get(n), "admin-" + (n + 1) % AT_ONCE));
        assertThat(answers.stream().filter(answer -> answer.status() >= 300).map(Answer::problem))
                .isSubsetOf("last-admin", "forbidden", "unauthenticated", "not-found");
        assertThat(academy.owner().fetchSingle("""
                                select count(*) from identity.user_roles r join identity.users u on u.id = r.user_id
                                 where r.role = 'admin' and u.status = 'active'
                                """).get(0, long.class)).isPositive();
    }

    private Answer against(String what, ApiClient admin, String whom) {
        String path = "/people/" + academy.id(whom) + "/" + what;
        return what.equals("suspension") ? admin.put(path, "") : admin.delete(path);
    }
}
