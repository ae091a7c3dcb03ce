package com.techcourse.platform.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Money, numbers and times as the reader's language writes them; for templates, as {@code @format}. */
@Component("format")
class Format {

    public String money(BigDecimal amount, String currency) {
        Optional<Currency> known = currency(currency);
        NumberFormat format = known.isPresent()
                ? NumberFormat.getCurrencyInstance(locale())
                : NumberFormat.getNumberInstance(locale());
        format.setMinimumFractionDigits(amount.scale());
        known.ifPresent(format::setCurrency);
        return known.isPresent() ? format.format(amount) : format.format(amount) + " " + currency;
    }

    /** Empty for a code that the database accepts and Java does not know. */
    private static Optional<Currency> currency(String code) {
        return Currency.availableCurrencies()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .findFirst();
    }

    public String number(Number number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    /** One decimal, as ratings are written. */
    public String rating(BigDecimal rating) {
        NumberFormat format = NumberFormat.getNumberInstance(locale());
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(rating);
    }

    /** A number of percents, such as 72.5. */
    public String percent(BigDecimal percents) {
        NumberFormat format = NumberFormat.getPercentInstance(locale());
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(percents.movePointLeft(2));
    }

    public String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .format(date);
    }

    public String weekday(LocalDate date) {
        return DateTimeFormatter.ofPattern("EEE", locale()).format(date);
    }

    public String month(OffsetDateTime time) {
        return DateTimeFormatter.ofPattern("LLLL yyyy", locale()).format(time);
    }

    /** In UTC, which the page says. */
    public String time(OffsetDateTime time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
                .withLocale(locale())
                .format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** The name of a language, in the reader's. */
    public String language(String code) {
        return Locale.of(code).getDisplayLanguage(locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
