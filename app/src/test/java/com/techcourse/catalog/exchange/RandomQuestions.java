package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Valid questions of every type with hostile texts, the same for the same seed. Ids are as readers give them. */
public final class RandomQuestions {

    private static final String CHARACTERS = "abcdefghijABC 0123456789~=#{}:\\[]%*<>&\"'-_/.,?!äßé中😀$@|();+^`";
    private static final List<String> TYPES = List.of(
            "single_choice",
            "multiple_choice",
            "true_false",
            "numeric",
            "short_text",
            "matching",
            "ordering",
            "fill_in",
            "essay");

    private final Random random;

    public RandomQuestions(long seed) {
        this.random = new Random(seed);
    }

    public Kept next() {
        return next(TYPES.get(random.nextInt(TYPES.size())));
    }

    public Kept next(String type) {
        Draft draft = new Draft(
                type.equals("fill_in") ? gapped() : text(), number(1, 900).add(new BigDecimal("0.5")));
        draft.text("feedback", maybe());
        switch (type) {
            case "single_choice", "multiple_choice" -> choice(draft, type);
            case "true_false" -> draft.type(type).question.put("answer", random.nextBoolean());
            case "numeric" -> draft.numeric(number(-1000, 1000), random.nextBoolean() ? number(0, 9) : null);
            case "short_text" -> draft.type(type).accepted(texts(1, 4));
            case "matching" -> matching(draft);
            case "ordering" -> draft.ordering(texts(2, 6));
            case "fill_in" -> draft.gaps(List.of(words(), words()));
            default -> draft.type("essay").text("rubric", maybe());
        }
        if (!type.equals("essay")) {
            draft.text("feedback_correct", maybe()).text("feedback_incorrect", maybe());
            if (random.nextBoolean()) {
                draft.question.put("penalty", new BigDecimal("0.25"));
            }
        }
        if (Set.of("short_text", "fill_in").contains(type) && random.nextBoolean()) {
            draft.question.put("case_sensitive", true);
        }
        if (Set.of("multiple_choice", "matching", "ordering", "fill_in").contains(type)) {
            draft.question.put("partial_credit", random.nextBoolean());
        }
        if (type.equals("numeric") && random.nextBoolean()) {
            draft.question.put("unit", "m/s");
        }
        return new Kept(draft.question, random.nextBoolean() ? List.of("algebra", "chapter 2") : List.of());
    }

    private void choice(Draft draft, String type) {
        List<String> texts = texts(2, 6);
        List<Choices.Weighted> options = new ArrayList<>();
        int right = random.nextInt(texts.size());
        for (int n = 0; n < texts.size(); n++) {
            boolean counts = n == right || type.equals("multiple_choice") && random.nextInt(3) == 0;
            options.add(new Choices.Weighted(
                    texts.get(n), BigDecimal.valueOf(counts ? 100 : 0), random.nextBoolean() ? text() : null));
        }
        Choices.fill(draft, options, type.equals("multiple_choice"));
    }

    private void matching(Draft draft) {
        List<String> lefts = texts(2, 5);
        List<String> rights = texts(3, 6);
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String left : lefts) {
            pairs.add(Map.entry(left, rights.get(random.nextInt(rights.size()))));
        }
        draft.matching(pairs, rights);
    }

    private BigDecimal number(int from, int to) {
        return BigDecimal.valueOf(random.nextInt(from, to)).add(BigDecimal.valueOf(random.nextInt(100), 2));
    }

    private @org.jspecify.annotations.Nullable String maybe() {
        return random.nextBoolean() ? text() : null;
    }

    private List<String> words() {
        return texts(1, 3);
    }

    private List<String> texts(int least, int most) {
        Set<String> texts = new LinkedHashSet<>();
        int size = random.nextInt(least, most + 1);
        while (texts.size() < size) {
            texts.add(text());
        }
        return List.copyOf(texts);
    }

    private String gapped() {
        return "Fill " + text().replace("{", "(") + " {{1}} and {{2}} " + text().replace("{", "(");
    }

    /** Without blanks at its ends, and no arrow, which GIFT has for its own. */
    private String text() {
        StringBuilder text = new StringBuilder("t");
        int length = random.nextInt(1, 30);
        int[] all = CHARACTERS.codePoints().toArray();
        for (int n = 0; n < length; n++) {
            text.appendCodePoint(random.nextInt(12) == 0 ? '\n' : all[random.nextInt(all.length)]);
        }
        return text.append('.').toString().replace("->", "- >");
    }
}
