package com.techcourse.sales.gateways;

import com.techcourse.platform.api.Money;
import java.util.UUID;

/**
 * Money that the gateway shall give back.
 *
 * @param id of the request in {@code sales.gateway_refunds}
 * @param paymentReference the gateway's own for the payment
 * @param tries the number of this try
 */
record Return(UUID student, UUID id, UUID payment, String paymentReference, Money money, int tries) {}
