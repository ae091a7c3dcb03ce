package com.techcourse.catalog.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported and imported again is the same, or its loss was named. */
class RoundTripTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void keepsWhateverHasNoNamedLoss(Format format) {
        List<String> broken = new ArrayList<>();
        int same = 0;
        for (int seed = 0; seed < 1500; seed++) {
            Kept kept = new RandomQuestions(seed).next();
            Written written = QuestionFiles.write(format, List.of(kept));
            Found loss = written.losses().getFirst();
            List<Found> back = QuestionFiles.read(format, written.content());
            if (loss.question() == null) {
                assertThat(back).as("seed %d", seed).isEmpty();
                continue;
            }
            Found found = back.getFirst();
            boolean equal =
                    kept.question().equals(found.question()) && kept.tags().equals(found.tags()) && back.size() == 1;
            if (equal) {
                same++;
            } else if (loss.notes().isEmpty()) {
                broken.add(seed + "\n" + kept.question() + "\n" + found.question() + found.notes());
            }
        }
        assertThat(broken).as("%d kept", same).isEmpty();
        assertThat(same).isGreaterThan(format == Format.GIFT ? 900 : 1400);
    }
}
