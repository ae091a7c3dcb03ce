package com.techcourse.platform.web;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Problem;
import com.techcourse.platform.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What the database or the framework refused, as a status; the sentence is the error page's. */
@ControllerAdvice
class RefusedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRequests.class);

    /** Read when the first request is refused, not at the start. */
    private final Supplier<Problems> problems = SingletonSupplier.of(Problems::load);

    @ExceptionHandler
    void refusedByTheDatabase(DataAccessException refusal, HttpServletResponse response) throws IOException {
        int status = problems.get().of(refusal).map(Problem::status).orElse(500);
        if (status == 503) {
            LOG.warn("The database could not answer: {}", refusal.sqlState());
        }
        response.sendError(status);
    }

    @ExceptionHandler({
        MethodArgumentTypeMismatchException.class,
        MissingRequestValueException.class,
        Cursor.Unreadable.class
    })
    void notUnderstood(HttpServletResponse response) throws IOException {
        response.sendError(422);
    }
}
