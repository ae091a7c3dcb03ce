package com.techcourse.catalog.web;

import com.techcourse.catalog.Markdown;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** A course, and the lessons of it that are free to read. */
@Controller
class CoursePage {

    private final ActingTransactions transactions;
    private final Courses courses;
    private final Ratings ratings;
    private final Markdown markdown;

    CoursePage(ActingTransactions transactions, Courses courses, Ratings ratings, Markdown markdown) {
        this.transactions = transactions;
        this.courses = courses;
        this.ratings = ratings;
        this.markdown = markdown;
    }

    @GetMapping("/courses/{slug}")
    String course(@PathVariable String slug, Model model) {
        return transactions.readRecent(Acting.visitor(), database -> {
            CourseDetails course = courses.find(database, slug).orElseThrow(CoursePage::notFound);
            List<Integer> distribution = ratings.distribution(database, course.id());
            model.addAttribute("course", course)
                    .addAttribute("description", markdown.html(course.description()))
                    .addAttribute("outline", courses.outline(database, course.id()))
                    .addAttribute("quizzes", courses.quizzes(database, course.id()))
                    .addAttribute("rating", Rating.of(distribution))
                    .addAttribute("distribution", distribution)
                    .addAttribute("reviews", ratings.latest(database, course.id()));
            return "catalog/course";
        });
    }

    @GetMapping("/courses/{slug}/lessons/{lesson}")
    String preview(@PathVariable String slug, @PathVariable UUID lesson, Model model) {
        return transactions.readRecent(Acting.visitor(), database -> {
            CourseDetails course = courses.find(database, slug).orElseThrow(CoursePage::notFound);
            Courses.Preview preview =
                    courses.preview(database, course.id(), lesson).orElseThrow(CoursePage::notFound);
            model.addAttribute("course", course)
                    .addAttribute("lesson", preview)
                    .addAttribute("body", markdown.html(preview.markdown()));
            return "catalog/lesson";
        });
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
