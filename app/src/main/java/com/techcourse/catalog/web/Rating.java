package com.techcourse.catalog.web;

import java.math.BigDecimal;
import java.util.List;

/** What students think of a course: how many said so, and 1 to 5 on average. */
public record Rating(int count, BigDecimal average) {

    static final Rating NONE = new Rating(0, BigDecimal.ZERO);

    /** Of five stars down to one. */
    static Rating of(List<Integer> distribution) {
        int count = distribution.stream().mapToInt(Integer::intValue).sum();
        double sum = 0;
        for (int i = 0; i < distribution.size(); i++) {
            sum += (5 - i) * distribution.get(i);
        }
        return count == 0 ? NONE : new Rating(count, BigDecimal.valueOf(sum / count));
    }

    public boolean isPresent() {
        return count > 0;
    }

    /** Of a row of five stars, the part that is filled, in percent. */
    public int percent() {
        return average.movePointRight(2).intValue() / 5;
    }
}
