package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads Moodle XML, one {@code question} element after the other. */
final class MoodleReader {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<Found> found = new ArrayList<>();
    private String category = "";

    static List<Found> read(byte[] file) {
        MoodleReader reader = new MoodleReader();
        try {
            XMLStreamReader xml = XmlReading.open(file);
            while (xml.hasNext()) {
                if (XmlReading.next(xml) == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("question")) {
                    reader.question(XmlReading.element(xml, 0));
                }
            }
        } catch (XMLStreamException e) {
            reader.found.add(Found.dropped(
                    "The rest of the file",
                    "it is not well-formed XML, from line " + e.getLocation().getLineNumber() + " on"));
        }
        return reader.found;
    }

    private void question(XmlElement xml) {
        if (xml.attribute("type").equals("category")) {
            category = xml.child("category")
                    .map(named -> named.textOf("text"))
                    .orElse("")
                    .strip()
                    .replaceFirst("^\\$[a-z]+\\$/?", "")
                    .replaceFirst("^top/", "")
                    .replaceFirst("^top$", "");
            return;
        }
        String label = xml.child("name").map(name -> name.textOf("text")).orElse("");
        try {
            found.add(draft(xml).found(label));
        } catch (Unusable e) {
            found.add(Found.dropped(label.isBlank() ? xml.attribute("type") : label, e.why()));
        }
    }

    private Draft draft(XmlElement xml) {
        Remarks remarks = Remarks.in(xml.comments());
        BigDecimal grade = Remarks.number(xml.textOf("defaultgrade"));
        Draft draft = new Draft("", remarks.points(grade == null || grade.signum() <= 0 ? BigDecimal.ONE : grade));
        draft.question.put("text", text(draft, xml, "questiontext"));
        draft.text("feedback", text(draft, xml, "generalfeedback"));
        draft.text("feedback_correct", text(draft, xml, "correctfeedback"));
        draft.text("feedback_incorrect", text(draft, xml, "incorrectfeedback"));
        fill(draft, xml);
        draft.tag(category);
        xml.child("tags").ifPresent(tags -> tags.children("tag").forEach(tag -> draft.tag(tag.textOf("text"))));
        remarks.into(draft);
        return draft;
    }

    private static void fill(Draft draft, XmlElement xml) {
        switch (xml.attribute("type")) {
            case "multichoice" ->
                Choices.fill(
                        draft,
                        options(draft, xml),
                        !List.of("true", "1").contains(xml.textOf("single").strip()));
            case "oumultiresponse" -> Choices.fill(draft, options(draft, xml), true);
            case "multichoiceset" -> {
                Choices.fill(draft, options(draft, xml), true);
                draft.question.put("partial_credit", false);
            }
            case "truefalse" -> truth(draft, xml);
            case "shortanswer" -> words(draft, xml);
            case "numerical" -> number(draft, xml);
            case "matching" -> pairs(draft, xml);
            case "ordering" ->
                draft.ordering(xml.children("answer").stream()
                        .map(answer -> text(draft, answer))
                        .toList());
            case "essay" -> {
                draft.type("essay").text("rubric", text(draft, xml, "graderinfo"));
                if (!List.of("", "0").contains(xml.textOf("attachments").strip())) {
                    draft.note("an essay is written, no file is handed in");
                }
                draft.question.remove(List.of("feedback_correct", "feedback_incorrect"));
            }
            case "cloze" -> MoodleCloze.fill(draft);
            case "description" -> throw new Unusable("a description asks nothing");
            default -> throw new Unusable("there is no question of the type " + xml.attribute("type") + " here");
        }
    }

    private static List<Choices.Weighted> options(Draft draft, XmlElement xml) {
        return xml.children("answer").stream()
                .map(answer -> new Choices.Weighted(text(draft, answer), fraction(answer), feedback(draft, answer)))
                .toList();
    }

    private static void truth(Draft draft, XmlElement xml) {
        for (XmlElement answer : xml.children("answer")) {
            boolean right = fraction(answer).signum() > 0;
            if (right) {
                draft.type("true_false")
                        .question
                        .put("answer", answer.textOf("text").strip().equalsIgnoreCase("true"));
            }
            draft.text(right ? "feedback_correct" : "feedback_incorrect", feedback(draft, answer));
        }
        if (!draft.question.has("answer")) {
            throw new Unusable("neither true nor false is right");
        }
    }

