package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.SECTIONS;

import com.techcourse.catalog.web.Outlines.Outline;
import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.databind.json.JsonMapper;

/** The curriculum of a course: its sections, and the order of everything. */
@Api
class OutlineApi {

    private final Outlines outlines;
    private final JsonMapper json;

    OutlineApi(Outlines outlines, JsonMapper json) {
        this.outlines = outlines;
        this.json = json;
    }

    @GetMapping("/studio/courses/{id}/outline")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "The outline of my course",
            description = "Its ETag counts every change of sections and lessons; the course's own ETag does not.")
    ResponseEntity<Outline> read(Acting acting, @PathVariable UUID id) {
        return Outlines.tagged(outlines.read(acting, id));
    }

    @PutMapping("/studio/courses/{id}/outline")
    @OpenTo({"instructor", "admin"})
    @Refuses({"precondition-required", "stale-version"})
    @Operation(
            summary = "Reorder",
            description = "All sections and lessons of the course, in the new order, in one step.")
    ResponseEntity<Outline> arrange(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Arrangement arrangement) {
        JSONB tree = JSONB.valueOf(json.writeValueAsString(arrangement.sections()));
        return Outlines.tagged(outlines.change(
                acting,
                id,
                Etags.required(ifMatch),
                database -> Routines.arrangeOutline(database.configuration(), id, tree)));
    }

    @PostMapping("/studio/courses/{id}/sections")
    @OpenTo({"instructor", "admin"})
    @ApiResponse(responseCode = "201", description = "Added at the end")
    @Operation(summary = "Add a section", description = "At the end; the answer is the new outline.")
    ResponseEntity<Outline> add(Acting acting, @PathVariable UUID id, @RequestBody NewSection section) {
        Outline outline = outlines.change(
                acting,
                id,
                null,
                database -> database.insertInto(SECTIONS)
                        .set(SECTIONS.COURSE_ID, id)
                        .set(SECTIONS.TITLE, section.title())
                        .set(
                                SECTIONS.POSITION,
                                DSL.select(DSL.coalesce(
                                                DSL.max(SECTIONS.POSITION).add(1), DSL.inline(0)))
                                        .from(SECTIONS)
                                        .where(SECTIONS.COURSE_ID.eq(id)))
                        .execute());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.ETAG, Etags.of(outline.version()))
                .body(outline);
    }

    @PatchMapping("/studio/courses/{id}/sections/{section_id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"precondition-required", "stale-version"})
    @Operation(summary = "Rename a section", description = "If-Match is the ETag of the outline.")
    ResponseEntity<Outline> rename(
            Acting acting,
            @PathVariable UUID id,
            @PathVariable("section_id") UUID sectionId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody NewSection section) {
        return Outlines.tagged(outlines.change(
                acting,
                id,
                Etags.required(ifMatch),
                database -> expectOne(database.update(SECTIONS)
                        .set(SECTIONS.TITLE, section.title())
                        .where(SECTIONS.ID.eq(sectionId), SECTIONS.COURSE_ID.eq(id))
                        .execute())));
    }

    @DeleteMapping("/studio/courses/{id}/sections/{section_id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"conflict", "precondition-required", "stale-version"})
    @Operation(summary = "Delete a section", description = "One without lessons. If-Match is the ETag of the outline.")
    ResponseEntity<Outline> delete(
            Acting acting,
            @PathVariable UUID id,
            @PathVariable("section_id") UUID sectionId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return Outlines.tagged(outlines.change(
                acting,
                id,
                Etags.required(ifMatch),
                database -> expectOne(database.deleteFrom(SECTIONS)
                        .where(SECTIONS.ID.eq(sectionId), SECTIONS.COURSE_ID.eq(id))
                        .execute())));
    }

    private static void expectOne(int rows) {
        if (rows == 0) {
            throw new Refused("not-found");
        }
    }

    record Arrangement(List<Place> sections) {}

    /** @param lessons their ids, in order */
    record Place(UUID id, List<UUID> lessons) {}

    record NewSection(@Schema(example = "First steps") String title) {}
}
