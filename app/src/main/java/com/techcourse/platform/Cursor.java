package com.techcourse.platform;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list goes on: the sort key of the last row, opaque to the reader. */
public record Cursor(List<String> key) {

    private static final String SEPARATOR = "\u001f";

    public Cursor {
        key = List.copyOf(key);
    }

    public static Cursor of(Object... key) {
        return new Cursor(Arrays.stream(key).map(Object::toString).toList());
    }

    /** Empty for a missing cursor. */
    public static Optional<Cursor> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return Optional.of(new Cursor(List.of(key.split(SEPARATOR, -1))));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(e);
        }
    }

    public String text(int part) {
        return part(part, Function.identity());
    }

    public UUID uuid(int part) {
        return part(part, UUID::fromString);
    }

    public OffsetDateTime time(int part) {
        return part(part, OffsetDateTime::parse);
    }

    public LocalDate date(int part) {
        return part(part, LocalDate::parse);
    }

    public BigDecimal number(int part) {
        return part(part, BigDecimal::new);
    }

    private <T> T part(int part, Function<String, T> reading) {
        try {
            return reading.apply(key.get(part));
        } catch (RuntimeException e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, key).getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor is not one of ours. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(Throwable cause) {
            super("The cursor cannot be read.", cause);
        }
    }
}
