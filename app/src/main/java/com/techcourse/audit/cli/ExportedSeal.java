package com.techcourse.audit.cli;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** A seal kept outside of the database: its number and its hash pin the whole past before it. */
record ExportedSeal(long sealNo, String sealHash) {

    private static final Pattern NUMBER = Pattern.compile("\"seal_no\"\\s*:\\s*(\\d{1,18})\\b");
    private static final Pattern HASH = Pattern.compile("\"seal_hash\"\\s*:\\s*\"([0-9a-f]{64})\"");

    static ExportedSeal read(Path file) {
        String text = textOf(file);
        Matcher number = NUMBER.matcher(text);
        Matcher hash = HASH.matcher(text);
        if (number.find() && hash.find()) {
            return new ExportedSeal(Long.parseLong(number.group(1)), hash.group(1));
        }
        throw new DatabaseProblem(
                "The file " + file + " holds no exported seal.", "Give a file that \"audit export-seal\" has written.");
    }

    /** The newest seal as JSON; empty text when nothing was ever sealed. */
    static String newest(DSLContext session) {
        return session.fetch("""
                        select jsonb_pretty(jsonb_build_object('seal_no', seal_no, 'seal_hash', encode(seal_hash, 'hex'),
                                 'previous_hash', encode(previous_hash, 'hex'), 'rows_hash', encode(rows_hash, 'hex'),
                                 'row_count', row_count, 'sealed_at', sealed_at at time zone 'UTC', 'origin', origin::text,
                                 'from_transaction', from_transaction::text, 'to_transaction', to_transaction::text))
                          from audit.seals order by seal_no desc limit 1
                        """).stream()
                .map(row -> row.get(0, String.class))
                .findFirst()
                .orElse("");
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "The file " + file + " cannot be read: " + e.getMessage() + ".", "Name an exported seal.", e);
        }
    }
}
