package com.techcourse.catalog.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item of a file.
 *
 * @param label its name in the file, or the beginning of its text
 * @param question null for what cannot be taken over
 * @param notes what was approximated and how, or why it was dropped
 */
public record Found(String label, @Nullable ObjectNode question, List<String> tags, List<String> notes) {

    static final int LONGEST_LABEL = 80;

    public Found {
        label = label.strip().replaceAll("\\s+", " ");
        label = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label;
        tags = List.copyOf(tags);
        notes = List.copyOf(notes);
    }

    static Found dropped(String label, String why) {
        return new Found(label, null, List.of(), List.of(why));
    }
}
