package com.techcourse.catalog.exchange;

import java.util.List;

/**
 * A file of questions.
 *
 * @param losses for each question in turn, what the format could not hold; null question for one that is left out
 */
public record Written(byte[] content, List<Found> losses) {

    public Written {
        losses = List.copyOf(losses);
    }
}
