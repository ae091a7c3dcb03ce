package com.techcourse.loading.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An admin imports files over HTTP. */
class CsvImportTest {

    private static final Path EXAMPLES = Path.of("..", "docs", "imports");
    private static final String HEADER = "external_id,email,display_name,roles\n";

    private ApiAcademy academy;
    private ApiClient admin;

    @BeforeEach
    void start() {
        academy = ApiAcademy.start();
        admin = academy.as("admin");
    }

    @AfterEach
    void close() {
        academy.close();
    }

    @Test
    void theExamplesAreImportedAndASecondRunChangesNothing() throws IOException {
        for (String kind : List.of("users", "courses", "enrollments", "coupons")) {
            String file = Files.readString(EXAMPLES.resolve(kind + ".csv"));
            JsonNode first = imported(kind, "", file);
            assertThat(first.path("state").asString()).as("%s", report(first)).isEqualTo("done");
            assertThat(first.path("created").asInt())
                    .isEqualTo(first.path("rows").asInt())
                    .isPositive();
            JsonNode second = imported(kind, "", file);
            assertThat(second.path("unchanged").asInt())
                    .as("%s", report(second))
                    .isEqualTo(second.path("rows").asInt());
        }
        JsonNode changed = imported(
                "courses", "", Files.readString(EXAMPLES.resolve("courses.csv")).replace("79.00", "89.00"));
        assertThat(changed.path("updated").asInt()).isOne();
        Answer prices = academy.as("auditor").get("/audit/price-changes?course=surface");
        assertThat(prices.json().path("items").path(0).path("changed_by_email").asString())
                .isEqualTo("admin@academy.example");
    }

    @Test
    void aDryRunSaysTheSameAndWritesNothing() {
        String file = HEADER + "a,a@import.example,A,\nb,no address,B,\nc,c@import.example,C,admin\n";
        JsonNode dry = imported("users", "&mode=partial&dry_run=true", file);
        assertThat(people()).isZero();
        JsonNode real = imported("users", "&mode=partial", file);
        assertThat(people()).isOne();
        assertThat(outcomes(dry)).isEqualTo(outcomes(real)).containsExactly("created", "refused", "refused");
        JsonNode refused = report(real).path(1);
        assertThat(refused.path("line").asInt()).isEqualTo(3);
        assertThat(refused.path("column").asString()).isEqualTo("email");
        assertThat(report(real).toString()).doesNotContain("no address");
        assertThat(academy.owner().fetch("select 1 from pg_class where relname = 'staged'"))
                .isEmpty();
    }

    @Test
    void oneRefusedLineIsEnoughToWriteNothing() {
        JsonNode ended = imported("users", "", HEADER + "a,a@import.example,A,\nb,,B,\n");
        assertThat(ended.path("state").asString()).isEqualTo("refused");
        assertThat(ended.path("refused").asInt()).isOne();
        assertThat(people()).isZero();
    }

    @Test
    void theSameRowTwiceIsNamed() {
        JsonNode ended = imported(
                "users",
                "&mode=partial",
                HEADER
                        + "a,a@import.example,A,\na,other@import.example,A,\nc,A@IMPORT.example,C,\nd,student@academy.example,D,\n");
        assertThat(outcomes(ended)).containsExactly("created", "refused", "refused", "updated");
    }

    @Test
    void whatTheTablesRefuseIsFoundRowByRow() {
        String rows = IntStream.range(0, 3000)
                .mapToObj(n -> "n" + n + ",n" + n + "@import.example,N,")
                .map(row -> row.startsWith("n777,") ? "n777,n777@import.example," + "x".repeat(121) + "," : row)
                .map(row -> row.startsWith("n2000,") ? "n2000,two words@import.example,N," : row)
                .collect(Collectors.joining("\r\n"));
        JsonNode ended = imported("users", "&mode=partial", "\uFEFF" + HEADER.replace("\n", "\r\n") + rows);
        assertThat(ended.path("created").asInt()).as(ended.toString()).isEqualTo(2998);
        JsonNode refused = admin.get("/imports/" + ended.path("id").asString() + "/report?outcome=refused")
                .json()
                .path("items");
        assertThat(refused.path(0).path("line").asInt()).isEqualTo(779);
        assertThat(refused.path(1).path("line").asInt()).isEqualTo(2002);
        assertThat(refused).hasSize(2);
        Answer csv = admin.get("/imports/" + ended.path("id").asString() + "/report.csv");
        assertThat(csv.body().lines()).hasSize(3001);
    }

    @Test
    void aPaidCourseIsNotGivenAway() {
        JsonNode ended = imported(
                "enrollments",
                "&mode=partial",
                "student,course\nstudent@academy.example,paid-course\nstudent@academy.example,draft-course\nother@academy.example,free-course\nnobody,free-course\n");
        assertThat(outcomes(ended)).containsExactly("refused", "refused", "created", "refused");
    }

    @Test
    void whatIsNoSuchFileIsRefused() {
        assertThat(post("users", "", "nonsense\n1\n".getBytes(StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(post("users", "", new byte[0]).problem()).isEqualTo("invalid-value");
        assertThat(post("users", "", (HEADER + "a,a@b,M\u00fcller,\n").getBytes(StandardCharsets.ISO_8859_1))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(post("spells", "", new byte[0]).problem()).isEqualTo("invalid-value");
        assertThat(post("users", "&mode=some", new byte[0]).problem()).isEqualTo("invalid-value");
        assertThat(academy.as("instructor")
                        .send("POST", "/imports?kind=users", new byte[0], "text/csv")
                        .problem())
                .isEqualTo("forbidden");
        assertThat(admin.get("/imports")
                        .json()
                        .path("items")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("failed");
    }

    @Test
    void anOpenQuotationMarkTakesTheRestOfItsLineWithIt() {
        JsonNode ended =
                imported("users", "&mode=partial", HEADER + "a,a@import.example,A,\nb,\"b@import.example,B,\n");
        assertThat(outcomes(ended)).containsExactly("created", "refused");
    }

    private Answer post(String kind, String more, byte[] file) {
        return admin.send("POST", "/imports?kind=" + kind + more, file, "text/csv");
    }

    private JsonNode imported(String kind, String more, String file) {
        Answer answer = post(kind, more, file.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode report(JsonNode ended) {
        return admin.get("/imports/" + ended.path("id").asString() + "/report?limit=100")
                .json()
                .path("items");
    }

    private List<String> outcomes(JsonNode ended) {
        return StreamSupport.stream(report(ended).spliterator(), false)
                .map(row -> row.path("outcome").asString())
                .toList();
    }

    private long people() {
        return academy.database()
                .as(
                        com.techcourse.platform.Acting.admin(academy.id("admin")),
                        dsl -> java.util.Objects.requireNonNull(dsl.resultQuery(
                                        "select count(*) from identity.users where email::text like '%@import.example'")
                                .fetchSingle(0, Long.class)));
    }
}
