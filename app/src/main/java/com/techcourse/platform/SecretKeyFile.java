package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of an installation that was given none: made once, random, in a file that only its owner reads. */
final class SecretKeyFile {

    private static final String NAME = "secret.key";

    private SecretKeyFile() {}

    /** Read, or made: the file appears whole or not at all, and of two that make one at once both read the first. */
    static String in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "The key file " + file + " can be neither read nor written.",
                    "Give the folder to the user who runs TechCourse, or set TECHCOURSE_SECRET_KEY.",
                    e);
        }
    }

    private static void make(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path temporary = Files.createTempFile(
                folder,
                NAME,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(temporary, Base64.getEncoder().encodeToString(key) + "\n");
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            // somebody else was first; theirs counts
        } finally {
            Files.delete(temporary);
        }
    }
}
