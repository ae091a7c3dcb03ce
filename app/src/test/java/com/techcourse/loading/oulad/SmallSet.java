package com.techcourse.loading.oulad;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A copy of the committed small data set, to be damaged by one test. */
record SmallSet(Path folder) {

    static SmallSet in(Path folder) throws IOException {
        for (SourceFile file : SourceFile.values()) {
            try (InputStream in =
                    Objects.requireNonNull(SmallSet.class.getResourceAsStream("/oulad/" + file.fileName()))) {
                Files.write(folder.resolve(file.fileName()), in.readAllBytes());
            }
        }
        return new SmallSet(folder);
    }

    SmallSet replace(String file, String old, String replacement) throws IOException {
        String text = Files.readString(folder.resolve(file));
        if (!text.contains(old)) {
            throw new IllegalArgumentException(file + " does not hold " + old);
        }
        Files.writeString(folder.resolve(file), text.replace(old, replacement), StandardCharsets.UTF_8);
        return this;
    }

    SmallSet append(String file, String line) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path) + line + "\n");
        return this;
    }

    SmallSet delete(String file) throws IOException {
        Files.delete(folder.resolve(file));
        return this;
    }
}
