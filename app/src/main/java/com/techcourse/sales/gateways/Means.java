package com.techcourse.sales.gateways;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer brings along.
 *
 * @param card number of a test card, for the demo gateway alone; real numbers never come here
 * @param returnUrl page to which the gateway sends the buyer back; null where nobody is waiting
 */
public record Means(@Nullable String card, @Nullable URI returnUrl) {

    static final Means NONE = new Means(null, null);
}
