package com.techcourse.platform.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Something about the database that a person can put right. The message is one sentence that names the thing and its
 * value; the way out says the next step. Commands print both and end with exit code 1, without a stack trace.
 */
public final class DatabaseProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String wayOut;

    public DatabaseProblem(String sentence, String wayOut) {
        this(sentence, wayOut, null);
    }

    public DatabaseProblem(String sentence, String wayOut, @Nullable Throwable cause) {
        super(sentence, cause);
        this.wayOut = wayOut;
    }

    public String wayOut() {
        return wayOut;
    }

    /** Both sentences, as they are shown. */
    public String sentences() {
        return getMessage() + System.lineSeparator() + wayOut;
    }
}
