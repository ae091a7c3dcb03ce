package com.techcourse.platform.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** The passwords of one installation: made once, random, in a file that only its owner reads (mode 0600). */
record Passwords(Properties values) {

    static final String SUPERUSER = "techcourse_superuser";
    static final String OWNER = "techcourse_owner";
    static final List<String> ROLES = List.of("techcourse_app", "accountant", "marketing", "auditor", "analyst");

    String of(String role) {
        String password = values.getProperty(role);
        if (password == null) {
            throw new IllegalArgumentException("There is no password for the database role \"" + role + "\".");
        }
        return password;
    }

    /** Reads the file, or writes one with new passwords. The file appears whole or not at all. */
    static Passwords in(Path file) throws IOException {
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
            return new Passwords(values);
        }
        SecureRandom random = new SecureRandom();
        values.setProperty(SUPERUSER, password(random));
        values.setProperty(OWNER, password(random));
        ROLES.forEach(role -> values.setProperty(role, password(random)));
        write(values, file, "Passwords of the database roles of this installation.");
        return new Passwords(values);
    }

    static void write(Properties values, Path file, String comment) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(
                parent,
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            values.store(writer, comment);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
