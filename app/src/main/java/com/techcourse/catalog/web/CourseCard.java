package com.techcourse.catalog.web;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A course as the catalogue shows it. */
public record CourseCard(
        String slug,
        String title,
        String subtitle,
        String level,
        String language,
        BigDecimal price,
        String currency,
        String categoryName,
        @Nullable String instructorName,
        Rating rating) {

    public boolean isFree() {
        return price.signum() == 0;
    }
}
