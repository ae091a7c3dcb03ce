package com.techcourse.catalog.exchange;

/** An item that cannot be taken over, and why; the others can. */
final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
