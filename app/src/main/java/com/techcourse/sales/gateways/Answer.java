package com.techcourse.sales.gateways;

import com.techcourse.platform.api.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What a gateway says of a payment. */
sealed interface Answer {

    /**
     * The money is taken.
     *
     * @param fee what the gateway keeps of it; null while it is not known
     */
    record Captured(String reference, Money money, @Nullable BigDecimal fee, OffsetDateTime at) implements Answer {}

    /**
     * It will never be taken.
     *
     * @param reason a word for programs, such as {@code insufficient_funds}
     */
    record Declined(@Nullable String reference, String reason) implements Answer {}

    /** The buyer has to go there first. */
    record ToConfirm(String reference, URI where) implements Answer {}

    /** Nobody knows yet; the reference is null when not even the request is known to have arrived. */
    record Waiting(@Nullable String reference) implements Answer {}
}
