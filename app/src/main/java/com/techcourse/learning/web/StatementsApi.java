package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Learning events as xAPI statements, oldest first; repeat with the last cursor to get what came since. */
@Api
class StatementsApi {

    private static final String LINES = "application/x-ndjson";
    private static final int ROWS_AT_ONCE = 1000;

    private final ActingTransactions transactions;

    StatementsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/me/xapi-statements")
    @OpenTo("student")
    @Operation(
            summary = "My learning as xAPI statements",
            description = "xAPI 1.0.3, oldest first; the actor is an account of this academy.")
    Listing<Map<String, Object>> own(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
                    OffsetDateTime since,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return page(acting, Events.ofStudent(Enrolling.student(acting)), since, after, limit);
    }

    @GetMapping("/studio/courses/{id}/xapi-statements")
    @OpenTo({"instructor", "admin", "analyst"})
    @Operation(
            summary = "A course as xAPI statements",
            description =
                    "xAPI 1.0.3, oldest first; each actor is a key that stands for one student and tells nobody which.")
    Listing<Map<String, Object>> course(
            Acting acting,
            @PathVariable UUID id,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
                    OffsetDateTime since,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return page(acting, Events.ofCourse(acting, id), since, after, limit);
    }

    @GetMapping("/me/xapi-statements.ndjson")
    @OpenTo("student")
    @ApiResponse(
            responseCode = "200",
            description = "A statement a line",
            content = @Content(mediaType = LINES, schema = @Schema(type = "string")))
    @Operation(
            summary = "All my xAPI statements",
            description = "As the list has them, in one download, a statement a line.")
    void ownDownload(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
                    OffsetDateTime since,
            HttpServletResponse response) {
        download(acting, Events.ofStudent(Enrolling.student(acting)), since, response);
    }

    @GetMapping("/studio/courses/{id}/xapi-statements.ndjson")
    @OpenTo({"instructor", "admin", "analyst"})
    @ApiResponse(
            responseCode = "200",
            description = "A statement a line",
            content = @Content(mediaType = LINES, schema = @Schema(type = "string")))
    @Operation(
            summary = "All xAPI statements of a course",
            description = "As the list has them, in one download, a statement a line.")
    void courseDownload(
            Acting acting,
            @PathVariable UUID id,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable
                    OffsetDateTime since,
            HttpServletResponse response) {
        download(acting, Events.ofCourse(acting, id), since, response);
    }

    private Listing<Map<String, Object>> page(
            Acting acting, Events events, @Nullable OffsetDateTime since, @Nullable String after, Limit limit) {
        Condition later = Cursor.parse(after)
                .map(cursor -> DSL.condition(
                        "(occurred_at, id) > ({0}, {1})", DSL.val(cursor.time(0)), DSL.val(cursor.uuid(1))))
                .orElseGet(DSL::noCondition);
        List<Record> rows = transactions.read(
                acting,
                database -> events.since(database, since)
                        .and(later)
                        .orderBy(DSL.field("occurred_at"), DSL.field("id"))
                        .limit(limit.rows() + 1)
                        .fetch(row -> (Record) row));
        Statements statements = statements();
        return Listing.of(
                Page.of(
                        rows,
                        limit.rows(),
                        row -> Cursor.of(row.get("occurred_at", OffsetDateTime.class), row.get("id", UUID.class))),
                statements::of);
    }

    /** Row by row from the database to the caller, so that a long history needs no memory. */
    private void download(Acting acting, Events events, @Nullable OffsetDateTime since, HttpServletResponse response) {
        Statements statements = statements();
        transactions.readLong(acting, database -> {
            try (var rows = events.since(database, since)
                    .orderBy(DSL.field("occurred_at"), DSL.field("id"))
                    .fetchSize(ROWS_AT_ONCE)
                    .fetchLazy()) {
                response.setContentType(LINES + ";charset=UTF-8");
                response.setHeader("Content-Disposition", "attachment; filename=\"xapi-statements.ndjson\"");
                PrintWriter out = response.getWriter();
                int count = 0;
                for (Record row : rows) {
                    out.write(JsonMapper.shared().writeValueAsString(statements.of(row)));
                    out.write('\n');
                    count++;
                }
                out.flush();
                return count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Statements statements() {
        return new Statements(
                ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
    }

    /** Whose events, and under which name of their actor. */
    private record Events(String view, String actor, Condition which) {

        static Events ofStudent(UUID student) {
            return new Events(
                    "learning.events", "student_id::text", DSL.condition("student_id = {0}", DSL.val(student)));
        }

        static Events ofCourse(Acting acting, UUID course) {
            String view = acting.role().equals("analyst") ? "analytics.learning_events" : "learning.course_events";
            return new Events(view, "student_key", DSL.condition("course_id = {0}", DSL.val(course)));
        }

        SelectConditionStep<? extends Record> since(DSLContext database, @Nullable OffsetDateTime since) {
            return database.select(
                            DSL.field(actor, String.class).as("actor"),
                            DSL.field("id", UUID.class),
                            DSL.field("occurred_at", OffsetDateTime.class),
                            DSL.field("kind::text", String.class).as("kind"),
                            DSL.field("course_id", UUID.class),
                            DSL.field("lesson_id", UUID.class))
                    .from(view)
                    .where(which)
                    .and(since == null ? DSL.noCondition() : DSL.condition("occurred_at >= {0}", DSL.val(since)));
        }
    }
}
