package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;
import static com.techcourse.jooq.learning.Tables.READ_LESSON;

import com.techcourse.catalog.Attachment;
import com.techcourse.catalog.Markdown;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One course as everyone sees it, and the lessons of it that are free to read. */
@Api
class CourseApi {

    private final ActingTransactions transactions;
    private final Courses courses;
    private final Ratings ratings;
    private final Markdown markdown;

    CourseApi(ActingTransactions transactions, Courses courses, Ratings ratings, Markdown markdown) {
        this.transactions = transactions;
        this.courses = courses;
        this.ratings = ratings;
        this.markdown = markdown;
    }

    @GetMapping("/courses/{slug}")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "A course",
            description = "With its outline, who teaches it, what its quizzes ask for, and how it is rated.")
    Details course(@PathVariable String slug) {
        return transactions.readRecent(Acting.visitor(), database -> {
            CourseDetails course = courses.find(database, slug).orElseThrow(() -> new Refused("not-found"));
            List<Integer> stars = ratings.distribution(database, course.id());
            return new Details(
                    course.id(),
                    course.slug(),
                    course.title(),
                    course.subtitle(),
                    course.description(),
                    markdown.html(course.description()),
                    new CoursesApi.Category(course.categorySlug(), course.categoryName()),
                    course.level(),
                    course.language(),
                    new Money(course.price(), course.currency()),
                    course.archived(),
                    course.updatedAt(),
                    instructors(database, course.id()),
                    OutlineRows.read(database, course.id(), Section::new, Lesson::of),
                    courses.quizzes(database, course.id()).stream()
                            .map(quiz -> new Quiz(
                                    quiz.title(), quiz.questionCount(), quiz.passingScore(), quiz.timeLimitSeconds()))
                            .toList(),
                    CoursesApi.Stars.of(Rating.of(stars)),
                    stars);
        });
    }

    @GetMapping("/courses/{slug}/lessons/{id}")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(summary = "A free preview", description = "What a lesson teaches that everyone may read.")
    Preview preview(@PathVariable String slug, @PathVariable UUID id) {
        return transactions.readRecent(
                Acting.visitor(),
                database -> database.select(
                                LESSONS.ID,
                                LESSONS.TITLE,
                                LESSONS.KIND,
                                LESSONS.MINUTES,
                                READ_LESSON.MARKDOWN,
                                READ_LESSON.VIDEO_URL)
                        .from(LESSONS)
                        .join(COURSES)
                        .on(COURSES.ID.eq(LESSONS.COURSE_ID))
                        .crossApply(READ_LESSON.call(LESSONS.ID))
                        .where(COURSES.SLUG.eq(slug))
                        .and(LESSONS.ID.eq(id))
                        .and(LESSONS.PREVIEW)
                        .fetchOptional(row -> new Preview(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5(),
                                markdown.html(row.value5()),
                                row.value6(),
                                Attachment.of(database, id)))
                        .orElseThrow(() -> new Refused("not-found")));
    }

    private static List<Instructor> instructors(DSLContext database, UUID course) {
        return database.select(
                        INSTRUCTOR_PROFILES.DISPLAY_NAME,
                        INSTRUCTOR_PROFILES.BIO,
                        DSL.field(INSTRUCTOR_PROFILES.USER_ID.eq(COURSES.INSTRUCTOR_ID))
                                .as("lead"))
                .from(COURSES)
                .join(INSTRUCTOR_PROFILES)
                .on(INSTRUCTOR_PROFILES
                        .USER_ID
                        .eq(COURSES.INSTRUCTOR_ID)
                        .or(INSTRUCTOR_PROFILES.USER_ID.eq(DSL.any(COURSES.EDITOR_IDS))))
                .where(COURSES.ID.eq(course))
                .orderBy(DSL.field("lead").desc(), INSTRUCTOR_PROFILES.DISPLAY_NAME)
                .fetch(row -> new Instructor(row.value1(), row.value2(), row.value3()));
    }

    /**
     * @param description Markdown, as its author wrote it
     * @param descriptionHtml the same, safe to show
     * @param archived off sale; its students keep it
     * @param stars how many gave five stars, four .. one
     */
    record Details(
            UUID id,
            String slug,
            String title,
            String subtitle,
            String description,
            String descriptionHtml,
            CoursesApi.Category category,
            String level,
            String language,
            Money price,
            boolean archived,
            OffsetDateTime updatedAt,
            List<Instructor> instructors,
            List<Section> sections,
            List<Quiz> quizzes,
            CoursesApi.Stars rating,
            List<Integer> stars) {}

    record Instructor(String name, String bio, boolean lead) {}

    record Section(UUID id, String title, List<Lesson> lessons) {}

    /** @param preview whether everyone may read it */
    record Lesson(UUID id, String title, String kind, int minutes, boolean preview) {

        static Lesson of(Record row) {
            return new Lesson(
                    row.get(LESSONS.ID),
                    row.get(LESSONS.TITLE),
                    row.get(LESSONS.KIND),
                    row.get(LESSONS.MINUTES),
                    row.get(LESSONS.PREVIEW));
        }
    }

    /** @param passingScore percent of the points that pass it */
    record Quiz(
            String title,
            int questions,
            BigDecimal passingScore,
            @Nullable Integer timeLimitSeconds) {}

    record Preview(
            UUID id,
            String title,
            String kind,
            int minutes,
            @Nullable String markdown,
            String html,
            @Nullable String videoUrl,
            List<Attachment> attachments) {}
}
