package com.techcourse.platform;

import org.jooq.exception.DataAccessException;

/** The connection was lost while the transaction was being committed: it is not known whether it was. */
public final class OutcomeUnknown extends DataAccessException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Throwable lost) {
        super("The connection was lost during the commit.", lost);
    }
}
