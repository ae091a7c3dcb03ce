package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** Reads QTI 2.1: one interaction an item, or several gaps in one text. */
final class QtiReader {

    private static final List<String> KNOWN = List.of(
            "choiceInteraction",
            "orderInteraction",
            "matchInteraction",
            "textEntryInteraction",
            "inlineChoiceInteraction",
            "extendedTextInteraction");
    private static final List<String> GAPS = List.of("textEntryInteraction", "inlineChoiceInteraction");

    private final XmlElement item;
    private final Draft draft;

    private QtiReader(XmlElement item, Draft draft) {
        this.item = item;
        this.draft = draft;
    }

    static List<Found> read(byte[] file) {
        List<Found> found = new ArrayList<>();
        QtiPackage.items(file).forEach((name, item) -> found.add(item(name, item)));
        return found;
    }

    private static Found item(String name, byte[] file) {
        try {
            XmlElement item = XmlReading.root(file);
            if (!item.name().equals("assessmentItem")) {
                throw new Unusable("it is a " + item.name() + ", no assessmentItem");
            }
            Remarks remarks = Remarks.in(item.comments());
            Draft draft = new Draft("", remarks.points(points(item)));
            new QtiReader(item, draft).fill();
            remarks.into(draft);
            return draft.found(item.attribute("title"));
        } catch (XMLStreamException e) {
            return Found.dropped(name, file.length == 0 ? "the package does not hold it" : "it is not well-formed XML");
        } catch (Unusable e) {
            return Found.dropped(name, e.why());
        }
    }

    private static BigDecimal points(XmlElement item) {
        return item.children("outcomeDeclaration").stream()
                .filter(outcome -> outcome.attribute("identifier").equals("MAXSCORE"))
                .flatMap(outcome -> outcome.descendants("value"))
                .map(value -> Remarks.number(value.text()))
                .filter(points -> points != null && points.signum() > 0)
                .findFirst()
                .orElse(BigDecimal.ONE);
    }

    private void fill() {
        XmlElement body = item.child("itemBody").orElseThrow(() -> new Unusable("it has no itemBody"));
        List<XmlElement> asked = interactions(body).toList();
        if (asked.isEmpty()) {
            throw new Unusable("it asks nothing");
        }
        XmlElement first = asked.getFirst();
        boolean typed = asked.stream().allMatch(one -> GAPS.contains(one.name()));
        if (item.child("templateProcessing").isPresent()) {
            throw new Unusable("its values are made up anew for each student");
        }
        if (!KNOWN.contains(first.name())) {
            throw new Unusable("there is no " + first.name() + " here");
        }
        if (asked.size() > 1 && !typed) {
            throw new Unusable("it asks several things at once");
        }
        if (typed) {
            typed(body, asked);
        } else {
            draft.question.put("text", QtiText.body(draft, body, List.of()));
            asked(first);
        }
        feedback();
        body.children("rubricBlock").stream()
                .filter(rubric -> draft.question.path("type").asString().equals("essay"))
                .forEach(rubric -> draft.text("rubric", QtiText.of(draft, rubric)));
    }

    private static Stream<XmlElement> interactions(XmlElement element) {
        return element.children().stream()
                .flatMap(child -> child.name().endsWith("Interaction") ? Stream.of(child) : interactions(child));
    }

    private void asked(XmlElement interaction) {
        switch (interaction.name()) {
            case "choiceInteraction" -> choice(interaction);
            case "orderInteraction" -> {
                Map<String, String> texts = QtiResponses.texts(draft, interaction.children("simpleChoice"));
                draft.ordering(response(interaction).correct().stream()
                        .map(id -> String.valueOf(texts.get(id)))
                        .toList());
            }
            case "matchInteraction" -> match(interaction);
            default -> draft.type("essay");
        }
    }

    private void choice(XmlElement interaction) {
        List<XmlElement> options = interaction.children("simpleChoice");
        QtiResponses response = response(interaction);
        List<String> right = rightOptions(response);
        List<String> ids =
                options.stream().map(option -> option.attribute("identifier")).toList();
        if (ids.size() == 2 && ids.containsAll(List.of("true", "false")) && response.isSingle()) {
            draft.type("true_false").question.put("answer", right.contains("true"));
            return;
        }
        BigDecimal share = BigDecimal.valueOf(100)
                .divide(BigDecimal.valueOf(Math.max(1, right.size())), 5, java.math.RoundingMode.HALF_UP);
        Choices.fill(
                draft,
                options.stream()
                        .map(option -> new Choices.Weighted(
                                QtiText.of(draft, option),
                                right.contains(option.attribute("identifier"))
                                        ? share
                                        : response.isSingle() ? BigDecimal.ZERO : share.negate(),
                                option.child("feedbackInline")
                                        .map(said -> QtiText.of(draft, said))
                                        .orElse(null)))
                        .toList(),
                !response.isSingle());
        response.noteWeights(draft);
    }

