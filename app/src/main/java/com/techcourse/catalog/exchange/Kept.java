package com.techcourse.catalog.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A question of the bank, on its way out. */
public record Kept(JsonNode question, List<String> tags) {

    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z0-9_-]{1,40})}}");

    public Kept {
        tags = List.copyOf(tags);
    }

    String type() {
        return question.path("type").asString();
    }

    String text() {
        return question.path("text").asString();
    }

    String text(String member) {
        return question.path(member).asString("");
    }

    /** Whether an option is in the key. */
    boolean isRight(String option) {
        JsonNode answer = question.path("answer");
        return answer.isString()
                ? answer.asString().equals(option)
                : texts(answer).contains(option);
    }

    int rightOnes() {
        return question.path("answer").isArray() ? question.path("answer").size() : 1;
    }

    List<JsonNode> entries(String member) {
        return StreamSupport.stream(question.path(member).spliterator(), false).toList();
    }

    List<String> accepted() {
        return texts(question.path("answer"));
    }

    /** Items in the right order. */
    List<String> ordered() {
        Map<String, String> items = named("items");
        return texts(question.path("answer")).stream().map(items::get).toList();
    }

    /** Left and right texts that belong together. */
    List<Map.Entry<String, String>> pairs() {
        Map<String, String> rights = named("right");
        return entries("left").stream()
                .map(left -> Map.entry(
                        left.path("text").asString(),
                        String.valueOf(rights.get(question.path("answer")
                                .path(left.path("id").asString())
                                .asString()))))
                .toList();
    }

    List<String> distractors() {
        List<String> used = StreamSupport.stream(question.path("answer").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
        return entries("right").stream()
                .filter(right -> !used.contains(right.path("id").asString()))
                .map(right -> right.path("text").asString())
                .toList();
    }

    /** The text of a fill_in: what stands between its gaps, one more than there are gaps. */
    List<String> between() {
        return List.of(GAP.split(text() + "\u0000")).stream()
                .map(part -> part.replace("\u0000", ""))
                .toList();
    }

    /** What each gap accepts, in the order of the text. */
    List<List<String>> gaps() {
        List<List<String>> gaps = new ArrayList<>();
        Matcher gap = GAP.matcher(text());
        while (gap.find()) {
            gaps.add(texts(question.path("answer").path(gap.group(1))));
        }
        return gaps;
    }

    boolean hasNumberedGaps() {
        Matcher gap = GAP.matcher(text());
        for (int n = 1; gap.find(); n++) {
            if (!gap.group(1).equals(Integer.toString(n))) {
                return false;
            }
        }
        return true;
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private Map<String, String> named(String member) {
        Map<String, String> named = new TreeMap<>();
        entries(member)
                .forEach(entry -> named.put(
                        entry.path("id").asString(), entry.path("text").asString()));
        return named;
    }
}
