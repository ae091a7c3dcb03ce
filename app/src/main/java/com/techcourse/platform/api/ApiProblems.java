package com.techcourse.platform.api;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;

/** How a problem document is described. */
final class ApiProblems {

    private ApiProblems() {}

    static Schema<?> schema() {
        return new Schema<>()
                .types(java.util.Set.of("object"))
                .description("A refusal (RFC 9457).")
                .properties(Map.of(
                        "type", text("Stable name of the kind of refusal, relative to the academy."),
                        "title", text("What kind of refusal it is."),
                        "status",
                                new Schema<>()
                                        .types(java.util.Set.of("integer"))
                                        .description("The HTTP status."),
                        "detail", text("One sentence: what is wrong and what to do."),
                        "field", text("The member or parameter at fault."),
                        "faults", faults(),
                        "retry_after",
                                new Schema<>()
                                        .types(java.util.Set.of("integer"))
                                        .description("Seconds to wait."),
                        "request_id", text("The log knows more under this.")))
                .required(List.of("type", "title", "status", "detail", "request_id"));
    }

    private static Schema<?> text(String description) {
        return new Schema<>().types(java.util.Set.of("string")).description(description);
    }

    private static Schema<?> faults() {
        Schema<?> fault = new Schema<>()
                .types(java.util.Set.of("object"))
                .properties(Map.of(
                        "pointer", text("JSON Pointer (RFC 6901) into the body."), "detail", text("What is wrong.")))
                .required(List.of("pointer", "detail"));
        return new ArraySchema().types(java.util.Set.of("array")).items(fault);
    }

    static ApiResponse answer(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                ProblemDocuments.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }
}
