package com.techcourse.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Every visible word lives in the message files, in both languages. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern KEY = Pattern.compile("#\\{\\|?([a-z0-9.-]+)");
    private static final List<String> SEEN_OR_HEARD =
            List.of("placeholder", "title", "alt", "aria-label", "value", "label");

    @Test
    void noTemplateHoldsVisibleText() {
        for (Path template : templates()) {
            Document page = Jsoup.parse(read(template));
            for (Element element : page.getAllElements()) {
                assertThat(element.ownText().replaceAll("[\\p{Punct}\\s]", ""))
                        .as("%s: the text of <%s>", template, element.tagName())
                        .isEmpty();
                SEEN_OR_HEARD.forEach(attribute -> assertThat(element.attr(attribute))
                        .as("%s: %s of <%s>", template, attribute, element.tagName())
                        .isEmpty());
            }
        }
    }

    @Test
    void everyMessageThatATemplateNamesExists() {
        Set<String> messages = messages("messages.properties").stringPropertyNames();
        for (Path template : templates()) {
            KEY.matcher(read(template))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(key -> assertThat(messages)
                            .as("%s names %s", template, key)
                            .anyMatch(message -> key.endsWith(".") ? message.startsWith(key) : message.equals(key)));
        }
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        Properties english = messages("messages.properties");
        Properties german = messages("messages_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        Stream.of(english, german)
                .flatMap(file -> file.values().stream())
                .forEach(text -> assertThat((String) text).isNotBlank().doesNotContain("'"));
        english.forEach((key, text) -> assertThat(values(german.getProperty((String) key)))
                .as("the values of %s", key)
                .isEqualTo(values((String) text)));
    }

    private static Set<String> values(String text) {
        Set<String> values = new HashSet<>();
        Pattern.compile("\\{(\\d)").matcher(text).results().forEach(found -> values.add(found.group(1)));
        return values;
    }

    private static List<Path> templates() {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            List<Path> templates =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(templates).hasSizeGreaterThan(8);
            return templates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties messages(String name) {
        try (var reader =
                new InputStreamReader(Files.newInputStream(RESOURCES.resolve(name)), StandardCharsets.UTF_8)) {
            Properties messages = new Properties();
            messages.load(reader);
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
