package com.techcourse.learning.web;

import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.learning.Tables.LESSON_PROGRESS;
import static com.techcourse.jooq.learning.Tables.READ_LESSON;

import com.techcourse.catalog.Attachment;
import com.techcourse.catalog.Markdown;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Lessons as a student reads them, and how far the student has come. */
@Api
class LessonsApi {

    private final ActingTransactions transactions;
    private final Markdown markdown;

    LessonsApi(ActingTransactions transactions, Markdown markdown) {
        this.transactions = transactions;
        this.markdown = markdown;
    }

    @GetMapping("/enrollments/{course_id}/lessons/{lesson_id}")
    @OpenTo("student")
    @Operation(
            summary = "Read a lesson",
            description = "Of a course that one takes; the text as Markdown and as safe HTML, and its files.")
    Lesson get(Acting acting, @PathVariable("course_id") UUID courseId, @PathVariable("lesson_id") UUID lessonId) {
        return transactions.read(
                acting,
                database -> database.select(
                                LESSONS.ID,
                                LESSONS.TITLE,
                                LESSONS.KIND,
                                LESSONS.MINUTES,
                                READ_LESSON.MARKDOWN,
                                READ_LESSON.VIDEO_URL,
                                LESSON_PROGRESS.POSITION_SECONDS,
                                LESSON_PROGRESS.COMPLETED_AT)
                        .from(LESSONS.crossJoin(READ_LESSON.call(lessonId))
                                .leftJoin(LESSON_PROGRESS)
                                .on(LESSON_PROGRESS.LESSON_ID.eq(LESSONS.ID))
                                .and(LESSON_PROGRESS.STUDENT_ID.eq(Enrolling.student(acting))))
                        .where(LESSONS.ID.eq(lessonId))
                        .and(LESSONS.COURSE_ID.eq(courseId))
                        .fetchOptional(row -> lesson(row, Attachment.of(database, lessonId)))
                        .orElseThrow(() -> new Refused("not-found")));
    }

    @PutMapping("/enrollments/{course_id}/lessons/{lesson_id}/progress")
    @OpenTo("student")
    @Refuses("not-enrolled")
    @Operation(
            summary = "Say how far one has come",
            description =
                    "The farthest position is kept and what is done stays done, so an older tab takes nothing back.")
    Kept put(
            Acting acting,
            @PathVariable("course_id") UUID courseId,
            @PathVariable("lesson_id") UUID lessonId,
            @RequestBody Step step) {
        Record kept = transactions.write(
                acting,
                database -> database.fetchOptional(
                                "select * from learning.record_progress(?, ?, ?, ?)",
                                courseId,
                                lessonId,
                                step.positionSeconds(),
                                step.completed())
                        .orElseThrow(() -> new Refused("not-found")));
        return new Kept(
                kept.get("position_kept", Integer.class),
                kept.get("lesson_completed_at", OffsetDateTime.class),
                kept.get("course_completed_at", OffsetDateTime.class));
    }

    @GetMapping("/me/streak")
    @OpenTo("student")
    @Operation(
            summary = "Days in a row",
            description =
                    "On which one learned, in the academy's time zone: until today, or yesterday while today may still follow.")
    Streak streak(Acting acting) {
        Record streak = transactions.read(acting, database -> database.fetchSingle("select * from learning.streak()"));
        return new Streak(
                streak.get("current_days", Integer.class),
                streak.get("longest_days", Integer.class),
                streak.get("last_day", LocalDate.class));
    }

    private Lesson lesson(Record row, List<Attachment> attachments) {
        String text = row.get(READ_LESSON.MARKDOWN);
        Integer position = row.get(LESSON_PROGRESS.POSITION_SECONDS);
        return new Lesson(
                row.get(LESSONS.ID),
                row.get(LESSONS.TITLE),
                row.get(LESSONS.KIND),
                row.get(LESSONS.MINUTES),
                text,
                text == null ? null : markdown.html(text),
                row.get(READ_LESSON.VIDEO_URL),
                attachments,
                position == null ? 0 : position,
                row.get(LESSON_PROGRESS.COMPLETED_AT));
    }

    /**
     * @param kind article, video or file
     * @param html made from the Markdown; nothing in it runs
     * @param positionSeconds where to go on in a video
     */
    @Schema(name = "EnrolledLesson")
    record Lesson(
            UUID id,
            String title,
            String kind,
            int minutes,
            @Nullable String markdown,
            @Nullable String html,
            @Nullable String videoUrl,
            List<Attachment> attachments,
            int positionSeconds,
            @Nullable OffsetDateTime completedAt) {}

    record Step(
            @Schema(example = "95", minimum = "0") Integer positionSeconds,
            @Schema(example = "false") Boolean completed) {}

    /**
     * @param completedAt when the lesson was done; absent before
     * @param courseCompletedAt when the whole course was done; absent before
     */
    @Schema(name = "LessonProgress")
    record Kept(
            int positionSeconds,
            @Nullable OffsetDateTime completedAt,
            @Nullable OffsetDateTime courseCompletedAt) {}

    /** @param lastDay when one last learned; absent before the first day */
    record Streak(
            int currentDays, int longestDays, @Nullable LocalDate lastDay) {}
}
