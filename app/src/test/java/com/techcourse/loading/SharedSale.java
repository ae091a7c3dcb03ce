package com.techcourse.loading;

import static java.math.RoundingMode.DOWN;
import static java.math.RoundingMode.HALF_UP;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Record;

/**
 * What was paid for one line, shared out as docs/payouts.md and docs/ledger.md tell it, in plain decimals: without the
 * ledger, and without any function of the database. The parts are those of the lead, of each further instructor, of the
 * academy, and the tax.
 */
record SharedSale(
        OffsetDateTime captured,
        String course,
        String currency,
        BigDecimal paid,
        String coupon,
        boolean ownCoupon,
        BigDecimal taxRate,
        List<UUID> instructors,
        List<BigDecimal> furtherPercents,
        List<BigDecimal> refunds) {

    /** By orders and refunds alone. */
    static final String QUERY = """
            select p.captured_at, c.slug, l.currency::text, l.list_price - l.discount_amount as paid, coalesce(k.code, '') as coupon,
                   coalesce(k.instructor_id = c.instructor_id, false) as own_coupon, coalesce(t.rate, 0) as tax_rate,
                   array(select c.instructor_id union all (select i.instructor_id from catalog.course_instructors i
                           where i.course_id = c.id order by i.instructor_id)) as instructors,
                   array(select i.share_percent from catalog.course_instructors i where i.course_id = c.id order by i.instructor_id) as percents,
                   array(select r.amount::numeric from sales.refunds r
                          where r.order_id = l.order_id and r.course_id = l.course_id order by r.refunded_at) as refunds
              from sales.payments p
              join sales.orders o on o.id = p.order_id
              join sales.order_lines l on l.order_id = p.order_id
              join catalog.courses c on c.id = l.course_id
              left join sales.coupons k on k.id = l.coupon_id
              left join sales.tax_rates t on t.country = o.country
             where p.status = 'captured'
            """;

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    static SharedSale of(Record row) {
        return new SharedSale(
                row.get(0, OffsetDateTime.class),
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, BigDecimal.class),
                row.get(4, String.class),
                row.get(5, Boolean.class),
                row.get(6, BigDecimal.class).stripTrailingZeros(),
                List.of(row.get(7, UUID[].class)),
                List.of(row.get(8, BigDecimal[].class)),
                List.of(row.get(9, BigDecimal[].class)));
    }

    /** The day on which nobody can take it back any more: thirty days later, in UTC. */
    LocalDate released() {
        return captured.withOffsetSameInstant(ZoneOffset.UTC).plusDays(30).toLocalDate();
    }

    BigDecimal tax() {
        return paid.multiply(taxRate).divide(BigDecimal.ONE.add(taxRate), 2, HALF_UP);
    }

    BigDecimal net() {
        return paid.subtract(tax());
    }

    /** How much of a hundred each has: the lead, further instructors, the academy. */
    List<BigDecimal> percents() {
        BigDecimal share = new BigDecimal(ownCoupon ? "0.97" : "0.70");
        BigDecimal lead = furtherPercents.stream().reduce(HUNDRED, BigDecimal::subtract);
        return Stream.concat(
                        Stream.concat(Stream.of(lead), furtherPercents.stream()).map(share::multiply),
                        Stream.of(BigDecimal.ONE.subtract(share).multiply(HUNDRED)))
                .map(BigDecimal::stripTrailingZeros)
                .toList();
    }

    /** To more than a cent, before anything is cut off. */
    List<BigDecimal> exactParts() {
        return percents().stream()
                .map(percent ->
                        net().multiply(percent).divide(HUNDRED, 10, HALF_UP).stripTrailingZeros())
                .toList();
    }

    /** With the tax as the last one. */
    List<BigDecimal> parts() {
        List<BigDecimal> parts = new ArrayList<>(allocated(net(), percents()));
        parts.add(tax());
        return parts;
    }

    /** What is left to each once everything is given back that was: taken from what each still has. */
    List<BigDecimal> kept() {
        List<BigDecimal> kept = parts();
        for (BigDecimal refund : refunds) {
            kept = minus(kept, allocated(refund, kept));
        }
        return kept;
    }

    private static List<BigDecimal> minus(List<BigDecimal> some, List<BigDecimal> others) {
        return IntStream.range(0, some.size())
                .mapToObj(n -> some.get(n).subtract(others.get(n)))
                .toList();
    }

    /** Whole cents; those that are left over go to the largest remainders, and to the first of equal ones. */
    static List<BigDecimal> allocated(BigDecimal amount, List<BigDecimal> weights) {
        BigDecimal whole = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> exact = weights.stream()
                .map(weight -> amount.multiply(weight).divide(whole, 20, HALF_UP))
                .toList();
        List<BigDecimal> parts = new ArrayList<>(
                exact.stream().map(part -> part.setScale(2, DOWN)).toList());
        BigDecimal left = amount.subtract(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer n) -> exact.get(n).subtract(parts.get(n)))
                        .reversed())
                .limit(left.movePointRight(2).longValueExact())
                .forEach(n -> parts.set(n, parts.get(n).add(new BigDecimal("0.01"))));
        return List.copyOf(parts);
    }
}
