package com.techcourse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An instructor writes quizzes; the database takes none that could not be taken. */
class QuizRulesTest extends WithAcademy {

    private static final String ADD = "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb)";

    private static final String SHORT = """
            {"schema_version": 1, "title": "Short", "passing_score": 0, "questions": [
              {"id": "q1", "type": "essay", "text": "Why?", "points": 1}]}
            """;

    @Test
    void anInvalidDocumentIsRefused() {
        UUID course = academy.course("0");
        for (String document : new String[] {
            "{}",
            "[]",
            "{\"schema_version\": 2, \"title\": \"Quiz\", \"passing_score\": 50, \"questions\": []}",
            "{\"schema_version\": 1, \"title\": \"Quiz\", \"passing_score\": 101, \"questions\": [{\"id\": \"q1\", \"type\": \"true_false\", \"text\": \"Is it?\", \"points\": 1, \"answer\": true}]}"
        }) {
            Refusal.by(
                    "TC210",
                    "quizzes_metadata_is_valid_quiz_check",
                    () -> as(academy.instructorOf(course), "instructor", sql -> sql.run(ADD, course, document)));
        }
        UUID quiz = academy.quiz(course);
        Refusal.by(
                "TC210",
                "quizzes_metadata_is_valid_quiz_check",
                () -> owner.run(
                        "update catalog.quizzes set metadata = metadata || '{\"passing_score\": -1}' where id = ?",
                        quiz));
    }

    /** A superuser who silences the trigger still meets the check. */
    @Test
    void alsoWithoutItsTrigger() {
        UUID quiz = academy.quiz(academy.course("0"));
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.run("set session_replication_role = replica");
            Refusal.by(
                    "23514",
                    "quizzes_metadata_is_valid_quiz_check",
                    () -> superuser.run(
                            "update catalog.quizzes set metadata = metadata || '{\"passing_score\": -1}' where id = ?",
                            quiz));
        }
    }

    @Test
    void aQuizNeedsItsCourse() {
        Refusal.by("TC201", () -> academy.quiz(UUID.randomUUID()));
        UUID draftOfAnother = academy.course(academy.instructor(), "0", "draft");
        Refusal.by("TC201", () -> as(academy.instructor(), "instructor", sql -> sql.run(ADD, draftOfAnother, SHORT)));
    }

    @Test
    void aDocumentHasAtMostOneMebibyte() {
        UUID course = academy.course("0");
        Refusal.by("23514", "quizzes_metadata_size_check", () -> owner.run("""
                        insert into catalog.quizzes (course_id, metadata)
                        select ?, jsonb_build_object('schema_version', 1, 'title', 'Large', 'passing_score', 50, 'questions',
                          jsonb_agg(jsonb_build_object('id', 'q' || n, 'type', 'true_false', 'points', 1, 'answer', true,
                            'text', (select string_agg(md5((n * 1000 + m)::text), '') from generate_series(1, 150) m))))
                          from generate_series(1, 300) n
                        """, course));
    }

    @Test
    void everyVersionIsKept() {
        UUID quiz = academy.quiz(academy.course("0"));
        owner.run("update catalog.quizzes set metadata = metadata || '{\"passing_score\": 60}' where id = ?", quiz);
        owner.run("update catalog.quizzes set position = 7 where id = ?", quiz);
        assertThat(owner.run(
                        "select passing_score::int from catalog.quiz_versions where quiz_id = ? order by version",
                        quiz))
                .containsExactly(50, 60);
        String forge = "update catalog.quiz_versions set metadata = metadata";
        Refusal.by("42501", () -> asLoader(sql -> sql.run(forge)));
        Refusal.by("42501", () -> as(academy.admin(), "admin", sql -> sql.run(forge)));
        Refusal.by("42501", () -> as(academy.admin(), "admin", sql -> sql.run("select * from catalog.quiz_versions")));
    }
}
