package com.techcourse.platform.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a database is and who signs in. Host and port may be lists ({@code a:5432,b:5432}), as both libpq and pgjdbc
 * understand them; the list is then kept in {@code host} as written and {@code port} is that of the first.
 * {@link #toString()} never shows the password; {@link #uri()} does.
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, Map<String, String> params) {

    private static final Driver DRIVER = new org.postgresql.Driver();
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]*)@)?([^/?]*)(?:/([^?]*))?(?:\\?(.*))?", Pattern.CASE_INSENSITIVE);
    private static final String EXAMPLE =
            "Write it as postgres://user:password@host:5432/database or jdbc:postgresql://host:5432/database?user=..&password=..";

    public DatabaseUrl {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** Reads {@code postgres://}, {@code postgresql://} and {@code jdbc:postgresql://}; never quotes the password back. */
    public static DatabaseUrl parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw new DatabaseProblem(
                    "The database address does not begin with postgres:// or jdbc:postgresql://.", EXAMPLE);
        }
        Map<String, String> params = parameters(url.group(4));
        String[] userInfo = url.group(1) == null ? new String[0] : url.group(1).split(":", 2);
        String user = userInfo.length > 0 ? decoded(userInfo[0]) : params.getOrDefault("user", "");
        String password = userInfo.length > 1 ? decoded(userInfo[1]) : params.getOrDefault("password", "");
        params.remove("user");
        params.remove("password");
        if (user.isEmpty()) {
            throw new DatabaseProblem("The database address names no user.", EXAMPLE);
        }
        String hosts = url.group(2).isEmpty() ? "localhost" : url.group(2);
        String database = url.group(3) == null || url.group(3).isEmpty() ? user : decoded(url.group(3));
        return at(hosts, database, user, password, params);
    }

    private static DatabaseUrl at(
            String hosts, String database, String user, String password, Map<String, String> params) {
        int colon = hosts.lastIndexOf(':');
        boolean several = hosts.indexOf(',') >= 0;
        boolean hasPort = colon > hosts.lastIndexOf(']');
        String first = several ? hosts.substring(0, hosts.indexOf(',')) : hosts;
        int firstColon = first.lastIndexOf(':');
        int port = firstColon > first.lastIndexOf(']') ? port(first.substring(firstColon + 1)) : DEFAULT_PORT;
        String host = !several && hasPort ? hosts.substring(0, colon) : hosts;
        return new DatabaseUrl(host, port, database, user, password, params);
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw new DatabaseProblem(
                "The port \"" + text + "\" in the database address is not a number from 1 to 65535.", EXAMPLE);
    }

    private static Map<String, String> parameters(@org.jspecify.annotations.Nullable String query) {
        Map<String, String> params = new LinkedHashMap<>();
        if (query != null) {
            Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
                String[] parts = pair.split("=", 2);
                params.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
            });
        }
        return params;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new DatabaseProblem(
                    "The database address holds a % that is not followed by two hexadecimal digits.",
                    "Write a % in a user name or password as %25.", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public DatabaseUrl withUser(String newUser, String newPassword) {
        return new DatabaseUrl(host, port, database, newUser, newPassword, params);
    }

    public DatabaseUrl withDatabase(String newDatabase) {
        return new DatabaseUrl(host, port, newDatabase, user, password, params);
    }

    /** The same database by another way, such as a pooler. */
    public DatabaseUrl at(String newHost, int newPort) {
        return new DatabaseUrl(newHost, newPort, database, user, password, params);
    }

    /** Unless the address says otherwise. */
    public DatabaseUrl withDefault(String name, String value) {
        return params.containsKey(name) ? this : withParam(name, value);
    }

    public DatabaseUrl withParam(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(params);
        more.put(name, value);
        return new DatabaseUrl(host, port, database, user, password, more);
    }

    /** For pgjdbc, without user and password: hand those over separately, as {@link #connect()} does. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + hosts() + "/" + encoded(database) + query(params);
    }

    /** One new connection. The caller closes it. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", params.getOrDefault("ApplicationName", "techcourse"));
        // the driver itself, not DriverManager, which asks the class loader of whichever thread calls
        Connection connection = DRIVER.connect(jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("The driver does not take this address.", "08001");
        }
        return connection;
    }

    /** Ready to paste into psql, with the password; only for the eyes of the one who runs the command. */
    public String uri() {
        String secret = password.isEmpty() ? "" : ":" + encoded(password);
        return "postgres://" + encoded(user) + secret + "@" + hosts() + "/" + encoded(database) + query(params);
    }

    private String hosts() {
        return host.indexOf(',') >= 0 ? host : host + ":" + port;
    }

    private static String query(Map<String, String> params) {
        return params.isEmpty()
                ? ""
                : params.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    @Override
    public String toString() {
        return "postgres://" + encoded(user) + "@" + hosts() + "/" + encoded(database);
    }
}
