package com.techcourse.platform.web;

import com.techcourse.platform.api.ProblemDocuments;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** One sentence that says what is wrong and what to do, and the id under which the log knows more. */
@Controller
class ErrorPages implements ErrorController {

    private static final Map<Integer, String> CLIENT =
            Map.of(404, "not-found", 405, "method-not-allowed", 413, "too-large", 429, "too-many-requests");
    private static final Set<Integer> KNOWN = Set.of(400, 403, 404, 405, 409, 422, 429, 500, 503);

    private final ProblemDocuments problems;

    ErrorPages(ProblemDocuments problems) {
        this.problems = problems;
    }

    /** What failed before any endpoint was found, for programs a problem document. */
    @RequestMapping("/error")
    @Nullable
    String page(HttpServletRequest request, HttpServletResponse response, Model model) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .startsWith("/api/")) {
            problems.write(
                    status < 500 ? CLIENT.getOrDefault(status, "malformed-request") : "internal", request, response);
            return null;
        }
        model.addAttribute("status", status);
        model.addAttribute("problem", KNOWN.contains(status) ? status : status < 500 ? 400 : 500);
        return "platform/error";
    }
}
