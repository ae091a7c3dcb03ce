package com.techcourse.sales.gateways;

import com.techcourse.platform.api.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts as Stripe counts them: whole numbers of a currency's smallest unit, which is not a hundredth everywhere. ISK
 * and UGX have no cents either, but are counted in hundredths.
 */
final class MinorUnits {

    private static final Set<String> WITHOUT = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private MinorUnits() {}

    /** Fails where the amount has a part that the currency does not have. */
    static long of(Money money) {
        return money.amount().movePointRight(digits(money.currency())).longValueExact();
    }

    static Money money(long units, String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        BigDecimal amount = BigDecimal.valueOf(units).movePointLeft(digits(code));
        // thousandths end in 0 at Stripe; should one ever not, the books still have whole hundredths
        return new Money(amount.setScale(2, RoundingMode.HALF_EVEN), code);
    }

    private static int digits(String currency) {
        return WITHOUT.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }
}
