package com.techcourse.platform.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket at anybody who speaks S3. The client repeats what fails on the way. */
final class S3Storage implements Storage {

    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final String bucket;

    S3Storage(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String sha256, Path file) {
        if (!has(sha256)) {
            asked(
                    "put",
                    sha256,
                    () -> client.putObject(
                            request -> request.bucket(bucket).key(sha256).contentType("application/octet-stream"),
                            RequestBody.fromFile(file)));
        }
    }

    @Override
    public InputStream read(String sha256, long from, long length) {
        return asked(
                "get",
                sha256,
                () -> client.getObject(request ->
                        request.bucket(bucket).key(sha256).range("bytes=" + from + "-" + (from + length - 1))));
    }

    @Override
    public boolean has(String sha256) {
        return asked("head", sha256, () -> {
            try {
                client.headObject(request -> request.bucket(bucket).key(sha256));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public void delete(String sha256) {
        asked(
                "delete",
                sha256,
                () -> client.deleteObject(request -> request.bucket(bucket).key(sha256)));
    }

    private <T> T asked(String what, String sha256, Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new StorageFailed("The bucket " + bucket + " could not " + what + " " + sha256 + ".", e);
        }
    }
}
