package com.techcourse.platform.api;

import com.techcourse.platform.Problem;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation what its annotations say: its room, who may call it, and every problem that it may answer. */
final class ApiOperations implements GlobalOperationCustomizer {

    private static final List<String> ALWAYS = List.of(
            "forbidden", "invalid-value", "malformed-request", "not-acceptable", "too-many-requests", "try-again");

    private final ProblemDocuments documents;

    ApiOperations(ProblemDocuments documents) {
        this.documents = documents;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        OpenTo door = handler.getMethodAnnotation(OpenTo.class);
        if (door == null) {
            return operation;
        }
        List<String> roles = List.of(door.value());
        operation.setTags(List.of(Scopes.room(handler.getBeanType())));
        operation.setOperationId(
                decapitalised(handler.getBeanType().getSimpleName().replaceFirst("Api$", "")) + "_"
                        + handler.getMethod().getName());
        operation.addExtension("x-open-to", roles);
        if (roles.contains(OpenTo.EVERYONE)) {
            operation.setSecurity(List.of());
        } else {
            operation.setSecurity(List.of(
                    new SecurityRequirement().addList(ApiDescription.SESSION),
                    new SecurityRequirement().addList(ApiDescription.TOKEN, scope(handler))));
        }
        problems(operation, handler, roles);
        return operation;
    }

    private static String scope(HandlerMethod handler) {
        return Scopes.of(handler, reads(handler) ? "GET" : "POST");
    }

    private static boolean reads(HandlerMethod handler) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return mapping != null && List.of(mapping.method()).contains(RequestMethod.GET);
    }

    private void problems(Operation operation, HandlerMethod handler, List<String> roles) {
        TreeSet<String> types = new TreeSet<>(ALWAYS);
        if (!roles.contains(OpenTo.EVERYONE)) {
            types.add("unauthenticated");
            if (!roles.contains(OpenTo.SIGNED_IN)) {
                types.add("second-factor-needed");
            }
        }
        types.add("csrf-token-missing");
        if (!reads(handler)) {
            types.add("outcome-unknown");
        }
        if (has(handler, PathVariable.class)) {
            types.add("not-found");
        }
        if (has(handler, RequestBody.class)) {
            types.addAll(List.of("too-large", "unsupported-media-type"));
        }
        Refuses own = handler.getMethodAnnotation(Refuses.class);
        if (own != null) {
            types.addAll(List.of(own.value()));
        }
        operation.addExtension("x-problems", List.copyOf(types));
        Map<Integer, List<Problem>> byStatus = types.stream()
                .map(type -> documents.problems().named(type, null, null))
                .collect(Collectors.groupingBy(Problem::status, TreeMap::new, Collectors.toList()));
        ApiResponses responses = operation.getResponses();
        byStatus.forEach((status, problems) -> responses.addApiResponse(
                status.toString(),
                ApiProblems.answer(problems.stream()
                        .map(problem -> "`" + problem.type() + "`: " + problem.title() + ".")
                        .collect(Collectors.joining(" ")))));
    }

    private static boolean has(HandlerMethod handler, Class<? extends java.lang.annotation.Annotation> annotation) {
        return java.util.Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(annotation));
    }

    private static String decapitalised(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
