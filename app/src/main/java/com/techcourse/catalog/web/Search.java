package com.techcourse.catalog.web;

import com.techcourse.platform.Cursor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a visitor looks for. An empty text or category looks for everything. */
public record Search(String text, String category, Optional<Cursor> after) {

    private static final int LONGEST = 100;

    static Search of(@Nullable String text, @Nullable String category, @Nullable String after) {
        String words = text == null ? "" : text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return new Search(
                words.substring(0, Math.min(words.length(), LONGEST)),
                category == null ? "" : category,
                Cursor.parse(after));
    }

    public boolean hasText() {
        return !text.isEmpty();
    }
}
