package com.techcourse.catalog.exchange;

import static com.techcourse.catalog.exchange.XmlText.element;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes Moodle XML. What it has no words for stands in a comment, see {@link Remarks}. */
final class MoodleWriter {

    private static final Map<String, String> TYPES = Map.of(
            "single_choice",
            "multichoice",
            "multiple_choice",
            "multichoice",
            "true_false",
            "truefalse",
            "numeric",
            "numerical",
            "short_text",
            "shortanswer",
            "matching",
            "matching",
            "ordering",
            "ordering",
            "fill_in",
            "cloze",
            "essay",
            "essay");
    private static final List<String> REMARKS = List.of("points", "penalty", "partial_credit", "case_sensitive");
    private static final List<String> FEEDBACK_TOO =
            List.of("points", "penalty", "partial_credit", "case_sensitive", "feedback_correct", "feedback_incorrect");

    private final StringBuilder file = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    private final List<Found> losses = new ArrayList<>();

    static Written write(List<Kept> questions) {
        MoodleWriter writer = new MoodleWriter();
        questions.forEach(writer::item);
        return new Written((writer.file + "</quiz>\n").getBytes(StandardCharsets.UTF_8), writer.losses);
    }

    private void item(Kept kept) {
        List<String> notes = new ArrayList<>();
        String parts = parts(kept, notes);
        boolean own = List.of("single_choice", "multiple_choice", "matching", "ordering", "true_false")
                .contains(kept.type());
        file.append("<question type=\"")
                .append(TYPES.get(kept.type()))
                .append("\">\n")
                .append(XmlText.comment(Remarks.of(kept.question(), own ? REMARKS : FEEDBACK_TOO, List.of())))
                .append('\n')
                .append("<name>")
                .append(element("text", "Q" + (losses.size() + 1)))
                .append("</name>\n")
                .append(formatted("questiontext", kept.type().equals("fill_in") ? cloze(kept) : kept.text()))
                .append(formatted("generalfeedback", kept.text("feedback")))
                .append(element(
                        "defaultgrade",
                        kept.question().path("points").decimalValue().toPlainString()))
                .append("\n<penalty>0</penalty><hidden>0</hidden>\n");
        if (own && !kept.type().equals("true_false")) {
            file.append(formatted("correctfeedback", kept.text("feedback_correct")))
                    .append(formatted("incorrectfeedback", kept.text("feedback_incorrect")));
        }
        file.append(parts).append("<tags>");
        kept.tags()
                .forEach(
                        tag -> file.append("<tag>").append(element("text", tag)).append("</tag>"));
        file.append("</tags>\n</question>\n");
        losses.add(new Found(kept.text(), (ObjectNode) kept.question(), kept.tags(), notes));
    }

    private static String parts(Kept kept, List<String> notes) {
        if (kept.type().equals("multiple_choice")
                && !kept.question().path("partial_credit").asBoolean(false)) {
            notes.add("elsewhere a part of the right options earns a part of the points");
        }
        return switch (kept.type()) {
            case "single_choice", "multiple_choice" -> options(kept);
            case "true_false" -> truth(kept);
            case "numeric" -> number(kept);
            case "short_text" -> words(kept);
            case "matching" -> pairs(kept);
            case "ordering" -> order(kept);
            case "essay" -> kept.text("rubric").isEmpty() ? "" : formatted("graderinfo", kept.text("rubric"));
            default -> {
                if (!kept.hasNumberedGaps()) {
                    notes.add("gaps get numbers for names");
                }
                yield "";
            }
        };
    }

    private static String formatted(String name, String text) {
        return "<%1$s format=\"markdown\">%2$s</%1$s>%n".formatted(name, element("text", text));
    }

