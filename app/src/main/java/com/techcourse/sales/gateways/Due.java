package com.techcourse.sales.gateways;

import com.techcourse.platform.api.Money;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A payment that the gateway is asked for.
 *
 * @param titles of what is bought, in the order of the lines
 * @param reference the gateway's own for it, or a number of ours while the gateway has given none
 * @param begunAt when the payment began; stays the same in every try
 */
record Due(
        UUID student,
        UUID order,
        UUID payment,
        Money money,
        List<String> titles,
        Means means,
        String reference,
        OffsetDateTime begunAt) {

    Due {
        titles = List.copyOf(titles);
    }
}
