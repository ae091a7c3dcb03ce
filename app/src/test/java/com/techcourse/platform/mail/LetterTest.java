package com.techcourse.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.mock.env.MockEnvironment;

/** Letters that others cause: in each language with who, what and where, and with a message only where there is one. */
class LetterTest {

    private static final PublicUrl URL = new PublicUrl("https://academy.example/", new MockEnvironment());

    private static Letter letter(String template, String locale, String message) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setAlwaysUseMessageFormat(true);
        messages.setFallbackToSystemLocale(false);
        return Letter.of(
                messages,
                URL,
                template,
                locale,
                Map.of("link", "/seats/abc", "from", "Ada {0} O'Hara", "what", "Python", "message", message));
    }

    @ParameterizedTest
    @CsvSource({
        "seat-offered-gift, en", "seat-offered-gift, de",
        "seat-offered-team, en", "seat-offered-team, de",
        "manager-invited, en", "manager-invited, de"
    })
    void saysWhoGivesWhatAndWhere(String template, String locale) {
        assertThat(letter(template, locale, "").text())
                .contains("Ada {0} O'Hara", "Python", "\n\nhttps://academy.example/seats/abc\n\n")
                .doesNotContain("\n\n\n");
    }

    @Test
    void aMessageIsTheGiversAndNoMarkup() {
        Letter letter = letter("seat-offered-gift", "en", "> <b>Enjoy</b>\n> it");
        assertThat(letter.text()).contains("\n\n> <b>Enjoy</b>\n> it\n\n");
        assertThat(letter.html()).contains("&lt;b&gt;Enjoy").doesNotContain("<b>");
    }
}
