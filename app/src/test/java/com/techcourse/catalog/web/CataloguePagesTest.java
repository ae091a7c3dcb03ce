package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Browser;
import com.techcourse.testing.WebAcademy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class CataloguePagesTest {

    private final Browser visitor = WebAcademy.browser();

    @Test
    void aVisitorSeesPublishedCoursesTheNewestFirst() {
        Document page = visitor.get("/").page();
        assertThat(titles(page).getFirst()).isEqualTo("Python in Practice");
        assertThat(titles(page)).hasSize(24).doesNotContain("Python, unfinished");
        assertThat(page.select(".card").eachText().getFirst()).contains("Ines Okafor", "€60.00", "Beginner", "English");
    }

    @Test
    void allPagesTogetherShowEachCourseOnce() {
        Set<String> seen = new HashSet<>();
        String path = "/";
        int pages = 0;
        while (!path.isEmpty()) {
            Document page = visitor.get(path).page();
            titles(page).forEach(title -> assertThat(seen.add(title)).as(title).isTrue());
            path = page.select(".cards-more a").attr("href");
            pages++;
        }
        assertThat(pages).isEqualTo(2);
        assertThat(seen).hasSize(29);
    }

    @Test
    void aSearchGoesOnPageByPageToo() {
        Document first = visitor.get("/?q=soup").page();
        Document second =
                visitor.get(first.select(".cards-more a").attr("href")).page();
        assertThat(titles(first)).hasSize(24).doesNotContainAnyElementsOf(titles(second));
        assertThat(titles(second)).hasSize(4);
    }

    @Test
    void aSearchFindsWordsPartsAndTypingErrors() {
        assertThat(titles(visitor.get("/?q=python").page())).containsExactly("Python in Practice");
        assertThat(titles(visitor.get("/?q=pract").page())).containsExactly("Python in Practice");
        assertThat(titles(visitor.get("/?q=pyton").page())).containsExactly("Python in Practice");
        assertThat(titles(visitor.get("/?q=ladders").page())).containsExactly("Python in Practice");
    }

    @Test
    void wildcardsAndQuotesAreTextLikeAnyOther() {
        for (String text : List.of("%25", "_", "%27%22%26%3C", "%5C", "-", "%00x", "+")) {
            Browser.Answer answer = visitor.get("/?q=" + text);
            assertThat(answer.status()).as(text).isEqualTo(200);
        }
        assertThat(titles(visitor.get("/?q=%25").page())).isEmpty();
    }

    @Test
    void aCategoryNarrowsTheSearch() {
        assertThat(titles(visitor.get("/?category=code").page())).containsExactly("Python in Practice");
        assertThat(titles(visitor.get("/?category=cooking&q=python").page())).isEmpty();
    }

    @Test
    void typingSwapsAPartOfThePage() {
        Browser.Answer part = visitor.get("/?q=python", "HX-Request", "true");
        assertThat(part.body()).doesNotContain("<html").contains("id=\"finder\"");
        assertThat(visitor.get("/?q=python", "HX-Request", "true", "HX-History-Restore-Request", "true")
                        .body())
                .contains("<html");
    }

    @Test
    void aMangledCursorIsNotValid() {
        assertThat(visitor.get("/?after=rubbish").status()).isEqualTo(422);
        assertThat(visitor.get("/?after=!!").status()).isEqualTo(422);
    }

    @Test
    void aCoursePageShowsOutlineQuizAndPrice() {
        Document page = visitor.get("/courses/python-in-practice").page();
        assertThat(page.select("h1").text()).isEqualTo("Python in Practice");
        assertThat(page.text())
                .contains("€60.00", "2 lessons", "One quiz", "Final quiz", "One question", "pass with 90%");
        assertThat(page.select(".lesson .tag-accent")).hasSize(1);
        assertThat(page.text()).doesNotContain("Is it secret?");
    }

    @Test
    void reviewsHaveNoNames() {
        Document page = visitor.get("/courses/soup-1").page();
        assertThat(page.select(".review").text()).contains("Tasty & quick.", "A student,");
        assertThat(page.text()).doesNotContain("Student Person");
    }

    @Test
    void aDraftIsNotFound() {
        assertThat(visitor.get("/courses/unfinished").status()).isEqualTo(404);
        assertThat(visitor.get("/courses/nothing").status()).isEqualTo(404);
    }

    @Test
    void aFreeLessonIsReadWithoutItsDangers() {
        String path = visitor.get("/courses/python-in-practice")
                .page()
                .select("a.lesson-title")
                .attr("href");
        Document lesson = visitor.get(path).page();
        assertThat(lesson.select(".prose h2").text()).isEqualTo("Loops");
        assertThat(lesson.select(".prose script, .prose img")).isEmpty();
        assertThat(lesson.select(".prose a").attr("href")).isEmpty();
        assertThat(lesson.select(".prose").text()).contains("<script>alert(1)</script>");
    }

    @Test
    void aPaidLessonIsNotFound() {
        String free = visitor.get("/courses/python-in-practice")
                .page()
                .select("a.lesson-title")
                .attr("href");
        assertThat(visitor.get(free.replace("python-in-practice", "soup-1")).status())
                .isEqualTo(404);
        assertThat(visitor.get("/courses/python-in-practice/lessons/0199a0b4-0000-7000-8000-000000000000")
                        .status())
                .isEqualTo(404);
        assertThat(visitor.get("/courses/python-in-practice/lessons/x").status())
                .isEqualTo(422);
    }

    @Test
    void aCoverIsTheSameEveryTimeAndKept() {
        Browser.Answer cover = visitor.get("/covers/python-in-practice.svg");
        assertThat(cover.body()).startsWith("<svg").isEqualTo(CoverArt.of("python-in-practice"));
        assertThat(cover.header("Cache-Control")).contains("max-age=31536000", "public", "immutable");
        assertThat(cover.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(CoverArt.of("python-in-practice")).isNotEqualTo(CoverArt.of("soup-1"));
    }

    private static List<String> titles(Document page) {
        return page.select(".card-title").eachText();
    }
}
