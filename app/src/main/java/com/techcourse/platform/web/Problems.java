package com.techcourse.platform.web;

import com.techcourse.platform.Cursor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What the database or the framework refused, as a status; the sentence is the error page's. */
@ControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    void refusedByTheDatabase(DataAccessException refusal, HttpServletResponse response) throws IOException {
        int status = status(String.valueOf(refusal.sqlState()));
        if (status >= 500) {
            LOG.error("The database refused a request", refusal);
        }
        response.sendError(status);
    }

    private static int status(String sqlState) {
        return switch (sqlState) {
            case "42501" -> 403;
            case "23505", "23503", "23P01" -> 409;
            case "23514", "23502", "22021" -> 422;
            // cannot connect, too many connections, going down, taking too long, to be retried
            case "08001", "08003", "08004", "08006", "53300", "57P01", "57P03", "57014", "40001", "40P01" -> 503;
            default -> 500;
        };
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
