package com.techcourse.loading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One made-up student with everything that he or she does, drawn from the seed and the number alone: it does not
 * matter in which batch, order or run a student is generated.
 */
record SeededStudent(
        int number, int firstName, int lastName, int country, Instant createdAt, List<Enrollment> enrollments) {

    private static final int YEAR = 365 * 24 * 3600;
    private static final int QUESTIONS = 5;
    private static final int MOST_TRIES = 3;

    record Enrollment(int course, Instant at, int lessonsDone, List<Attempt> attempts) {}

    record Attempt(int number, Instant at, String answers, String points, int score) {}

    static SeededStudent draw(long seed, int number, SeedPopulation population, Instant end) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        // more newcomers at the end of the year than at its beginning
        long age = (long) (YEAR * (1 - Math.sqrt(random.nextDouble()))) + 3600;
        Instant createdAt = end.minus(age, ChronoUnit.SECONDS);
        return new SeededStudent(
                number,
                random.nextInt(population.firstNames()) + 1,
                random.nextInt(population.lastNames()) + 1,
                random.nextInt(population.countries()) + 1,
                createdAt,
                enrollments(random, population, createdAt, end));
    }

    private static List<Enrollment> enrollments(
            SplittableRandom random, SeedPopulation population, Instant createdAt, Instant end) {
        List<Enrollment> enrollments = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        double ability = random.nextDouble();
        while (random.nextDouble() < 0.66 && enrollments.size() < 12) {
            int course = population.course(random.nextDouble());
            if (taken.add(course)) {
                Instant at = createdAt.plusSeconds(
                        random.nextLong(Math.max(1, end.getEpochSecond() - createdAt.getEpochSecond())));
                enrollments.add(enrollment(random, course, at, end, ability));
            }
        }
        return enrollments;
    }

    private static Enrollment enrollment(SplittableRandom random, int course, Instant at, Instant end, double ability) {
        // lessons take eight hours at most; who enrols in the last two days has not begun
        boolean early = at.plus(2, ChronoUnit.DAYS).isBefore(end);
        int lessons = early ? random.nextInt(5) : 0;
        boolean tries = early && course % 3 != 0 && random.nextDouble() < 0.5;
        return new Enrollment(
                course,
                at,
                lessons,
                tries ? attempts(random, course, at.plus(9, ChronoUnit.HOURS), ability) : List.of());
    }

    private static List<Attempt> attempts(SplittableRandom random, int course, Instant first, double ability) {
        List<Attempt> attempts = new ArrayList<>();
        int passing = 50 + 10 * (course % 5);
        for (int number = 1; number <= MOST_TRIES; number++) {
            Attempt attempt = attempt(
                    random, course, number, first.plus(6L * (number - 1), ChronoUnit.HOURS), ability + 0.1 * number);
            attempts.add(attempt);
            if (attempt.score() >= passing) {
                break;
            }
        }
        return attempts;
    }

    private static Attempt attempt(SplittableRandom random, int course, int number, Instant at, double ability) {
        StringBuilder answers = new StringBuilder("{");
        StringBuilder points = new StringBuilder("{");
        int right = 0;
        for (int question = 1; question <= QUESTIONS; question++) {
            int key = (course * 7 + question * 3) % 4;
            boolean correct = random.nextDouble() < 0.3 + 0.6 * ability - 0.05 * question;
            char answer = (char) ('a' + (correct ? key : (key + 1 + random.nextInt(3)) % 4));
            String comma = question == 1 ? "" : ",";
            answers.append(comma)
                    .append("\"q")
                    .append(question)
                    .append("\":\"")
                    .append(answer)
                    .append('"');
            points.append(comma).append("\"q").append(question).append("\":").append(correct ? 1 : 0);
            right += correct ? 1 : 0;
        }
        return new Attempt(
                number, at, answers.append('}').toString(), points.append('}').toString(), 100 * right / QUESTIONS);
    }
}
