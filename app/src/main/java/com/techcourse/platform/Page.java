package com.techcourse.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some rows of a long list, and where the next ones are; {@code next} is null at the end. */
public record Page<T>(List<T> rows, @Nullable Cursor next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** Of {@code size + 1} fetched rows: the last one only tells that there are more. */
    public static <T> Page<T> of(List<T> fetched, int size, Function<T, Cursor> cursor) {
        if (fetched.size() <= size) {
            return new Page<>(fetched, null);
        }
        return new Page<>(fetched.subList(0, size), cursor.apply(fetched.get(size - 1)));
    }
}
