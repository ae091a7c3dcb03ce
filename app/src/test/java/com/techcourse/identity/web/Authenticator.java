package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The app on somebody's phone, and the recovery codes on paper. */
record Authenticator(ApiAcademy academy, ApiClient client, byte[] secret, List<String> recoveryCodes) {

    private static final String PASSWORD = "{\"password\": \"" + ApiAcademy.PASSWORD + "\"}";
    private static final int BITS = 160;

    /** Sets it up and confirms it by its first code. */
    static Authenticator enable(ApiAcademy academy, ApiClient client) {
        Answer setUp = client.post("/me/second-factor", PASSWORD);
        byte[] secret = secret(setUp.json().path("secret").asString());
        Answer on = client.put("/me/second-factor", "{\"code\": \"" + code(academy, secret, 0) + "\"}");
        assertThat(on.status()).as(on.toString()).isEqualTo(200);
        return new Authenticator(
                academy,
                client,
                secret,
                on.json()
                        .path("recovery_codes")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    /** What it shows next: the one shown now confirmed it. */
    String code() {
        return code(academy, secret, 1);
    }

    /** What an app with this secret shows now, or some steps later. */
    static String code(ApiAcademy academy, byte[] secret, int later) {
        Long now = academy.owner()
                .fetchSingle("select floor(extract(epoch from clock_timestamp()) / 30)::bigint")
                .into(Long.class);
        return TimeCodes.at(secret, Objects.requireNonNull(now) + later);
    }

    /** RFC 4648 backwards. */
    static byte[] secret(String text) {
        BigInteger number = BigInteger.ONE;
        for (char letter : text.toCharArray()) {
            number = number.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        }
        byte[] bytes = number.toByteArray();
        return java.util.Arrays.copyOfRange(bytes, bytes.length - BITS / Byte.SIZE, bytes.length);
    }
}
