package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The passwords of a cluster, by the names that its templates have for them; made once, kept in one file. */
record Secrets(Map<String, String> passwords) {

    private static final List<String> NAMES = List.of(
            "superuser_password",
            "replication_password",
            "rewind_password",
            "rest_password",
            "owner_password",
            "pooler_password",
            "pooler_stats_password",
            "backup_password",
            "secret_key");
    private static final int BYTES = 30;

    Secrets {
        passwords = Map.copyOf(passwords);
    }

    /** Those of the file; what it lacks is made and added. */
    static Secrets in(Path file) {
        try {
            Properties known = new Properties();
            if (Files.exists(file)) {
                known.load(new StringReader(Files.readString(file)));
            }
            SecureRandom random = new SecureRandom();
            Map<String, String> passwords = new TreeMap<>();
            NAMES.forEach(name -> passwords.put(name, known.getProperty(name, fresh(random))));
            if (!known.stringPropertyNames().containsAll(NAMES)) {
                PrivateFile.write(
                        file,
                        passwords.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining("\n", "", "\n")));
            }
            return new Secrets(passwords);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Letters, digits, - and _ alone: fit for every file format and address. */
    private static String fresh(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String of(String name) {
        String password = passwords.get(name);
        if (password == null) {
            throw new IllegalArgumentException("There is no password " + name + ".");
        }
        return password;
    }

    @Override
    public String toString() {
        return "Secrets" + passwords.keySet();
    }
}
