package com.techcourse.catalog.web;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that a course page tells. */
public record CourseDetails(
        UUID id,
        String slug,
        String title,
        String subtitle,
        String description,
        String level,
        String language,
        BigDecimal price,
        String currency,
        boolean archived,
        OffsetDateTime updatedAt,
        String categorySlug,
        String categoryName,
        @Nullable String instructorName,
        @Nullable String instructorBio) {

    public boolean isFree() {
        return price.signum() == 0;
    }

    public record Section(String title, List<Lesson> lessons) {

        public int minutes() {
            return lessons.stream().mapToInt(Lesson::minutes).sum();
        }
    }

    public record Lesson(UUID id, String title, String kind, int minutes, boolean preview) {}

    public record Quiz(
            String title,
            int questionCount,
            BigDecimal passingScore,
            @Nullable Integer timeLimitSeconds) {}

    public record Outline(List<Section> sections) {

        public int lessonCount() {
            return sections.stream()
                    .mapToInt(section -> section.lessons().size())
                    .sum();
        }

        /** Whole hours, at least one as soon as there is anything to learn. */
        public int hours() {
            return (sections.stream().mapToInt(Section::minutes).sum() + 59) / 60;
        }

        public Optional<Lesson> firstPreview() {
            return sections.stream()
                    .flatMap(section -> section.lessons().stream())
                    .filter(Lesson::preview)
                    .findFirst();
        }
    }
}
