package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be taken back, asked for by somebody who has a second factor. */
class ProvenTwiceApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void thePasswordAloneIsNotEnough() {
        ApiClient ada = academy.newStudent("twice");
        Authenticator app = Authenticator.enable(academy, ada);
        for (String code : List.of("", ", \"second_factor\": \"000000000\"")) {
            String problem = code.isEmpty() ? "second-factor-needed" : "wrong-second-factor";
            assertThat(ada.post("/me/erasure", "{\"password\": \"%s\"%s}".formatted(ApiAcademy.PASSWORD, code))
                            .problem())
                    .isEqualTo(problem);
            assertThat(password(ada, code).problem()).isEqualTo(problem);
        }
        assertThat(ada.post(
                                "/me/email-changes",
                                "{\"new_email\": \"ada@example.net\", \"password\": \"" + ApiAcademy.PASSWORD + "\"}")
                        .problem())
                .isEqualTo("second-factor-needed");
        assertThat(password(ada, ", \"second_factor\": \"" + app.recoveryCodes().getFirst() + "\"")
                        .status())
                .isEqualTo(204);
        assertThat(ada.post(
                                "/me/erasure",
                                "{\"password\": \"another secret of mine\", \"second_factor\": \"" + app.code() + "\"}")
                        .status())
                .isEqualTo(204);
    }

    private static Answer password(ApiClient person, String code) {
        return person.put(
                "/me/password",
                "{\"old_password\": \"%s\", \"new_password\": \"another secret of mine\"%s}"
                        .formatted(ApiAcademy.PASSWORD, code));
    }

    @Test
    void aRecoveryCodeServesOneOfAHundred() {
        academy.person("eraser", "admin");
        ApiClient admin = academy.as("eraser", "admin");
        Authenticator app = Authenticator.enable(academy, admin);
        // who has no password proves it by a fresh session, and no lock of the password stands before the codes
        academy.owner().execute("delete from identity.credentials where user_id = ?", academy.id("eraser"));
        academy.loader("""
                insert into identity.users (id, email, display_name)
                select platform.uuid_v7_of('2026-01-01Z', 'prey-' || n), 'prey-' || n || '@academy.example', 'Prey'
                  from generate_series(0, 99) n
                """);
        String proof = "{\"second_factor\": \"" + app.recoveryCodes().getLast() + "\"}";
        List<Answer> answers =
                Together.times(100, n -> admin.post("/people/" + academy.id("prey-" + n) + "/erasure", proof));
        assertThat(answers.stream().filter(answer -> answer.status() == 204)).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 204)
                        .map(Answer::problem)
                        .distinct())
                .isSubsetOf("wrong-second-factor", "too-many-requests", "try-again");
        assertThat(academy.owner()
                        .fetchSingle("select count(*) from identity.users where display_name = 'Prey'")
                        .into(Integer.class))
                .isEqualTo(99);
    }
}
