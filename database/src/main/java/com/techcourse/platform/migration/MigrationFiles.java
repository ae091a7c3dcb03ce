package com.techcourse.platform.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All SQL of the schema by its path below {@code db/}, read from a folder, a jar, or a jar within a jar. */
record MigrationFiles(SortedMap<String, byte[]> contents) {

    private static final String ROOT = "db/";
    private static final Pattern VERSIONED = Pattern.compile("V(\\d+)__.*\\.sql");

    static MigrationFiles all() {
        try {
            URL migrations = Objects.requireNonNull(MigrationFiles.class.getResource("/db/migration"), "db/migration");
            return new MigrationFiles(
                    migrations.openConnection() instanceof JarURLConnection jar
                            ? inJar(jar)
                            : inFolder(Path.of(URI.create(migrations.toString()))
                                    .resolve("..")
                                    .normalize()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, byte[]> inFolder(Path folder) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sql")).toList()) {
                contents.put(ROOT + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static SortedMap<String, byte[]> inJar(JarURLConnection connection) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        JarFile jar = connection.getJarFile(); // shared with the class loader: not ours to close
        for (JarEntry entry : jar.stream().toList()) {
            if (entry.getName().startsWith(ROOT) && entry.getName().endsWith(".sql")) {
                try (InputStream content = jar.getInputStream(entry)) {
                    contents.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        return contents;
    }

    int count() {
        return contents.size();
    }

    /** The number in the last {@code V###__name.sql}. */
    int highestVersion() {
        return contents.keySet().stream()
                .map(path -> VERSIONED.matcher(name(path)))
                .filter(Matcher::matches)
                .mapToInt(version -> Integer.parseInt(version.group(1)))
                .max()
                .orElse(0);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Changes when any file is added, removed, renamed or edited. */
    String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
