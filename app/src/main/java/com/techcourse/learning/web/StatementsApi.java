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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Learning events as xAPI statements, oldest first; repeat with the last cursor to get what came since. */
@Api
class StatementsApi {

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
        Condition mine = DSL.condition("student_id = {0}", DSL.val(Enrolling.student(acting)));
        return page(acting, "learning.events", "student_id::text", mine, since, after, limit);
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
        String view = acting.role().equals("analyst") ? "analytics.learning_events" : "learning.course_events";
        return page(acting, view, "student_key", DSL.condition("course_id = {0}", DSL.val(id)), since, after, limit);
    }

    private Listing<Map<String, Object>> page(
            Acting acting,
            String view,
            String actor,
            Condition which,
            @Nullable OffsetDateTime since,
            @Nullable String after,
            Limit limit) {
        Condition newer = since == null ? DSL.noCondition() : DSL.condition("occurred_at >= {0}", DSL.val(since));
        Condition later = Cursor.parse(after)
                .map(cursor -> DSL.condition(
                        "(occurred_at, id) > ({0}, {1})", DSL.val(cursor.time(0)), DSL.val(cursor.uuid(1))))
                .orElseGet(DSL::noCondition);
        List<Record> rows = transactions.read(
                acting,
                database -> database.select(
                                DSL.field(actor, String.class).as("actor"),
                                DSL.field("id", UUID.class),
                                DSL.field("occurred_at", OffsetDateTime.class),
                                DSL.field("kind::text", String.class).as("kind"),
                                DSL.field("course_id", UUID.class),
                                DSL.field("lesson_id", UUID.class))
                        .from(view)
                        .where(which)
                        .and(newer)
                        .and(later)
                        .orderBy(DSL.field("occurred_at"), DSL.field("id"))
                        .limit(limit.rows() + 1)
                        .fetch(row -> (Record) row));
        Statements statements = new Statements(
                ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return Listing.of(
                Page.of(
                        rows,
                        limit.rows(),
                        row -> Cursor.of(row.get("occurred_at", OffsetDateTime.class), row.get("id", UUID.class))),
                row -> statements.of(
                        row.get("actor", String.class),
                        row.get("id", UUID.class),
                        row.get("occurred_at", OffsetDateTime.class),
                        row.get("kind", String.class),
                        row.get("course_id", UUID.class),
                        row.get("lesson_id", UUID.class)));
    }
}
