package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was lost is not forgotten at once. */
class BoardTest {

    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    private final Figures figures = new Figures();
    private final Board standbys = Board.ALL.stream()
            .filter(board -> board.key().equals("standbys"))
            .findFirst()
            .orElseThrow();
    private int minute;

    private void see(int standbysNow, int synchronous) {
        minute++;
        Instant at = NOON.plusSeconds(60L * minute);
        figures.see(
                "replication",
                at,
                List.of(
                        Reading.of("techcourse_standbys", standbysNow),
                        Reading.of("techcourse_standbys_synchronous_wanted", synchronous),
                        Reading.of("techcourse_standby_synchronous", synchronous)));
        figures.looked(at);
    }

    private Map<String, Light> lights() {
        return standbys.rules().stream()
                .map(rule -> rule.judge(figures))
                .collect(Collectors.toMap(Judged::key, Judged::light));
    }

    @Test
    void aServerOfItsOwnHasNoStandbys() {
        see(0, 0);
        assertThat(standbys.wanted().test(figures)).isFalse();
    }

    @Test
    void oneOfTwoIsWorthALook() {
        see(2, 1);
        assertThat(lights()).containsEntry("standbys", Light.GOOD).containsEntry("standbys-lost", Light.GOOD);
        see(1, 1);
        assertThat(lights()).containsEntry("standbys", Light.GOOD).containsEntry("standbys-lost", Light.NOTE);
        see(2, 1);
        assertThat(lights()).containsEntry("standbys-lost", Light.GOOD);
    }

    @Test
    void withTheLastTheBoardStaysAndIsBad() {
        see(1, 1);
        see(0, 0);
        assertThat(standbys.wanted().test(figures)).isTrue();
        assertThat(lights()).containsEntry("standbys", Light.BAD).containsEntry("synchronous", Light.BAD);
    }
}
