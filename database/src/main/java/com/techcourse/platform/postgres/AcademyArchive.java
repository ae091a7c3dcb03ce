package com.techcourse.platform.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** The files of an academy in one {@code tar.gz}, as any {@code tar} reads it; written while a server changes them. */
final class AcademyArchive implements AutoCloseable {

    /** What a server makes anew, or what would be wrong in a copy; the folders themselves are needed. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "recovery.signal", "standby.signal");

    private final TarArchiveOutputStream tar;

    AcademyArchive(Path file) throws IOException {
        OutputStream target = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
        GzipParameters quick = new GzipParameters();
        quick.setCompressionLevel(Deflater.BEST_SPEED);
        this.tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(target, quick));
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** The files of a server, whose control file comes last: it tells of nothing that is not in the copy. */
    void addCluster(Path cluster) throws IOException {
        Path control = cluster.resolve("global/pg_control");
        add(cluster, "postgresql", path -> !path.equals(control) && isWanted(cluster.relativize(path)));
        addFile(control, "postgresql/global/pg_control");
    }

    private static boolean isWanted(Path path) {
        String first = path.getName(0).toString();
        String last = path.getFileName().toString();
        return !(EMPTIED.contains(first)
                        && path.getNameCount() > 1
                        && !path.equals(Path.of("pg_wal", "archive_status")))
                && !LEFT_OUT.contains(path.toString())
                && !last.startsWith("pgsql_tmp")
                && !last.startsWith("pg_internal.init");
    }

    @FunctionalInterface
    private interface Choice {
        boolean of(Path path);
    }

    /** A folder with all that is below it. */
    void addFolder(Path folder, String name) throws IOException {
        add(folder, name, _ -> true);
    }

    private void add(Path root, String name, Choice choice) throws IOException {
        List<Path> paths;
        try (Stream<Path> below = Files.walk(root)) {
            paths = below.filter(path -> !path.equals(root) && choice.of(path)).toList();
        }
        for (Path path : paths) {
            String entry = name + "/" + root.relativize(path);
            if (Files.isDirectory(path)) {
                TarArchiveEntry folder = new TarArchiveEntry(entry + "/");
                folder.setMode(0700);
                tar.putArchiveEntry(folder);
                tar.closeArchiveEntry();
            } else {
                addFile(path, entry);
            }
        }
    }

    /** As long as it is when it is opened: what grows or shrinks meanwhile is put right by the archived changes. */
    void addFile(Path file, String name) throws IOException {
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            long left = source.size();
            put(name, left);
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (left > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int read = source.read(buffer);
                if (read < 0) {
                    buffer.position(buffer.limit()); // it was cut off: zeros
                    java.util.Arrays.fill(buffer.array(), (byte) 0);
                }
                tar.write(buffer.array(), 0, buffer.position());
                left -= buffer.position();
            }
            tar.closeArchiveEntry();
        } catch (NoSuchFileException e) {
            // dropped meanwhile
        }
    }

    void addText(String text, String name) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private void put(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(0600);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Whatever happens to the machine now, the file stays as it is. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Hexadecimal. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM knows SHA-256.", e);
        }
    }

    /** Unpacks into a folder that is made for it, which only its owner may enter. */
    static void unpack(Path archive, Path folder) throws IOException {
        Files.createDirectories(
                folder.resolve("postgresql"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16), true))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The archive names a file outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
                }
            }
        }
    }
}
