package com.techcourse.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.CommandProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A folder and a bucket keep the same promises. */
class StorageTest {

    private static final String KEY = "ab".repeat(32);

    @TempDir
    Path folder;

    private LocalS3 server;

    @BeforeEach
    void start() throws IOException {
        server = LocalS3.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Storage open(String url) {
        return StorageUrl.parse(url)
                .open(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    }

    private Storage bucket() {
        return open("s3://files?region=eu-central-1&endpoint=http://127.0.0.1:" + server.port());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("incoming"), text);
    }

    @Test
    void whatIsPutIsThereUntilItIsDeleted() throws IOException {
        for (Storage storage : List.of(open(folder.resolve("store").toUri().toString()), bucket())) {
            assertThat(storage.has(KEY)).isFalse();
            storage.put(KEY, file("0123456789"));
            storage.put(KEY, file("0123456789"));
            assertThat(storage.has(KEY)).isTrue();
            try (InputStream part = storage.read(KEY, 2, 3)) {
                assertThat(part.readAllBytes()).asString().isEqualTo("234");
            }
            storage.delete(KEY);
            storage.delete(KEY);
            assertThat(storage.has(KEY)).isFalse();
            assertThatThrownBy(() -> storage.read(KEY, 0, 1)).isInstanceOf(StorageFailed.class);
        }
    }

    @Test
    void aFolderIsLeftByNoName() throws IOException {
        Storage storage = open(folder.toUri().toString());
        assertThatThrownBy(() -> storage.put("../../etc/passwd", file("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRequestIsSigned() throws IOException {
        Storage storage = bucket();
        storage.put(KEY, file("signed"));
        storage.delete(KEY);
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .contains("AWS4-HMAC-SHA256 Credential=key/")
                        .contains("/eu-central-1/s3/"));
    }

    @Test
    void aBucketThatRefusesIsAFailure() throws IOException {
        Storage storage = bucket();
        Path file = file("refused");
        server.refuseAll();
        assertThatThrownBy(() -> storage.put(KEY, file)).isInstanceOf(StorageFailed.class);
        assertThatThrownBy(() -> storage.has(KEY)).isInstanceOf(StorageFailed.class);
        assertThatThrownBy(() -> storage.delete(KEY)).isInstanceOf(StorageFailed.class);
    }

    @Test
    void aCutConnectionIsRepeatedWhileStoringAndAFailureWhileReading() throws IOException {
        Storage storage = bucket();
        server.cutNext();
        storage.put(KEY, file("0123456789"));
        assertThat(storage.has(KEY)).isTrue();
        server.cutWhileAnswering();
        assertThatThrownBy(() -> {
                    try (InputStream whole = storage.read(KEY, 0, 10)) {
                        whole.readAllBytes();
                    }
                })
                .isInstanceOfAny(IOException.class, StorageFailed.class);
    }

    @Test
    void anotherUrlIsASentence() {
        for (String wrong : List.of("ftp://files", "files", "s3:", "https://s3.example.org", "\u0000")) {
            assertThatThrownBy(() -> StorageUrl.parse(wrong)).isInstanceOf(CommandProblem.class);
        }
    }
}
