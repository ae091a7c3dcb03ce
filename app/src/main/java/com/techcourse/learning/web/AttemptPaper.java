package com.techcourse.learning.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An attempt as its student sees it: questions in the attempt's own order, never a key.
 *
 * @param remainingSeconds until the deadline, by the database's clock; absent without a time limit or when handed in
 * @param acceptsUntil the deadline and the grace after it
 * @param revision counts all savings
 */
record AttemptPaper(
        UUID id,
        UUID quizId,
        UUID courseId,
        String title,
        int attemptNo,

        @Schema(allowableValues = {"in_progress", "submitted", "graded"})
        String status,

        BigDecimal passingScore,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime deadlineAt,
        @Nullable OffsetDateTime acceptsUntil,
        @Nullable OffsetDateTime submittedAt,
        boolean late,
        int revision,
        @Nullable Integer remainingSeconds,
        List<Question> questions,
        List<Answer> answers) {

    AttemptPaper {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
    }

    /**
     * @param text in a fill_in, each gap reads {{name}}
     * @param penalty what a wrong answer costs
     */
    record Question(
            String id,
            String type,
            String text,
            BigDecimal points,
            @Nullable Boolean partialCredit,
            @Nullable BigDecimal penalty,
            @Nullable String unit,
            @Nullable List<Option> options,
            @Nullable List<Option> left,
            @Nullable List<Option> right,
            @Nullable List<Option> items) {}

    /** One of several things to choose, match or order. */
    record Option(String id, String text) {}

    /**
     * @param answer absent when it was taken back
     * @param revision to be sent with the next saving
     */
    record Answer(String questionId, @Nullable JsonNode answer, int revision) {}
}
