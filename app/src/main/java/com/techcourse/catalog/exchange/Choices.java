package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Options with weights in percent, as GIFT and Moodle have them, as a choice with a key and a penalty. */
final class Choices {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** An option and what it is worth. */
    record Weighted(
            String text, BigDecimal percent, @Nullable String feedback) {

        boolean isRight() {
            return percent.signum() > 0;
        }

        boolean isWhole() {
            return near(percent, HUNDRED);
        }
    }

    private Choices() {}

    static void fill(Draft draft, List<Weighted> options, boolean several) {
        List<String> ids = options(draft, options);
        long whole = options.stream().filter(Weighted::isWhole).count();
        if (several) {
            multiple(draft, options, ids);
        } else if (whole == 1) {
            single(draft, options, ids);
        } else if (whole > 1) {
            multiple(draft, options, ids);
            draft.note("one of several right options was enough; now all of them are asked for");
        } else {
            throw new Unusable("no option is wholly right");
        }
    }

    private static List<String> options(Draft draft, List<Weighted> options) {
        List<String> ids = draft.entries(
                "options", "o", options.stream().map(Weighted::text).toList());
        ArrayNode entries = (ArrayNode) draft.question.get("options");
        for (int n = 0; n < ids.size(); n++) {
            String feedback = options.get(n).feedback();
            if (feedback != null && !feedback.isBlank()) {
                ((ObjectNode) entries.get(n)).put("feedback", feedback);
            }
        }
        return ids;
    }

    private static void single(Draft draft, List<Weighted> options, List<String> ids) {
        draft.type("single_choice");
        for (int n = 0; n < ids.size(); n++) {
            if (options.get(n).isWhole()) {
                draft.question.put("answer", ids.get(n));
            } else if (options.get(n).isRight()) {
                draft.note("an option that earned a part of the points counts as wrong");
            }
        }
        List<BigDecimal> costs = options.stream()
                .filter(option -> !option.isWhole())
                .map(option -> option.percent().negate().max(BigDecimal.ZERO))
                .toList();
        BigDecimal most = costs.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        if (most.signum() > 0) {
            draft.question.put(
                    "penalty",
                    draft.points()
                            .multiply(most.min(HUNDRED))
                            .divide(HUNDRED, MathContext.DECIMAL64)
                            .stripTrailingZeros());
            if (costs.stream().anyMatch(cost -> !near(cost, most))) {
                draft.note("wrong options cost differently; now each costs as much as the worst");
            }
        }
    }

    private static void multiple(Draft draft, List<Weighted> options, List<String> ids) {
        draft.type("multiple_choice");
        ArrayNode answer = draft.question.putArray("answer");
        for (int n = 0; n < ids.size(); n++) {
            if (options.get(n).isRight()) {
                answer.add(ids.get(n));
            }
        }
        if (answer.isEmpty()) {
            throw new Unusable("no option is right");
        }
        draft.question.put("partial_credit", true);
        BigDecimal share = HUNDRED.divide(BigDecimal.valueOf(answer.size()), 5, RoundingMode.HALF_UP);
        if (options.stream().anyMatch(option -> option.isRight() && !near(option.percent(), share))) {
            draft.note("right options weigh the same now");
        }
        if (options.stream().anyMatch(option -> !option.isRight() && !near(option.percent(), share.negate()))) {
            draft.note("a wrong option takes away what a right one gives");
        }
    }

    private static boolean near(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(HALF) < 0;
    }
}
