package com.techcourse.platform.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which units are to stay down: a file for each. The supervisor looks; commands write. */
record Wanted(Path folder) {

    private Path file(String unit) {
        return folder.resolve(unit.replace('/', '.') + ".down");
    }

    boolean isUp(String unit) {
        return Files.notExists(file(unit));
    }

    void down(String unit) {
        try {
            Files.writeString(file(unit), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void up(String unit) {
        try {
            Files.deleteIfExists(file(unit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
