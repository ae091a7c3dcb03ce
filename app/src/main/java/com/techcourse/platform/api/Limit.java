package com.techcourse.platform.api;

/** How many entries of a list are wanted: 1 to 100. */
public record Limit(int rows) {

    public static final String DEFAULT = "25";
    public static final int MOST = 100;

    public Limit {
        if (rows < 1 || rows > MOST) {
            throw new Refused("invalid-value", "The limit is a number from 1 to " + MOST + ".", "limit");
        }
    }

    /** From a query parameter. */
    public static Limit valueOf(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new Refused("invalid-value", "The limit is a number from 1 to " + MOST + ".", "limit");
        }
        return new Limit(Integer.parseInt(text));
    }
}
