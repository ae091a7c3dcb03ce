package com.techcourse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables of documents that a test executes. */
public final class DocumentTable {

    private DocumentTable() {}

    /** The rows of the table below a heading, without its head; the last cell is what stands behind the last bar. */
    public static List<List<String>> below(Path document, String heading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean below = false;
        for (String line : Files.readAllLines(document)) {
            below = line.startsWith("#") ? line.endsWith(" " + heading) : below;
            if (below && line.startsWith("|")) {
                rows.add(List.of(line.substring(1).split("\\|", -1)).stream()
                        .map(String::strip)
                        .toList());
            }
        }
        return rows.subList(2, rows.size());
    }
}