    private static String options(Kept kept) {
        boolean single = kept.type().equals("single_choice");
        BigDecimal share =
                BigDecimal.valueOf(100).divide(BigDecimal.valueOf(kept.rightOnes()), 5, RoundingMode.HALF_UP);
        BigDecimal wrong = single ? cost(kept) : share.negate();
        StringBuilder options = new StringBuilder(
                element("single", Boolean.toString(single)) + "<shuffleanswers>true</shuffleanswers>\n");
        for (JsonNode option : kept.entries("options")) {
            boolean right = kept.isRight(option.path("id").asString());
            options.append(answer(
                    right ? share : wrong,
                    option.path("text").asString(),
                    option.path("feedback").asString(""),
                    ""));
        }
        return options.toString();
    }

    private static BigDecimal cost(Kept kept) {
        JsonNode penalty = kept.question().path("penalty");
        return penalty.isNumber()
                ? penalty.decimalValue()
                        .multiply(BigDecimal.valueOf(-100))
                        .divide(kept.question().path("points").decimalValue(), 5, RoundingMode.HALF_UP)
                : BigDecimal.ZERO;
    }

    private static String answer(BigDecimal fraction, String text, String feedback, String more) {
        BigDecimal plain = fraction.signum() == 0 ? BigDecimal.ZERO : fraction.stripTrailingZeros();
        return "<answer fraction=\"" + plain.toPlainString() + "\" format=\"markdown\">" + element("text", text) + more
                + (feedback.isEmpty() ? "" : formatted("feedback", feedback).strip()) + "</answer>\n";
    }

    private static String truth(Kept kept) {
        boolean key = kept.question().path("answer").asBoolean();
        BigDecimal all = BigDecimal.valueOf(100);
        return answer(all, Boolean.toString(key), kept.text("feedback_correct"), "")
                + answer(BigDecimal.ZERO, Boolean.toString(!key), kept.text("feedback_incorrect"), "");
    }

    private static String number(Kept kept) {
        JsonNode tolerance = kept.question().path("tolerance");
        String unit = kept.text("unit");
        return answer(
                        BigDecimal.valueOf(100),
                        kept.question().path("answer").decimalValue().toPlainString(),
                        "",
                        tolerance.isNumber()
                                ? element("tolerance", tolerance.decimalValue().toPlainString())
                                : "")
                + (unit.isEmpty()
                        ? ""
                        : "<units><unit><multiplier>1</multiplier>" + element("unit_name", unit) + "</unit></units>\n");
    }

    private static String words(Kept kept) {
        StringBuilder words = new StringBuilder(
                element("usecase", kept.question().path("case_sensitive").asBoolean(false) ? "1" : "0") + "\n");
        kept.accepted()
                .forEach(text -> words.append(answer(BigDecimal.valueOf(100), text.replace("*", "\\*"), "", "")));
        return words.toString();
    }

    private static String pairs(Kept kept) {
        StringBuilder pairs = new StringBuilder("<shuffleanswers>true</shuffleanswers>\n");
        kept.pairs().forEach(pair -> pairs.append(pair(pair.getKey(), pair.getValue())));
        kept.distractors().forEach(right -> pairs.append(pair("", right)));
        return pairs.toString();
    }

    private static String pair(String left, String right) {
        return "<subquestion format=\"markdown\">" + element("text", left) + "<answer>" + element("text", right)
                + "</answer></subquestion>\n";
    }

    private static String order(Kept kept) {
        StringBuilder order = new StringBuilder("<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>\n");
        List<String> items = kept.ordered();
        for (int n = 0; n < items.size(); n++) {
            order.append(answer(BigDecimal.valueOf(n + 1), items.get(n), "", ""));
        }
        return order.toString();
    }

    private static String cloze(Kept kept) {
        String kind = kept.question().path("case_sensitive").asBoolean(false) ? "SHORTANSWER_C" : "SHORTANSWER";
        StringBuilder text = new StringBuilder(kept.between().getFirst());
        for (int n = 0; n < kept.gaps().size(); n++) {
            text.append("{1:").append(kind).append(':');
            text.append(kept.gaps().get(n).stream()
                    .map(word -> "=" + MoodleCloze.escaped(word))
                    .collect(java.util.stream.Collectors.joining("~")));
            text.append('}').append(kept.between().get(n + 1));
        }
        return text.toString();
    }
}
