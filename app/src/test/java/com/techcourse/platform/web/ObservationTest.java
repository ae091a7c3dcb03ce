package com.techcourse.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.techcourse.testing.ApiAcademy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators see: metrics for this machine, traces only where a receiver is named. */
class ObservationTest {

    @Test
    void metricsAreForThisMachineOrAToken() {
        try (ApiAcademy academy = ApiAcademy.start(Map.of("techcourse.metrics-token", "let-me-see"))) {
            academy.as("student").get("/problems");
            assertThat(academy.visitor().get("//actuator/prometheus").body())
                    .contains("http_server_requests_seconds_count", "/api/v1/problems", "hikaricp_connections");
            var elsewhere = academy.visitor().with("X-Forwarded-For", "203.0.113.7");
            assertThat(elsewhere.get("//actuator/prometheus").status()).isNotEqualTo(200);
            assertThat(elsewhere
                            .withToken("wrong")
                            .with("X-Forwarded-For", "203.0.113.7")
                            .get("//actuator/prometheus")
                            .status())
                    .isNotEqualTo(200);
            assertThat(elsewhere
                            .withToken("let-me-see")
                            .with("X-Forwarded-For", "203.0.113.7")
                            .get("//actuator/prometheus")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void tracesGoToTheReceiverThatIsNamed() throws IOException, InterruptedException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces";
        var settings = new com.techcourse.platform.Environment(Map.of("TECHCOURSE_OTLP_URL", url)).webSettings();
        settings.put("management.tracing.sampling.probability", "1.0");
        try (ApiAcademy academy = ApiAcademy.start(settings)) {
            academy.visitor().get("/problems");
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("POST");
        } finally {
            receiver.stop(0);
        }
    }
}
