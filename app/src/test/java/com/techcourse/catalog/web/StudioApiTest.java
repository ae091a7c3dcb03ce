package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An instructor builds a course from nothing; colleagues help; nobody overwrites anybody. */
class StudioApiTest {

    private static final int AT_ONCE = 100;

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static ApiClient instructor() {
        return academy.as("instructor");
    }

    private static Answer begin(String title) {
        Answer begun = instructor().post("/studio/courses", """
                {"title": "%s", "category": "code", "price": {"amount": "10.00", "currency": "EUR"}}
                """.formatted(title));
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        return begun;
    }

    private static String id(Answer answer) {
        return answer.json().path("id").asString();
    }

    private static String section(String course) {
        Answer outline = instructor().post("/studio/courses/" + course + "/sections", "{\"title\": \"Start\"}");
        assertThat(outline.status()).isEqualTo(201);
        int last = outline.json().path("sections").size() - 1;
        return outline.json().path("sections").path(last).path("id").asString();
    }

    private static Answer lesson(String section, String text) {
        Answer lesson = instructor()
                .post(
                        "/studio/sections/" + section + "/lessons",
                        "{\"title\": \"Lesson\", \"kind\": \"article\", \"minutes\": 5, \"markdown\": \"" + text
                                + "\"}");
        assertThat(lesson.status()).as(lesson.toString()).isEqualTo(201);
        return lesson;
    }

