package com.techcourse.catalog.exchange;

import java.util.Arrays;
import java.util.Optional;

/** What question banks are exchanged in. */
public enum Format {
    GIFT("gift", "text/plain;charset=UTF-8", "questions.gift"),
    MOODLE_XML("moodle-xml", "application/xml", "questions.xml"),
    QTI("qti", "application/zip", "questions.zip");

    private final String name;
    private final String mediaType;
    private final String fileName;

    Format(String name, String mediaType, String fileName) {
        this.name = name;
        this.mediaType = mediaType;
        this.fileName = fileName;
    }

    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name.equals(name))
                .findFirst();
    }

    public String mediaType() {
        return mediaType;
    }

    public String fileName() {
        return fileName;
    }

    @Override
    public String toString() {
        return name;
    }
}
