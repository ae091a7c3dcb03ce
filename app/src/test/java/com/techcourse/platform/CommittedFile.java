package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A file of the repository that is made from the migrated schema, so that every change of the schema is a visible diff. */
record CommittedFile(Path path) {

    static final String REWRITE = "techcourse.rewrite";

    /** By its path below the root of the repository. */
    static CommittedFile of(String path) {
        return new CommittedFile(root().resolve(path));
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("database/src"))) {
            folder = Objects.requireNonNull(folder.getParent(), "This is no clone of TechCourse.");
        }
        return folder;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails on any difference; with {@code -Dtechcourse.rewrite=true} writes the file instead. */
    void mustRead(String content) {
        if (Boolean.getBoolean(REWRITE)) {
            write(content);
        }
        assertThat(Files.exists(path) ? read(path) : "")
                .as(
                        "%s differs from the migrated schema. If the change is meant, run this test again with -D%s=true, look at the diff and commit it.",
                        root().relativize(path), REWRITE)
                .isEqualTo(content);
    }

    private void write(String content) {
        try {
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
