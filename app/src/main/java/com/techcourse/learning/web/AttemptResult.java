package com.techcourse.learning.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an attempt that is handed in is worth.
 *
 * @param score percent; absent while an essay waits for a person
 * @param answersShown whether the quiz shows keys and feedback by now
 */
record AttemptResult(
        UUID id,
        UUID quizId,
        String title,
        int attemptNo,
        @Schema(allowableValues = {"submitted", "graded"}) String status,
        OffsetDateTime submittedAt,
        boolean late,
        @Nullable OffsetDateTime gradedAt,
        @Nullable BigDecimal score,
        BigDecimal passingScore,
        boolean passed,
        boolean answersShown,
        List<Question> questions) {

    AttemptResult {
        questions = List.copyOf(questions);
    }

    /**
     * @param earned points; absent while a person has to say
     * @param comment of the person who graded it
     * @param key what is right; only where answers are shown, as are feedback and parts
     * @param optionFeedback to the options, by their ids
     * @param parts which parts of the answer are right
     */
    record Question(
            String id,
            String type,
            String text,
            BigDecimal points,
            @Nullable BigDecimal earned,
            @Nullable JsonNode answer,
            @Nullable String comment,
            @Nullable JsonNode key,
            @Nullable String feedback,
            @Nullable Map<String, String> optionFeedback,
            @Nullable JsonNode parts) {}
}
