package com.techcourse.platform;

import java.time.Duration;

/** What a transaction does, and how long it may take. */
enum TransactionKind {
    WRITES(Patience.OF_A_REQUEST),
    WRITES_REPEATABLY(Patience.OF_A_REQUEST),
    WRITES_LONG(Patience.OF_A_CHECK),
    READS(Patience.OF_A_REQUEST),
    READS_LONG(Patience.OF_A_DOWNLOAD),
    READS_ONE_MOMENT(Patience.OF_A_DOWNLOAD);

    /** Before the first query: all that follow see the moment at which it began. */
    static final String ONE_MOMENT = "set transaction isolation level repeatable read";

    /** The server is to say itself that time is up. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final int LEAST_ANSWER_MILLIS = 5_000;

    private final Patience patience;

    TransactionKind(Patience patience) {
        this.patience = patience;
    }

    boolean writes() {
        return this == WRITES || this == WRITES_REPEATABLY || this == WRITES_LONG;
    }

    /** How long the primary works on one statement. */
    String statementTimeout() {
        return patience.onPrimary.toSeconds() + "s";
    }

    /** How long one answer of the primary is waited for, which may have died without a word. */
    int answerMillis() {
        return (int) patience.onPrimary.plus(MARGIN).toMillis();
    }

    /** The same where the caller has only that much patience left. */
    int answerMillis(Duration left) {
        return patience == Patience.OF_A_REQUEST
                ? Math.clamp(left.toMillis(), LEAST_ANSWER_MILLIS, answerMillis())
                : answerMillis();
    }

    /** How long a standby works on one statement, before the primary is asked. */
    String statementTimeoutOnStandby() {
        return patience.onStandby.toSeconds() + "s";
    }

    int answerMillisOfStandby() {
        return (int) patience.onStandby.plusSeconds(1).toMillis();
    }

    /** Whether it may be done once more when the database was lost at that point. */
    boolean mayBeginAgain(Stage stage) {
        return switch (stage) {
            case BEGINNING -> true;
            // part of a download may be sent already
            case WORKING -> patience == Patience.OF_A_REQUEST;
            case COMMITTING -> this == WRITES_REPEATABLY || this == READS;
        };
    }

    enum Stage {
        BEGINNING,
        WORKING,
        COMMITTING
    }

    /** For one statement. A standby that takes long, or died, is left early: the primary can do the same. */
    private enum Patience {
        OF_A_REQUEST(Duration.ofSeconds(15), Duration.ofSeconds(4)),
        OF_A_DOWNLOAD(Duration.ofMinutes(10), Duration.ofMinutes(10)),
        OF_A_CHECK(Duration.ofMinutes(30), Duration.ofMinutes(30));

        private final Duration onPrimary;
        private final Duration onStandby;

        Patience(Duration onPrimary, Duration onStandby) {
            this.onPrimary = onPrimary;
            this.onStandby = onStandby;
        }
    }
}
