package com.techcourse.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that ship in the jar. */
final class Scripts {

    private Scripts() {}

    static String read(String path) {
        try (InputStream stream = Scripts.class.getResourceAsStream("/" + path)) {
            if (stream == null) {
                throw new IllegalArgumentException("The jar holds no file \"" + path + "\".");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
