package com.techcourse.platform.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What is not even a request, such as a path with an encoded slash, gets a problem document as well. */
public final class UnreadableRequests extends ErrorReportValve {

    private static final String PROBLEM = """
            {"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","request_id":""}""";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.getOutputStream().write(problem(status).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // nobody is listening any more
        }
    }

    private static String problem(int status) {
        return status < 500
                ? PROBLEM.formatted(
                        "malformed-request", "Request not understood", status, "The request is not well formed.")
                : PROBLEM.formatted("internal", "Something went wrong", status, "The academy could not do this.");
    }

    @Component
    static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof org.apache.catalina.core.StandardHost standard) {
                    standard.setErrorReportValveClass(UnreadableRequests.class.getName());
                }
            });
        }
    }
}
