package com.techcourse.platform.api;

import com.techcourse.platform.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a list.
 *
 * @param next give it as {@code after} to read on; absent at the end
 */
public record Listing<T>(List<T> items, @Nullable String next) {

    public Listing {
        items = List.copyOf(items);
    }

    public static <R, T> Listing<T> of(Page<R> page, Function<? super R, ? extends T> entry) {
        return new Listing<>(
                page.rows().stream().<T>map(entry).toList(),
                page.next() == null ? null : page.next().toString());
    }

    public static <T> Listing<T> of(Page<T> page) {
        return of(page, Function.identity());
    }
}
