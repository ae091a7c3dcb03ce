package com.techcourse.catalog.exchange;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads GIFT: items apart by blank lines, comments by {@code //}, categories by {@code $CATEGORY:}. */
final class GiftReader {

    private static final Pattern CATEGORY = Pattern.compile("\\$CATEGORY:\\s*(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORMAT =
            Pattern.compile("^\\s*\\[(html|moodle|plain|markdown)]", Pattern.CASE_INSENSITIVE);

    private final List<Found> found = new ArrayList<>();
    private String category = "";

    static List<Found> read(byte[] file) {
        GiftReader reader = new GiftReader();
        String text = new String(file, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .replace("\r\n", "\n")
                .replace('\r', '\n');
        for (String block : text.split("\n[ \t]*\n")) {
            reader.block(block);
        }
        return reader.found;
    }

    private void block(String block) {
        StringBuilder comments = new StringBuilder();
        StringBuilder item = new StringBuilder();
        for (String line : block.split("\n")) {
            Matcher named = CATEGORY.matcher(line.strip());
            if (line.strip().startsWith("//")) {
                comments.append(line.strip().substring(2)).append(' ');
            } else if (named.matches()) {
                category = named.group(1).replaceFirst("^\\$[a-z]+\\$/?", "").replaceFirst("^top/", "");
            } else {
                item.append(line).append('\n');
            }
        }
        if (!item.toString().isBlank()) {
            found.add(item(item.toString().strip(), Remarks.in(comments.toString())));
        }
    }

    private Found item(String item, Remarks remarks) {
        String title = "";
        String rest = item;
        int end = item.startsWith("::") ? GiftText.indexOf(item, "::", 2) : -1;
        if (end > 0) {
            title = GiftText.unescaped(item.substring(2, end)).strip();
            rest = item.substring(end + 2).strip();
        }
        try {
            return question(rest, remarks).found(title);
        } catch (Unusable e) {
            return Found.dropped(title.isEmpty() ? item : title, e.why());
        }
    }

    private Draft question(String item, Remarks remarks) {
        int open = GiftText.indexOf(item, "{", 0);
        int close = open < 0 ? -1 : GiftText.indexOf(item, "}", open);
        if (open < 0) {
            throw new Unusable("a text without { } asks nothing");
        }
        if (close < 0) {
            throw new Unusable("the { is never closed");
        }
        if (GiftText.indexOf(item, "{", close) >= 0) {
            throw new Unusable("it has more than one { }");
        }
        Matcher format = FORMAT.matcher(item);
        boolean marked = format.find();
        boolean html =
                marked && List.of("html", "moodle").contains(format.group(1).toLowerCase(Locale.ROOT));
        String before = item.substring(marked ? format.end() : 0, open);
        String after = item.substring(close + 1).stripTrailing();
        GiftAnswers answers = new GiftAnswers(remarks, html);
        return answers.draft(
                plain(before.strip().isEmpty() ? before : before.stripLeading(), html),
                item.substring(open + 1, close).strip(),
                plain(after, html),
                notes(before + after, html),
                category);
    }

    private static String plain(String raw, boolean html) {
        String text = GiftText.unescaped(raw.replaceAll("\\s*\n\\s*", " "));
        return html ? Html.read(text).text() : text;
    }

    private static String notes(String raw, boolean html) {
        return html ? Html.read(GiftText.unescaped(raw)).lost() : "";
    }

    static final BigDecimal ONE_POINT = BigDecimal.ONE;
}