    /** All begin in the same moment; their answers. */
    private static List<Answer> atOnce(IntFunction<Answer> request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(n -> threads.submit((Callable<Answer>) () -> {
                        start.await();
                        return request.apply(n);
                    }))
                    .toList();
            List<Answer> got = new java.util.ArrayList<>();
            for (Future<Answer> answer : answers) {
                got.add(answer.get());
            }
            return got;
        }
    }

    @Test
    void aCourseIsBuiltFromNothingAndPublished() {
        Answer begun = begin("Building");
        String course = id(begun);
        assertThat(academy.visitor()
                        .get("/courses/" + begun.json().path("slug").asString())
                        .status())
                .isEqualTo(404);
        Answer early = instructor()
                .with("If-Match", begun.header("ETag"))
                .send("POST", "/studio/courses/" + course + "/publish", null);
        assertThat(early.problem()).isEqualTo("not-publishable");
        assertThat(early.json().path("missing").findValuesAsString("code"))
                .contains("subtitle", "description", "lessons");

        Answer lesson = lesson(section(course), "Hello <b>there</b>");
        assertThat(lesson.json().path("html").asString()).doesNotContain("<b>");
        Answer changed = instructor()
                .with("If-Match", begun.header("ETag"))
                .patch("/studio/courses/" + course, """
                        {"subtitle": "From nothing", "description": "%s"}
                        """.formatted("Long enough. ".repeat(20)));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(instructor()
                        .get("/studio/courses/" + course + "/publish-checks")
                        .json()
                        .path("ready")
                        .asBoolean())
                .isTrue();
        Answer published = instructor()
                .with("If-Match", changed.header("ETag"))
                .send("POST", "/studio/courses/" + course + "/publish", null);
        assertThat(published.json().path("status").asString()).isEqualTo("published");
        Answer page =
                academy.visitor().get("/courses/" + begun.json().path("slug").asString());
        assertThat(page.json().path("sections").path(0).path("lessons")).hasSize(1);

        Answer last = instructor().with("If-Match", lesson.header("ETag")).delete("/studio/lessons/" + id(lesson));
        assertThat(last.problem()).isEqualTo("conflict");
        Answer archived = instructor()
                .with("If-Match", published.header("ETag"))
                .send("POST", "/studio/courses/" + course + "/archive", null);
        assertThat(archived.json().path("status").asString()).isEqualTo("archived");
        Answer again = instructor()
                .with("If-Match", archived.header("ETag"))
                .send("POST", "/studio/courses/" + course + "/unarchive", null);
        assertThat(again.json().path("status").asString()).isEqualTo("published");
    }

    @Test
    void whoChangesWhatTheyHaveNotSeenIsRefused() {
        Answer begun = begin("Versions");
        String path = "/studio/courses/" + id(begun);
        assertThat(instructor().patch(path, "{\"title\": \"Blind\"}").problem()).isEqualTo("precondition-required");
        assertThat(instructor()
                        .with("If-Match", "\"99\"")
                        .patch(path, "{\"title\": \"Late\"}")
                        .problem())
                .isEqualTo("stale-version");
        Answer price = instructor()
                .with("If-Match", begun.header("ETag"))
                .put(path + "/price", "{\"amount\": \"12.50\", \"currency\": \"EUR\"}");
        assertThat(price.json().path("price").path("amount").asString()).isEqualTo("12.50");
        assertThat(instructor()
                        .with("If-Match", begun.header("ETag"))
                        .put(path + "/price", "{\"amount\": \"13.00\", \"currency\": \"EUR\"}")
                        .problem())
                .isEqualTo("stale-version");
        assertThat(instructor()
                        .with("If-Match", price.header("ETag"))
                        .put(path + "/price", "{\"amount\": \"-1.00\", \"currency\": \"EUR\"}")
                        .problem())
                .isEqualTo("invalid-value");
    }

    @Test
    void ofAHundredEditorsOfOneVersionOneWins() throws Exception {
        Answer begun = begin("Race");
        List<Answer> answers = atOnce(n -> instructor()
                .with("If-Match", begun.header("ETag"))
                .patch("/studio/courses/" + id(begun), "{\"subtitle\": \"Number " + n + "\"}"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.problem()).isIn("stale-version", "try-again"));
    }

    @Test
    void whatBelongsToOthersIsNotThere() {
        Answer begun = begin("Mine");
        String course = id(begun);
        String section = section(course);
        String lesson = id(lesson(section, "Secret"));
        ApiClient colleague = academy.as("colleague").with("If-Match", "\"1\"");
        List<Answer> answers = List.of(
                colleague.get("/studio/courses/" + course),
                colleague.patch("/studio/courses/" + course, "{\"title\": \"Stolen\"}"),
                colleague.get("/studio/courses/" + course + "/outline"),
                colleague.get("/studio/courses/" + course + "/publish-checks"),
                colleague.post("/studio/courses/" + course + "/sections", "{\"title\": \"Mine\"}"),
                colleague.patch("/studio/courses/" + course + "/sections/" + section, "{\"title\": \"Mine\"}"),
                colleague.get("/studio/lessons/" + lesson),
                colleague.patch("/studio/lessons/" + lesson, "{\"title\": \"Mine\"}"),
                colleague.delete("/studio/lessons/" + lesson),
                colleague.get("/studio/lessons/" + lesson + "/draft"),
                colleague.put("/studio/lessons/" + lesson + "/draft", "{\"revision\": 1}"),
                colleague.patch("/studio/courses/" + academy.id("paid-course"), "{\"title\": \"Stolen\"}"),
                colleague.get("/studio/courses/" + academy.id("paid-course")));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404));
    }

    @Test
    void aFurtherInstructorHelps() {
        Answer begun = begin("Together");
        String course = id(begun);
        UUID colleague = academy.id("colleague");
        String share = "/studio/courses/" + course + "/instructors/" + colleague;
        assertThat(instructor().put(share, "{\"share_percent\": 100.01}").problem())
                .isEqualTo("shares-too-high");
        assertThat(instructor().put(share, "{\"share_percent\": 40}").status()).isEqualTo(204);
        Answer seen = academy.as("colleague").get("/studio/courses/" + course);
        assertThat(seen.json().path("editor_ids").path(0).asString()).isEqualTo(colleague.toString());
        assertThat(academy.as("colleague")
                        .with("If-Match", seen.header("ETag"))
                        .patch("/studio/courses/" + course, "{\"title\": \"Together, better\"}")
                        .status())
                .isEqualTo(200);
        assertThat(academy.as("colleague")
                        .get("/studio/courses")
                        .json()
                        .path("items")
                        .findValuesAsString("id"))
                .contains(course);
        assertThat(academy.as("colleague").put(share, "{\"share_percent\": 90}").status())
                .isIn(403, 404);
        assertThat(instructor()
                        .put(
                                "/studio/courses/" + course + "/instructors/" + academy.id("student"),
                                "{\"share_percent\": 1}")
                        .problem())
                .isEqualTo("conflict");
        assertThat(academy.as("colleague").delete(share).status()).isEqualTo(204);
        assertThat(academy.as("colleague").get("/studio/courses/" + course).status())
                .isEqualTo(404);
    }

    @Test
    void sharesAddUpToTheWhole() {
        String course = id(begin("Shares"));
        academy.person("helper", "instructor");
        String path = "/studio/courses/" + course + "/instructors/";
        assertThat(instructor()
                        .put(path + academy.id("helper"), "{\"share_percent\": 70}")
                        .status())
                .isEqualTo(204);
        assertThat(instructor()
                        .put(path + academy.id("colleague"), "{\"share_percent\": 31}")
                        .problem())
                .isEqualTo("shares-too-high");
    }

    @Test
    void anOutlineIsReorderedInOneStep() {
        String course = id(begin("Order"));
        String first = section(course);
        String second = section(course);
        String a = id(lesson(first, "A"));
        String b = id(lesson(first, "B"));
        String outline = "/studio/courses/" + course + "/outline";
        Answer read = instructor().get(outline);
        String wanted =
                "{\"sections\": [{\"id\": \"%s\", \"lessons\": [\"%s\"]}, {\"id\": \"%s\", \"lessons\": [\"%s\"]}]}"
                        .formatted(second, b, first, a);
        assertThat(instructor().put(outline, wanted).problem()).isEqualTo("precondition-required");
        Answer arranged = instructor().with("If-Match", read.header("ETag")).put(outline, wanted);
        assertThat(arranged.json().path("sections").findValuesAsString("id")).containsExactly(second, b, first, a);
        assertThat(instructor()
                        .with("If-Match", read.header("ETag"))
                        .put(outline, wanted)
                        .problem())
                .isEqualTo("stale-version");
        assertThat(instructor()
                        .with("If-Match", arranged.header("ETag"))
                        .put(outline, "{\"sections\": []}")
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(instructor()
                        .with("If-Match", arranged.header("ETag"))
                        .delete("/studio/courses/" + course + "/sections/" + first)
                        .problem())
                .isIn("in-use", "conflict");
    }

    @Test
    void ofAHundredSavesOfOneRevisionOneWins() throws Exception {
        String lesson = id(lesson(section(id(begin("Drafts"))), "Old"));
        String draft = "/studio/lessons/" + lesson + "/draft";
        assertThat(instructor().get(draft).status()).isEqualTo(404);
        List<Answer> answers =
                atOnce(n -> instructor().put(draft, "{\"revision\": 1, \"markdown\": \"Tab " + n + "\"}"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        String kept = instructor().get(draft).json().path("markdown").asString();
        assertThat(instructor()
                        .put(draft, "{\"revision\": 1, \"markdown\": \"" + kept + "\"}")
                        .status())
                .as("the same save again")
                .isEqualTo(200);
        assertThat(instructor()
                        .put(draft, "{\"revision\": 1, \"markdown\": \"Other\"}")
                        .problem())
                .isEqualTo("stale-version");
        assertThat(instructor()
                        .put(draft, "{\"revision\": 2, \"markdown\": \"New\"}")
                        .status())
                .isEqualTo(200);
        Answer lessonSeen = instructor().get("/studio/lessons/" + lesson);
        assertThat(lessonSeen.json().path("markdown").asString()).isEqualTo("Old");
        Answer published =
                instructor().with("If-Match", lessonSeen.header("ETag")).send("POST", draft + "/publish", null);
        assertThat(published.json().path("markdown").asString()).isEqualTo("New");
        assertThat(published.header("ETag")).isNotEqualTo(lessonSeen.header("ETag"));
        assertThat(instructor().get(draft).status()).isEqualTo(404);
    }

    @Test
    void ofAHundredEditorsOfOneLessonOneWins() throws Exception {
        Answer lesson = lesson(section(id(begin("Lesson race"))), "Old");
        List<Answer> answers = atOnce(n -> instructor()
                .with("If-Match", lesson.header("ETag"))
                .patch("/studio/lessons/" + id(lesson), "{\"markdown\": \"Number " + n + "\"}"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    }

    @Test
    void adminsKeepTheCategories() {
        Answer added = academy.as("admin")
                .post("/categories", "{\"slug\": \"new-one\", \"name\": \"New one\", \"position\": 9}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(academy.as("admin")
                        .post("/categories", "{\"slug\": \"new-one\", \"name\": \"Twice\", \"position\": 9}")
                        .status())
                .isEqualTo(409);
        assertThat(academy.as("admin")
                        .patch("/categories/" + id(added), "{\"name\": \"Newer\"}")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Newer");
        assertThat(instructor()
                        .post("/categories", "{\"slug\": \"x\", \"name\": \"X\", \"position\": 9}")
                        .status())
                .isEqualTo(403);
        assertThat(academy.visitor().get("/categories").json().path("items").findValuesAsString("slug"))
                .contains("code", "new-one");
    }
}
