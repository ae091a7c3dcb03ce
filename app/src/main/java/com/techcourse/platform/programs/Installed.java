package com.techcourse.platform.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Debian's packages have put their programs. */
public final class Installed {

    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/sbin");
    private static final List<String> MAJORS = List.of("18", "17", "16", "15");

    private Installed() {}

    public static String path(String name) {
        return found(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not installed."))
                .toString();
    }

    public static Optional<Path> found(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The programs of the newest PostgreSQL. */
    public static Optional<Path> postgresql() {
        return MAJORS.stream()
                .map(Installed::postgresql)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The programs of PostgreSQL 15, say. */
    public static Optional<Path> postgresql(String major) {
        return Stream.of(Path.of("/usr/lib/postgresql", major, "bin"))
                .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }
}
