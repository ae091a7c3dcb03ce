package com.techcourse.platform;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a request wants a part of a page, to be swapped in by htmx, or the whole page. */
public final class Fragments {

    private Fragments() {}

    public static boolean isWanted(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
    }
}
