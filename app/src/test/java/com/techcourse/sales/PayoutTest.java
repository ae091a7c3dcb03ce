package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Money to instructors: once, and seen by two pairs of eyes. */
class PayoutTest extends WithAcademy {

    private static final String PAYOUT = """
            insert into sales.payouts (instructor_id, period_start, period_end, amount, currency)
            values (?, '2026-10-01', '2026-11-01', 100, 'EUR') returning id
            """;

    @Test
    void oncePerPeriod() {
        UUID instructor = academy.instructor();
        Race.Result race = Race.of(
                50,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(loader -> {
                    loader.run("set local role techcourse_loader");
                    return loader.run(PAYOUT, instructor);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals())
                .containsOnly(new Refusal("23505", "payouts_instructor_id_period_start_currency_key"));
    }

    @Test
    void nobodyApprovesTheOwnPayout() {
        UUID instructor = academy.instructor();
        UUID payout = owner.uuid(PAYOUT, instructor);
        String approve = "update sales.payouts set status = 'approved', approved_by = ? where id = ?";
        Refusal.by("23514", "payouts_approved_by_another_check", () -> owner.run(approve, instructor, payout));
        owner.run(approve, academy.admin(), payout);
    }

    @Test
    void nothingIsPaidWithoutApproval() {
        UUID payout = owner.uuid(PAYOUT, academy.instructor());
        for (String status : new String[] {"approved", "paid"}) {
            Refusal.by(
                    "23514",
                    "payouts_approved_has_an_approver_check",
                    () -> owner.run(
                            "update sales.payouts set status = ?, paid_at = case ? when 'paid' then now() end where id = ?",
                            status,
                            status,
                            payout));
        }
    }
}
