package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A question in the making, with notes of what it loses. */
final class Draft {

    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 80;

    final ObjectNode question = JsonNodeFactory.instance.objectNode();
    private final List<String> notes = new ArrayList<>();
    private final LinkedHashSet<String> tags = new LinkedHashSet<>();

    Draft(String text, BigDecimal points) {
        question.put("type", "");
        question.put("text", text);
        question.put("points", points);
    }

    Draft type(String type) {
        question.put("type", type);
        return this;
    }

    BigDecimal points() {
        return question.path("points").decimalValue();
    }

    /** Texts that are empty say nothing. */
    Draft text(String member, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            question.put(member, text);
        }
        return this;
    }

    void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    void tag(String tag) {
        String tidy = tag.strip();
        if (tidy.length() > LONGEST_TAG) {
            tidy = tidy.substring(0, LONGEST_TAG).strip();
        }
        if (!tidy.isEmpty() && tags.size() < MOST_TAGS) {
            tags.add(tidy);
        }
    }

    /** Entries with ids made of a letter and a number; answers the ids. */
    List<String> entries(String member, String letter, List<String> texts) {
        ArrayNode entries = question.putArray(member);
        List<String> ids = new ArrayList<>();
        for (String text : texts) {
            String id = letter + (ids.size() + 1);
            entries.addObject().put("id", id).put("text", text);
            ids.add(id);
        }
        return ids;
    }

    void accepted(List<String> texts) {
        ArrayNode answer = question.putArray("answer");
        new LinkedHashSet<>(texts).forEach(answer::add);
    }

    void numeric(BigDecimal answer, @Nullable BigDecimal tolerance) {
        type("numeric").question.put("answer", answer);
        if (tolerance != null) {
            question.put("tolerance", tolerance.abs());
        }
    }

    /** Each left side with its right one; rights that are nobody's distract. */
    void matching(List<Map.Entry<String, String>> pairs, List<String> distractors) {
        Map<String, String> rights = new LinkedHashMap<>();
        pairs.forEach(pair -> rights.putIfAbsent(pair.getValue(), "r" + (rights.size() + 1)));
        distractors.forEach(right -> rights.putIfAbsent(right, "r" + (rights.size() + 1)));
        List<String> lefts = type("matching")
                .entries("left", "l", pairs.stream().map(Map.Entry::getKey).toList());
        entries("right", "r", List.copyOf(rights.keySet()));
        ObjectNode answer = question.putObject("answer");
        for (int n = 0; n < lefts.size(); n++) {
            answer.put(lefts.get(n), rights.get(pairs.get(n).getValue()));
        }
        question.put("partial_credit", true);
    }

    void ordering(List<String> inOrder) {
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        type("ordering").entries("items", "i", inOrder).forEach(answer::add);
        question.set("answer", answer);
        question.put("partial_credit", true);
    }

    /** Gaps of the text, in the order of their numbers from 1. */
    void gaps(List<List<String>> accepted) {
        ObjectNode answer = type("fill_in").question.putObject("answer");
        for (int n = 0; n < accepted.size(); n++) {
            ArrayNode texts = answer.putArray(Integer.toString(n + 1));
            new LinkedHashSet<>(accepted.get(n)).forEach(texts::add);
        }
        question.put("partial_credit", true);
    }

    Found found(String label) {
        String name = label.isBlank() ? question.path("text").asString() : label;
        return new Found(name, question, List.copyOf(tags), notes);
    }
}
