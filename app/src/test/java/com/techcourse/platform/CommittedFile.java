package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
        List<String> committed = lines(Files.exists(path) ? read(path) : "");
        List<String> made = lines(content);
        assertThat(Stream.concat(without(committed, made, "- "), without(made, committed, "+ "))
                        .limit(40))
                .as(
                        "%s differs from the migrated schema. If the change is meant, run this test again with -D%s=true, look at the diff and commit it.",
                        root().relativize(path), REWRITE)
                .isEmpty();
        assertThat(made).as("the order of the lines of %s", path.getFileName()).isEqualTo(committed);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static Stream<String> without(List<String> lines, List<String> others, String sign) {
        Set<String> known = new HashSet<>(others);
        return lines.stream().filter(line -> !known.contains(line)).map(sign::concat);
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
