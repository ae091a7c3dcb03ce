package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Money;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The demo gateway's bank: its books are tables of its own, and each request is a transaction of its own. */
@Component
class DemoBank {

    private final ActingTransactions transactions;

    DemoBank(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** What the bank knows of a payment. */
    record Charge(
            String state,
            @Nullable String reason,
            Money money,
            BigDecimal fee,
            @Nullable OffsetDateTime settledAt) {

        String why() {
            return Objects.requireNonNullElse(reason, "card_declined");
        }

        OffsetDateTime settled() {
            return Objects.requireNonNull(settledAt, "settled");
        }

        private static Charge of(Record row) {
            return new Charge(
                    row.get("state", String.class),
                    row.get("declined_reason", String.class),
                    new Money(row.get("charged", BigDecimal.class), row.get("charged_currency", String.class)),
                    row.get("fee", BigDecimal.class),
                    row.get("settled_at", OffsetDateTime.class));
        }
    }

    Charge ask(Due due, TestCard card) {
        return ask(due, card.name().toLowerCase(Locale.ROOT), card.firstState(), card.reason());
    }

    Charge giveUp(Due due) {
        return ask(due, "never_arrived", "declined", "never_arrived");
    }

    private Charge ask(Due due, String card, String firstState, @Nullable String reason) {
        return transactions.writeRepeatably(
                Acting.visitor(),
                dsl -> Charge.of(dsl.fetchSingle(
                        "select * from sales.demo_ask(?, ?, ?, ?, ?, ?)",
                        due.payment(),
                        card,
                        firstState,
                        reason,
                        due.money().amount(),
                        due.money().currency())));
    }

    Optional<Charge> look(UUID payment) {
        return transactions.writeRepeatably(
                Acting.visitor(),
                dsl -> dsl.resultQuery("select * from sales.demo_look(?)", payment)
                        .fetchOptional(Charge::of));
    }

    void confirm(UUID payment, boolean approved) {
        transactions.writeRepeatably(
                Acting.visitor(), dsl -> dsl.execute("select sales.demo_confirm(?, ?)", payment, approved));
    }

    /** {@code done}, or why not. */
    String giveBack(Return wanted) {
        return transactions.writeRepeatably(
                Acting.visitor(),
                dsl -> dsl.fetchSingle(
                                "select sales.demo_give_back(?, ?, ?, ?)",
                                wanted.id(),
                                wanted.payment(),
                                wanted.money().amount(),
                                wanted.money().currency())
                        .into(String.class));
    }
}
