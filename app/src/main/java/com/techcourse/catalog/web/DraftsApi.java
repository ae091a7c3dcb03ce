package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.LESSON_DRAFTS;

import com.techcourse.catalog.Markdown;
import com.techcourse.jooq.catalog.tables.records.LessonDraftsRecord;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What an author types, saved while typing, and seen by nobody else until it is published. */
@Api
class DraftsApi {

    private final ActingTransactions transactions;
    private final Markdown markdown;

    DraftsApi(ActingTransactions transactions, Markdown markdown) {
        this.transactions = transactions;
        this.markdown = markdown;
    }

    @GetMapping("/studio/lessons/{id}/draft")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "My draft of a lesson", description = "The next save names its revision plus one.")
    Draft one(Acting acting, @PathVariable UUID id) {
        return transactions.read(acting, database -> {
            StudioLesson.read(database, markdown, id);
            return draft(fetch(database, acting, id));
        });
    }

    @PutMapping("/studio/lessons/{id}/draft")
    @OpenTo({"instructor", "admin"})
    @Refuses("stale-version")
    @Operation(
            summary = "Save a draft",
            description =
                    "Under the revision after the last one, from 1. The same save again does nothing; another one under a revision that was saved already is refused.")
    Draft save(Acting acting, @PathVariable UUID id, @RequestBody Save save) {
        return transactions.write(acting, database -> {
            StudioLesson lesson = StudioLesson.read(database, markdown, id);
            LessonDraftsRecord saved = database.fetchOne(LESSON_DRAFTS, own(acting, id));
            if (saved != null && save.isIn(saved)) {
                return draft(saved);
            }
            if (saved == null) {
                database.insertInto(LESSON_DRAFTS)
                        .set(LESSON_DRAFTS.LESSON_ID, id)
                        .set(LESSON_DRAFTS.AUTHOR_ID, acting.userId())
                        .set(LESSON_DRAFTS.REVISION, save.revision())
                        .set(LESSON_DRAFTS.LESSON_VERSION, lesson.version())
                        .set(LESSON_DRAFTS.MARKDOWN, save.markdown())
                        .set(LESSON_DRAFTS.VIDEO_URL, save.videoUrl())
                        .execute();
            } else {
                database.update(LESSON_DRAFTS)
                        .set(LESSON_DRAFTS.REVISION, save.revision())
                        .set(LESSON_DRAFTS.MARKDOWN, save.markdown())
                        .set(LESSON_DRAFTS.VIDEO_URL, save.videoUrl())
                        .where(own(acting, id))
                        .execute();
            }
            return draft(fetch(database, acting, id));
        });
    }

    @DeleteMapping("/studio/lessons/{id}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Throw a draft away", description = "The lesson stays as it is.")
    void discard(Acting acting, @PathVariable UUID id) {
        transactions.write(acting, database -> {
            fetch(database, acting, id);
            return database.deleteFrom(LESSON_DRAFTS).where(own(acting, id)).execute();
        });
    }

    @PostMapping("/studio/lessons/{id}/draft/publish")
    @OpenTo({"instructor", "admin"})
    @Refuses({"precondition-required", "stale-version"})
    @Operation(
            summary = "Publish a draft",
            description =
                    "It becomes the content of the lesson. If-Match is the ETag of the lesson, so that nobody else's change is lost.")
    ResponseEntity<StudioLesson> publish(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        int version = Etags.required(ifMatch);
        StudioLesson lesson = transactions.write(acting, database -> {
            StudioLesson.claim(database, id, version);
            LessonDraftsRecord draft = fetch(database, acting, id);
            StudioLesson.write(
                    database,
                    id,
                    Objects.requireNonNullElse(draft.getMarkdown(), ""),
                    Objects.requireNonNullElse(draft.getVideoUrl(), ""));
            database.deleteFrom(LESSON_DRAFTS).where(own(acting, id)).execute();
            return StudioLesson.read(database, markdown, id);
        });
        return lesson.tag(ResponseEntity.ok()).body(lesson);
    }

    private static Condition own(Acting acting, UUID lesson) {
        return LESSON_DRAFTS.LESSON_ID.eq(lesson).and(LESSON_DRAFTS.AUTHOR_ID.eq(acting.userId()));
    }

    private static LessonDraftsRecord fetch(DSLContext database, Acting acting, UUID lesson) {
        LessonDraftsRecord draft = database.fetchOne(LESSON_DRAFTS, own(acting, lesson));
        if (draft == null) {
            throw new Refused("not-found");
        }
        return draft;
    }

    private Draft draft(LessonDraftsRecord row) {
        return new Draft(
                row.getRevision(),
                row.getLessonVersion(),
                row.getMarkdown(),
                markdown.html(row.getMarkdown()),
                row.getVideoUrl(),
                row.getSavedAt());
    }

    /** @param revision one more than the last saved one; 1 for the first */
    record Save(
            @Schema(example = "1", minimum = "1") Integer revision,
            @Schema(example = "# Hello") @Nullable String markdown,
            @Nullable String videoUrl) {

        boolean isIn(LessonDraftsRecord saved) {
            return revision.equals(saved.getRevision())
                    && Objects.equals(markdown, saved.getMarkdown())
                    && Objects.equals(videoUrl, saved.getVideoUrl());
        }
    }

    /** @param lessonVersion the version of the lesson when the draft was begun */
    record Draft(
            int revision,
            int lessonVersion,
            @Nullable String markdown,
            String html,
            @Nullable String videoUrl,
            OffsetDateTime savedAt) {}
}
