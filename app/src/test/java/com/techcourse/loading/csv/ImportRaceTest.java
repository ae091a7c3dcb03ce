package com.techcourse.loading.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An impatient admin sends the same file a hundred times in the same moment. */
class ImportRaceTest {

    private static final int ROWS = 50;

    @Test
    void eachRowIsThereOnce() {
        byte[] file = IntStream.range(0, ROWS)
                .mapToObj(n -> "n" + n + ",n" + n + "@import.example,Person " + n + "\n")
                .collect(Collectors.joining("", "external_id,email,display_name\n", ""))
                .getBytes(StandardCharsets.UTF_8);
        try (ApiAcademy academy = ApiAcademy.start()) {
            ApiClient admin = academy.as("admin");
            List<Answer> answers = Together.times(
                    100, n -> admin.send("POST", "/imports?kind=users&mode=" + mode(n), file, "text/csv"));
            assertThat(answers)
                    .allMatch(
                            answer -> answer.status() == 201 || answer.problem().equals("try-again"));
            assertThat(answers.stream()
                            .filter(answer -> answer.status() == 201)
                            .mapToInt(answer -> answer.json().path("created").asInt())
                            .sum())
                    .isEqualTo(ROWS);
            assertThat(academy.owner()
                            .fetchSingle(
                                    "select count(*) from identity.users where email::text like '%@import.example'")
                            .get(0, int.class))
                    .isEqualTo(ROWS);
        }
    }

    private static String mode(int number) {
        return number % 2 == 0 ? "partial" : "all-or-nothing";
    }
}
