package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small charts, amounts and the memory behind them. */
class SparklineTest {

    @Test
    void aLineHasGapsWhereNothingWasSeen() {
        Sparkline line = Sparkline.of(new double[] {0, 5, Double.NaN, 10, 5}, Rule.Unit.COUNT);
        assertThat(line.path()).isEqualTo("M0.0 37.0L60.0 20.0M180.0 3.0L240.0 20.0");
        assertThat(line.least().number()).isZero();
        assertThat(line.most().number()).isEqualTo(10);
    }

    @Test
    void fewSamplesAreNoLine() {
        assertThat(Sparkline.of(new double[] {1, 2}, Rule.Unit.COUNT).isDrawn()).isFalse();
        assertThat(Sparkline.of(new double[] {Double.NaN, Double.NaN, Double.NaN}, Rule.Unit.COUNT)
                        .isDrawn())
                .isFalse();
    }

    @Test
    void amountsAreToldInTheUnitOfTheirSize() {
        assertThat(Map.of("seconds", 90.0, "minutes", 7000.0, "hours", 100_000.0, "days", 200_000.0))
                .allSatisfy((unit, seconds) ->
                        assertThat(Amount.of(Rule.Unit.SECONDS, seconds).unit()).isEqualTo(unit));
        assertThat(Amount.of(Rule.Unit.BYTES, 2_500_000)).isEqualTo(new Amount("megabytes", 2.5));
    }

    @Test
    void whatCountsIsKeptAsItsGrowthASecond() {
        Figures figures = new Figures();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        double[] counted = {100, 700, 1300, 10, 70};
        for (int minute = 0; minute < counted.length; minute++) {
            Instant at = start.plus(Duration.ofMinutes(minute));
            figures.see("transactions", at, List.of(Reading.of("techcourse_database_commits_total", counted[minute])));
            figures.looked(at);
            figures.looked(at.plusSeconds(15)); // the same minute
        }
        assertThat(figures.history().of("techcourse_database_commits_total"))
                .containsExactly(Double.NaN, 10, 10, Double.NaN, 1);
    }
}
