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

    private final Patience patience;

    TransactionKind(Patience patience) {
        this.patience = patience;
    }

    boolean writes() {
        return this == WRITES || this == WRITES_REPEATABLY || this == WRITES_LONG;
    }

    /** How long the server works on one statement. */
    String statementTimeout() {
        return patience.statement;
    }

    /** How long one answer of the server is waited for, which may have died without a word. */
    int answerMillis() {
        return patience.answerMillis;
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

    private enum Patience {
        OF_A_REQUEST("15s", Duration.ofSeconds(20)),
        OF_A_DOWNLOAD("10min", Duration.ofMinutes(11)),
        OF_A_CHECK("30min", Duration.ofMinutes(31));

        private final String statement;
        private final int answerMillis;

        Patience(String statement, Duration answer) {
            this.statement = statement;
            this.answerMillis = (int) answer.toMillis();
        }
    }
}
