package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.catalog.Tables.COURSE_QUIZZES;
import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.identity.Tables.INSTRUCTOR_PROFILES;
import static com.techcourse.jooq.learning.Tables.READ_LESSON;
import static org.jooq.Records.mapping;

import com.techcourse.catalog.web.CourseDetails.Lesson;
import com.techcourse.catalog.web.CourseDetails.Outline;
import com.techcourse.catalog.web.CourseDetails.Quiz;
import com.techcourse.catalog.web.CourseDetails.Section;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what everyone may know of a course. */
@Component
class Courses {

    Optional<CourseDetails> find(DSLContext database, String slug) {
        return database.select(
                        COURSES.ID,
                        COURSES.SLUG,
                        COURSES.TITLE,
                        COURSES.SUBTITLE,
                        COURSES.DESCRIPTION,
                        COURSES.LEVEL,
                        COURSES.LANGUAGE,
                        COURSES.PRICE,
                        COURSES.CURRENCY,
                        DSL.field(COURSES.STATUS.eq("archived")),
                        COURSES.UPDATED_AT,
                        CATEGORIES.SLUG,
                        CATEGORIES.NAME,
                        INSTRUCTOR_PROFILES.DISPLAY_NAME,
                        INSTRUCTOR_PROFILES.BIO)
                .from(COURSES)
                .join(CATEGORIES)
                .on(CATEGORIES.ID.eq(COURSES.CATEGORY_ID))
                .leftJoin(INSTRUCTOR_PROFILES)
                .on(INSTRUCTOR_PROFILES.USER_ID.eq(COURSES.INSTRUCTOR_ID))
                .where(COURSES.SLUG.eq(slug))
                .fetchOptional(mapping(CourseDetails::new));
    }

    Outline outline(DSLContext database, UUID course) {
        return new Outline(OutlineRows.read(
                database, course, (_, title, lessons) -> new Section(title, lessons), Courses::lesson));
    }

    private static Lesson lesson(Record row) {
        return new Lesson(
                row.get(LESSONS.ID),
                row.get(LESSONS.TITLE),
                row.get(LESSONS.KIND),
                row.get(LESSONS.MINUTES),
                row.get(LESSONS.PREVIEW));
    }

    List<Quiz> quizzes(DSLContext database, UUID course) {
        return database.select(
                        COURSE_QUIZZES.TITLE,
                        COURSE_QUIZZES.QUESTION_COUNT,
                        COURSE_QUIZZES.PASSING_SCORE,
                        COURSE_QUIZZES.TIME_LIMIT_SECONDS)
                .from(COURSE_QUIZZES)
                .where(COURSE_QUIZZES.COURSE_ID.eq(course))
                .orderBy(COURSE_QUIZZES.POSITION, COURSE_QUIZZES.QUIZ_ID)
                .fetch(mapping(Quiz::new));
    }

    /** A lesson that everyone may read; whether it is one, the database decides. */
    Optional<Preview> preview(DSLContext database, UUID course, UUID lesson) {
        return database.select(LESSONS.TITLE, LESSONS.MINUTES, READ_LESSON.MARKDOWN, READ_LESSON.VIDEO_URL)
                .from(LESSONS, READ_LESSON.call(lesson))
                .where(LESSONS.ID.eq(lesson))
                .and(LESSONS.COURSE_ID.eq(course))
                .and(LESSONS.PREVIEW)
                .fetchOptional(mapping(Preview::new));
    }

    record Preview(
            String title,
            int minutes,
            @Nullable String markdown,
            @Nullable String videoUrl) {}
}
