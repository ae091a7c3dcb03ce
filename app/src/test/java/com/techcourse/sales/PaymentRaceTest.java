package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy;
import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Webhooks, retries and refunds that arrive together. */
class PaymentRaceTest extends WithAcademy {

    private Race.Result race(int runners, String statement, Object... values) {
        return Race.of(
                runners,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(loader -> {
                    loader.run("set local role techcourse_loader");
                    return loader.run(statement, values);
                }));
    }

    @Test
    void oneOrderPerKey() {
        UUID student = academy.student();
        Race.Result race = race(
                60,
                "insert into sales.orders (student_id, currency, idempotency_key) values (?, 'EUR', 'the-same-key')",
                student);
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("23505", "orders_student_id_idempotency_key_key"));
    }

    @Test
    void oneCapturedPayment() {
        Order order = academy.order(academy.student(), academy.course("49.00"));
        Race.Result race = race(60, """
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                values (?, ?, 49.00, 'EUR', 'captured', 'demo', gen_random_uuid()::text, now())
                """, order.studentId(), order.id());
        assertThat(race.winners()).isOne();
        assertThat(race.refusals())
                .hasSize(59)
                .containsOnly(new Refusal("23505", "payments_one_captured_per_order_key"));
    }

    @Test
    void oneReference() {
        Race.Result race = race(60, """
                insert into sales.payment_references (gateway, reference, student_id, payment_id)
                values ('demo', 'webhook-1', gen_random_uuid(), gen_random_uuid())
                """);
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("23505", "payment_references_gateway_reference_pkey"));
    }

    @Test
    void refundsNeverExceedThePayment() {
        UUID course = academy.course("49.00");
        Payment payment = academy.purchase(academy.student(), course);
        Race.Result race = race(
                50,
                Academy.REFUND,
                payment.order().studentId(),
                payment.id(),
                payment.order().id(),
                course,
                "10.00");
        assertThat(race.winners()).as(race.toString()).isEqualTo(4);
        assertThat(race.refusals()).containsOnly(new Refusal("23514", "payments_refunded_at_most_paid_check"));
        assertThat(owner.one("select sum(amount) from sales.refunds where payment_id = ?", payment.id()))
                .isEqualTo(new BigDecimal("40.00"));
        assertThat(owner.one("select refunded_amount from sales.payments where id = ?", payment.id()))
                .isEqualTo(new BigDecimal("40.00"));
    }
}
