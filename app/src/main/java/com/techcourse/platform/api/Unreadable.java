package com.techcourse.platform.api;

import com.techcourse.platform.Problem;
import com.techcourse.platform.Problems;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that could not be read: no JSON at all (400), or JSON of another shape (422). */
final class Unreadable {

    private Unreadable() {}

    static Problem problem(Problems problems, HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getMostSpecificCause()) {
            case UnrecognizedPropertyException unknown ->
                problems.named("invalid-value", "A member is not known here.", place(unknown));
            case DatabindException shape ->
                problems.named("invalid-value", "A member has the wrong type or form.", place(shape));
            default -> problems.named("malformed-request", "The body is missing or not well-formed JSON.", null);
        };
    }

    private static String place(JacksonException shape) {
        return shape.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .map(name -> name.length() > 80 ? name.substring(0, 80) : name)
                .limit(10)
                .collect(Collectors.joining("/"));
    }
}
