package com.techcourse.platform.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/**
 * A letter as it is read: by people, and by their mail programs.
 *
 * @param text plain, paragraphs apart by an empty line
 */
record Letter(String subject, String text) {

    /** What the database calls a path is an address of the academy. */
    static Letter of(
            MessageSource messages, PublicUrl url, String template, String locale, Map<String, String> details) {
        Locale language = Locale.forLanguageTag(locale);
        String link = details.getOrDefault("link", "");
        Object[] values = {
            details.getOrDefault("name", ""),
            link.startsWith("/") ? url.of(link) : link,
            details.getOrDefault("from", ""),
            details.getOrDefault("what", ""),
            details.getOrDefault("message", "")
        };
        String greeting = values[0].toString().isEmpty()
                ? messages.getMessage("mail.greeting-nobody", null, language)
                : messages.getMessage("mail.greeting", values, language);
        return new Letter(
                messages.getMessage("mail." + template + ".subject", values, language),
                (greeting + "\n\n" + messages.getMessage("mail." + template + ".text", values, language) + "\n\n"
                                + messages.getMessage("mail.closing", null, language) + "\n")
                        .replaceAll("\n{3,}", "\n\n"));
    }

    /** Paragraph by paragraph; a link stands in one of its own. */
    List<Line> lines() {
        return Stream.of(text.strip().split("\n\n"))
                .map(line -> new Line(line, line.matches("https?://\\S+")))
                .toList();
    }

    /** A paragraph. */
    public record Line(String text, boolean link) {}

    /** The same with links to click. */
    String html() {
        String paragraphs = HtmlUtils.htmlEscape(text)
                .strip()
                .replaceAll("(https?://[^\\s&<]+)", "<a href=\"$1\">$1</a>")
                .replace("\n\n", "</p><p>");
        return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><p>" + paragraphs
                + "</p></body></html>";
    }
}
