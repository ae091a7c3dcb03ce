package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiContract;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Words planted in keys, feedback and rubrics: nothing that a student or a visitor can read or call holds them. */
@TestInstance(Lifecycle.PER_CLASS)
class KeysStaySecretTest {

    private static final String PLANTED = "planted-secret";

    private static final String DOCUMENT = """
            {"schema_version": 1, "title": "Quiz with secrets", "passing_score": 50, "max_attempts": 9, "show_answers": "after_last_attempt", "questions": [
              {"id": "q1", "type": "short_text", "text": "Say it.", "points": 1, "answer": ["planted-secret-1"], "feedback": "planted-secret-2",
               "feedback_correct": "planted-secret-3", "feedback_incorrect": "planted-secret-4"},
              {"id": "q2", "type": "fill_in", "text": "a {{1}} b", "points": 1, "answer": {"1": ["planted-secret-5"]}},
              {"id": "q3", "type": "single_choice", "text": "Which?", "points": 1, "answer": "planted-secret-6",
               "options": [{"id": "planted-secret-6", "text": "A", "feedback": "planted-secret-7"}, {"id": "b", "text": "B"}]},
              {"id": "q4", "type": "essay", "text": "Why?", "points": 1, "rubric": "planted-secret-8"},
              {"id": "q5", "type": "numeric", "text": "How many?", "points": 1, "answer": 271828.18284, "tolerance": 0.00314159}]}
            """.replace("\"answer\": \"planted-secret-6\"", "\"answer\": \"a\"")
            .replace("\"id\": \"planted-secret-6\"", "\"id\": \"a\"");

    private static final List<String> SECRETS = List.of(PLANTED, "271828", "0.00314159");

    private ApiAcademy academy;
    private UUID quiz;
    private UUID attempt;

    /** At a quiz that shows its keys after the last of nine attempts. */
    private UUID handedIn;

    @BeforeAll
    void plant() {
        academy = ApiAcademy.start();
        quiz = academy.id("free-course/quiz");
        academy.owner().execute("update catalog.quizzes set metadata = ?::jsonb where id = ?", DOCUMENT, quiz);
        academy.loader(
                "insert into catalog.bank_questions (instructor_id, question) values ('" + academy.id("instructor")
                        + "', '{\"type\": \"short_text\", \"text\": \"Say it.\", \"points\": 1, \"answer\": [\"planted-secret-9\"]}')");
        attempt = academy.database().as(student(), dsl -> {
            dsl.execute(
                    "insert into learning.enrollments (student_id, course_id) values (?, ?)",
                    academy.id("student"),
                    academy.id("free-course"));
            return begun(dsl);
        });
        handedIn = attempt;
        ApiClient.Answer submitted = academy.as("student").post("/attempts/" + handedIn + "/submission", "");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(SECRETS).noneMatch(submitted.body()::contains);
        attempt = academy.database().as(student(), this::begun);
    }

    private UUID begun(DSLContext dsl) {
        return dsl.fetchSingle("select attempt_id from learning.start_attempt(?)", quiz)
                .into(UUID.class);
    }

    @AfterAll
    void close() {
        academy.close();
    }

    private Acting student() {
        return Acting.student(academy.id("student"));
    }

    @Test
    void noAnswerHoldsThem() {
        List<String> leaks = new ArrayList<>();
        int answered = 0;
        for (ApiContract.Operation operation : academy.contract().operations()) {
            if (!operation.method().equals("GET")) {
                continue;
            }
            for (UUID id : List.of(quiz, attempt, handedIn, academy.id("free-course"), academy.id("instructor"))) {
                String path = operation.path().replaceFirst("^/api/v1", "").replaceAll("\\{[^}]+}", id.toString());
                for (ApiClient caller : List.of(academy.as("student"), academy.visitor())) {
                    ApiClient.Answer answer = caller.get(path);
                    answered += answer.status() == 200 ? 1 : 0;
                    if (SECRETS.stream().anyMatch(answer.body()::contains)) {
                        leaks.add(operation.path());
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(answered).isGreaterThan(5);
    }

    @Test
    void noTableOrViewHoldsThem() {
        List<String> relations = academy.owner().fetch("""
                        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind in ('r', 'p', 'v', 'm') and n.nspname in ('identity', 'catalog', 'learning', 'sales', 'audit', 'reporting', 'analytics', 'platform')
                           and has_table_privilege('techcourse_app', c.oid, 'select')
                        """).getValues(0, String.class);
        List<String> leaks = new ArrayList<>();
        for (String relation : relations) {
            for (Acting acting : List.of(student(), Acting.visitor())) {
                leaks.addAll(leaking(acting, relation, "select t::text from " + relation + " t limit 10000"));
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(relations).hasSizeGreaterThan(10);
    }

    /** Every function of one uuid that the application may call, with the quiz and with the attempt. */
    @Test
    void noFunctionTellsThem() {
        List<String> functions = academy.owner().fetch("""
                        select p.oid::regproc::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                         where n.nspname in ('catalog', 'learning', 'sales', 'analytics', 'platform') and p.prokind = 'f'
                           and p.pronargs - p.pronargdefaults <= 1 and p.pronargs >= 1 and p.proargtypes[0] = 'uuid'::regtype
                           and has_function_privilege('techcourse_app', p.oid, 'execute')
                        """).getValues(0, String.class);
        List<String> leaks = new ArrayList<>();
        for (String function : functions) {
            for (UUID id : List.of(quiz, attempt, handedIn)) {
                for (Acting acting : List.of(student(), Acting.visitor())) {
                    leaks.addAll(leaking(acting, function, "select t::text from " + function + "('" + id + "') t"));
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(functions).contains("learning.quiz_paper", "catalog.quiz_history");
    }

    private List<String> leaking(Acting acting, String what, String query) {
        try {
            return academy.database()
                    .as(
                            acting,
                            (DSLContext dsl) -> dsl.fetch(query).stream()
                                    .map(Record::toString)
                                    .filter(row -> SECRETS.stream().anyMatch(row::contains))
                                    .map(row -> what + " as " + acting.role())
                                    .toList());
        } catch (DataAccessException e) {
            return List.of(); // refused is as good
        }
    }
}
