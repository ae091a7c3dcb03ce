package com.techcourse.learning.web;

import com.techcourse.jooq.learning.tables.records.CourseProgressRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a student has come in a course.
 *
 * @param percent of all lessons and quizzes, rounded down
 * @param resumeLessonId the lesson to go on with: the last opened that is not done, else the first; absent when all are done
 */
@Schema(name = "CourseProgress")
record Progress(
        int lessons,
        int lessonsDone,
        int quizzes,
        int quizzesPassed,
        @Schema(minimum = "0", maximum = "100") int percent,
        @Nullable UUID resumeLessonId,
        @Nullable OffsetDateTime lastSeenAt) {

    static Progress of(CourseProgressRecord row) {
        int steps = row.getLessons() + row.getQuizzes();
        // more done than there is, when a quiz that was passed is none of the course any more
        int done = Math.min(steps, row.getLessonsDone() + row.getQuizzesPassed());
        return new Progress(
                row.getLessons(),
                row.getLessonsDone(),
                row.getQuizzes(),
                row.getQuizzesPassed(),
                steps == 0 ? 0 : done * 100 / steps,
                row.getResumeLessonId(),
                row.getLastSeenAt());
    }
}
