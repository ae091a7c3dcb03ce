package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file, given back by the system when the process ends, however it ends. Who holds it stands in the file.
 */
final class FolderLock implements AutoCloseable {

    /**
     * The locks of this process: POSIX gives up all locks of a process on a file when any handle on it is closed, so a
     * file that we hold is never opened a second time.
     */
    private static final Map<Path, String> OURS = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty when another process, or this one, holds it. */
    static Optional<FolderLock> exclusive(Path file, String holder) throws IOException {
        Optional<FolderLock> lock = taken(file, false, holder);
        if (lock.isPresent()) {
            lock.get().channel.truncate(0);
            lock.get().channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        }
        return lock;
    }

    /** Several processes may hold it at once, and then nobody has it exclusively. */
    static Optional<FolderLock> shared(Path file) throws IOException {
        return taken(file, true, "");
    }

    private static Optional<FolderLock> taken(Path file, boolean shared, String holder) throws IOException {
        if (OURS.putIfAbsent(file, holder) != null) {
            return Optional.empty();
        }
        Optional<FolderLock> lock = Optional.empty();
        try {
            lock = locked(file, shared);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                OURS.remove(file);
            }
        }
    }

    private static Optional<FolderLock> locked(Path file, boolean shared) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(file, channel));
    }

    /** What the holder wrote about itself. */
    static String holder(Path file) throws IOException {
        String ours = OURS.get(file);
        if (ours != null) {
            return ours;
        }
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(file);
    }
}
