package com.techcourse.platform.api;

import com.techcourse.platform.Problem;
import com.techcourse.platform.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals as problem documents (RFC 9457): one stable type, one sentence, the field, never a detail of SQL. */
@Component
public class ProblemDocuments {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Read when the first request is refused, not at the start. */
    private final Supplier<Problems> problems = SingletonSupplier.of(Problems::load);

    private final JsonMapper json;

    ProblemDocuments(JsonMapper json) {
        this.json = json;
    }

    Problems problems() {
        return problems.get();
    }

    Problem problem(Refused refused) {
        return problems().named(refused.type(), refused.getMessage(), refused.field());
    }

    /** Of a type that needs no more words than its title. */
    public void write(String type, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(problems().named(type, null, null), Map.of(), request, response);
    }

    void write(Problem problem, Map<String, Object> more, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (more.get("retry_after") instanceof Integer seconds) {
            response.setHeader("Retry-After", seconds.toString());
        }
        if (problem.retryable() && response.getHeader("Retry-After") == null) {
            response.setHeader("Retry-After", "1");
        }
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"techcourse\"");
        }
        json.writeValue(response.getOutputStream(), members(problem, more, request));
    }

    private static Map<String, Object> members(Problem problem, Map<String, Object> more, HttpServletRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", problem.type());
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        if (problem.field() != null) {
            members.put("field", problem.field());
        }
        if (!problem.faults().isEmpty()) {
            members.put("faults", problem.faults());
        }
        members.putAll(more);
        members.put("request_id", Objects.requireNonNullElse(request.getAttribute("requestId"), ""));
        return members;
    }
}
