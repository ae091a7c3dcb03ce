package com.techcourse.platform.drill;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Students over HTTP who buy, answer and sign up, and who ask again and again until they have an answer, as people do
 * whose page did not load.
 */
final class Load implements AutoCloseable {

    private static final Set<Integer> ASK_AGAIN = Set.of(429, 502, 503, 504);
    private static final long PAUSE_MILLIS = 100;
    private static final long BETWEEN_PURCHASES_MILLIS = 250;
    private static final long BETWEEN_SIGN_UPS_MILLIS = 1000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Requests requests;
    private final DrillGround ground;
    private final Journal journal;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger nextBuyer;
    private final List<Thread> threads = new ArrayList<>();

    Load(Requests requests, DrillGround ground, Journal journal) {
        this.requests = requests;
        this.ground = ground;
        this.journal = journal;
        this.nextBuyer = new AtomicInteger(DrillGround.TAKERS + 1);
    }

    void start(int buyers) {
        for (int n = 0; n < buyers; n++) {
            start(this::buy);
        }
        for (int n = 1; n <= DrillGround.TAKERS; n++) {
            int taker = n;
            start(() -> answer(taker));
        }
        start(this::signUp);
    }

    private interface Part {
        void play() throws InterruptedException;
    }

    private void start(Part part) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                part.play();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                journal.broke(e);
            }
        }));
    }

    /** One student after the other buys all three courses. */
    private void buy() throws InterruptedException {
        while (!over.get()) {
            int student = nextBuyer.getAndIncrement();
            if (student > ground.students()) {
                throw new IllegalStateException("The drill has no students left.");
            }
            JsonNode order = until(student, "POST", "/orders", "order-" + student, ground.wish());
            String id = order.path("id").asString("");
            JsonNode payment = until(
                    student,
                    "POST",
                    "/orders/" + id + "/payments",
                    "payment-" + student,
                    "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}");
            while (payment.path("status").asString("").equals("pending")) {
                Thread.sleep(PAUSE_MILLIS);
                payment = until(student, "GET", "/orders/" + id, "", "");
                payment = payment.path("payments").path(0);
            }
            if (payment.path("status").asString("").equals("captured")) {
                journal.paid(student, id);
            } else if (!payment.isMissingNode()) {
                journal.refused("payment " + payment);
            }
            // people think; and a machine that is busy to its last core shows nothing but that
            Thread.sleep(BETWEEN_PURCHASES_MILLIS);
        }
    }

    private void answer(int student) throws InterruptedException {
        String attempt = until(student, "POST", "/quizzes/" + ground.quiz() + "/attempts", "", "{}")
                .path("id")
                .asString("");
        for (int revision = 0; !over.get(); revision++) {
            JsonNode saved = until(
                    student,
                    "PUT",
                    "/attempts/" + attempt + "/answers/q",
                    "",
                    "{\"answer\": " + (revision + 1) + ", \"revision\": " + revision + "}");
            if (saved.path("revision").asInt(0) == revision + 1) {
                journal.saved(attempt, revision + 1);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void signUp() throws InterruptedException {
        for (int n = 1; !over.get(); n++) {
            String email = ground.email("guest" + n);
            JsonNode answer = until(
                    0,
                    "POST",
                    "/sign-ups",
                    "",
                    "{\"email\": \"" + email
                            + "\", \"password\": \"correct horse battery staple\", \"display_name\": \"Guest\"}");
            if (!answer.isMissingNode()) {
                journal.signedUp(email);
            }
            Thread.sleep(BETWEEN_SIGN_UPS_MILLIS);
        }
    }

    /** Asks until there is an answer; nothing when the drill is over before. */
    private JsonNode until(int student, String method, String path, String key, String body)
            throws InterruptedException {
        HttpRequest request = request(student, method, path, key, body);
        while (!over.get()) {
            long begin = System.nanoTime();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                journal.took(System.nanoTime() - begin);
                if (answer.statusCode() < 300) {
                    return answer.body().isEmpty()
                            ? JsonMapper.shared().createObjectNode()
                            : JsonMapper.shared().readTree(answer.body());
                }
                journal.refused(answer.statusCode()
                        + (ASK_AGAIN.contains(answer.statusCode()) ? "" : " " + method + " " + type(answer.body())));
            } catch (HttpTimeoutException e) {
                journal.took(System.nanoTime() - begin);
                journal.refused(
                        e instanceof java.net.http.HttpConnectTimeoutException ? "no connection" : Journal.NO_ANSWER);
            } catch (IOException e) {
                journal.refused("connection lost");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return JsonMapper.shared().missingNode();
    }

    private static String type(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("type").asString(body);
        } catch (tools.jackson.core.JacksonException e) {
            return body;
        }
    }

    private HttpRequest request(int student, String method, String path, String key, String body) {
        HttpRequest.Builder request = student == 0
                ? requests.to(method, path, body)
                : requests.as(ground.session(student), method, path, body);
        // each from an address of its own, as a proxy tells it
        request.header("X-Forwarded-For", "203.0.113." + (student % 250 + 1));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", "drill-" + key);
        }
        return request.build();
    }

    /** Everybody finishes what they are at, or gives up. */
    @Override
    public void close() {
        over.set(true);
        threads.forEach(thread -> {
            try {
                thread.join(Requests.PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        client.shutdownNow();
    }
}
