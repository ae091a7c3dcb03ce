package com.techcourse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A caller who asks too often waits; others do not. */
class RateLimitTest {

    @Test
    void eachCallerHasSoManyRequests() {
        try (ApiAcademy academy = ApiAcademy.start(Map.of("techcourse.requests-per-minute", 20))) {
            ApiClient visitor = academy.visitor();
            var answers = IntStream.range(0, 40)
                    .mapToObj(_ -> visitor.get("/problems"))
                    .toList();
            assertThat(answers.getFirst().header("RateLimit-Limit")).isEqualTo("20");
            assertThat(answers.getFirst().header("RateLimit-Remaining")).isEqualTo("19");
            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSizeBetween(20, 39);
            Answer refused = answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.problem()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(academy.as("student").get("/problems").status()).isEqualTo(200);
        }
    }
}
