package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Enrolments and results of a course: the lead and whoever helps to teach it see the same, and nobody else anything. */
class CoTeachingApiTest {

    private static ApiAcademy academy;
    private static String course;
    private static String quiz;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        course = "/studio/courses/" + academy.id("free-course");
        quiz = academy.id("free-course/quiz").toString();
        academy.person("stranger", "instructor");
        academy.loader("insert into learning.enrollments (student_id, course_id) values ('" + academy.id("student")
                + "', '" + academy.id("free-course") + "')");
        ApiClient student = academy.as("student");
        String attempt = student.post("/quizzes/" + quiz + "/attempts", "")
                .json()
                .path("id")
                .asString();
        student.put("/attempts/" + attempt + "/answers/q1", "{\"answer\": true, \"revision\": 1}");
        student.post("/attempts/" + attempt + "/submission", "{}");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String enrolments(ApiClient who) {
        return who.get(course + "/students").body();
    }

    private static String results(ApiClient who) {
        return who.get("/studio/quizzes/" + quiz + "/results").body();
    }

    @Test
    void whoHelpsToTeachSeesWhatTheLeadSeesUntilTheEnd() {
        ApiClient lead = academy.as("instructor");
        ApiClient colleague = academy.as("colleague");
        String share = course + "/instructors/" + academy.id("colleague");
        assertThat(academy.as("colleague")
                        .get("/studio/quizzes/" + quiz + "/results")
                        .status())
                .as("not yet")
                .isEqualTo(404);
        assertThat(lead.put(share, "{\"share_percent\": 20}").status()).isLessThan(300);
        assertThat(enrolments(colleague))
                .isEqualTo(enrolments(lead))
                .contains(academy.id("student").toString());
        assertThat(results(colleague))
                .isEqualTo(results(lead))
                .contains(academy.id("student").toString());
        assertThat(seen("colleague", "instructor")).isEqualTo(1);
        for (String path : List.of("/results.csv", "/item-analysis", "/regrades")) {
            assertThat(colleague.get("/studio/quizzes/" + quiz + path).body())
                    .isEqualTo(lead.get("/studio/quizzes/" + quiz + path).body());
        }
        ApiClient stranger = academy.as("stranger");
        assertThat(enrolments(stranger)).doesNotContain(academy.id("student").toString());
        assertThat(stranger.get("/studio/quizzes/" + quiz + "/results").status())
                .isEqualTo(404);
        assertThat(lead.delete(share).status()).isEqualTo(204);
        assertThat(enrolments(colleague)).doesNotContain(academy.id("student").toString());
        assertThat(colleague.get("/studio/quizzes/" + quiz + "/results").status())
                .as("no longer")
                .isEqualTo(404);
        assertThat(seen("colleague", "instructor")).isZero();
    }

    @Test
    void theViewShowsNobodyElseAnything() {
        assertThat(seen("instructor", "instructor")).isEqualTo(1);
        assertThat(seen("admin", "admin")).isEqualTo(1);
        assertThat(seen("instructor", "student")).as("in another role").isZero();
        assertThat(seen("student", "student")).as("the student has an own way").isZero();
        assertThat(seen("stranger", "instructor")).isZero();
    }

    private static int seen(String who, String role) {
        UUID id = academy.id(who);
        Acting acting = role.equals("student")
                ? Acting.student(id)
                : role.equals("instructor") ? Acting.instructor(id) : Acting.admin(id);
        return academy.database()
                .as(acting, app -> app.fetchCount(org.jooq.impl.DSL.table("learning.course_attempts")));
    }
}
