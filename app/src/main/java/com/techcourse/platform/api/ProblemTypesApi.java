package com.techcourse.platform.api;

import com.techcourse.platform.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What each type of refusal means: where the {@code type} of a problem document is looked up. */
@Api
class ProblemTypesApi {

    private final ProblemDocuments documents;

    ProblemTypesApi(ProblemDocuments documents) {
        this.documents = documents;
    }

    @GetMapping("/problems")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(summary = "All types of problems", description = "Every type that a problem document of this API names.")
    Listing<ProblemType> all() {
        return new Listing<>(
                documents.problems().types().stream().map(ProblemType::of).toList(), null);
    }

    @GetMapping("/problems/{name}")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(summary = "One type of problem", description = "By the last part of its type.")
    ProblemType one(@PathVariable String name) {
        return documents.problems().types().stream()
                .filter(type -> type.type().equals("/problems/" + name))
                .findFirst()
                .map(ProblemType::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    /**
     * @param type as problem documents name it
     * @param rules what is refused so, in plain English
     */
    record ProblemType(String type, int status, String title, List<String> rules) {

        static ProblemType of(Problem.Type type) {
            return new ProblemType(type.type(), type.status(), type.title(), type.rules());
        }
    }
}
