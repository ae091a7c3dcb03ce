package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gaps within the text of a Moodle question, such as {@code {1:SHORTANSWER:=Paris~=paris}}. */
final class MoodleCloze {

    private static final Pattern GAP =
            Pattern.compile("\\{(\\d{0,3}):([A-Z_]{1,20}):((?:\\\\.|[^}\\\\])*)}", Pattern.DOTALL);
    private static final Pattern PART =
            Pattern.compile("~?(=|%-?\\d+(?:\\.\\d+)?%)?((?:\\\\.|[^~\\\\])*)", Pattern.DOTALL);
    private static final List<String> CASED = List.of("SHORTANSWER_C", "SAC", "MWC");
    private static final List<String> WORDS = List.of("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC");

    private MoodleCloze() {}

    static void fill(Draft draft) {
        Matcher gap = GAP.matcher(draft.question.path("text").asString());
        StringBuilder text = new StringBuilder();
        List<List<String>> gaps = new ArrayList<>();
        boolean cased = false;
        while (gap.find()) {
            cased |= CASED.contains(gap.group(2));
            gaps.add(accepted(draft, gap.group(2), gap.group(3)));
            gap.appendReplacement(text, Matcher.quoteReplacement("{{" + gaps.size() + "}}"));
            if (!gap.group(1).isEmpty() && !gap.group(1).equals("1")) {
                draft.note("all gaps weigh the same now");
            }
        }
        if (gaps.isEmpty()) {
            throw new Unusable("it has no gap");
        }
        draft.question.put("text", gap.appendTail(text).toString());
        draft.gaps(gaps);
        if (cased) {
            draft.question.put("case_sensitive", true);
        }
    }

    private static List<String> accepted(Draft draft, String kind, String inside) {
        List<String> accepted = new ArrayList<>();
        Matcher part = PART.matcher(inside);
        while (part.find()) {
            if (part.group().isEmpty()) {
                continue;
            }
            String[] words = part.group(2).split("(?<!\\\\)#", 2);
            if (words.length > 1 && !words[1].isBlank()) {
                draft.note("feedback within gaps is left out");
            }
            String text = unescaped(words[0]).strip();
            BigDecimal percent = percent(part.group(1));
            if (percent.compareTo(BigDecimal.valueOf(100)) >= 0 && !text.equals("*")) {
                accepted.add(text);
            } else if (percent.signum() > 0) {
                draft.note("an answer worth a part is left out");
            }
        }
        if (accepted.isEmpty()) {
            throw new Unusable("a gap has no right answer");
        }
        return WORDS.contains(kind) ? accepted : typed(draft, kind, accepted);
    }

    private static List<String> typed(Draft draft, String kind, List<String> accepted) {
        if (kind.startsWith("NUM") || kind.equals("NM")) {
            draft.note("a number in a gap is compared as text, without its tolerance");
            return accepted.stream().map(text -> text.replaceFirst(":.*$", "")).toList();
        }
        if (kind.startsWith("M")) {
            draft.note("choices in a gap are typed now");
            return accepted;
        }
        throw new Unusable("there is no gap of the kind " + kind + " here");
    }

    private static BigDecimal percent(@org.jspecify.annotations.Nullable String mark) {
        if (mark == null) {
            return BigDecimal.ZERO;
        }
        return mark.equals("=") ? BigDecimal.valueOf(100) : new BigDecimal(mark.substring(1, mark.length() - 1));
    }

    static String escaped(String text) {
        return text.replaceAll("([\\\\~=#}/\"])", "\\\\$1");
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
