package com.techcourse.catalog.exchange;

import static com.techcourse.catalog.exchange.GiftText.escaped;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes GIFT. What it has no words for stands in a comment, see {@link Remarks}. */
final class GiftWriter {

    private static final List<String> REMARKS = List.of(
            "points",
            "penalty",
            "partial_credit",
            "case_sensitive",
            "unit",
            "rubric",
            "feedback_correct",
            "feedback_incorrect");

    private final StringBuilder file = new StringBuilder();
    private final List<Found> losses = new ArrayList<>();

    static Written write(List<Kept> questions) {
        GiftWriter writer = new GiftWriter();
        questions.forEach(writer::item);
        return new Written(writer.file.toString().getBytes(StandardCharsets.UTF_8), writer.losses);
    }

    private void item(Kept kept) {
        List<String> notes = new ArrayList<>();
        String written;
        try {
            written = body(kept, notes);
        } catch (Unusable e) {
            losses.add(Found.dropped(kept.text(), e.why()));
            return;
        }
        String type = kept.type().equals("multiple_choice") ? "[type:multiple_choice] " : "";
        file.append("// ")
                .append(type)
                .append(Remarks.of(kept.question(), REMARKS, kept.tags()))
                .append('\n');
        file.append("::Q")
                .append(losses.size() + 1)
                .append(":: ")
                .append(written)
                .append("\n\n");
        losses.add(
                new Found(kept.text(), (tools.jackson.databind.node.ObjectNode) kept.question(), kept.tags(), notes));
    }

    private static String body(Kept kept, List<String> notes) {
        String text = (kept.text().startsWith("[") ? "[plain]" : "") + escaped(kept.text());
        String feedback = kept.text("feedback").isEmpty() ? "" : "####" + escaped(kept.text("feedback"));
        return switch (kept.type()) {
            case "single_choice", "multiple_choice" -> text + " {" + options(kept) + feedback + "}";
            case "true_false" -> text + " {" + truth(kept) + feedback + "}";
            case "numeric" -> text + " {#" + number(kept) + feedback + "}";
            case "short_text" -> text + " {" + words(kept.accepted()) + feedback + "}";
            case "matching" -> text + " {" + pairs(kept) + feedback + "}";
            case "ordering" -> {
                notes.add("the order becomes a matching of places and items");
                yield text + " {" + places(kept) + feedback + "}";
            }
            case "fill_in" -> gap(kept, feedback, notes);
            case "essay" -> text + " {" + feedback + "}";
            default -> throw new Unusable("GIFT has no " + kept.type());
        };
    }

    private static String options(Kept kept) {
        StringBuilder options = new StringBuilder();
        boolean single = kept.type().equals("single_choice");
        BigDecimal share = BigDecimal.valueOf(100)
                .divide(BigDecimal.valueOf(kept.rightOnes()), 5, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        for (JsonNode option : kept.entries("options")) {
            boolean right = kept.isRight(option.path("id").asString());
            String mark = single ? right ? "=" : "~" : "~%" + (right ? share : share.negate()).toPlainString() + "%";
            String feedback = option.path("feedback").asString("");
            options.append("\n  ")
                    .append(mark)
                    .append(escaped(option.path("text").asString()));
            options.append(feedback.isEmpty() ? "" : " #" + escaped(feedback));
        }
        return options.append('\n').toString();
    }

    private static String truth(Kept kept) {
        String wrong = escaped(kept.text("feedback_incorrect"));
        String right = escaped(kept.text("feedback_correct"));
        return (kept.question().path("answer").asBoolean() ? "TRUE" : "FALSE")
                + (wrong.isEmpty() && right.isEmpty() ? "" : "#" + wrong)
                + (right.isEmpty() ? "" : "#" + right);
    }

    private static String number(Kept kept) {
        JsonNode tolerance = kept.question().path("tolerance");
        return kept.question().path("answer").decimalValue().toPlainString()
                + (tolerance.isNumber() ? ":" + tolerance.decimalValue().toPlainString() : "");
    }

    private static String words(List<String> accepted) {
        StringBuilder words = new StringBuilder();
        accepted.forEach(text -> words.append(" =").append(escaped(text).replace("*", "\\*")));
        return words.append(' ').toString();
    }

    private static String pairs(Kept kept) {
        StringBuilder pairs = new StringBuilder();
        kept.pairs()
                .forEach(pair -> pairs.append("\n  =")
                        .append(side(pair.getKey()))
                        .append(" -> ")
                        .append(side(pair.getValue())));
        kept.distractors().forEach(right -> pairs.append("\n  = -> ").append(side(right)));
        return pairs.append('\n').toString();
    }

    private static String side(String text) {
        if (text.contains("->")) {
            throw new Unusable("GIFT cannot write -> within a pair");
        }
        return escaped(text);
    }

    private static String places(Kept kept) {
        StringBuilder places = new StringBuilder();
        List<String> items = kept.ordered();
        for (int n = 0; n < items.size(); n++) {
            places.append("\n  =").append(n + 1).append(". -> ").append(side(items.get(n)));
        }
        return places.append('\n').toString();
    }

    private static String gap(Kept kept, String feedback, List<String> notes) {
        List<List<String>> gaps = kept.gaps();
        if (gaps.size() != 1) {
            throw new Unusable("GIFT has one gap, not " + gaps.size());
        }
        if (!kept.hasNumberedGaps()) {
            notes.add("gaps get numbers for names");
        }
        if (kept.between().get(1).isBlank()) {
            notes.add("a gap at the end becomes a short text");
        }
        return escaped(kept.between().getFirst()) + "{" + words(gaps.getFirst()) + feedback + "}"
                + escaped(kept.between().get(1));
    }
}
