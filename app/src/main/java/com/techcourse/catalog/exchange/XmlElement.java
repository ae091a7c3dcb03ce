package com.techcourse.catalog.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element that was read, without its namespace.
 *
 * @param content texts and elements in turn
 * @param comments what its own comments say
 */
record XmlElement(String name, Map<String, String> attributes, List<Object> content, String comments) {

    List<XmlElement> children() {
        return content.stream()
                .filter(XmlElement.class::isInstance)
                .map(XmlElement.class::cast)
                .toList();
    }

    List<XmlElement> children(String name) {
        return children().stream().filter(child -> child.name().equals(name)).toList();
    }

    Optional<XmlElement> child(String name) {
        return children().stream().filter(child -> child.name().equals(name)).findFirst();
    }

    Stream<XmlElement> descendants(String name) {
        return children().stream()
                .flatMap(child -> Stream.concat(
                        child.name().equals(name) ? Stream.of(child) : Stream.empty(), child.descendants(name)));
    }

    String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    /** All text in it. */
    String text() {
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part instanceof XmlElement child ? child.text() : part));
        return text.toString();
    }

    String textOf(String child) {
        return child(child).map(XmlElement::text).orElse("");
    }
}
