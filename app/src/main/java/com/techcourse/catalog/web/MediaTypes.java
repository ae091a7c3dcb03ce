package com.techcourse.catalog.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a file is, by its first bytes: its name and its sender may say anything. Only what is listed here is taken. */
final class MediaTypes {

    private static final int SIGNIFICANT = 8192;

    private record Start(int at, String bytes, String mediaType) {

        boolean matches(byte[] head) {
            byte[] expected = bytes.getBytes(StandardCharsets.ISO_8859_1);
            if (head.length < at + expected.length) {
                return false;
            }
            return ByteBuffer.wrap(head, at, expected.length).equals(ByteBuffer.wrap(expected));
        }
    }

    private static final List<Start> STARTS = List.of(
            new Start(0, "%PDF-", "application/pdf"),
            new Start(0, "\u0089PNG\r\n\u001a\n", "image/png"),
            new Start(0, "\u00ff\u00d8\u00ff", "image/jpeg"),
            new Start(0, "GIF87a", "image/gif"),
            new Start(0, "GIF89a", "image/gif"),
            new Start(8, "WEBP", "image/webp"),
            new Start(8, "WAVE", "audio/wav"),
            new Start(4, "ftyp", "video/mp4"),
            new Start(0, "\u001aE\u00df\u00a3", "video/webm"),
            new Start(0, "ID3", "audio/mpeg"),
            new Start(0, "\u00ff\u00fb", "audio/mpeg"),
            new Start(0, "OggS", "audio/ogg"),
            new Start(0, "PK\u0003\u0004", "application/zip"));

    /** Formats that are archives inside. */
    private static final Map<String, String> PACKED = Map.of(
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "odt", "application/vnd.oasis.opendocument.text",
            "ods", "application/vnd.oasis.opendocument.spreadsheet",
            "odp", "application/vnd.oasis.opendocument.presentation",
            "epub", "application/epub+zip");

    private MediaTypes() {}

    static int significantBytes() {
        return SIGNIFICANT;
    }

    static Optional<String> of(String fileName, byte[] head) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return STARTS.stream()
                .filter(start -> start.matches(head))
                .findFirst()
                .map(start -> start.mediaType().equals("application/zip")
                        ? PACKED.getOrDefault(ending, start.mediaType())
                        : start.mediaType())
                .or(() -> isText(head)
                        ? Optional.of(ending.equals("csv") ? "text/csv" : "text/plain")
                        : Optional.empty());
    }

    /** UTF-8 without control characters; what is shown as text harms nobody, whatever language it is in. */
    private static boolean isText(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(head.length);
        // a character that the end of the head cuts in two is no fault
        boolean readable = !decoder.decode(ByteBuffer.wrap(head), text, false).isError();
        return readable
                && head.length > 0
                && text.flip().chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    }
}
