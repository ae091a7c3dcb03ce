package com.techcourse.platform.api;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Whatever goes wrong below {@code /api} becomes one problem document, here and nowhere else. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiFailures implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ApiFailures.class);

    private final ProblemDocuments documents;

    ApiFailures(ProblemDocuments documents) {
        this.documents = documents;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!request.getRequestURI().startsWith("/api/")) {
            return null;
        }
        try {
            if (!(failure instanceof AsyncRequestNotUsableException)) {
                answer(failure, request, response);
            }
            return new ModelAndView();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Refused refused = refused(failure);
        if (refused == null) {
            documents.write(problem(failure, request), Map.of(), request, response);
        } else {
            documents.write(documents.problem(refused), refused.extensions(), request, response);
        }
    }

    private static @Nullable Refused refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
        }
        return null;
    }

    private Problem problem(Exception failure, HttpServletRequest request) {
        return documents.problems().of(failure).orElseGet(() -> switch (failure) {
            case AuthenticationException _ -> named("unauthenticated", null, null);
            case AccessDeniedException _ -> named("forbidden", null, null);
            case Cursor.Unreadable _ -> named("invalid-value", "The cursor is not one of ours.", "after");
            case HttpMessageNotReadableException unreadable -> Unreadable.problem(documents.problems(), unreadable);
            case MethodArgumentTypeMismatchException wrong when isPath(wrong) -> named("not-found", null, null);
            case MethodArgumentTypeMismatchException wrong ->
                named("invalid-value", "A parameter is not well formed.", wrong.getName());
            case MissingServletRequestParameterException missing ->
                named("invalid-value", "A parameter is missing.", missing.getParameterName());
            case MissingRequestHeaderException missing ->
                named("invalid-value", "A header is missing.", missing.getHeaderName());
            case ServletRequestBindingException _ -> named("invalid-value", "A parameter or header is missing.", null);
            case ErrorResponse refused -> ofStatus(refused.getStatusCode().value(), failure, request);
            default -> unforeseen(failure, request);
        });
    }

    private static boolean isPath(MethodArgumentTypeMismatchException wrong) {
        return wrong.getParameter().hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class);
    }

    private Problem ofStatus(int status, Exception failure, HttpServletRequest request) {
        return switch (status) {
            case 400 -> named("malformed-request", null, null);
            case 404 -> named("not-found", null, null);
            case 405 -> named("method-not-allowed", null, null);
            case 406 -> named("not-acceptable", null, null);
            case 413 -> named("too-large", null, null);
            case 415 -> named("unsupported-media-type", null, null);
            case 503 -> named("try-again", null, null);
            default -> unforeseen(failure, request);
        };
    }

    private Problem unforeseen(Exception failure, HttpServletRequest request) {
        LOG.error("Nobody foresaw this at {} {}", request.getMethod(), request.getRequestURI(), failure);
        return named("internal", null, null);
    }

    private Problem named(String type, @Nullable String sentence, @Nullable String field) {
        return documents.problems().named(type, sentence, field);
    }
}
