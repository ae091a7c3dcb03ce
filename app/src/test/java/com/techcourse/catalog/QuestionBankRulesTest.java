package com.techcourse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A question bank is its instructor's alone, and takes only questions that a quiz could ask. */
class QuestionBankRulesTest extends WithAcademy {

    private static final String ADD =
            "insert into catalog.bank_questions (instructor_id, question, tags) values (?, ?::jsonb, ?::text[]) returning id";
    private static final String TRUTH =
            "{\"type\": \"true_false\", \"text\": \"So?\", \"points\": 1, \"answer\": true}";

    private UUID add(UUID instructor) {
        return (UUID) java.util.Objects.requireNonNull(as(
                instructor,
                "instructor",
                sql -> sql.run(ADD, instructor, TRUTH, "{a}").getFirst()));
    }

    @Test
    void anInvalidQuestionIsRefused() {
        UUID instructor = academy.instructor();
        for (String question : List.of(
                "{}",
                "[]",
                TRUTH.replace("true}", "1}"),
                TRUTH.replace("}", ", \"id\": \"q1\"}"),
                TRUTH.replace("}", ", \"penalty\": 2}"))) {
            Refusal.by(
                    "TC241",
                    "bank_questions_question_is_valid_check",
                    () -> as(instructor, "instructor", sql -> sql.run(ADD, instructor, question, "{}")));
        }
    }

    @Test
    void limits() {
        UUID instructor = academy.instructor();
        Refusal.by(
                "23514",
                "bank_questions_tags_length_check",
                () -> as(instructor, "instructor", sql -> sql.run(ADD, instructor, TRUTH, "{\" a\"}")));
        Refusal.by(
                "23514",
                "bank_questions_tags_at_most_20_check",
                () -> as(
                        instructor,
                        "instructor",
                        sql -> sql.run(
                                ADD, instructor, TRUTH, "{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21}")));
        UUID id = add(instructor);
        Refusal.by(
                "23514",
                "bank_questions_version_positive_check",
                () -> asLoader(sql -> sql.run("update catalog.bank_questions set version = 0 where id = ?", id)));
        Refusal.by(
                "23514",
                "bank_questions_imported_as_is_sha256_check",
                () -> asLoader(sql -> sql.run("update catalog.bank_questions set imported_as = 'x' where id = ?", id)));
    }

    @Test
    void nobodyWritesIntoAnothersBank() {
        UUID instructor = academy.instructor();
        UUID other = academy.instructor();
        Refusal.by("42501", () -> as(other, "instructor", sql -> sql.run(ADD, instructor, TRUTH, "{}")));
        UUID id = add(instructor);
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        other, "instructor", sql -> sql.run("select id from catalog.bank_questions where id = ?", id)))
                .isEmpty();
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        academy.student(), "student", sql -> sql.run("select id from catalog.bank_questions")))
                .isEmpty();
    }

    @Test
    void anothersQuestionIsNotThere() {
        UUID theirs = add(academy.instructor());
        UUID quiz = academy.quiz(academy.course("0"));
        UUID course = (UUID)
                java.util.Objects.requireNonNull(owner.run("select course_id from catalog.quizzes where id = ?", quiz)
                        .getFirst());
        Refusal.by(
                "TC242",
                () -> as(
                        academy.instructorOf(course),
                        "instructor",
                        sql -> sql.run(
                                "update catalog.quizzes set metadata = catalog.with_bank_questions(metadata, array[?]::uuid[]) where id = ?",
                                theirs,
                                quiz)));
    }

    private static final String IMPORT =
            "select outcome from catalog.import_bank_questions(jsonb_build_array(jsonb_build_object('position', 1, 'question', ?::jsonb, 'tags', '[]'::jsonb)), ?)";

    @Test
    void theSameImportAddsNothing() {
        UUID instructor = academy.instructor();
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        instructor, "instructor", sql -> sql.run(IMPORT, TRUTH, true)))
                .containsExactly("added");
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        instructor, "instructor", sql -> sql.run(IMPORT, TRUTH, false)))
                .containsExactly("added");
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        instructor, "instructor", sql -> sql.run(IMPORT, TRUTH, false)))
                .containsExactly("already-there");
        assertThat(this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        instructor, "instructor", sql -> sql.run(IMPORT, "{\"type\": \"essay\"}", false)))
                .containsExactly("refused");
        String print = "select imported_as from catalog.bank_questions where instructor_id = ?";
        Object known = this.<List<@org.jspecify.annotations.Nullable Object>>as(
                        instructor, "instructor", sql -> sql.run(print, instructor))
                .getFirst();
        Refusal.by(
                "23505",
                "bank_questions_instructor_id_imported_as_key",
                () -> as(
                        instructor,
                        "instructor",
                        sql -> sql.run(
                                "insert into catalog.bank_questions (instructor_id, question, imported_as) values (?, ?::jsonb, ?)",
                                instructor,
                                TRUTH,
                                known)));
    }

    @Test
    void aHundredImportsAtOnceAddEachQuestionOnce() {
        UUID instructor = academy.instructor();
        var outcomes = new java.util.concurrent.ConcurrentLinkedQueue<Object>();
        Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(instructor, "instructor");
                    return outcomes.add(java.util.Objects.requireNonNull(
                            one.run(IMPORT, TRUTH, false).getFirst()));
                }));
        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.stream().filter("added"::equals)).hasSize(1);
        assertThat(owner.run("select count(*) from catalog.bank_questions where instructor_id = ?", instructor))
                .containsExactly(1L);
    }
}
