package com.techcourse.audit.cli;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Days of the log, in UTC; an open end is no limit. */
final class Period {

    @Option(names = "--from", paramLabel = "DAY", description = "First day (UTC), as 2026-11-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day (UTC).")
    private @Nullable LocalDate to;

    Condition covers(Field<OffsetDateTime> time) {
        Condition begun = from == null ? DSL.noCondition() : time.ge(startOf(from));
        return to == null ? begun : begun.and(time.lt(startOf(to.plusDays(1))));
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
