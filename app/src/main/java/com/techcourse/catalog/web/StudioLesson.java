package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.catalog.Tables.LESSON_CONTENTS;

import com.techcourse.catalog.Attachment;
import com.techcourse.catalog.Markdown;
import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Refused;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A lesson as those see it who edit it.
 *
 * @param kind article, video or file
 * @param markdown as its author wrote it
 * @param html the same, safe to show
 * @param version the ETag of the lesson and its content
 */
record StudioLesson(
        UUID id,
        UUID courseId,
        UUID sectionId,
        String title,
        String kind,
        int minutes,
        boolean preview,
        @Nullable String markdown,
        String html,
        @Nullable String videoUrl,
        List<Attachment> attachments,
        int version) {

    static StudioLesson read(DSLContext database, Markdown markdown, UUID id) {
        return database.select(
                        LESSONS.ID,
                        LESSONS.COURSE_ID,
                        LESSONS.SECTION_ID,
                        LESSONS.TITLE,
                        LESSONS.KIND,
                        LESSONS.MINUTES,
                        LESSONS.PREVIEW,
                        LESSON_CONTENTS.MARKDOWN,
                        LESSON_CONTENTS.VIDEO_URL,
                        LESSONS.VERSION)
                .from(LESSONS)
                .leftJoin(LESSON_CONTENTS)
                .on(LESSON_CONTENTS.LESSON_ID.eq(LESSONS.ID))
                .where(LESSONS.ID.eq(id))
                .and(Routines.mayEdit(LESSONS.COURSE_ID).isTrue())
                .fetchOptional(row -> new StudioLesson(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        markdown.html(row.value8()),
                        row.value9(),
                        Attachment.of(database, id),
                        row.value10()))
                .orElseThrow(() -> new Refused("not-found"));
    }

    /** Held until the end of the transaction, if it still is the version that its editor has seen. */
    static void claim(DSLContext database, UUID id, int version) {
        Integer current = database.select(LESSONS.VERSION)
                .from(LESSONS)
                .where(LESSONS.ID.eq(id))
                .and(Routines.mayEdit(LESSONS.COURSE_ID).isTrue())
                .forNoKeyUpdate()
                .fetchOptional(LESSONS.VERSION)
                .orElseThrow(() -> new Refused("not-found"));
        if (current != version) {
            throw Etags.stale();
        }
    }

    /** What is null stays; an empty address takes the video away. */
    static void write(DSLContext database, UUID id, @Nullable String markdown, @Nullable String videoUrl) {
        if (markdown == null && videoUrl == null) {
            return;
        }
        begin(database, id);
        database.update(LESSON_CONTENTS)
                .set(LESSON_CONTENTS.MARKDOWN, DSL.coalesce(DSL.val(markdown), LESSON_CONTENTS.MARKDOWN))
                .set(
                        LESSON_CONTENTS.VIDEO_URL,
                        videoUrl == null ? LESSON_CONTENTS.VIDEO_URL : DSL.val(videoUrl.isEmpty() ? null : videoUrl))
                .where(LESSON_CONTENTS.LESSON_ID.eq(id))
                .execute();
    }

    /** An empty content, where there is none; its trigger copies whose it is. */
    static void begin(DSLContext database, UUID id) {
        database.insertInto(LESSON_CONTENTS)
                .set(LESSON_CONTENTS.LESSON_ID, id)
                .onConflict(LESSON_CONTENTS.LESSON_ID)
                .doNothing()
                .execute();
    }

    ResponseEntity.BodyBuilder tag(ResponseEntity.BodyBuilder answer) {
        return answer.header(HttpHeaders.ETAG, Etags.of(version));
    }
}
