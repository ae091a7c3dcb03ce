package com.techcourse.catalog.exchange;

import java.util.ArrayList;
import java.util.List;

/** Text of GIFT, in which a backslash takes the next character's meaning. */
final class GiftText {

    private static final String SPECIAL = "~=#{}:\\";

    private GiftText() {}

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.replace("\r", "").toCharArray()) {
            if (c == '\n') {
                escaped.append("\\n");
            } else {
                if (SPECIAL.indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c != '\\' || n + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++n);
            if (next == 'n') {
                plain.append('\n');
            } else if (SPECIAL.indexOf(next) >= 0 || next == '*') {
                plain.append(next);
            } else {
                plain.append(c).append(next);
            }
        }
        return plain.toString();
    }

    /** Where {@code sought} stands unescaped, from a place on; -1 for nowhere. */
    static int indexOf(String text, String sought, int from) {
        for (int n = from; n < text.length(); n++) {
            if (text.charAt(n) == '\\') {
                n++;
            } else if (text.startsWith(sought, n)) {
                return n;
            }
        }
        return -1;
    }

    /** The parts between unescaped separators. */
    static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = indexOf(text, separator, 0); at >= 0; at = indexOf(text, separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
