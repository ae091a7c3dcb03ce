package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.catalog.Tables.SECTIONS;

import com.techcourse.catalog.Markdown;
import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Lessons, and what they teach: a text in Markdown, a video, files. */
@Api
class StudioLessonsApi {

    private final ActingTransactions transactions;
    private final Markdown markdown;

    StudioLessonsApi(ActingTransactions transactions, Markdown markdown) {
        this.transactions = transactions;
        this.markdown = markdown;
    }

    @PostMapping("/studio/sections/{section_id}/lessons")
    @OpenTo({"instructor", "admin"})
    @ApiResponse(responseCode = "201", description = "Added at the end of the section")
    @Operation(
            summary = "Add a lesson",
            description = "At the end of the section; with content, or to be filled later.")
    ResponseEntity<StudioLesson> add(
            Acting acting, @PathVariable("section_id") UUID sectionId, @RequestBody New lesson) {
        StudioLesson made = transactions.write(acting, database -> {
            UUID course = courseOf(database, sectionId);
            Outlines.claim(database, course, null);
            UUID id = Objects.requireNonNull(database.insertInto(LESSONS)
                    .set(LESSONS.COURSE_ID, course)
                    .set(LESSONS.SECTION_ID, sectionId)
                    .set(
                            LESSONS.POSITION,
                            DSL.select(DSL.coalesce(DSL.max(LESSONS.POSITION).add(1), DSL.inline(0)))
                                    .from(LESSONS)
                                    .where(LESSONS.SECTION_ID.eq(sectionId)))
                    .set(LESSONS.TITLE, lesson.title())
                    .set(LESSONS.KIND, lesson.kind())
                    .set(LESSONS.MINUTES, lesson.minutes())
                    .set(LESSONS.PREVIEW, Boolean.TRUE.equals(lesson.preview()))
                    .returningResult(LESSONS.ID)
                    .fetchSingle()
                    .value1());
            StudioLesson.begin(database, id);
            StudioLesson.write(database, id, lesson.markdown(), lesson.videoUrl());
            return StudioLesson.read(database, markdown, id);
        });
        return made.tag(ResponseEntity.created(URI.create(Api.PREFIX + "/studio/lessons/" + made.id())))
                .body(made);
    }

    private static UUID courseOf(DSLContext database, UUID section) {
        return database.select(SECTIONS.COURSE_ID)
                .from(SECTIONS)
                .where(SECTIONS.ID.eq(section))
                .and(Routines.mayEdit(SECTIONS.COURSE_ID).isTrue())
                .fetchOptional(SECTIONS.COURSE_ID)
                .orElseThrow(() -> new Refused("not-found"));
    }

    @GetMapping("/studio/lessons/{id}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "One of my lessons", description = "With its content, as Markdown and as safe HTML.")
    ResponseEntity<StudioLesson> one(Acting acting, @PathVariable UUID id) {
        return answer(transactions.read(acting, database -> StudioLesson.read(database, markdown, id)));
    }

    @PatchMapping("/studio/lessons/{id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"precondition-required", "stale-version"})
    @Operation(
            summary = "Change a lesson",
            description =
                    "What is absent stays; an empty video_url takes the video away. Of two who change at once, one is refused.")
    ResponseEntity<StudioLesson> change(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Change change) {
        int version = Etags.required(ifMatch);
        return answer(transactions.write(acting, database -> {
            StudioLesson.claim(database, id, version);
            database.update(LESSONS)
                    .set(LESSONS.TITLE, DSL.coalesce(DSL.val(change.title()), LESSONS.TITLE))
                    .set(LESSONS.KIND, DSL.coalesce(DSL.val(change.kind()), LESSONS.KIND))
                    .set(LESSONS.MINUTES, DSL.coalesce(DSL.val(change.minutes()), LESSONS.MINUTES))
                    .set(LESSONS.PREVIEW, DSL.coalesce(DSL.val(change.preview()), LESSONS.PREVIEW))
                    .where(LESSONS.ID.eq(id))
                    .execute();
            StudioLesson.write(database, id, change.markdown(), change.videoUrl());
            return StudioLesson.read(database, markdown, id);
        }));
    }

    @DeleteMapping("/studio/lessons/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Refuses({"conflict", "precondition-required", "stale-version"})
    @Operation(
            summary = "Delete a lesson",
            description = "One that no student has begun; and never the last one of a published course.")
    void delete(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        int version = Etags.required(ifMatch);
        transactions.write(acting, database -> {
            StudioLesson.claim(database, id, version);
            return database.deleteFrom(LESSONS).where(LESSONS.ID.eq(id)).execute();
        });
    }

    private static ResponseEntity<StudioLesson> answer(StudioLesson lesson) {
        return lesson.tag(ResponseEntity.ok()).body(lesson);
    }

    record New(
            @Schema(example = "A first program") String title,

            @Schema(
                    example = "article",
                    allowableValues = {"article", "video", "file"})
            String kind,

            @Schema(example = "10") Integer minutes,
            @Nullable Boolean preview,

            @Schema(example = "# Hello\n\nPrint a line.") @Nullable
            String markdown,

            @Schema(example = "https://video.example.org/1") @Nullable
            String videoUrl) {}

    record Change(
            @Nullable String title,

            @Schema(allowableValues = {"article", "video", "file"}) @Nullable
            String kind,

            @Nullable Integer minutes,
            @Nullable Boolean preview,
            @Nullable String markdown,
            @Nullable String videoUrl) {}
}
