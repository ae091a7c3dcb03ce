package com.techcourse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiContract.Operation;
import com.techcourse.testing.SampleBodies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every operation of the document, called by everyone whom it is not for. */
class AuthorizationMatrixTest {

    private static final List<String> ROLES =
            List.of("student", "instructor", "accountant", "marketing", "auditor", "analyst", "admin");

    private static ApiAcademy academy;
    private static SampleBodies bodies;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        bodies = new SampleBodies(academy.contract().json(), RandomGenerator.of("L64X128MixRandom"));
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void nobodyEntersByTheWrongRole() {
        List<String> entered = new ArrayList<>();
        Map<String, ApiClient> callers = new LinkedHashMap<>();
        callers.put("visitor", academy.visitor());
        ROLES.forEach(role -> callers.put(role, academy.as(role)));
        for (Operation operation : academy.contract().operations()) {
            callers.forEach((role, caller) -> {
                if (!admits(operation, role)) {
                    int status = call(caller, operation).status();
                    if (status != (role.equals("visitor") ? 401 : 403)) {
                        entered.add(role + " got " + status + " from " + operation.method() + " " + operation.path());
                    }
                }
            });
        }
        assertThat(entered).isEmpty();
    }

    private static boolean admits(Operation operation, String role) {
        List<String> door = operation.openTo();
        return door.contains(OpenTo.EVERYONE)
                || door.contains(OpenTo.SIGNED_IN) && !role.equals("visitor")
                || door.contains(role);
    }

    private static ApiClient.Answer call(ApiClient caller, Operation operation) {
        String path = operation
                .path()
                .substring(Api.PREFIX.length())
                .replaceAll("\\{[^}]+}", "00000000-0000-7000-8000-000000000000");
        JsonNode schema = bodies.schema(operation);
        return caller.send(
                operation.method(),
                path,
                schema.isMissingNode() ? null : bodies.of(schema).toString());
    }
}
