package com.techcourse.loading.oulad;

import java.time.Duration;
import java.util.Map;
import org.jooq.Record;
import org.jooq.Result;

/**
 * What became of the rows. {@code summary} is one row for each kind of outcome, with the first example (the first five
 * of what was rejected) and the whole count; {@code written} counts the new rows of each table; {@code took} ends
 * with the commit.
 */
public record ImportReport(
        State state, long rejected, Map<String, Integer> written, Duration took, Result<? extends Record> summary) {

    public ImportReport {
        written = Map.copyOf(written);
    }

    public boolean isDone() {
        return state != State.REFUSED;
    }

    /** How an import ended. */
    public enum State {
        DONE("Done: the rows are in the academy."),
        NOTHING_NEW("Done: everything was there already, nothing was changed."),
        TRIED("Dry run: every row was written, checked by every rule and taken back; nothing was changed."),
        REFUSED("Nothing was written. Mend the rows named here, or keep the good rows with --partial.");

        private final String sentence;

        State(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }
}
