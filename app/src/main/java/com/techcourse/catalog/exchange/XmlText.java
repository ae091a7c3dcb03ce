package com.techcourse.catalog.exchange;

import java.util.Locale;

/** A text for an XML file. */
final class XmlText {

    private XmlText() {}

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> {
                    if (isAllowed(c)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int c) {
        return c >= 0x20 && c != 0xFFFE && c != 0xFFFF || c == '\n' || c == '\t';
    }

    static String element(String name, String text) {
        return "<%1$s>%2$s</%1$s>".formatted(name, escaped(text));
    }

    static String comment(String remarks) {
        return remarks.isEmpty() ? "" : String.format(Locale.ROOT, "<!-- %s -->", withoutControls(remarks));
    }

    private static String withoutControls(String text) {
        StringBuilder allowed = new StringBuilder();
        text.codePoints().filter(XmlText::isAllowed).forEach(allowed::appendCodePoint);
        return allowed.toString();
    }
}
