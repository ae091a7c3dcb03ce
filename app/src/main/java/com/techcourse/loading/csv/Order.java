package com.techcourse.loading.csv;

import java.util.UUID;

/**
 * What to do with a file.
 *
 * @param partial writes the good lines; otherwise one refused line is enough to write nothing
 * @param dryRun writes, lets every rule check, and takes it back
 * @param by the admin who answers for it
 */
public record Order(ImportKind kind, boolean partial, boolean dryRun, UUID by) {

    String mode() {
        return partial ? "partial" : "all-or-nothing";
    }
}
