package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A response as an item declares it: how many values, of which type, which are right. */
record QtiResponses(XmlElement declaration) {

    static Map<String, String> texts(Draft draft, List<XmlElement> choices) {
        Map<String, String> texts = new LinkedHashMap<>();
        choices.forEach(choice -> texts.put(choice.attribute("identifier"), QtiText.of(draft, choice)));
        return texts;
    }

    boolean isSingle() {
        return declaration.attribute("cardinality").equals("single");
    }

    boolean isNumeric() {
        return List.of("float", "integer").contains(declaration.attribute("baseType"));
    }

    List<String> correct() {
        return declaration
                .child("correctResponse")
                .map(right ->
                        right.children("value").stream().map(XmlElement::text).toList())
                .orElse(List.of());
    }

    /** What is right; where only a mapping says so, what earns points. */
    List<String> right() {
        List<String> correct = correct();
        return correct.isEmpty()
                ? declaration
                        .descendants("mapEntry")
                        .filter(entry -> worth(entry).signum() > 0)
                        .map(entry -> entry.attribute("mapKey"))
                        .toList()
                : correct;
    }

    /** The key that earns the most, the first of them. */
    String best() {
        return declaration
                .descendants("mapEntry")
                .sorted(Comparator.comparing(QtiResponses::worth).reversed())
                .map(entry -> entry.attribute("mapKey"))
                .findFirst()
                .orElseGet(() -> correct().getFirst());
    }

    BigDecimal number() {
        BigDecimal number =
                correct().isEmpty() ? null : Remarks.number(correct().getFirst());
        if (number == null) {
            throw new Unusable("the right response is no number");
        }
        return number;
    }

    /** The first absolute tolerance that the processing of responses names. */
    Optional<BigDecimal> tolerance(XmlElement item) {
        return item.descendants("equal")
                .filter(equal -> equal.attribute("toleranceMode").equals("absolute"))
                .map(equal ->
                        Remarks.number(equal.attribute("tolerance").strip().split("\\s+")[0]))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    /** Texts that earn all the points: the right one, and what is mapped to as much. */
    List<String> accepted(Draft draft) {
        List<String> accepted = new ArrayList<>(correct());
        List<XmlElement> entries = declaration.descendants("mapEntry").toList();
        BigDecimal most = entries.stream().map(QtiResponses::worth).reduce(BigDecimal.ZERO, BigDecimal::max);
        for (XmlElement entry : entries) {
            if (worth(entry).compareTo(most) == 0 && most.signum() > 0) {
                accepted.add(entry.attribute("mapKey"));
            } else {
                draft.note("a response worth a part of the points is left out");
            }
        }
        if (accepted.isEmpty()) {
            throw new Unusable("no response is right");
        }
        return accepted;
    }

    boolean isCased() {
        return declaration
                .descendants("mapEntry")
                .anyMatch(entry -> entry.attribute("caseSensitive").equals("true"));
    }

    void noteWeights(Draft draft) {
        List<BigDecimal> worths = declaration
                .descendants("mapEntry")
                .map(QtiResponses::worth)
                .map(BigDecimal::abs)
                .filter(worth -> worth.signum() != 0)
                .map(BigDecimal::stripTrailingZeros)
                .distinct()
                .toList();
        if (worths.size() > 1) {
            draft.note("options weigh the same now");
        }
    }

    private static BigDecimal worth(XmlElement entry) {
        BigDecimal worth = Remarks.number(entry.attribute("mappedValue"));
        return worth == null ? BigDecimal.ZERO : worth;
    }
}
