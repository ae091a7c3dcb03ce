package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A visitor looks for courses: by words, by choices, in any order, page by page. */
class CoursesApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        academy.loader("""
                insert into catalog.courses (slug, instructor_id, category_id, title, subtitle, language, level, price, currency, status, published_at)
                select 'course-' || n, platform.uuid_v7_of('2026-01-01Z', 'instructor'),
                       platform.uuid_v7_of('2026-01-01Z', case when n % 3 = 0 then 'cooking' else 'code' end),
                       case when n % 2 = 0 then 'Gardening for everyone ' else 'Kochen mit Äpfeln ' end || n, 'More',
                       case when n % 2 = 0 then 'en' else 'de' end, (array['beginner', 'intermediate', 'advanced'])[n % 3 + 1],
                       n % 5 * 20, 'EUR', 'published', timestamptz '2026-03-01Z' + make_interval(days => n % 7)
                  from generate_series(1, 40) n;
                insert into learning.enrollments (student_id, course_id)
                select platform.uuid_v7_of('2026-01-01Z', 'student'), id from catalog.courses where price = 0 and status = 'published';
                insert into learning.reviews (student_id, course_id, rating)
                select student_id, course_id, 2 + row_number() over (order by course_id) % 4 from learning.enrollments;
                insert into learning.enrollments (student_id, course_id)
                select platform.uuid_v7_of('2026-01-01Z', 'other'), id from catalog.courses where slug in ('course-5', 'course-10', 'free-course');
                update learning.enrollments set ended_at = clock_timestamp(), end_reason = 'withdrawn'
                 where course_id = (select id from catalog.courses where slug = 'course-15')
                """);
        rollUp();
    }

    private static void rollUp() {
        academy.loader("select learning.roll_up_ratings(); select catalog.count_students()");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static List<JsonNode> all(String query) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            Answer page = academy.visitor().get("/courses?limit=7&" + query + after);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            page.json().path("items").forEach(items::add);
            after = page.json().has("next")
                    ? "&after=" + page.json().path("next").asString()
                    : "";
        } while (!after.isEmpty());
        return items;
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "price_asc", "price_desc", "rating", "popular", "relevance"})
    void everyOrderShowsEachCourseOnce(String sort) {
        List<JsonNode> items = all("sort=" + sort + (sort.equals("relevance") ? "&q=gardening" : ""));
        assertThat(items.stream().map(item -> item.path("slug").asString()).toList())
                .doesNotHaveDuplicates()
                .hasSize(sort.equals("relevance") ? 20 : 42);
    }

    @Test
    void ordersAreWhatTheySay() {
        assertThat(all("sort=price_desc").stream()
                        .map(item -> new java.math.BigDecimal(
                                item.path("price").path("amount").asString()))
                        .toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(all("sort=rating").stream()
                        .map(item -> new java.math.BigDecimal(
                                item.path("rating").path("average").asString()))
                        .toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void popularMeansMostStudentsAsOfTheLastCount() {
        List<JsonNode> courses = all("sort=popular");
        assertThat(courses.stream()
                        .map(item -> item.path("students").path("count").asInt())
                        .toList())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .startsWith(2, 2, 2, 1);
        assertThat(courses.subList(0, 3))
                .extracting(item -> item.path("slug").asString())
                .containsExactlyInAnyOrder("course-5", "course-10", "free-course");
        assertThat(courses.stream()
                        .filter(item -> item.path("slug").asString().equals("course-15"))
                        .map(item -> item.path("students").path("count").asInt()))
                .as("who left")
                .containsExactly(0);
        assertThat(courses)
                .allSatisfy(item -> assertThat(
                                item.path("students").path("counted_at").asString())
                        .isNotEmpty());
    }

    @Test
    void listingsFollowTheirCourses() {
        academy.loader("""
                update catalog.courses set status = 'archived' where slug = 'course-1';
                update catalog.courses set level = 'advanced', language = 'fr', price = 33 where slug = 'course-2'
                """);
        assertThat(academy.owner().fetchSingle("""
                                select count(*) from catalog.courses c full join catalog.listings l on l.course_id = c.id
                                 where (l.published, l.category_id, l.level, l.language, l.price, l.currency)
                                       is distinct from (c.status = 'published', c.category_id, c.level, c.language, c.price, c.currency)
                                """).get(0, Integer.class)).isZero();
        assertThat(all("language=fr&sort=popular")).hasSize(1);
        academy.loader("""
                update catalog.courses set status = 'published' where slug = 'course-1';
                update catalog.courses set level = 'advanced', language = 'en', price = 40 where slug = 'course-2'
                """);
    }

    @Test
    void aSearchSaysWhenMoreFitsThanItLooksAt() {
        JsonNode facets = academy.visitor().get("/courses/facets?q=gardening").json();
        assertThat(facets.path("limited").asBoolean()).isFalse();
        List<String> kinds = academy.database()
                .as(
                        Acting.visitor(),
                        app -> app.fetch("select found_by from catalog.find_courses('gardening', 7)")
                                .map(row -> row.get(0, String.class)));
        assertThat(kinds).as("of each kind so many").hasSize(21).contains("words", "part", "likeness");
    }

    @ParameterizedTest
    @ValueSource(strings = {"äpfel", "apfeln", "kochn", "kochen"})
    void wordsAreFoundInTheLanguageOfTheCourseAndWithTypingErrors(String word) {
        assertThat(all("q=" + java.net.URLEncoder.encode(word, java.nio.charset.StandardCharsets.UTF_8)))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.path("language").asString()).isEqualTo("de"));
    }

    @Test
    void choicesNarrowTheList() {
        assertThat(all("category=cooking&level=beginner"))
                .isNotEmpty()
                .allSatisfy(
                        item -> assertThat(item.path("category").path("slug").asString())
                                .isEqualTo("cooking"));
        assertThat(all("free=true")).hasSize(9);
        assertThat(all("price_min=20&price_max=40")).hasSize(16);
        assertThat(all("rating_min=4"))
                .allSatisfy(
                        item -> assertThat(item.path("rating").path("average").asDouble())
                                .isGreaterThanOrEqualTo(4));
        assertThat(all("language=de&language=en")).hasSize(42);
    }

    @Test
    void aFacetIgnoresItsOwnSide() {
        Answer answer = academy.visitor().get("/courses/facets?category=cooking&language=de");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode facets = answer.json();
        assertThat(facets.path("courses").asInt())
                .as(answer.toString())
                .isEqualTo(all("category=cooking&language=de").size());
        facets.path("language")
                .forEach(facet -> assertThat(facet.path("courses").asInt())
                        .isEqualTo(all("category=cooking&language="
                                        + facet.path("value").asString())
                                .size()));
        facets.path("category")
                .forEach(facet -> assertThat(facet.path("courses").asInt())
                        .isEqualTo(all("language=de&category="
                                        + facet.path("value").asString())
                                .size()));
        facets.path("rating")
                .forEach(facet -> assertThat(facet.path("courses").asInt())
                        .isEqualTo(all("category=cooking&language=de&rating_min="
                                        + facet.path("value").asString())
                                .size()));
        assertThat(academy.visitor()
                        .get("/courses/facets?q=gardening")
                        .json()
                        .path("courses")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String next =
                academy.visitor().get("/courses?limit=1").json().path("next").asString();
        assertThat(academy.visitor()
                        .get("/courses?sort=price_asc&after=" + next)
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(academy.visitor().get("/courses?sort=best").problem()).isEqualTo("invalid-value");
    }

    @Test
    void aCoursePageTellsEverythingButWhatIsPaidFor() {
        Answer page = academy.visitor().get("/courses/paid-course");
        assertThat(page.json().path("instructors").path(0).path("name").asString())
                .isEqualTo("Ines Okafor");
        assertThat(page.json().path("quizzes").path(0).path("questions").asInt())
                .isEqualTo(2);
        assertThat(page.body()).doesNotContain("\"answer\"");
        String first = "/courses/paid-course/lessons/" + academy.id("paid-course/first");
        assertThat(academy.visitor().get(first).json().path("html").asString()).contains("<h2>");
        assertThat(academy.visitor()
                        .get("/courses/paid-course/lessons/" + academy.id("paid-course/second"))
                        .status())
                .isEqualTo(404);
        assertThat(academy.visitor().get("/courses/draft-course").status()).isEqualTo(404);
    }
}
