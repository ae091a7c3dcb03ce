package com.techcourse.platform.paper;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.text.Bidi;
import java.text.Normalizer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Text on a page, in a font that the document carries. */
public final class Lettering {

    /** Liberation Sans, which PDFBox brings along. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final float SPACING = 1.2f;

    private final PDPageContentStream content;
    private final PDFont font;

    public Lettering(PDDocument document, PDPageContentStream content) throws IOException {
        this.content = content;
        try (InputStream file = requireNonNull(PDDocument.class.getResourceAsStream(FONT))) {
            this.font = PDType0Font.load(document, file, true);
        }
    }

    private Lettering(PDPageContentStream content, PDFont font) {
        this.content = content;
        this.font = font;
    }

    /** The same letters on the next page. */
    public Lettering on(PDPageContentStream next) {
        return new Lettering(next, font);
    }

    /** Whether the font has a letter for every character. */
    public boolean canWrite(String text) {
        try {
            font.encode(visual(text));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    public void left(String text, float x, float y, float size, Ink ink) throws IOException {
        write(visual(text), x, y, size, ink);
    }

    public void right(String text, float x, float y, float size, Ink ink) throws IOException {
        write(visual(text), x - width(visual(text), size), y, size, ink);
    }

    /** As large as {@code size}, or as fits. */
    public void centred(String text, float middle, float y, float size, float most, Ink ink) throws IOException {
        String line = visual(text);
        float fitting = Math.min(size, most / width(line, 1));
        write(line, middle - width(line, fitting) / 2, y, fitting, ink);
    }

    /** On one line or, at a space near its middle, on two. */
    public void paragraph(String text, float middle, float y, float size, float most, Ink ink) throws IOException {
        int half = text.lastIndexOf(' ', (text.length() + 12) / 2);
        if (width(visual(text), size) <= most || half < 0) {
            centred(text, middle, y - 6, size, most, ink);
        } else {
            centred(text.substring(0, half), middle, y, size, most, ink);
            centred(text.substring(half + 1), middle, y - size * 1.25f, size, most, ink);
        }
    }

    /** Wide, as headings in capitals want it. */
    public void spaced(String text, float middle, float y, float size, Ink ink) throws IOException {
        content.setCharacterSpacing(SPACING);
        float width = width(text, size) + SPACING * (text.length() - 1);
        write(text, middle - width / 2, y, size, ink);
        content.setCharacterSpacing(0);
    }

    public void rule(float from, float to, float y, Ink ink) throws IOException {
        ink.stroke(content);
        content.setLineWidth(1.6f);
        content.moveTo(from, y);
        content.lineTo(to, y);
        content.stroke();
    }

    private void write(String text, float x, float y, float size, Ink ink) throws IOException {
        ink.fill(content);
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, y);
        content.showText(text);
        content.endText();
    }

    private float width(String text, float size) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }

    /** Letters in the order in which they stand on paper: what is read from the right is turned. */
    private static String visual(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        Bidi bidi = new Bidi(composed, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        if (bidi.isLeftToRight()) {
            return composed;
        }
        int runs = bidi.getRunCount();
        byte[] levels = new byte[runs];
        String[] parts = new String[runs];
        for (int run = 0; run < runs; run++) {
            levels[run] = (byte) bidi.getRunLevel(run);
            String part = composed.substring(bidi.getRunStart(run), bidi.getRunLimit(run));
            parts[run] =
                    levels[run] % 2 == 1 ? new StringBuilder(part).reverse().toString() : part;
        }
        Bidi.reorderVisually(levels, 0, parts, 0, runs);
        return String.join("", parts);
    }
}
