package com.techcourse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.ApiContract.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds for the whole API. */
class ApiContractTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void theDocumentIsOpenApi31() {
        assertThat(academy.contract().json().path("openapi").asString()).startsWith("3.1");
    }

    @Test
    void everyOperationSaysWhoMayCallIt() {
        assertThat(academy.contract().operations())
                .allSatisfy(operation -> assertThat(operation.openTo()).isNotEmpty());
    }

    @Test
    void everyOperationSaysWhatItDoes() {
        assertThat(academy.contract().operations())
                .allSatisfy(operation -> assertThat(
                                operation.description().path("summary").asString())
                        .as(operation.method() + " " + operation.path())
                        .isNotEmpty());
    }

    /** Or else no test would notice an answer that breaks its promise. */
    @Test
    void everyAnswerWithMembersIsToldFromNone() {
        int promised = 0;
        for (Operation operation : academy.contract().operations()) {
            JsonNode schema = operation.description().at("/responses/200/content/application~1json/schema");
            if (schema.path("$ref").asString("").startsWith("#/components/schemas/Listing")) {
                assertThat(academy.contract().faults(operation, 200, "application/json", "{\"items\": 1}"))
                        .as(operation.path())
                        .isNotEmpty();
                promised++;
            }
        }
        assertThat(promised).isGreaterThan(20);
    }

    @Test
    void everyTypeOfProblemIsExplained() {
        Answer all = academy.visitor().get("/problems");
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.json().path("items")).hasSizeGreaterThan(20);
        assertThat(academy.visitor()
                        .get("/problems/already-enrolled")
                        .json()
                        .path("status")
                        .asInt())
                .isEqualTo(409);
        assertThat(academy.visitor().get("/problems/nothing").problem()).isEqualTo("not-found");
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        Answer answer = academy.visitor().get("/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }
}
