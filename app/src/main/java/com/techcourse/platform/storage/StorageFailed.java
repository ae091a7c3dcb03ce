package com.techcourse.platform.storage;

/** The store could not do it. What it said itself is the cause, for the log. */
public final class StorageFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    StorageFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
