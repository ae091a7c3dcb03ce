package com.techcourse.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Environment;
import com.techcourse.platform.secrets.SealedSecrets.Purpose;
import com.techcourse.testing.ApiAcademy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An academy that was given a key, and later another one. */
class SealedSecretsTest {

    private static final String OLD = "the key of the first year, long enough";
    private static final String NEW = "the key of the second year, long enough";
    private static final UUID OWNER = UUID.randomUUID();
    private static final byte[] SECRET = "thirty-two bytes that sign a lot".getBytes(StandardCharsets.UTF_8);

    private static ApiAcademy academy;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start(Map.of("techcourse.secret-key", ""));
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void aBoxOpensForItsOwnerAndItsPurposeAlone() {
        SealedSecrets secrets = SealedSecrets.under(OLD);
        byte[] box = secrets.sealed(SECRET, Purpose.WEBHOOKS, OWNER);
        assertThat(secrets.opened(box, Purpose.WEBHOOKS, OWNER)).contains(SECRET);
        assertThat(secrets.opened(box, Purpose.SECOND_FACTORS, OWNER)).isEmpty();
        assertThat(secrets.opened(box, Purpose.WEBHOOKS, UUID.randomUUID())).isEmpty();
        assertThat(SealedSecrets.under(NEW).opened(box, Purpose.WEBHOOKS, OWNER))
                .isEmpty();
        assertThat(SealedSecrets.under(NEW, OLD).opened(box, Purpose.WEBHOOKS, OWNER))
                .contains(SECRET);
        for (int cut = 0; cut < box.length; cut++) {
            assertThat(secrets.opened(Arrays.copyOf(box, cut), Purpose.WEBHOOKS, OWNER))
                    .isEmpty();
            byte[] bent = box.clone();
            bent[cut] ^= 1;
            assertThat(secrets.opened(bent, Purpose.WEBHOOKS, OWNER)).isEmpty();
        }
    }

    /** Kept by the first version: no name of the key in the box. */
    @Test
    void whatTheFirstVersionSealedStillOpens() throws Exception {
        byte[] nonce = new byte[12];
        byte[] key = MessageDigest.getInstance("SHA-256")
                .digest(("techcourse second factors\n" + OLD).getBytes(StandardCharsets.UTF_8));
        var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                new javax.crypto.spec.SecretKeySpec(key, "AES"),
                new javax.crypto.spec.GCMParameterSpec(128, nonce));
        cipher.updateAAD(OWNER.toString().getBytes(StandardCharsets.UTF_8));
        byte[] encrypted = cipher.doFinal(SECRET);
        byte[] box = new byte[13 + encrypted.length];
        box[0] = 1;
        System.arraycopy(encrypted, 0, box, 13, encrypted.length);
        assertThat(SealedSecrets.under(NEW, OLD).opened(box, Purpose.SECOND_FACTORS, OWNER))
                .contains(SECRET);
    }

    @Test
    void whatLiesUnsealedOrUnderAnOldKeyIsSealedUnderTheNewOne() {
        UUID student = academy.id("student");
        UUID webhook = webhook("https://example.org/old");
        gatekeeper(
                "insert into platform.webhook_secrets (webhook_id, secret, sealed) values (?, ?, false)",
                webhook,
                SECRET);
        gatekeeper(
                "insert into identity.second_factors (user_id, kind, secret) values (?, 'totp', ?)",
                student,
                SealedSecrets.under(OLD).sealed(SECRET, Purpose.SECOND_FACTORS, student));
        sealAgain(SealedSecrets.under(NEW, OLD));
        byte[] signing = kept("select secret from platform.webhook_secrets where webhook_id = ?", webhook);
        byte[] factor = kept("select secret from identity.second_factors where user_id = ?", student);
        assertThat(SealedSecrets.under(NEW).opened(signing, Purpose.WEBHOOKS, webhook))
                .contains(SECRET);
        assertThat(SealedSecrets.under(NEW).opened(factor, Purpose.SECOND_FACTORS, student))
                .contains(SECRET);
        sealAgain(SealedSecrets.under(NEW, OLD));
        assertThat(kept("select secret from platform.webhook_secrets where webhook_id = ?", webhook))
                .as("left alone, because nothing is left to do")
                .isEqualTo(signing);
        sealAgain(SealedSecrets.under("a key that opens nothing of all this"));
        assertThat(kept("select secret from identity.second_factors where user_id = ?", student))
                .isEqualTo(factor);
    }

    @Test
    void nothingUnsealedIsKept() {
        UUID webhook = webhook("https://example.org/unsealed");
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                DataAccessException.class,
                                () -> gatekeeper(
                                        "insert into platform.webhook_secrets (webhook_id, secret) values (?, ?)",
                                        webhook,
                                        SECRET))
                        .sqlState())
                .isEqualTo("23514");
    }

    @Test
    void withoutAKeyThereAreNoReceivers() {
        assertThat(academy.as("admin")
                        .post("/webhooks", "{\"url\": \"https://example.org/\", \"topics\": [\"webhook.ping.v1\"]}")
                        .problem())
                .isEqualTo("secrets-unavailable");
    }

    @Test
    void theFirstLineOfTheKeyFileSealsAndTheOthersOpen() throws IOException {
        Environment made = new Environment(Map.of("TECHCOURSE_DATA", folder.toString()));
        String first = made.secretKey().orElseThrow();
        Files.writeString(folder.resolve("secret.key"), NEW.replace(" ", "") + "\n" + first + "\n");
        assertThat(made.secretKey()).contains(NEW.replace(" ", ""));
        assertThat(made.secretKeysBefore()).containsExactly(first);
        Environment given =
                new Environment(Map.of("TECHCOURSE_SECRET_KEY", NEW, "TECHCOURSE_SECRET_KEYS_BEFORE", "one two"));
        assertThat(given.secretKey()).contains(NEW);
        assertThat(given.secretKeysBefore()).isEqualTo(List.of("one", "two"));
    }

    private static UUID webhook(String url) {
        academy.loader("insert into platform.webhooks (url, topics, created_by) values ('" + url
                + "', array['webhook.ping.v1'], '" + academy.id("admin") + "')");
        return academy.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return (UUID) Objects.requireNonNull(
                    transaction.dsl().fetchValue("select id from platform.webhooks where url = ?", url));
        });
    }

    private static void sealAgain(SealedSecrets secrets) {
        academy.database().as(Acting.visitor(), dsl -> new SealingRound(secrets).seal(dsl));
    }

    private static byte[] kept(String sql, UUID owner) {
        return academy.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_gatekeeper");
            return (byte[]) Objects.requireNonNull(transaction.dsl().fetchValue(sql, owner));
        });
    }

    private static void gatekeeper(String sql, Object... values) {
        academy.owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_gatekeeper");
            transaction.dsl().execute(sql, values);
        });
    }
}
