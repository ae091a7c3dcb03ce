package com.techcourse.platform.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Deviations from the server that ships: settings that win over all others, and PostgreSQL programs that the system
 * has (a folder such as {@code /usr/lib/postgresql/15}). The product uses none; tests trade durability for speed.
 */
public record ServerOptions(Map<String, String> settings, Optional<Path> programs) {

    public static final ServerOptions NONE = new ServerOptions(Map.of(), Optional.empty());

    public ServerOptions {
        settings = Map.copyOf(settings);
    }
}
