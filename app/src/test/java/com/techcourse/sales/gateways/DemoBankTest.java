package com.techcourse.sales.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books of the demo gateway's bank. */
class DemoBankTest extends WithAcademy {

    private static final String ASK = "select sales.demo_ask(?, 'success', 'captured', null, ?, 'EUR')";
    private static final String GIVE_BACK = "select sales.demo_give_back(?, ?, ?, 'EUR')";
    private static final int RUNNERS = 100;

    private UUID charged(int amount) {
        UUID payment = UUID.randomUUID();
        owner.run(ASK, payment, amount);
        return payment;
    }

    @AfterEach
    void noMoneyIsReal() {
        asLoader(sql -> sql.run("update sales.payment_references set gateway = 'demo'"));
    }

    @Test
    void anotherAmountIsAnotherRequest() {
        UUID payment = charged(10);
        owner.run(ASK, payment, 10);
        Refusal.by("TC440", () -> owner.run(ASK, payment, 11));
    }

    @Test
    void switchedOffOnceMoneyIsReal() {
        asLoader(
                sql -> sql.run(
                        "insert into sales.payment_references (gateway, reference, student_id, payment_id) values ('stripe', 'pi_1', gen_random_uuid(), gen_random_uuid())"));
        Refusal.by("TC441", () -> charged(10));
    }

    @Test
    void neverMoreBackThanWasTaken() {
        UUID payment = charged(10);
        List<Object> said = new CopyOnWriteArrayList<>();
        Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> said.add(sql.transaction(app -> app.one(GIVE_BACK, UUID.randomUUID(), payment, 1))));
        assertThat(said).filteredOn("done"::equals).hasSize(10);
        assertThat(said).filteredOn("more_than_was_taken"::equals).hasSize(RUNNERS - 10);
    }

    @Test
    void aRequestIsGivenBackOnce() {
        UUID payment = charged(10);
        UUID request = UUID.randomUUID();
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> app.one(GIVE_BACK, request, payment, 4)));
        assertThat(race.refusals()).isEmpty();
        Object given = asLoader(sql ->
                sql.one("select count(*) || ' ' || sum(amount) from sales.demo_returns where payment_id = ?", payment));
        assertThat(given).isEqualTo("1 4.00");
    }
}
