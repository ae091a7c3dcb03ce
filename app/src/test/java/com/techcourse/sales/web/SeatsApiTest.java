package com.techcourse.sales.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Sql;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gifts and seats of teams over HTTP, from the order to the last refund. */
class SeatsApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        assertThat(academy.owner().fetchCount(org.jooq.impl.DSL.table("reporting.books_differences()")))
                .isZero();
        academy.close();
    }

    private static ApiClient keyed(ApiClient client, String key) {
        return client.with("Idempotency-Key", key);
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.toString()).isIn(200, 201);
        return made.json().path("id").asString();
    }

    private static String bought(ApiClient buyer, String key, String members, int quantity) {
        String order = id(keyed(buyer, key + "-order")
                .post(
                        "/orders",
                        "{\"courses\": [{\"course_id\": \"%s\", \"quantity\": %s}], %s}"
                                .formatted(academy.id("paid-course"), quantity, members)));
        Answer paid = keyed(buyer, key + "-payment")
                .post(
                        "/orders/" + order + "/payments",
                        "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}");
        assertThat(paid.json().path("status").asString()).as(paid.toString()).isEqualTo("captured");
        return order;
    }

    private static String gift(String email) {
        return "\"purpose\": \"gift\", \"gift\": {\"recipient_email\": \"%s\", \"message\": \"For you\"}"
                .formatted(email);
    }

    private static String email(String address) {
        return "{\"email\": \"%s\"}".formatted(address);
    }

    /** As {@code {"code": ..}}. */
    private static String letter(String address) {
        try (Sql superuser = Sql.connect(academy.database().superuserUrl())) {
            return "{\"code\": \"%s\"}"
                    .formatted(String.valueOf(superuser.one(
                                    "select details ->> 'link' from identity.mails where recipient::text = ? order by id desc limit 1",
                                    address))
                            .replaceFirst(".*/", ""));
        }
    }

    @Test
    void aGiftFromTheOrderToItsHolder() {
        ApiClient buyer = academy.newStudent("generous");
        String order = bought(buyer, "generous-1", gift("friend@example.net"), 1);
        Answer told = buyer.get("/orders/" + order);
        assertThat(told.json().path("purpose").asString()).isEqualTo("gift");
        assertThat(told.json().at("/gift/message").asString()).isEqualTo("For you");
        Answer seats = buyer.get("/orders/" + order + "/seats");
        assertThat(seats.json().at("/items/0/state").asString()).isEqualTo("offered");
        String seat = seats.json().at("/items/0/id").asString();
        assertThat(buyer.get("/enrollments/" + academy.id("paid-course")).status())
                .isEqualTo(404);

        String lost = letter("friend@example.net");
        assertThat(buyer.post("/seats/" + seat + "/letters", "").status()).isEqualTo(200);
        ApiClient friend = academy.newStudent("friend");
        assertThat(friend.post("/seats/claims", lost).problem()).isEqualTo("link-not-usable");
        assertThat(friend.get("/seats/" + seat).status()).isEqualTo(404);
        String code = letter("friend@example.net");
        Answer claimed = friend.post("/seats/claims", code);
        assertThat(claimed.json().path("message").asString()).isEqualTo("For you");
        assertThat(friend.post("/seats/claims", code).body()).isEqualTo(claimed.body());
        assertThat(friend.get("/enrollments/" + academy.id("paid-course")).status())
                .isEqualTo(200);
        assertThat(buyer.get("/seats/" + seat).json().path("state").asString()).isEqualTo("held");

        assertThat(buyer.put("/seats/" + seat + "/offer", email("me@example.net"))
                        .problem())
                .isEqualTo("gift-accepted");
        assertThat(buyer.post("/seats/" + seat + "/letters", "").problem()).isEqualTo("seat-not-offered");
        assertThat(keyed(buyer, "generous-refund")
                        .post("/orders/" + order + "/refunds", "{}")
                        .problem())
                .isEqualTo("gift-accepted");
        assertThat(keyed(academy.as("accountant"), "generous-staff")
                        .post("/orders/" + order + "/refunds", "{\"reason\": \"Both agree\"}")
                        .status())
                .isEqualTo(201);
        assertThat(buyer.get("/seats/" + seat).json().path("state").asString()).isEqualTo("revoked");
        assertThat(buyer.put("/seats/" + seat + "/offer", email("me@example.net"))
                        .problem())
                .isEqualTo("seat-given-back");
        assertThat(friend.get("/enrollments/" + academy.id("paid-course"))
                        .json()
                        .path("end_reason")
                        .asString())
                .isEqualTo("refunded");
    }

    @Test
    void aTeamAssignsAndReassignsItsSeats() {
        ApiClient boss = academy.newStudent("boss");
        String team = id(boss.post("/organisations", "{\"name\": \"Example & Sons\"}"));
        assertThat(boss.post("/organisations", "{\"name\": \"www.example.org\"}")
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(boss.post("/organisations/" + team + "/managers", email("partner@example.net"))
                        .status())
                .isEqualTo(204);
        ApiClient partner = academy.newStudent("partner");
        assertThat(partner.get("/organisations/" + team).status()).isEqualTo(404);
        assertThat(partner.get("/organisations/" + team + "/seats").status()).isEqualTo(404);
        assertThat(id(partner.post("/organisations/claims", letter("partner@example.net"))))
                .isEqualTo(team);
        assertThat(partner.get("/organisations/" + team + "/managers").json().path("items"))
                .hasSize(2);
        Answer renamed = partner.with("If-Match", "\"1\"").patch("/organisations/" + team, "{\"name\": \"Sons\"}");
        assertThat(renamed.json().path("version").asInt()).isEqualTo(2);
        assertThat(boss.with("If-Match", "\"1\"")
                        .patch("/organisations/" + team, "{\"name\": \"Boss\"}")
                        .problem())
                .isEqualTo("stale-version");

        String members = "\"purpose\": \"team\", \"organisation_id\": \"%s\"".formatted(team);
        String order = bought(boss, "boss-1", members, 3);
        assertThat(boss.get("/orders/" + order)
                        .json()
                        .at("/lines/0/list_price/amount")
                        .asString())
                .isEqualTo("148.50");
        Answer page = partner.get("/organisations/" + team + "/seats?limit=2");
        assertThat(page.json().path("items")).hasSize(2);
        assertThat(partner.get("/organisations/" + team + "/seats?limit=2&after="
                                + page.json().path("next").asString())
                        .json()
                        .path("items"))
                .hasSize(1);
        String seat = page.json().at("/items/0/id").asString();
        assertThat(partner.put("/seats/" + seat + "/offer", email("nobody")).problem())
                .isEqualTo("invalid-value");
        for (String holder : List.of("worker-one", "worker-two", "worker-three")) {
            assertThat(partner.put("/seats/" + seat + "/offer", email(holder + "@example.net"))
                            .json()
                            .path("state")
                            .asString())
                    .isEqualTo("offered");
            assertThat(academy.newStudent(holder)
                            .post("/seats/claims", letter(holder + "@example.net"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(boss.delete("/seats/" + seat + "/offer").problem()).isEqualTo("seat-moved-too-often");
        assertThat(boss.get("/organisations/" + team + "/seats?state=held")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(boss.get("/organisations/" + team + "/seats?state=free")
                        .json()
                        .path("items"))
                .hasSize(2);

        String manager = boss.get("/organisations/" + team + "/managers")
                .json()
                .at("/items/0/id")
                .asString();
        assertThat(partner.delete("/organisations/" + team + "/managers/" + manager)
                        .status())
                .isEqualTo(204);
        assertThat(boss.get("/seats/" + seat).status()).isEqualTo(404);
        assertThat(boss.get("/orders/" + order + "/seats").json().path("items")).isEmpty();
        String last = partner.get("/organisations/" + team + "/managers")
                .json()
                .at("/items/0/id")
                .asString();
        assertThat(partner.delete("/organisations/" + team + "/managers/" + last)
                        .problem())
                .isEqualTo("last-manager");
    }

    @Test
    void ofAHundredWhoClaimOneHasIt() {
        ApiClient buyer = academy.newStudent("popular");
        bought(buyer, "popular-1", gift("crowd@example.net"), 1);
        String code = letter("crowd@example.net");
        List<ApiClient> crowd = IntStream.range(0, 100)
                .mapToObj(n -> academy.newStudent("crowd" + n))
                .toList();
        List<Answer> answers = Together.times(100, n -> crowd.get(n).post("/seats/claims", code));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.problem().equals("link-not-usable"));
    }

    @Test
    void aLetterLeadsToAPage() {
        ApiClient buyer = academy.newStudent("pager");
        bought(buyer, "pager-1", gift("reader@example.net"), 1);
        String path = "/seats/" + letter("reader@example.net").replaceAll(".*\": \"|\"}", "");
        academy.newStudent("reader");
        Browser browser = academy.browser();
        assertThat(browser.get(path).location()).isEqualTo("/sign-in?next=" + path);
        browser.get("/sign-in?next=" + path);
        browser.post(
                "/sign-in", Map.of("email", "reader@academy.example", "password", ApiAcademy.PASSWORD, "next", path));
        assertThat(browser.get(path).status()).isEqualTo(200);
        assertThat(browser.post(path, Map.of()).status()).isEqualTo(200);
        assertThat(academy.as("reader")
                        .get("/enrollments/" + academy.id("paid-course"))
                        .status())
                .isEqualTo(200);
        browser.get(path);
        assertThat(browser.post("/seats/of-nobody", Map.of()).status()).isEqualTo(422);
    }
}
