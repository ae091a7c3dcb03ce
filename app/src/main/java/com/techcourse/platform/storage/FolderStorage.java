package com.techcourse.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A folder on this machine, with 256 folders in it so that none grows too long. */
final class FolderStorage implements Storage {

    private final Path folder;

    FolderStorage(Path folder) {
        this.folder = folder;
    }

    private Path place(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("\"" + sha256 + "\" is no SHA-256.");
        }
        return shelf(sha256).resolve(sha256);
    }

    private Path shelf(String sha256) {
        return folder.resolve(sha256.substring(0, 2));
    }

    /** Beside its place first, then in one step to it, so that nobody ever reads half a file. */
    @Override
    public void put(String sha256, Path file) {
        Path place = place(sha256);
        try {
            Path shelf = Files.createDirectories(shelf(sha256));
            Path beside = Files.createTempFile(shelf, "incoming-", ".part");
            try {
                Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
                force(beside, StandardOpenOption.WRITE);
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
                force(shelf, StandardOpenOption.READ);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new StorageFailed("The file " + sha256 + " could not be written to " + folder + ".", e);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream read(String sha256, long from, long length) {
        try {
            SeekableByteChannel channel = Files.newByteChannel(place(sha256));
            return new Part(Channels.newInputStream(channel.position(from)), length);
        } catch (IOException e) {
            throw new StorageFailed("The file " + sha256 + " could not be read from " + folder + ".", e);
        }
    }

    @Override
    public boolean has(String sha256) {
        return Files.isRegularFile(place(sha256));
    }

    @Override
    public void delete(String sha256) {
        try {
            Files.deleteIfExists(place(sha256));
        } catch (IOException e) {
            throw new StorageFailed("The file " + sha256 + " could not be deleted from " + folder + ".", e);
        }
    }
}
