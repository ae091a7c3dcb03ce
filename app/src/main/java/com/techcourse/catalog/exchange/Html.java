package com.techcourse.catalog.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML as the plain text with a little Markdown that questions hold. */
record Html(String text, String lost) {

    private static final Pattern TAG =
            Pattern.compile("<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,4000})>", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});");
    private static final Set<String> LINES =
            Set.of("p", "div", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "pre", "table");
    private static final Set<String> PLAIN =
            Set.of("p", "div", "br", "span", "li", "ul", "ol", "b", "strong", "i", "em", "code");
    private static final Map<String, String> MARKS =
            Map.of("b", "**", "strong", "**", "i", "*", "em", "*", "code", "`");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("hellip", "\u2026"),
            Map.entry("times", "\u00d7"),
            Map.entry("deg", "\u00b0"),
            Map.entry("euro", "\u20ac"),
            Map.entry("middot", "\u00b7"),
            Map.entry("rarr", "\u2192"),
            Map.entry("le", "\u2264"),
            Map.entry("ge", "\u2265"),
            Map.entry("ne", "\u2260"),
            Map.entry("minus", "\u2212"));

    /** {@code lost} names what has no counterpart; empty for nothing. */
    static Html read(String html) {
        StringBuilder text = new StringBuilder();
        String lost = "";
        Matcher tag = TAG.matcher(html.replaceAll("\\s+", " "));
        while (tag.find()) {
            String name = tag.group(2) == null ? "" : tag.group(2).toLowerCase(Locale.ROOT);
            tag.appendReplacement(text, Matcher.quoteReplacement(replacement(name, !"".equals(tag.group(1)))));
            if (name.equals("img") || name.equals("audio") || name.equals("video")) {
                lost = "pictures and sounds are left out";
            } else if (!name.isEmpty() && !PLAIN.contains(name) && !LINES.contains(name) && lost.isEmpty()) {
                lost = "formatting by <" + name + "> is left out";
            }
        }
        tag.appendTail(text);
        String lines = text.toString().replaceAll(" *\n *", "\n").replaceAll("\n{3,}", "\n\n");
        return new Html(entities(lines).strip(), lost);
    }

    private static String replacement(String name, boolean closing) {
        if (name.equals("br")) {
            return "\n";
        }
        if (name.equals("li") && !closing) {
            return "\n- ";
        }
        if (LINES.contains(name)) {
            return "\n";
        }
        return MARKS.getOrDefault(name, "");
    }

    static String entities(String text) {
        Matcher entity = ENTITY.matcher(text);
        StringBuilder plain = new StringBuilder();
        while (entity.find()) {
            entity.appendReplacement(plain, Matcher.quoteReplacement(character(entity.group(1), entity.group())));
        }
        return entity.appendTail(plain).toString();
    }

    private static String character(String name, String otherwise) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, otherwise);
        }
        boolean hexadecimal = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
        return Character.isValidCodePoint(code) && code > 0 && !(code >= 0xD800 && code <= 0xDFFF)
                ? Character.toString(code)
                : otherwise;
    }
}
