package com.techcourse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that talks to the API. Each answer must be one that the OpenAPI document promises. */
public final class ApiClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CSRF = "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a";

    private final int port;
    private final ApiContract contract;
    private final @Nullable String session;
    private final @Nullable String token;
    private final List<String> headers = new ArrayList<>();

    ApiClient(int port, ApiContract contract, @Nullable String session, @Nullable String token) {
        this.port = port;
        this.contract = contract;
        this.session = session;
        this.token = token;
    }

    /** The same caller with an API token instead of a session. */
    public ApiClient withToken(String bearer) {
        return new ApiClient(port, contract, null, bearer);
    }

    /** With the cookies that a sign-in has set. */
    public ApiClient signedInBy(Answer signIn) {
        String cookie = signIn.response().headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith("techcourse_session="))
                .reduce((first, last) -> last)
                .orElseThrow()
                .replaceFirst("^techcourse_session=([^;]*).*", "$1");
        return new ApiClient(port, contract, cookie, null);
    }

    /** The same caller, sending these headers (name, value ..) with each request. */
    public ApiClient with(String... more) {
        ApiClient other = new ApiClient(port, contract, session, token);
        other.headers.addAll(headers);
        other.headers.addAll(List.of(more));
        return other;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** {@code path} below {@code /api/v1}, or from the root when it begins with {@code //}. */
    public Answer send(String method, String path, @Nullable String json) {
        return send(method, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    public Answer send(String method, String path, byte @Nullable [] body, String mediaType) {
        String full = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + full))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", mediaType);
        }
        if (session != null) {
            request.header("Cookie", "techcourse_session=" + session + "; techcourse_csrf=" + CSRF)
                    .header("X-CSRF-Token", headers.contains("X-CSRF-Token") ? "another" : CSRF);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!headers.isEmpty() && !headers.contains("X-CSRF-Token")) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            Answer answer = new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
            if (full.startsWith("/api/")) {
                contract.check(method, full, answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String body() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** The name of the problem's type, such as {@code already-enrolled}; empty for no problem. */
        public String problem() {
            return header("Content-Type").startsWith("application/problem+json")
                    ? json().path("type").asString().replaceFirst("^/problems/", "")
                    : "";
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }
}
