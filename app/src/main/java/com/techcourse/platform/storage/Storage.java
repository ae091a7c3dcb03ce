package com.techcourse.platform.storage;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Keeps files under the SHA-256 of what they hold, in lower case hexadecimal digits. A file is there as a whole or not
 * at all, and never changes; so that storing one twice, on two nodes at once too, does no harm.
 */
public interface Storage {

    /** Copies a file in. When this returns, it survives a crash. */
    void put(String sha256, Path file);

    /** A part of a file; {@code length} is at least 1 and reaches at most to its end. */
    InputStream read(String sha256, long from, long length);

    boolean has(String sha256);

    /** Removes a file; one that is not there is no failure. */
    void delete(String sha256);
}
