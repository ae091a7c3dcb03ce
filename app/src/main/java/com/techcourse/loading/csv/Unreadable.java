package com.techcourse.loading.csv;

/** The file as a whole cannot be taken: no CSV, no UTF-8, not the columns that it must have. */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    Unreadable(String sentence) {
        super(sentence);
    }

    /** One sentence for the person who made the file. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
