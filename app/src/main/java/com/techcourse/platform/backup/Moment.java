package com.techcourse.platform.backup;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** ISO 8601, as {@code 2026-11-23T07:45:00Z}; without an offset it is UTC. */
public final class Moment implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException neither) {
                throw new TypeConversionException("\"" + text + "\" is no moment such as 2026-11-23T07:45:00Z");
            }
        }
    }
}
