package com.techcourse.catalog.exchange;

import static com.techcourse.catalog.exchange.XmlText.escaped;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a QTI 2.1 content package, an item a file. What QTI has no words for stands in a comment, see {@link Remarks}. */
final class QtiWriter {

    private static final List<String> REMARKS =
            List.of("points", "penalty", "partial_credit", "case_sensitive", "unit");
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1";

    private QtiWriter() {}

    static Written write(List<Kept> questions) {
        List<Found> losses = new ArrayList<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
            add(zip, "imsmanifest.xml", manifest(questions.size()));
            for (Kept kept : questions) {
                int n = losses.size() + 1;
                add(zip, "items/q" + n + ".xml", item(kept, n));
                List<String> notes = kept.type().equals("fill_in") && !kept.hasNumberedGaps()
                        ? List.of("gaps get numbers for names")
                        : List.of();
                losses.add(new Found(kept.text(), (ObjectNode) kept.question(), kept.tags(), notes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Written(file.toByteArray(), losses);
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(2000, 1, 1, 0, 0)); // the same bytes each time
        zip.putNextEntry(entry);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String manifest(int items) {
        StringBuilder resources = new StringBuilder();
        for (int n = 1; n <= items; n++) {
            resources.append(
                    "<resource identifier=\"R%1$d\" type=\"imsqti_item_xmlv2p1\" href=\"items/q%1$d.xml\"><file href=\"items/q%1$d.xml\"/></resource>\n"
                            .formatted(n));
        }
        return HEAD
                + "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"QUESTIONS\"><organizations/>\n<resources>\n"
                + resources + "</resources>\n</manifest>\n";
    }

    private static String item(Kept kept, int n) {
        StringBuilder item = new StringBuilder(HEAD);
        item.append("<assessmentItem xmlns=\"")
                .append(NAMESPACE)
                .append("\" identifier=\"Q")
                .append(n)
                .append("\" title=\"Q")
                .append(n)
                .append("\" adaptive=\"false\" timeDependent=\"false\">\n")
                .append(XmlText.comment(Remarks.of(kept.question(), REMARKS, kept.tags())))
                .append('\n')
                .append(responses(kept))
                .append("<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n")
                .append(
                        "<outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\"><defaultValue><value>")
                .append(kept.question().path("points").decimalValue().toPlainString())
                .append("</value></defaultValue></outcomeDeclaration>\n<itemBody>\n")
                .append(body(kept))
                .append("</itemBody>\n")
                .append(processing(kept))
                .append(feedback(kept, "feedback", "general"))
                .append(feedback(kept, "feedback_correct", "correct"))
                .append(feedback(kept, "feedback_incorrect", "incorrect"));
        return item.append("</assessmentItem>\n").toString();
    }

    private static String feedback(Kept kept, String member, String identifier) {
        String text = kept.text(member);
        return text.isEmpty()
                ? ""
                : "<modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"" + identifier + "\" showHide=\"show\">"
                        + lines(text) + "</modalFeedback>\n";
    }

    private static String lines(String text) {
        return escaped(text.replace("\r", "")).replace("\n", "<br/>");
    }

    private static String responses(Kept kept) {
        JsonNode answer = kept.question().path("answer");
        return switch (kept.type()) {
            case "single_choice" ->
                declared("RESPONSE", "single", "identifier", List.of(identifier(answer.asString())), List.of());
            case "multiple_choice" ->
                declared(
                        "RESPONSE",
                        "multiple",
                        "identifier",
                        kept.accepted().stream().map(QtiWriter::identifier).toList(),
                        List.of());
            case "true_false" ->
                declared("RESPONSE", "single", "identifier", List.of(Boolean.toString(answer.asBoolean())), List.of());
            case "numeric" ->
                declared(
                        "RESPONSE",
                        "single",
                        "float",
                        List.of(answer.decimalValue().toPlainString()),
                        List.of());
            case "short_text" ->
                declared("RESPONSE", "single", "string", List.of(kept.accepted().getFirst()), kept.accepted());
            case "matching" ->
                declared(
                        "RESPONSE",
                        "multiple",
                        "directedPair",
                        answer.properties().stream()
                                .map(pair -> identifier(pair.getKey()) + " "
                                        + identifier(pair.getValue().asString()))
                                .toList(),
                        List.of());
            case "ordering" ->
                declared(
                        "RESPONSE",
                        "ordered",
                        "identifier",
                        kept.accepted().stream().map(QtiWriter::identifier).toList(),
                        List.of());
            case "fill_in" -> gaps(kept);
            default -> declared("RESPONSE", "single", "string", List.of(), List.of());
        };
    }

    private static String gaps(Kept kept) {
        StringBuilder gaps = new StringBuilder();
        for (int n = 0; n < kept.gaps().size(); n++) {
            gaps.append(declared(
                    "GAP_" + (n + 1),
                    "single",
                    "string",
                    List.of(kept.gaps().get(n).getFirst()),
                    kept.gaps().get(n)));
        }
        return gaps.toString();
    }

    private static String declared(
            String identifier, String cardinality, String type, List<String> correct, List<String> mapped) {
        StringBuilder declaration =
                new StringBuilder("<responseDeclaration identifier=\"%s\" cardinality=\"%s\" baseType=\"%s\">"
                        .formatted(identifier, cardinality, type));
        if (!correct.isEmpty()) {
            declaration.append("<correctResponse>");
            correct.forEach(value ->
                    declaration.append("<value>").append(escaped(value)).append("</value>"));
            declaration.append("</correctResponse>");
        }
        if (!mapped.isEmpty()) {
            declaration.append("<mapping defaultValue=\"0\">");
            mapped.forEach(value -> declaration
                    .append("<mapEntry mapKey=\"")
                    .append(escaped(value).replace("\n", "&#10;").replace("\t", "&#9;"))
                    .append("\" mappedValue=\"1\" caseSensitive=\"false\"/>"));
            declaration.append("</mapping>");
        }
        return declaration.append("</responseDeclaration>\n").toString();
    }

    /** In QTI identifiers begin with a letter. */
    private static String identifier(String id) {
        return "id_" + id;
    }

    private static String body(Kept kept) {
        String text = "<p>" + lines(kept.text()) + "</p>\n";
        return switch (kept.type()) {
            case "single_choice", "multiple_choice" ->
                text + "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\""
                        + (kept.type().equals("single_choice") ? 1 : 0) + "\">\n"
                        + choices(kept.entries("options"), "simpleChoice", "") + "</choiceInteraction>\n";
            case "true_false" ->
                text
                        + "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\"><simpleChoice identifier=\"true\">true</simpleChoice><simpleChoice identifier=\"false\">false</simpleChoice></choiceInteraction>\n";
            case "ordering" ->
                text + "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">\n"
                        + choices(kept.entries("items"), "simpleChoice", "") + "</orderInteraction>\n";
            case "matching" ->
                text
                        + "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\">\n<simpleMatchSet>\n"
                        + choices(kept.entries("left"), "simpleAssociableChoice", " matchMax=\"1\"")
                        + "</simpleMatchSet>\n<simpleMatchSet>\n"
                        + choices(kept.entries("right"), "simpleAssociableChoice", " matchMax=\"0\"")
                        + "</simpleMatchSet>\n</matchInteraction>\n";
            case "numeric", "short_text" -> text + "<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>\n";
            case "fill_in" -> "<p>" + filled(kept) + "</p>\n";
            default ->
                (kept.text("rubric").isEmpty()
                                ? ""
                                : "<rubricBlock view=\"scorer\">" + lines(kept.text("rubric")) + "</rubricBlock>\n")
                        + text + "<extendedTextInteraction responseIdentifier=\"RESPONSE\"/>\n";
        };
    }

    private static String choices(List<JsonNode> entries, String name, String more) {
        StringBuilder choices = new StringBuilder();
        for (JsonNode entry : entries) {
            String id = identifier(entry.path("id").asString());
            String feedback = entry.path("feedback").asString("");
            choices.append('<')
                    .append(name)
                    .append(" identifier=\"")
                    .append(id)
                    .append('"')
                    .append(more)
                    .append('>')
                    .append(lines(entry.path("text").asString()))
                    .append(
                            feedback.isEmpty()
                                    ? ""
                                    : "<feedbackInline outcomeIdentifier=\"FEEDBACK\" identifier=\"" + id
                                            + "\" showHide=\"show\">" + lines(feedback) + "</feedbackInline>")
                    .append("</")
                    .append(name)
                    .append(">\n");
        }
        return choices.toString();
    }

    private static String filled(Kept kept) {
        StringBuilder text = new StringBuilder(lines(kept.between().getFirst()));
        for (int n = 1; n < kept.between().size(); n++) {
            text.append("<textEntryInteraction responseIdentifier=\"GAP_")
                    .append(n)
                    .append("\"/>")
                    .append(lines(kept.between().get(n)));
        }
        return text.toString();
    }

    private static String processing(Kept kept) {
        JsonNode tolerance = kept.question().path("tolerance");
        if (kept.type().equals("essay")) {
            return "";
        }
        if (!tolerance.isNumber()) {
            boolean mapped = kept.type().equals("short_text");
            return "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
                    + (mapped ? "map_response" : "match_correct") + "\"/>\n";
        }
        String both = tolerance.decimalValue().toPlainString() + " "
                + tolerance.decimalValue().toPlainString();
        return "<responseProcessing><responseCondition><responseIf><equal toleranceMode=\"absolute\" tolerance=\""
                + both
                + "\"><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></equal><setOutcomeValue identifier=\"SCORE\"><variable identifier=\"MAXSCORE\"/></setOutcomeValue></responseIf></responseCondition></responseProcessing>\n";
    }
}
