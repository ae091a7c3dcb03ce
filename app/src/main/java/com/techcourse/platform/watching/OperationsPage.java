package com.techcourse.platform.watching;

import com.techcourse.platform.Fragments;
import com.techcourse.platform.StaffPage;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How the academy is, on one screen, for an admin: from what this node saw last. */
@Controller
class OperationsPage {

    private static final String PATH = "/operations";

    private final Figures figures;
    private final String runbook;

    OperationsPage(Figures figures, @Value("${techcourse.runbook-url:}") String runbook) {
        this.figures = figures;
        this.runbook = runbook;
    }

    /** The room's place in the navigation, and who may enter. */
    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        @Order(4)
        StaffPage operationsStaffPage() {
            return new StaffPage(PATH, "operations.name", "admin");
        }
    }

    @GetMapping(PATH)
    String page(HttpServletRequest request, Model model) {
        List<Shown> boards = Board.ALL.stream()
                .filter(board -> board.wanted().test(figures))
                .map(board -> new Shown(
                        board.key(),
                        board.rules().stream().map(rule -> rule.judge(figures)).toList()))
                .toList();
        List<Judged> todo = boards.stream()
                .flatMap(board -> board.rows().stream())
                .filter(Judged::wantsAction)
                .sorted(Comparator.comparing(Judged::light))
                .toList();
        Instant lookedAt = figures.lookedAt();
        model.addAttribute("boards", boards)
                .addAttribute("todo", todo)
                .addAttribute("bad", count(todo, Light.BAD))
                .addAttribute("notes", count(todo, Light.NOTE))
                .addAttribute("lookedAt", lookedAt == null ? null : lookedAt.atOffset(ZoneOffset.UTC))
                .addAttribute("runbook", runbook);
        return Fragments.isWanted(request) ? "platform/operations :: state" : "platform/operations";
    }

    private static long count(List<Judged> rows, Light light) {
        return rows.stream().filter(row -> row.light() == light).count();
    }

    public record Shown(String key, List<Judged> rows) {

        /** The worst of its rows. */
        public Light light() {
            return rows.stream()
                    .map(Judged::light)
                    .filter(light -> light != Light.UNKNOWN)
                    .min(Comparator.naturalOrder())
                    .orElse(Light.UNKNOWN);
        }
    }
}
