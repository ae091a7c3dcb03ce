package com.techcourse.sales.gateways;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cards that the demo gateway knows; docs/payments.md lists them. Any other number is refused and never kept. */
enum TestCard {
    SUCCESS("4242424242424242", "captured", null),
    DECLINED("4000000000000002", "declined", "card_declined"),
    NO_FUNDS("4000000000009995", "declined", "insufficient_funds"),
    AUTHENTICATION("4000002500003155", "to_confirm", null),
    SLOW("4000000000004087", "waiting", null),
    /** The money is taken, the answer gets lost. */
    ANSWER_LOST("4000000000005043", "captured", null),
    /** Giving back is refused twice before it is done. */
    RETURNS_REFUSED_FIRST("4000000000005126", "captured", null);

    private final String number;
    private final String firstState;
    private final @Nullable String reason;

    TestCard(String number, String firstState, @Nullable String reason) {
        this.number = number;
        this.firstState = firstState;
        this.reason = reason;
    }

    static Optional<TestCard> of(String number) {
        String digits = number.replaceAll("[ -]", "");
        return Arrays.stream(values())
                .filter(card -> card.number.equals(digits))
                .findFirst();
    }

    String firstState() {
        return firstState;
    }

    @Nullable
    String reason() {
        return reason;
    }
}
