package com.techcourse.learning.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An attempt as its grader sees it. */
record GradingSheet(
        UUID id,
        UUID quizId,
        int quizVersion,
        UUID courseId,
        UUID studentId,
        String studentName,
        int attemptNo,

        @Schema(allowableValues = {"in_progress", "submitted", "graded"})
        String status,

        @Nullable OffsetDateTime submittedAt,
        boolean late,
        @Nullable BigDecimal score,
        boolean passed,
        List<Question> questions) {

    GradingSheet {
        questions = List.copyOf(questions);
    }

    /**
     * @param key what is right; an essay has none
     * @param earned points; absent while an essay waits
     * @param version of the grade by hand, for If-Match; 0 for none
     */
    record Question(
            String id,
            String type,
            String text,
            BigDecimal points,
            @Nullable String rubric,
            @Nullable JsonNode key,
            @Nullable JsonNode answer,
            @Nullable BigDecimal earned,
            @Nullable String comment,
            @Nullable UUID gradedBy,
            int version) {}
}
