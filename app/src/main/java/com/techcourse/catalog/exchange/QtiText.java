package com.techcourse.catalog.exchange;

import java.util.List;
import java.util.Set;

/** What an item says around its interactions, as plain text. */
final class QtiText {

    private static final Set<String> LINES = Set.of("p", "div", "prompt", "blockquote", "li", "ul", "ol", "tr", "pre");
    private static final Set<String> INLINE = Set.of(
            "p",
            "div",
            "prompt",
            "br",
            "span",
            "li",
            "ul",
            "ol",
            "b",
            "strong",
            "i",
            "em",
            "code",
            "itemBody",
            "simpleChoice",
            "simpleAssociableChoice",
            "modalFeedback",
            "rubricBlock",
            "feedbackInline");
    private static final Set<String> ASKING = Set.of(
            "choiceInteraction",
            "orderInteraction",
            "matchInteraction",
            "extendedTextInteraction",
            "rubricBlock",
            "feedbackInline",
            "feedbackBlock");

    private final Draft draft;
    private final List<String> gaps;
    private final StringBuilder text = new StringBuilder();

    /** @param gaps identifiers of the responses that are typed within the text */
    QtiText(Draft draft, List<String> gaps) {
        this.draft = draft;
        this.gaps = gaps;
    }

    static String of(Draft draft, XmlElement element) {
        QtiText reader = new QtiText(draft, List.of());
        reader.append(element);
        return reader.tidy();
    }

    static String body(Draft draft, XmlElement body, List<String> gaps) {
        QtiText reader = new QtiText(draft, gaps);
        reader.append(body);
        return reader.tidy();
    }

    private void append(XmlElement element) {
        if (LINES.contains(element.name())) {
            newLine();
        }
        for (Object part : element.content()) {
            if (part instanceof XmlElement child) {
                child(child);
            } else if (part instanceof String written) {
                // line breaks of the file itself are white space
                text.append(written.isBlank() && written.contains("\n") ? "" : written.replaceAll("\\s*\n\\s*", " "));
            }
        }
        if (LINES.contains(element.name())) {
            newLine();
        }
    }

    private void child(XmlElement child) {
        if (child.name().equals("br")) {
            text.append('\n');
        } else if (child.name().equals("textEntryInteraction") || child.name().equals("inlineChoiceInteraction")) {
            int gap = gaps.indexOf(child.attribute("responseIdentifier"));
            text.append(gap < 0 ? "" : "{{" + (gap + 1) + "}}");
        } else if (ASKING.contains(child.name())) {
            child.child("prompt").ifPresent(this::append);
        } else {
            if (!INLINE.contains(child.name())) {
                draft.note("<" + child.name() + "> is left out, its text is kept");
            }
            append(child);
        }
    }

    private void newLine() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private String tidy() {
        int end = text.length();
        return text.substring(0, end > 0 && text.charAt(end - 1) == '\n' ? end - 1 : end);
    }
}
