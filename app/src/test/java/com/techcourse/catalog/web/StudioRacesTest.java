package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hundred requests in the same moment, for each rule of the studio that has one winner or a limit. */
class StudioRacesTest {

    private static final int AT_ONCE = 100;

    private static ApiAcademy academy;
    private static ApiClient lead;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        lead = academy.as("instructor");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static long winners(List<Answer> answers, String problem) {
        assertThat(answers)
                .allMatch(answer -> answer.status() < 300 || answer.problem().equals(problem));
        return answers.stream().filter(answer -> answer.status() < 300).count();
    }

    /** Ready to be published, with so many lessons; its id and lessons are found by these names. */
    private static UUID course(String name, String status, int lessons) {
        academy.loader("""
                insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, price, currency, status, published_at)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), '%1$s', '%2$s', '%3$s', 'Raced', 'A subtitle of some length',
                        repeat('What one learns here. ', 10), 0, 'EUR', '%4$s', case '%4$s' when 'draft' then null else now() end);
                insert into catalog.sections (id, course_id, position, title)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s/section'), platform.uuid_v7_of('2026-01-01Z', '%1$s'), 0, 'One');
                insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes, preview)
                select platform.uuid_v7_of('2026-01-01Z', '%1$s/' || n), platform.uuid_v7_of('2026-01-01Z', '%1$s'),
                       platform.uuid_v7_of('2026-01-01Z', '%1$s/section'), n, 'Lesson', 'article', 7, n = 0 from generate_series(0, %5$s - 1) n;
                insert into catalog.lesson_contents (lesson_id, instructor_id, markdown)
                select id, instructor_id, '# Words' from catalog.lessons where course_id = platform.uuid_v7_of('2026-01-01Z', '%1$s')
                """.formatted(name, academy.id("instructor"), academy.id("code"), status, lessons));
        return academy.id(name);
    }

    @Test
    void sharesAreAtMostTheWhole() {
        UUID course = course("shared", "draft", 1);
        IntStream.range(0, AT_ONCE).forEach(n -> academy.person("partner-" + n, "instructor"));
        List<Answer> answers = Together.times(
                AT_ONCE,
                n -> lead.put(
                        "/studio/courses/" + course + "/instructors/" + academy.id("partner-" + n),
                        "{\"share_percent\": 8}"));
        assertThat(winners(answers, "shares-too-high")).isEqualTo(12);
    }

    @Test
    void oneEditorOfAnOutlineWins() {
        UUID course = course("arranged", "draft", 2);
        String outline = "/studio/courses/" + course + "/outline";
        String seen = lead.get(outline).header("ETag");
        String body = "{\"sections\": [{\"id\": \"%s\", \"lessons\": [\"%s\", \"%s\"]}]}"
                .formatted(academy.id("arranged/section"), academy.id("arranged/1"), academy.id("arranged/0"));
        List<Answer> answers =
                Together.times(AT_ONCE, _ -> lead.with("If-Match", seen).put(outline, body));
        assertThat(winners(answers, "stale-version")).isOne();
    }

    @Test
    void publishingAndDeletingTheLastLessonNeverBothWin() {
        List<UUID> courses = IntStream.range(0, AT_ONCE / 2)
                .mapToObj(n -> course("bare-" + n, "draft", 1))
                .toList();
        Together.times(
                AT_ONCE,
                n -> n % 2 == 0
                        ? lead.with(
                                        "If-Match",
                                        lead.get("/studio/courses/" + courses.get(n / 2))
                                                .header("ETag"))
                                .send("POST", "/studio/courses/" + courses.get(n / 2) + "/publish", null)
                        : lead.with("If-Match", "\"1\"")
                                .delete("/studio/lessons/" + academy.id("bare-" + n / 2 + "/0")));
        assertThat(academy.owner().fetchSingle("""
                                select format('%s of %s', count(*) filter (where (c.status = 'published') = (l.id is not null)), count(*))
                                  from catalog.courses c left join catalog.lessons l on l.course_id = c.id where c.slug like 'bare-%'
                                """).get(0, String.class)).isEqualTo("50 of 50");
    }

    @Test
    void aPublishedCourseKeepsItsLastLesson() {
        course("kept", "published", AT_ONCE);
        List<Answer> answers = Together.times(
                AT_ONCE, n -> lead.with("If-Match", "\"1\"").delete("/studio/lessons/" + academy.id("kept/" + n)));
        assertThat(winners(answers, "conflict")).isEqualTo(AT_ONCE - 1);
    }

    @Test
    void anAddressStandsForOneCourse() {
        List<Answer> answers = Together.times(AT_ONCE, _ -> lead.post("/studio/courses", """
                {"title": "Raced", "slug": "one-address", "category": "code", "price": {"amount": "10.00", "currency": "EUR"}}
                """));
        assertThat(winners(answers, "already-there")).isOne();
    }

    @Test
    void aBankIsImportedOnce() {
        byte[] file = IntStream.range(0, 5)
                .mapToObj(n -> "::Q" + n + ":: Is " + n + " a number? {T}\n\n")
                .collect(java.util.stream.Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        ApiClient owner = academy.as("colleague");
        List<Answer> answers = Together.times(
                AT_ONCE,
                _ -> owner.send("POST", "/studio/question-bank/imports?format=gift", file, "application/octet-stream"));
        assertThat(answers).allMatch(answer -> answer.status() < 300);
        assertThat(owner.get("/studio/question-bank?limit=100").json().path("items"))
                .hasSize(5);
    }
}
