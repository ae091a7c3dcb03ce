package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.BANK_QUESTIONS;
import static org.jooq.impl.DSL.val;

import com.techcourse.catalog.exchange.Kept;
import com.techcourse.jooq.catalog.tables.records.BankQuestionsRecord;
import com.techcourse.platform.Acting;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads and writes the question bank of whoever acts. */
@Component
class BankQuestions {

    private static final int MOST_EXPORTED = 2_000;

    private static final String USES = """
            select q.id, q.course_id, q.metadata ->> 'title', q.version, u.question ->> 'id', (u.question ->> 'bank_version')::integer,
                   (u.question ->> 'bank_version')::integer = b.version
              from catalog.bank_questions b
              join catalog.quizzes q on q.metadata @> jsonb_build_object('questions', jsonb_build_array(jsonb_build_object('bank_question_id', b.id)))
             cross join lateral jsonb_array_elements(q.metadata -> 'questions') u (question)
             where b.id = {0} and u.question ->> 'bank_question_id' = b.id::text
             order by q.id
            """;

    private final QuizDocuments documents;

    BankQuestions(QuizDocuments documents) {
        this.documents = documents;
    }

    Page<BankQuestion> page(DSLContext dsl, BankSearch search, @Nullable String after, int rows) {
        List<BankQuestion> found = dsl.selectFrom(BANK_QUESTIONS)
                .where(search.condition())
                .and(Cursor.parse(after)
                        .map(cursor -> BANK_QUESTIONS.ID.lt(cursor.uuid(0)))
                        .orElse(DSL.noCondition()))
                .orderBy(BANK_QUESTIONS.ID.desc())
                .limit(rows + 1)
                .fetch(this::read);
        return Page.of(found, rows, question -> Cursor.of(question.id()));
    }

    List<Kept> exported(DSLContext dsl, BankSearch search) {
        return dsl.selectFrom(BANK_QUESTIONS)
                .where(search.condition())
                .orderBy(BANK_QUESTIONS.ID)
                .limit(MOST_EXPORTED)
                .fetch(row -> new Kept(documents.read(row.getQuestion()), List.of(row.getTags())));
    }

    BankQuestion find(DSLContext dsl, UUID id) {
        return dsl.selectFrom(BANK_QUESTIONS)
                .where(BANK_QUESTIONS.ID.eq(id))
                .fetchOptional(this::read)
                .orElseThrow(() -> new Refused("not-found"));
    }

    BankQuestion add(DSLContext dsl, Acting acting, JsonNode question, List<String> tags) {
        UUID id = dsl.insertInto(BANK_QUESTIONS)
                .set(BANK_QUESTIONS.INSTRUCTOR_ID, acting.userId())
                .set(BANK_QUESTIONS.QUESTION, documents.write(question))
                .set(BANK_QUESTIONS.TAGS, tags.toArray(String[]::new))
                .returningResult(BANK_QUESTIONS.ID)
                .fetchSingle()
                .value1();
        return find(dsl, id);
    }

    BankQuestion save(DSLContext dsl, UUID id, int version, JsonNode question, List<String> tags) {
        int rows = dsl.update(BANK_QUESTIONS)
                .set(BANK_QUESTIONS.QUESTION, documents.write(question))
                .set(BANK_QUESTIONS.TAGS, tags.toArray(String[]::new))
                .setNull(BANK_QUESTIONS.ARCHIVED_AT)
                .where(BANK_QUESTIONS.ID.eq(id), BANK_QUESTIONS.VERSION.eq(version))
                .execute();
        return changed(dsl, id, rows);
    }

    BankQuestion archive(DSLContext dsl, UUID id, int version) {
        int rows = dsl.update(BANK_QUESTIONS)
                .set(BANK_QUESTIONS.ARCHIVED_AT, DSL.field("clock_timestamp()", OffsetDateTime.class))
                .where(BANK_QUESTIONS.ID.eq(id), BANK_QUESTIONS.VERSION.eq(version))
                .execute();
        return changed(dsl, id, rows);
    }

    List<Use> uses(DSLContext dsl, UUID id) {
        find(dsl, id);
        return dsl.fetch(USES, val(id))
                .map(row -> new Use(
                        row.get(0, UUID.class),
                        row.get(1, UUID.class),
                        row.get(2, String.class),
                        row.get(3, Integer.class),
                        row.get(4, String.class),
                        row.get(5, Integer.class),
                        row.get(6, Boolean.class)));
    }

    List<Use> update(DSLContext dsl, UUID id) {
        List<UUID> older = uses(dsl, id).stream()
                .filter(use -> !use.newest())
                .map(Use::quizId)
                .distinct()
                .sorted()
                .toList();
        older.forEach(quiz -> dsl.execute("""
                        update catalog.quizzes q set metadata = catalog.with_newest_bank_question(q.metadata, b)
                          from catalog.bank_questions b where b.id = {0} and q.id = {1}
                        """, val(id), val(quiz)));
        return uses(dsl, id).stream()
                .filter(use -> older.contains(use.quizId()))
                .toList();
    }

    private BankQuestion changed(DSLContext dsl, UUID id, int rows) {
        BankQuestion question = find(dsl, id);
        if (rows == 0) {
            throw Etags.stale();
        }
        return question;
    }

    private BankQuestion read(BankQuestionsRecord row) {
        return new BankQuestion(
                row.getId(),
                documents.read(row.getQuestion()),
                List.of(row.getTags()),
                row.getVersion(),
                row.getArchivedAt(),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    /** A question with its key. */
    record BankQuestion(
            UUID id,
            @Schema(types = "object") JsonNode question,
            List<String> tags,
            int version,
            @Nullable OffsetDateTime archivedAt,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt) {}

    /**
     * A copy of a question in a quiz.
     *
     * @param newest whether it is the version that the bank holds now
     */
    record Use(
            UUID quizId,
            UUID courseId,
            String quizTitle,
            int quizVersion,
            String questionId,
            int bankVersion,
            boolean newest) {}
}
