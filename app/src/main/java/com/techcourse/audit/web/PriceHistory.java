package com.techcourse.audit.web;

import static com.techcourse.jooq.audit.Tables.COURSE_PRICE_CHANGES;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.row;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Reads {@code audit.course_price_changes}, newest first. */
@Component
class PriceHistory {

    static final int PAGE = 50;

    Page<PriceChange> page(DSLContext database, String course, Optional<Cursor> after) {
        List<PriceChange> changes = database.select(
                        COURSE_PRICE_CHANGES.CHANGE_ID,
                        COURSE_PRICE_CHANGES.CHANGED_AT,
                        COURSE_PRICE_CHANGES.COURSE_ID,
                        COURSE_PRICE_CHANGES.COURSE_TITLE,
                        COURSE_PRICE_CHANGES.OLD_PRICE,
                        COURSE_PRICE_CHANGES.NEW_PRICE,
                        COURSE_PRICE_CHANGES.CURRENCY,
                        COURSE_PRICE_CHANGES.OLD_CURRENCY,
                        COURSE_PRICE_CHANGES.CHANGED_BY_EMAIL,
                        COURSE_PRICE_CHANGES.ACTING_ROLE,
                        COURSE_PRICE_CHANGES.DATABASE_ROLE)
                .from(COURSE_PRICE_CHANGES)
                .where(
                        course.isEmpty()
                                ? DSL.noCondition()
                                : COURSE_PRICE_CHANGES.COURSE_TITLE.containsIgnoreCase(course))
                .and(after.map(cursor -> row(COURSE_PRICE_CHANGES.CHANGED_AT, COURSE_PRICE_CHANGES.CHANGE_ID)
                                .lt(cursor.time(0), cursor.uuid(1)))
                        .orElseGet(DSL::noCondition))
                .orderBy(COURSE_PRICE_CHANGES.CHANGED_AT.desc(), COURSE_PRICE_CHANGES.CHANGE_ID.desc())
                .limit(PAGE + 1)
                .fetch(mapping(PriceChange::new));
        return Page.of(changes, PAGE, change -> Cursor.of(change.changedAt(), change.id()));
    }
}
