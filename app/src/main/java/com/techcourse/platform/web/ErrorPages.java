package com.techcourse.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** One sentence that says what is wrong and what to do, and the id under which the log knows more. */
@Controller
class ErrorPages implements ErrorController {

    private static final Set<Integer> KNOWN = Set.of(400, 403, 404, 405, 409, 422, 429, 500, 503);

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    String page(HttpServletRequest request, Model model) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        model.addAttribute("status", status);
        model.addAttribute("problem", KNOWN.contains(status) ? status : status < 500 ? 400 : 500);
        return "platform/error";
    }
}
