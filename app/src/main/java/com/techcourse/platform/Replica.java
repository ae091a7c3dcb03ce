package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pooler in transaction mode, or a proxy, that leads to standbys; the database has a name of its own there at times. */
public record Replica(String host, int port, Optional<String> database) {

    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+]):(\\d{1,5})(?:/([A-Za-z0-9_.-]+))?");
    private static final int HIGHEST_PORT = 65535;

    static Replica parse(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
            throw new DatabaseProblem(
                    "TECHCOURSE_REPLICA is \"" + text + "\", which is no address of standbys.",
                    "Write it as host:port or host:port/database, such as 127.0.0.1:6432/techcourse_replica.");
        }
        return new Replica(parts.group(1), Integer.parseInt(parts.group(2)), Optional.ofNullable(parts.group(3)));
    }

    /** The way to the standbys of a database. Whatever asks for its primary is left out. */
    DatabaseUrl to(DatabaseUrl primary) {
        return primary.at(host, port)
                .withDatabase(database.orElse(primary.database()))
                .withParam("targetServerType", "any")
                .withDefault("prepareThreshold", "0");
    }
}
