package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.CATEGORIES;
import static com.techcourse.jooq.catalog.Tables.COURSES;

import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.Refused;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;

/**
 * A course as those see it who edit it.
 *
 * @param category its slug
 * @param status draft, published or archived
 * @param leadId who leads it, and shares it out
 * @param editorIds the further instructors
 * @param publishedAt absent as long as it never was published
 * @param version the ETag of the course; its outline has its own
 */
record StudioCourse(
        UUID id,
        String slug,
        String title,
        String subtitle,
        String description,
        String category,
        String language,
        String level,
        Money price,
        String status,
        UUID leadId,
        List<UUID> editorIds,
        @Nullable OffsetDateTime publishedAt,
        OffsetDateTime updatedAt,
        int version) {

    static SelectJoinStep<? extends Record> select(DSLContext database) {
        return database.select(
                        COURSES.ID,
                        COURSES.SLUG,
                        COURSES.TITLE,
                        COURSES.SUBTITLE,
                        COURSES.DESCRIPTION,
                        COURSES.LANGUAGE,
                        COURSES.LEVEL,
                        COURSES.PRICE,
                        COURSES.CURRENCY,
                        COURSES.STATUS,
                        COURSES.INSTRUCTOR_ID,
                        COURSES.EDITOR_IDS,
                        COURSES.PUBLISHED_AT,
                        COURSES.UPDATED_AT,
                        COURSES.VERSION,
                        CATEGORIES.SLUG)
                .from(COURSES.join(CATEGORIES).on(CATEGORIES.ID.eq(COURSES.CATEGORY_ID)));
    }

    static StudioCourse of(Record row) {
        return new StudioCourse(
                row.get(COURSES.ID),
                row.get(COURSES.SLUG),
                row.get(COURSES.TITLE),
                row.get(COURSES.SUBTITLE),
                row.get(COURSES.DESCRIPTION),
                row.get(CATEGORIES.SLUG),
                row.get(COURSES.LANGUAGE),
                row.get(COURSES.LEVEL),
                new Money(row.get(COURSES.PRICE), row.get(COURSES.CURRENCY)),
                row.get(COURSES.STATUS),
                row.get(COURSES.INSTRUCTOR_ID),
                List.of(row.get(COURSES.EDITOR_IDS)),
                row.get(COURSES.PUBLISHED_AT),
                row.get(COURSES.UPDATED_AT),
                row.get(COURSES.VERSION));
    }

    /** What others publish is theirs to edit: for everyone else it is not there. */
    static StudioCourse read(DSLContext database, UUID id) {
        Condition editable = Routines.mayEdit(COURSES.ID).isTrue();
        return select(database)
                .where(COURSES.ID.eq(id))
                .and(editable)
                .fetchOptional(StudioCourse::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    /** After an update of the version that was read: none changed means not there, or not that version any more. */
    static StudioCourse changed(DSLContext database, UUID id, int changed) {
        StudioCourse course = read(database, id);
        if (changed == 0) {
            throw Etags.stale();
        }
        return course;
    }
}
