package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PgBouncer in transaction mode. */
public record Pooler(String host, int port) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+]):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65535;

    static Pooler parse(String text) {
        Matcher parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
            throw new DatabaseProblem(
                    "TECHCOURSE_POOLER is \"" + text + "\", which is no address of a pooler.",
                    "Write it as host:port, such as 127.0.0.1:6432.");
        }
        return new Pooler(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** The way to a database by it. Statements are never prepared by name: the next one may go to another server. */
    DatabaseUrl to(DatabaseUrl database) {
        return database.at(host, port).withDefault("prepareThreshold", "0");
    }
}
