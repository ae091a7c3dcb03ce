package com.techcourse.platform.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** Reads the pages that people meet first, so that a cache of loaded classes made from this run knows them. */
final class Rehearsal {

    private static final List<String> PAGES =
            List.of("/actuator/health", "/", "/login", "/", "/?q=data", "/courses/none", "/login", "/");

    private Rehearsal() {}

    static void at(int port) throws IOException {
        for (String page : PAGES) {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://localhost:" + port + page).toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            read(connection);
        }
    }

    private static void read(HttpURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream body = refused ? connection.getErrorStream() : connection.getInputStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        } finally {
            connection.disconnect();
        }
    }
}
