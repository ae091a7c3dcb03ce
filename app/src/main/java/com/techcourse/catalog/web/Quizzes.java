package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.QUIZZES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads and writes quizzes with the rights of whoever acts; what row security hides is not there. */
@Component
class Quizzes {

    private static final String OUTLINE =
            "v.version, v.created_at, v.metadata ->> 'title', jsonb_array_length(v.metadata -> 'questions'), (v.metadata ->> 'passing_score')::numeric";

    private final QuizDocuments documents;

    Quizzes(QuizDocuments documents) {
        this.documents = documents;
    }

    List<Entry> ofCourse(DSLContext dsl, UUID course) {
        if (!dsl.fetchExists(dsl.selectOne().from("catalog.courses").where("id = ?", course))) {
            throw new Refused("not-found");
        }
        return dsl.fetch("""
                        select q.id, q.position, q.version, q.updated_at, q.metadata ->> 'title', jsonb_array_length(q.metadata -> 'questions'),
                               (q.metadata ->> 'passing_score')::numeric
                          from catalog.quizzes q where q.course_id = ? order by q.position, q.id limit 1000
                        """, course)
                .map(row -> new Entry(
                        row.get(0, UUID.class),
                        row.get(1, Integer.class),
                        row.get(2, Integer.class),
                        row.get(3, OffsetDateTime.class),
                        row.get(4, String.class),
                        row.get(5, Integer.class),
                        row.get(6, BigDecimal.class)));
    }

    Quiz find(DSLContext dsl, UUID id) {
        Record row = dsl.select(
                        QUIZZES.ID,
                        QUIZZES.COURSE_ID,
                        QUIZZES.POSITION,
                        QUIZZES.VERSION,
                        QUIZZES.CREATED_AT,
                        QUIZZES.UPDATED_AT,
                        QUIZZES.METADATA)
                .from(QUIZZES)
                .where(QUIZZES.ID.eq(id))
                .fetchOptional()
                .orElseThrow(() -> new Refused("not-found"));
        return new Quiz(
                row.get(QUIZZES.ID),
                row.get(QUIZZES.COURSE_ID),
                row.get(QUIZZES.POSITION),
                row.get(QUIZZES.VERSION),
                row.get(QUIZZES.CREATED_AT),
                row.get(QUIZZES.UPDATED_AT),
                documents.read(row.get(QUIZZES.METADATA)));
    }

    Quiz add(DSLContext dsl, UUID course, @Nullable Integer position, JsonNode document) {
        if (!dsl.fetchExists(dsl.selectOne().from("catalog.courses").where("id = ?", course))) {
            throw new Refused("not-found");
        }
        UUID id = dsl.insertInto(QUIZZES)
                .set(QUIZZES.COURSE_ID, course)
                .set(
                        QUIZZES.POSITION,
                        field(
                                "coalesce({0}, (select max(q.position) + 1 from catalog.quizzes q where q.course_id = {1}), 0)",
                                Integer.class, val(position), val(course)))
                .set(QUIZZES.METADATA, documents.write(document))
                .returningResult(QUIZZES.ID)
                .fetchSingle()
                .value1();
        return find(dsl, id);
    }

    Quiz save(DSLContext dsl, UUID id, int version, @Nullable Integer position, JsonNode document) {
        int rows = dsl.update(QUIZZES)
                .set(QUIZZES.METADATA, documents.write(document))
                .set(QUIZZES.POSITION, field("coalesce({0}, {1})", Integer.class, val(position), QUIZZES.POSITION))
                .where(QUIZZES.ID.eq(id), QUIZZES.VERSION.eq(version))
                .execute();
        return changed(dsl, id, rows);
    }

    Quiz use(DSLContext dsl, UUID id, int version, List<UUID> bankQuestions) {
        int rows = dsl.update(QUIZZES)
                .set(
                        QUIZZES.METADATA,
                        field(
                                "catalog.with_bank_questions({0}, {1})",
                                JSONB.class, QUIZZES.METADATA, val(bankQuestions.toArray(UUID[]::new))))
                .where(QUIZZES.ID.eq(id), QUIZZES.VERSION.eq(version))
                .execute();
        return changed(dsl, id, rows);
    }

    int delete(DSLContext dsl, UUID id, int version) {
        int rows = dsl.deleteFrom(QUIZZES)
                .where(QUIZZES.ID.eq(id), QUIZZES.VERSION.eq(version))
                .execute();
        if (rows == 0) {
            changed(dsl, id, rows);
        }
        return rows;
    }

    private Quiz changed(DSLContext dsl, UUID id, int rows) {
        Quiz quiz = find(dsl, id);
        if (rows == 0) {
            throw Etags.stale();
        }
        return quiz;
    }

    List<Refused.Fault> faults(DSLContext dsl, JsonNode document) {
        return dsl.fetch(
                        "select f.pointer, f.fault from catalog.quiz_faults({0}) f limit 1000",
                        val(documents.write(document)))
                .map(row -> new Refused.Fault(row.get(0, String.class), row.get(1, String.class)));
    }

    List<Version> versions(DSLContext dsl, UUID id) {
        List<Version> versions = dsl.fetch(
                        "select " + OUTLINE + " from catalog.quiz_history(?) v order by v.version desc limit 1000", id)
                .map(row -> new Version(
                        row.get(0, Integer.class),
                        row.get(1, OffsetDateTime.class),
                        row.get(2, String.class),
                        row.get(3, Integer.class),
                        row.get(4, BigDecimal.class)));
        if (versions.isEmpty()) {
            throw new Refused("not-found");
        }
        return versions;
    }

    JsonNode version(DSLContext dsl, UUID id, int version) {
        return dsl.resultQuery("select v.metadata from catalog.quiz_history(?) v where v.version = ?", id, version)
                .fetchOptional(0, JSONB.class)
                .map(documents::read)
                .orElseThrow(() -> new Refused("not-found"));
    }

    /** A quiz in a list. */
    record Entry(
            UUID id,
            int position,
            int version,
            OffsetDateTime updatedAt,
            String title,
            int questionCount,
            BigDecimal passingScore) {}

    /** A quiz with its keys. */
    record Quiz(
            UUID id,
            UUID courseId,
            int position,
            int version,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            @Schema(types = "object") JsonNode document) {}

    /** What a quiz was like. */
    record Version(int version, OffsetDateTime createdAt, String title, int questionCount, BigDecimal passingScore) {}
}
