package com.techcourse.platform.drill;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** What a browser sends to the academy on a port of this machine. */
record Requests(int port) {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CSRF = "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a";

    /** From nobody in particular. */
    HttpRequest.Builder to(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }

    /** From whoever has the session. */
    HttpRequest.Builder as(String session, String method, String path, String body) {
        return to(method, path, body)
                .header("Cookie", "techcourse_session=" + session + "; techcourse_csrf=" + CSRF)
                .header("X-CSRF-Token", CSRF);
    }
}
