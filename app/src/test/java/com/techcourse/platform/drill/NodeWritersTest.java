package com.techcourse.platform.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.drill.NodeWriters.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeWritersTest {

    private static final long MILLIS = 1_000_000;

    private final List<Written> written = new ArrayList<>();

    @Test
    void handedOverAndBack() {
        turn("pg1", 0, 3_000);
        turn("pg2", 10_000, 15_000);
        turn("pg1", 20_000, 22_000);
        assertThat(NodeWriters.fromTwoAtOnce(written)).isZero();
    }

    @Test
    void answerThatComesWhenAFrozenNodeIsAwakeAgain() {
        turn("pg1", 0, 3_000);
        written.add(new Written("pg1", 1, 3_050 * MILLIS, 18_000 * MILLIS));
        turn("pg2", 13_000, 25_000);
        assertThat(NodeWriters.fromTwoAtOnce(written)).isZero();
    }

    @Test
    void twoInTurn() {
        turn("pg1", 0, 3_000);
        turn("pg2", 2_025, 4_000);
        assertThat(NodeWriters.fromTwoAtOnce(written)).isPositive();
    }

    /** One each 50 ms. */
    private void turn(String node, long from, long to) {
        for (long moment = from; moment < to; moment += 50) {
            written.add(new Written(node, written.size(), moment * MILLIS, (moment + 5) * MILLIS));
        }
    }
}
