package com.techcourse.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the jar once for each version. A half-unpacked folder never carries the
 * final name, so a kill at any moment is harmless.
 */
record Binaries(Path folder, int major) {

    private static final int SHIPPED_MAJOR = 18;
    private static final String SHIPPED_VERSION = "18.6.0";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    static Binaries unpackedIn(Path cache, Consumer<String> progress) throws IOException {
        Path folder = cache.resolve("postgresql-" + SHIPPED_VERSION);
        if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
            progress.accept("Unpacking PostgreSQL " + SHIPPED_VERSION + " into " + folder);
            unpack(folder);
        }
        return new Binaries(folder, SHIPPED_MAJOR);
    }

    /** Programs that the system has, in a folder such as {@code /usr/lib/postgresql/15}. */
    static Binaries installedIn(Path folder) {
        return new Binaries(folder, Integer.parseInt(folder.getFileName().toString()));
    }

    private static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Path temporary = Files.createTempDirectory(folder.toAbsolutePath().getParent(), folder.getFileName() + ".new");
        try (InputStream archive = archive();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, temporary);
            }
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(temporary);
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                throw e;
            } // else another process was quicker with the same folder
        }
    }

    private static InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String machine = arm ? "arm_64" : "x86_64";
        InputStream archive = Binaries.class.getResourceAsStream("/postgres-" + system + "-" + machine + ".txz");
        if (archive == null) {
            throw new DatabaseProblem(
                    "No PostgreSQL for " + system + " on " + machine + " ships with this jar.",
                    "Set TECHCOURSE_DATABASE_URL to a PostgreSQL 15 to 18.");
        }
        return archive;
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("The archive names a file outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
