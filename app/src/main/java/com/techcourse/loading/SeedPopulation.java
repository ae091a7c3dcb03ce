package com.techcourse.loading;

import java.util.Arrays;

/** What students are drawn from: how many names and countries there are, and how popular each course is. */
record SeedPopulation(int firstNames, int lastNames, int countries, double[] cumulativeWeights) {

    /** The k-th course sells about 1/k^0.8 as often as the first (Zipf). */
    static SeedPopulation of(int firstNames, int lastNames, int countries, int courses) {
        double[] weights = new double[courses];
        double sum = 0;
        for (int course = 0; course < courses; course++) {
            sum += Math.pow(course + 1.0, -0.8);
            weights[course] = sum;
        }
        return new SeedPopulation(firstNames, lastNames, countries, weights);
    }

    /** The number, from 1, of the course at a place from 0 to 1. */
    int course(double place) {
        int found = Arrays.binarySearch(cumulativeWeights, place * cumulativeWeights[cumulativeWeights.length - 1]);
        return Math.min(cumulativeWeights.length, (found < 0 ? -found - 1 : found) + 1);
    }
}
