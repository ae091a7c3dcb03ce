package com.techcourse.catalog.web;

import com.techcourse.platform.api.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An upload that has come in as a whole; gone again when it is closed. */
record Received(Path file, byte[] sha256, long size, byte[] head) implements AutoCloseable {

    static Received of(InputStream body) {
        try {
            Path file = Files.createTempFile("techcourse-upload-", ".part");
            try {
                return read(body, file);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw new Refused("malformed-request", "The upload broke off.");
            } catch (RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Received read(InputStream body, Path file) throws IOException {
        MessageDigest digest = newDigest();
        byte[] head = body.readNBytes(MediaTypes.significantBytes());
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            out.write(head);
            long size = head.length + body.transferTo(out);
            return new Received(file, digest.digest(), size, head);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
