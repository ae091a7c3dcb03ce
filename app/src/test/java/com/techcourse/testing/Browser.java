package com.techcourse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person with a browser without JavaScript: keeps cookies, sends the hidden fields of forms, follows no redirect. */
public final class Browser {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final int port;
    private final CookieManager cookies;
    private final String address;
    private final HttpClient client;
    private final Map<String, String> hidden;

    Browser(int port) {
        this(port, new CookieManager(), address(ADDRESSES.incrementAndGet()), new HashMap<>());
    }

    private static String address(int number) {
        return "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    private Browser(int port, CookieManager cookies, String address, Map<String, String> hidden) {
        this.port = port;
        this.cookies = cookies;
        this.address = address;
        this.hidden = hidden;
        this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    Browser at(int otherPort) {
        return new Browser(otherPort, cookies, address, hidden);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends the form of the page that was read last. */
    public Answer post(String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(hidden);
        all.putAll(fields);
        return postOnly(path, all);
    }

    /** Sends these fields and no hidden ones, as another site would. */
    public Answer postOnly(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, "Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Forwarded-For", address);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            Answer answer = new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
            for (Element field : answer.page().select("input[type=hidden][name=_csrf]")) {
                hidden.put(field.attr("name"), field.val());
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
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public Document page() {
            return Jsoup.parse(body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        /** The path that a redirect leads to. */
        public String location() {
            return header("Location").replaceFirst("^https?://[^/]+", "");
        }
    }
}
