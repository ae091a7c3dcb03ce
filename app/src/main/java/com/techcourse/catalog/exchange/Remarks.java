package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a format has no words for, as {@code [name:value]} in its comments; others skip it. In values a backslash stands
 * before {@code ]}, {@code -} and itself, and {@code \n} is a new line.
 */
record Remarks(Map<String, String> values, List<String> tags) {

    private static final Pattern REMARK = Pattern.compile("\\[([a-z_]{2,20}):((?:\\\\.|[^\\]\\\\])*)]");
    private static final List<String> BOOLEANS = List.of("partial_credit", "case_sensitive");
    private static final List<String> TEXTS =
            List.of("unit", "rubric", "feedback_correct", "feedback_incorrect", "feedback");

    static Remarks in(String comments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> tags = new ArrayList<>();
        Matcher remark = REMARK.matcher(comments);
        while (remark.find()) {
            String value = unescaped(remark.group(2));
            if (remark.group(1).equals("tag")) {
                tags.add(value);
            } else {
                values.put(remark.group(1), value);
            }
        }
        return new Remarks(values, tags);
    }

    /** One or several remarks about a question; empty when there is nothing to say. */
    static String of(JsonNode question, List<String> members, List<String> tags) {
        StringBuilder remarks = new StringBuilder();
        members.stream()
                .filter(question::has)
                .forEach(member -> append(remarks, member, question.path(member).asString()));
        tags.forEach(tag -> append(remarks, "tag", tag));
        return remarks.toString().strip();
    }

    private static void append(StringBuilder remarks, String name, String value) {
        String escaped = value.replace("\\", "\\\\")
                .replace("]", "\\]")
                .replace("-", "\\-")
                .replace("\n", "\\n")
                .replace("\r", "");
        remarks.append('[').append(name).append(':').append(escaped).append("] ");
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < value.length(); n++) {
            char c = value.charAt(n);
            if (c == '\\' && n + 1 < value.length()) {
                char next = value.charAt(++n);
                text.append(next == 'n' ? '\n' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    BigDecimal points(BigDecimal otherwise) {
        BigDecimal points = number(values.get("points"));
        return points == null ? otherwise : points;
    }

    boolean says(String name, String value) {
        return value.equals(values.get(name));
    }

    /** Puts into the question what is remarked, over what was guessed. */
    void into(Draft draft) {
        tags.forEach(draft::tag);
        BigDecimal penalty = number(values.get("penalty"));
        if (penalty != null) {
            draft.question.put("penalty", penalty);
        }
        BOOLEANS.stream()
                .filter(values::containsKey)
                .forEach(name -> draft.question.put(name, "true".equals(values.get(name))));
        TEXTS.forEach(name -> draft.text(name, values.get(name)));
    }

    static @Nullable BigDecimal number(@Nullable String written) {
        return written != null
                        && written.strip().matches("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,2})?")
                ? new BigDecimal(written.strip())
                : null;
    }
}
