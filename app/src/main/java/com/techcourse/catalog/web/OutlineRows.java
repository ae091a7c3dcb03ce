package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.LESSONS;
import static com.techcourse.jooq.catalog.Tables.SECTIONS;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The sections of a course with their lessons, in order, as whoever reads them tells them. */
final class OutlineRows {

    /** Makes a section of its parts. */
    @FunctionalInterface
    interface SectionOf<S, L> {
        S parts(UUID id, String title, List<L> lessons);
    }

    private OutlineRows() {}

    static <S, L> List<S> read(
            DSLContext database, UUID course, SectionOf<S, L> section, Function<? super Record, L> lesson) {
        return database
                .select(SECTIONS.ID, SECTIONS.TITLE)
                .select(LESSONS.ID, LESSONS.TITLE, LESSONS.KIND, LESSONS.MINUTES, LESSONS.PREVIEW, LESSONS.VERSION)
                .from(SECTIONS)
                .leftJoin(LESSONS)
                .on(LESSONS.SECTION_ID.eq(SECTIONS.ID))
                .where(SECTIONS.COURSE_ID.eq(course))
                .orderBy(SECTIONS.POSITION, LESSONS.POSITION)
                .fetchGroups(SECTIONS.ID)
                .values()
                .stream()
                .map(rows -> section.parts(
                        rows.getFirst().get(SECTIONS.ID),
                        rows.getFirst().get(SECTIONS.TITLE),
                        rows.stream()
                                .filter(row -> row.get(LESSONS.ID) != null)
                                .map(lesson)
                                .toList()))
                .toList();
    }
}
