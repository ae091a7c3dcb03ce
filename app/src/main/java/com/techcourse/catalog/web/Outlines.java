package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.LESSONS;

import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Refused;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Changes outlines. Who changes one holds it, so that two editors never mix their changes. */
@Component
class Outlines {

    private final ActingTransactions transactions;

    Outlines(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    Outline read(Acting acting, UUID course) {
        return transactions.read(acting, database -> {
            StudioCourse.read(database, course);
            return outline(database, course);
        });
    }

    /** @param expected the version that the editor has seen; null for a change that fits any */
    Outline change(Acting acting, UUID course, @Nullable Integer expected, Consumer<DSLContext> change) {
        return transactions.write(acting, database -> {
            claim(database, course, expected);
            change.accept(database);
            return outline(database, course);
        });
    }

    static void claim(DSLContext database, UUID course, @Nullable Integer expected) {
        if (Routines.claimOutline(database.configuration(), course, expected) == null) {
            throw new Refused("not-found");
        }
    }

    private static Outline outline(DSLContext database, UUID course) {
        Integer version = Routines.outlineVersion(database.configuration(), course);
        List<Section> sections = OutlineRows.read(database, course, Section::new, Lesson::of);
        return new Outline(version == null ? 1 : version, sections);
    }

    static ResponseEntity<Outline> tagged(Outline outline) {
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, Etags.of(outline.version()))
                .body(outline);
    }

    /** @param version the ETag of the outline */
    record Outline(int version, List<Section> sections) {}

    record Section(UUID id, String title, List<Lesson> lessons) {}

    /** @param version the ETag of the lesson */
    record Lesson(UUID id, String title, String kind, int minutes, boolean preview, int version) {

        static Lesson of(Record row) {
            return new Lesson(
                    row.get(LESSONS.ID),
                    row.get(LESSONS.TITLE),
                    row.get(LESSONS.KIND),
                    row.get(LESSONS.MINUTES),
                    row.get(LESSONS.PREVIEW),
                    row.get(LESSONS.VERSION));
        }
    }
}
