package com.techcourse.catalog.exchange;

/** A file of which nothing is taken: what it is packed in is broken, or built to harm. */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableFile(String why) {
        super(why, null, false, false);
    }

    /** The rest of a sentence that begins with "The file cannot be read:". */
    public String why() {
        return String.valueOf(getMessage());
    }
}
