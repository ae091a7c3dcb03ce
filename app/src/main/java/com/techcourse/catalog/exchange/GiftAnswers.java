package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in the braces of a GIFT item, and which type of question that makes. */
final class GiftAnswers {

    private static final Pattern TRUTH = Pattern.compile("^(TRUE|FALSE|T|F)\\s*(?=#|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEIGHT = Pattern.compile("^\\s*%(-?\\d{1,3}(?:\\.\\d{1,10})?)%");
    private static final Pattern FORMAT =
            Pattern.compile("^\\s*\\[(?:html|moodle|plain|markdown)]", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String GAP = "_____";

    private final Remarks remarks;
    private final boolean html;

    GiftAnswers(Remarks remarks, boolean html) {
        this.remarks = remarks;
        this.html = html;
    }

    /** One answer: its mark, its weight, its text still escaped, its feedback. */
    private record Answer(
            char mark,
            @Nullable BigDecimal weight,
            String raw,
            @Nullable String feedback) {

        BigDecimal percent() {
            return weight != null ? weight : mark == '=' ? HUNDRED : BigDecimal.ZERO;
        }
    }

    Draft draft(String before, String braces, String after, String lost, String category) {
        List<String> parts = GiftText.split(braces, "####");
        String inside = parts.getFirst().strip();
        Draft draft = new Draft(before.strip(), remarks.points(GiftReader.ONE_POINT));
        if (parts.size() > 1) {
            draft.text("feedback", text(parts.get(1)));
        }
        if (!lost.isEmpty()) {
            draft.note(lost);
        }
        fill(draft, inside, before, after);
        draft.tag(category);
        remarks.into(draft);
        return draft;
    }

    private void fill(Draft draft, String inside, String before, String after) {
        Matcher truth = TRUTH.matcher(inside);
        List<Answer> answers = inside.isEmpty() || inside.startsWith("#") || truth.find() ? List.of() : answers(inside);
        boolean words =
                !answers.isEmpty() && answers.stream().allMatch(answer -> answer.mark() == '=' || isElse(answer));
        boolean pairs = words && answers.stream().allMatch(answer -> GiftText.indexOf(answer.raw(), "->", 0) >= 0);
        if (!after.isBlank() && !(words && !pairs)) {
            draft.question.put("text", before + GAP + after);
            draft.note("the gap is shown as " + GAP);
        }
        if (inside.isEmpty()) {
            draft.type("essay");
        } else if (inside.startsWith("#")) {
            numeric(draft, inside.substring(1).strip());
        } else if (answers.isEmpty()) {
            truth(draft, inside);
        } else if (pairs) {
            draft.matching(
                    answers.stream()
                            .map(this::pair)
                            .filter(pair -> !pair.getKey().isEmpty())
                            .toList(),
                    answers.stream()
                            .map(this::pair)
                            .filter(pair -> pair.getKey().isEmpty())
                            .map(Map.Entry::getValue)
                            .toList());
        } else if (words) {
            words(draft, answers, before, after);
        } else {
            choice(draft, answers);
        }
    }

    private static boolean isElse(Answer answer) {
        return answer.raw().strip().equals("*");
    }

    private void truth(Draft draft, String inside) {
        List<String> parts = GiftText.split(inside, "#");
        draft.type("true_false")
                .question
                .put(
                        "answer",
                        parts.getFirst()
                                .strip()
                                .toUpperCase(java.util.Locale.ROOT)
                                .startsWith("T"));
        draft.text("feedback_incorrect", parts.size() > 1 ? text(parts.get(1)) : null);
        draft.text("feedback_correct", parts.size() > 2 ? text(parts.get(2)) : null);
    }

    private void numeric(Draft draft, String inside) {
        List<Answer> answers =
                inside.startsWith("=") || inside.startsWith("~") ? answers(inside) : List.of(answer('=', inside));
        Answer right = answers.stream()
                .filter(answer -> answer.percent().compareTo(HUNDRED) >= 0)
                .findFirst()
                .orElseThrow(() -> new Unusable("no number is wholly right"));
        String[] range = right.raw().strip().split("\\.\\.", 2);
        if (range.length == 2) {
            BigDecimal two = BigDecimal.valueOf(2);
            BigDecimal low = number(range[0]);
            BigDecimal high = number(range[1]);
            draft.numeric(low.add(high).divide(two), high.subtract(low).divide(two));
        } else {
            String[] near = right.raw().strip().split(":", 2);
            draft.numeric(number(near[0]), near.length == 2 && !near[1].isBlank() ? number(near[1]) : null);
        }
        draft.text("feedback_correct", right.feedback());
        answers.stream().filter(answer -> answer != right).forEach(answer -> {
            if (answer.mark() == '~' || answer.percent().signum() == 0) {
                draft.text("feedback_incorrect", answer.feedback());
            } else {
                draft.note("a second number, worth " + answer.percent() + " %, is left out");
            }
        });
    }

    private static BigDecimal number(String written) {
        BigDecimal number = Remarks.number(written);
        if (number == null) {
            throw new Unusable("\"" + written.strip() + "\" is no number");
        }
        return number;
    }

    private void words(Draft draft, List<Answer> answers, String before, String after) {
        List<String> accepted = new ArrayList<>();
        for (Answer answer : answers) {
            if (isElse(answer)) {
                draft.text("feedback_incorrect", answer.feedback());
            } else if (answer.percent().compareTo(HUNDRED) < 0) {
                draft.note("an answer worth " + answer.percent() + " % is left out");
            } else {
                if (GiftText.indexOf(answer.raw().replace("\\*", ""), "*", 0) >= 0) {
                    draft.note("the wildcard * stands for itself now");
                }
                accepted.add(text(answer.raw()));
            }
        }
        List<String> feedback = answers.stream()
                .filter(answer -> !isElse(answer))
                .map(Answer::feedback)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        if (feedback.size() == 1) {
            draft.text("feedback_correct", feedback.getFirst());
        } else if (feedback.size() > 1) {
            draft.note("feedback of single accepted answers is left out");
        }
        if (accepted.isEmpty()) {
            throw new Unusable("no answer is wholly right");
        }
        if (after.isBlank()) {
            draft.type("short_text").accepted(accepted);
        } else {
            draft.question.put("text", before + "{{1}}" + after);
            draft.gaps(List.of(accepted));
        }
    }

    private void choice(Draft draft, List<Answer> answers) {
        boolean several = remarks.says("type", "multiple_choice")
                || answers.stream().noneMatch(answer -> answer.percent().compareTo(HUNDRED) >= 0);
        Choices.fill(
                draft,
                answers.stream()
                        .map(answer -> new Choices.Weighted(text(answer.raw()), answer.percent(), answer.feedback()))
                        .toList(),
                several);
    }

    private Map.Entry<String, String> pair(Answer answer) {
        int arrow = GiftText.indexOf(answer.raw(), "->", 0);
        return Map.entry(
                text(answer.raw().substring(0, arrow)), text(answer.raw().substring(arrow + 2)));
    }

    private List<Answer> answers(String inside) {
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        if (inside.charAt(0) != '=' && inside.charAt(0) != '~') {
            throw new Unusable("no answer is marked by = or ~");
        }
        while (at < inside.length()) {
            int next = nextMark(inside, at + 1);
            answers.add(answer(inside.charAt(at), inside.substring(at + 1, next)));
            at = next;
        }
        return answers;
    }

    private static int nextMark(String inside, int from) {
        int equal = GiftText.indexOf(inside, "=", from);
        int tilde = GiftText.indexOf(inside, "~", from);
        int first = equal < 0 ? tilde : tilde < 0 ? equal : Math.min(equal, tilde);
        return first < 0 ? inside.length() : first;
    }

    private Answer answer(char mark, String raw) {
        Matcher weight = WEIGHT.matcher(raw);
        boolean weighted = weight.find();
        List<String> parts = GiftText.split(weighted ? raw.substring(weight.end()) : raw, "#");
        String feedback = parts.size() > 1 ? text(parts.get(1)) : null;
        return new Answer(
                mark,
                weighted ? new BigDecimal(weight.group(1)) : null,
                parts.getFirst(),
                feedback == null || feedback.isEmpty() ? null : feedback);
    }

    private String text(String raw) {
        Matcher format = FORMAT.matcher(raw);
        boolean marked = format.find();
        boolean asHtml =
                marked ? format.group().toLowerCase(java.util.Locale.ROOT).matches("\\s*\\[(html|moodle)]") : html;
        String text = GiftText.unescaped((marked ? raw.substring(format.end()) : raw)
                .replaceAll("\\s*\n\\s*", " ")
                .strip());
        return asHtml ? Html.read(text).text() : text;
    }
}
