package com.techcourse.platform.web;

import com.techcourse.platform.StaffPage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the layout around every page knows. */
@ControllerAdvice
class Shell {

    private final List<StaffPage> staffPages;

    Shell(List<StaffPage> staffPages) {
        this.staffPages = List.copyOf(staffPages);
    }

    @ModelAttribute("staffPages")
    List<StaffPage> staffPages() {
        return staffPages;
    }

    /** The path that the person asked for, also on an error page. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
    }
}