    /** Of several that earn points, where one is asked for, the one that earns the most. */
    private List<String> rightOptions(QtiResponses response) {
        List<String> right = response.right();
        if (response.isSingle() && right.size() > 1) {
            draft.note("an option that earned a part of the points counts as wrong");
            return List.of(response.best());
        }
        return right;
    }

    private void match(XmlElement interaction) {
        List<XmlElement> sets = interaction.children("simpleMatchSet");
        if (sets.size() != 2) {
            throw new Unusable("a matching needs two sets");
        }
        Map<String, String> left = QtiResponses.texts(draft, sets.getFirst().children("simpleAssociableChoice"));
        Map<String, String> right = QtiResponses.texts(draft, sets.getLast().children("simpleAssociableChoice"));
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : response(interaction).correct()) {
            String[] sides = pair.strip().split("\\s+");
            if (sides.length == 2 && left.containsKey(sides[0]) && right.containsKey(sides[1])) {
                pairs.add(Map.entry(String.valueOf(left.get(sides[0])), String.valueOf(right.get(sides[1]))));
            }
        }
        List<String> used = pairs.stream().map(Map.Entry::getValue).toList();
        if (pairs.stream().map(Map.Entry::getKey).distinct().count() < pairs.size()) {
            throw new Unusable("a left side belongs to several right ones");
        }
        draft.matching(
                pairs,
                right.values().stream().filter(text -> !used.contains(text)).toList());
        if (pairs.size() < left.size()) {
            draft.note("left sides without a right one are left out");
        }
    }

    private void typed(XmlElement body, List<XmlElement> asked) {
        QtiResponses response = response(asked.getFirst());
        String text = QtiText.body(
                draft,
                body,
                asked.stream().map(one -> one.attribute("responseIdentifier")).toList());
        boolean alone = asked.size() == 1
                && text.endsWith("{{1}}")
                && asked.getFirst().name().equals("textEntryInteraction");
        if (asked.size() == 1 && response.isNumeric()) {
            draft.numeric(response.number(), response.tolerance(item).orElse(null));
            draft.question.put(
                    "text",
                    alone ? text.substring(0, text.length() - 5).stripTrailing() : text.replace("{{1}}", "_____"));
            if (!alone) {
                draft.note("the gap is shown as _____");
            }
        } else if (alone && text.endsWith("\n{{1}}")) {
            draft.question.put("text", text.substring(0, text.length() - 6));
            draft.type("short_text").accepted(response.accepted(draft));
        } else {
            draft.question.put("text", text);
            draft.gaps(asked.stream().map(this::accepted).toList());
        }
        if (asked.stream().map(this::response).anyMatch(QtiResponses::isCased)) {
            draft.question.put("case_sensitive", true);
        }
    }

    /** Choices within a text are typed here: the text of the right one. */
    private List<String> accepted(XmlElement gap) {
        QtiResponses response = response(gap);
        if (gap.name().equals("textEntryInteraction")) {
            return response.accepted(draft);
        }
        draft.note("choices in a gap are typed now");
        Map<String, String> texts = QtiResponses.texts(draft, gap.children("inlineChoice"));
        List<String> right = response.right().stream()
                .filter(texts::containsKey)
                .map(id -> String.valueOf(texts.get(id)))
                .toList();
        if (right.isEmpty()) {
            throw new Unusable("a gap has no right answer");
        }
        return right;
    }

    private QtiResponses response(XmlElement interaction) {
        Optional<XmlElement> declared = item.children("responseDeclaration").stream()
                .filter(response ->
                        response.attribute("identifier").equals(interaction.attribute("responseIdentifier")))
                .findFirst();
        return new QtiResponses(declared.orElseThrow(() -> new Unusable("its response is not declared")));
    }

    private void feedback() {
        for (XmlElement said : item.children("modalFeedback")) {
            String member = switch (said.attribute("identifier")) {
                case "correct" -> "feedback_correct";
                case "incorrect" -> "feedback_incorrect";
                default -> "feedback";
            };
            if (draft.question.has(member)) {
                draft.note("feedback for \"" + said.attribute("identifier") + "\" is left out");
            } else {
                draft.text(member, QtiText.of(draft, said));
            }
        }
        if (draft.question.path("type").asString().equals("essay")) {
            draft.question.remove(List.of("feedback_correct", "feedback_incorrect"));
        }
    }
}