    private static void words(Draft draft, XmlElement xml) {
        List<String> accepted = new ArrayList<>();
        List<String> feedback = new ArrayList<>();
        for (XmlElement answer : xml.children("answer")) {
            String text = answer.textOf("text");
            if (text.strip().equals("*")) {
                draft.text("feedback_incorrect", feedback(draft, answer));
            } else if (fraction(answer).compareTo(HUNDRED) < 0) {
                draft.note("an answer worth " + fraction(answer).toPlainString() + " % is left out");
            } else {
                if (text.replace("\\*", "").contains("*")) {
                    draft.note("the wildcard * stands for itself now");
                }
                accepted.add(text.replace("\\*", "*"));
                feedback.add(feedback(draft, answer));
            }
        }
        List<String> said =
                feedback.stream().filter(text -> !text.isBlank()).distinct().toList();
        if (said.size() == 1) {
            draft.text("feedback_correct", said.getFirst());
        } else if (said.size() > 1) {
            draft.note("feedback of single accepted answers is left out");
        }
        if (accepted.isEmpty()) {
            throw new Unusable("no answer is wholly right");
        }
        draft.type("short_text").accepted(accepted);
        if (xml.textOf("usecase").strip().equals("1")) {
            draft.question.put("case_sensitive", true);
        }
    }

    private static void number(Draft draft, XmlElement xml) {
        boolean there = false;
        for (XmlElement answer : xml.children("answer")) {
            BigDecimal number = Remarks.number(answer.textOf("text"));
            if (fraction(answer).signum() <= 0) {
                draft.text("feedback_incorrect", feedback(draft, answer));
            } else if (there || fraction(answer).compareTo(HUNDRED) < 0) {
                draft.note("a second number, worth " + fraction(answer).toPlainString() + " %, is left out");
            } else if (number != null) {
                String tolerance = answer.textOf("tolerance");
                draft.numeric(number, Remarks.number(tolerance));
                draft.text("feedback_correct", feedback(draft, answer));
                there = true;
            }
        }
        if (!there) {
            throw new Unusable("no number is wholly right");
        }
        List<XmlElement> units = xml.descendants("unit_name").toList();
        if (!units.isEmpty()) {
            draft.text("unit", units.getFirst().text());
            if (units.size() > 1) {
                draft.note("units that are converted are left out");
            }
        }
    }

    private static void pairs(Draft draft, XmlElement xml) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        List<String> distractors = new ArrayList<>();
        for (XmlElement side : xml.children("subquestion")) {
            String left = text(draft, side);
            String right =
                    side.child("answer").map(answer -> answer.textOf("text")).orElse("");
            if (left.isEmpty()) {
                distractors.add(right);
            } else {
                pairs.add(Map.entry(left, right));
            }
        }
        draft.matching(pairs, distractors);
    }

    private static BigDecimal fraction(XmlElement answer) {
        BigDecimal fraction = Remarks.number(answer.attribute("fraction"));
        return fraction == null ? BigDecimal.ZERO : fraction;
    }

    private static String feedback(Draft draft, XmlElement answer) {
        return text(draft, answer, "feedback");
    }

    private static String text(Draft draft, XmlElement xml, String child) {
        return xml.child(child).map(holder -> text(draft, holder)).orElse("");
    }

    /** HTML unless the element says otherwise; without a word in a format, as older files are. */
    private static String text(Draft draft, XmlElement holder) {
        String text = holder.textOf("text");
        @Nullable String format = holder.attributes().get("format");
        if (format == null && !text.contains("<") && !text.contains("&")
                || List.of("plain_text", "markdown").contains(String.valueOf(format))) {
            return text;
        }
        Html html = Html.read(text);
        if (!html.lost().isEmpty()) {
            draft.note(html.lost());
        }
        if (!holder.children("file").isEmpty()) {
            draft.note("files are left out");
        }
        return html.text();
    }
}
