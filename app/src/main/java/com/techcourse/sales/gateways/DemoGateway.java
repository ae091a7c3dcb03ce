package com.techcourse.sales.gateways;

import com.techcourse.platform.api.Refused;
import com.techcourse.platform.mail.PublicUrl;
import com.techcourse.sales.gateways.DemoBank.Charge;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Takes test cards and no money, until a real gateway is configured. */
final class DemoGateway implements Gateway {

    static final String NAME = "demo";

    /** Payments of the sample academy and of generated rows, which no bank knows. */
    static final String SAMPLE = "sandbox";

    /** So long after its beginning a payment that never reached the bank is given up. */
    private static final Duration NEVER_ARRIVED = Duration.ofMinutes(10);

    private final DemoBank bank;
    private final PublicUrl publicUrl;

    DemoGateway(DemoBank bank, PublicUrl publicUrl) {
        this.bank = bank;
        this.publicUrl = publicUrl;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(Means means) {
        card(means);
    }

    private static TestCard card(Means means) {
        return Optional.ofNullable(means.card())
                .flatMap(TestCard::of)
                .orElseThrow(() -> new Refused("invalid-value", "The demo gateway takes its test cards only.", "card"));
    }

    @Override
    public Answer ask(Due due) {
        TestCard card = card(due.means());
        Charge charge = bank.ask(due, card);
        return card == TestCard.ANSWER_LOST ? new Answer.Waiting(null) : answer(due.payment(), charge);
    }

    @Override
    public Answer look(Due due) {
        return bank.look(due.payment())
                .map(charge -> answer(due.payment(), charge))
                .orElseGet(() -> neverArrived(due));
    }

    private Answer answer(UUID payment, Charge charge) {
        String reference = "demo_" + payment;
        return switch (charge.state()) {
            case "captured" -> new Answer.Captured(reference, charge.money(), charge.fee(), charge.settled());
            case "declined" -> new Answer.Declined(reference, charge.why());
            case "to_confirm" -> new Answer.ToConfirm(reference, confirmation(payment));
            default -> new Answer.Waiting(reference);
        };
    }

    /** The bank is told of it, so that a request that is still on its way takes no money either. */
    private Answer neverArrived(Due due) {
        if (OffsetDateTime.now().isBefore(due.begunAt().plus(NEVER_ARRIVED))) {
            return new Answer.Waiting(null);
        }
        return answer(due.payment(), bank.giveUp(due));
    }

    /** What the bank says after the buyer has confirmed, or has not; waiting where it knows no such payment. */
    Answer confirm(UUID payment, boolean approved) {
        bank.confirm(payment, approved);
        return bank.look(payment).map(charge -> answer(payment, charge)).orElseGet(() -> new Answer.Waiting(null));
    }

    @Override
    public GivenBack giveBack(Return wanted) {
        if (wanted.paymentReference().startsWith(SAMPLE)) {
            return new GivenBack.Done(SAMPLE + wanted.id());
        }
        String said = bank.giveBack(wanted);
        return said.equals("done") ? new GivenBack.Done("demo_return_" + wanted.id()) : new GivenBack.Refused(said);
    }

    private URI confirmation(UUID payment) {
        return URI.create(publicUrl.of("/api/v1/payments/" + payment + "/confirmation"));
    }
}
