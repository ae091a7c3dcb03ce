package com.techcourse.catalog.exchange;

import java.util.List;

/** Reads and writes files of questions. A faulty item never stops the others. */
public final class QuestionFiles {

    private QuestionFiles() {}

    /** @throws UnreadableFile when nothing of it can be taken */
    public static List<Found> read(Format format, byte[] file) {
        return switch (format) {
            case GIFT -> GiftReader.read(file);
            case MOODLE_XML -> MoodleReader.read(file);
            case QTI -> QtiReader.read(file);
        };
    }

    public static Written write(Format format, List<Kept> questions) {
        return switch (format) {
            case GIFT -> GiftWriter.write(questions);
            case MOODLE_XML -> MoodleWriter.write(questions);
            case QTI -> QtiWriter.write(questions);
        };
    }
}
