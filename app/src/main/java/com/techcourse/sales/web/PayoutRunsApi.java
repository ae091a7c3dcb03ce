package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** Planning a month's payouts, and what becomes of each: approved by another person, then paid. */
@Api
class PayoutRunsApi {

    private final ActingTransactions transactions;
    private final IdempotentWrites writes;

    PayoutRunsApi(ActingTransactions transactions, IdempotentWrites writes) {
        this.transactions = transactions;
        this.writes = writes;
    }

    @PostMapping("/payouts/runs")
    @OpenTo({"accountant", "admin"})
    @Refuses({"idempotency-key-reused", "month-not-over"})
    @Operation(
            summary = "Plan the payouts of a month",
            description =
                    "What the preview shows, for a month that is over. Repeated, it plans none again. Somebody else approves them.")
    ResponseEntity<RunResult> run(
            Acting acting, @RequestHeader(IdempotentWrites.HEADER) String key, @RequestBody Run run) {
        LocalDate month = Month.firstDay(run.month());
        return transactions.writeRepeatably(
                acting,
                database -> writes.once(
                        database,
                        key,
                        "run_payouts",
                        run,
                        RunResult.class,
                        () -> ResponseEntity.ok(new RunResult(run.month(), planned(database, month)))));
    }

    private static int planned(DSLContext database, LocalDate month) {
        return database.fetchSingle("select sales.run_payouts(?)", month).get(0, int.class);
    }

    @PostMapping("/payouts/{payout_id}/approval")
    @OpenTo({"accountant", "admin"})
    @Refuses({"idempotency-key-reused", "four-eyes", "already-decided", "payout-not-covered"})
    @Operation(
            summary = "Approve a payout",
            description = "By another than who planned it and who is paid; refused when the books owe less by now.")
    ResponseEntity<Payout> approve(
            Acting acting,
            @PathVariable("payout_id") UUID payoutId,
            @RequestHeader(IdempotentWrites.HEADER) String key) {
        return step(acting, payoutId, key, "approve_payout", List.of(payoutId), database ->
                (Boolean) database.fetchValue("select sales.approve_payout(?)", payoutId));
    }

    @PostMapping("/payouts/{payout_id}/payment")
    @OpenTo({"accountant", "admin"})
    @Refuses({"idempotency-key-reused", "four-eyes", "already-decided", "payout-not-covered"})
    @Operation(
            summary = "Note that a payout is paid",
            description = "With the bank's reference of the transfer; the books have it in the same moment.")
    ResponseEntity<Payout> pay(
            Acting acting,
            @PathVariable("payout_id") UUID payoutId,
            @RequestHeader(IdempotentWrites.HEADER) String key,
            @RequestBody Transfer transfer) {
        return step(acting, payoutId, key, "pay_payout", List.of(payoutId, transfer), database ->
                (Boolean) database.fetchValue("select sales.pay_payout(?, ?)", payoutId, transfer.reference()));
    }

    @PostMapping("/payouts/{payout_id}/cancellation")
    @OpenTo({"accountant", "admin"})
    @Refuses({"idempotency-key-reused", "already-decided"})
    @Operation(
            summary = "Cancel a payout that is not paid",
            description = "What it was for stays payable, and is in the next month's run.")
    ResponseEntity<Payout> cancel(
            Acting acting,
            @PathVariable("payout_id") UUID payoutId,
            @RequestHeader(IdempotentWrites.HEADER) String key) {
        return step(acting, payoutId, key, "cancel_payout", List.of(payoutId), database ->
                (Boolean) database.fetchValue("select sales.cancel_payout(?)", payoutId));
    }

    private ResponseEntity<Payout> step(
            Acting acting, UUID payoutId, String key, String operation, Object request, Predicate<DSLContext> change) {
        return transactions.writeRepeatably(
                acting,
                database -> writes.once(database, key, operation, request, Payout.class, () -> {
                    if (!change.test(database)) {
                        throw new Refused("not-found");
                    }
                    return ResponseEntity.ok(Payout.one(database, payoutId));
                }));
    }

    /** @param month that is over */
    @Schema(name = "PayoutRun")
    record Run(
            @Schema(pattern = Month.PATTERN, example = "2026-10")
            String month) {}

    /** @param planned how many payouts are new; those of an earlier run are not counted */
    @Schema(name = "PayoutRunResult")
    record RunResult(
            @Schema(pattern = Month.PATTERN, example = "2026-10")
            String month,

            int planned) {}

    /** @param reference the bank's */
    record Transfer(
            @Schema(minLength = 1, maxLength = 140, example = "SEPA 2026-11-02 000123")
            String reference) {}
}
