package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a browser may be made to do by other sites: nothing, but for named sites that show a token. */
class ApiSecurityTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start(Map.of("techcourse.allowed-origins", "https://front.example,https://other.example"));
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void aNamedSiteMayCallTheApiWithoutCookies() throws IOException, InterruptedException {
        HttpResponse<Void> allowed = preflight("https://front.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://front.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(preflight("https://evil.example").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static HttpResponse<Void> preflight(String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + academy.port() + "/api/v1/problems"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void anUnknownTokenIsNobody() {
        assertThat(academy.visitor()
                        .withToken("tc_nobody")
                        .get("/audit/changes")
                        .status())
                .isEqualTo(401);
    }

    /** RFC 7239 lets a proxy say that it does not know, or does not tell. */
    @Test
    void aProxyThatKnowsNoAddressKeepsNobodyOut() {
        Answer answer = academy.visitor()
                .with("X-Forwarded-For", "unknown")
                .post(
                        "/session",
                        "{\"email\": \"student@academy.example\", \"password\": \"%s\"}"
                                .formatted(ApiAcademy.PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }
}
