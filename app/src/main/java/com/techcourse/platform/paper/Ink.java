package com.techcourse.platform.paper;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** The colours of what is printed. */
public enum Ink {
    PAPER(0xFFFDF8),
    BRAND(0x17463F),
    ACCENT(0xD9882B),
    LINE(0xCDBFA6),
    TEXT(0x1C2321),
    SOFT(0x5E6A66),
    ALARM(0xB3261E);

    private final Color color;

    Ink(int rgb) {
        this.color = new Color(rgb);
    }

    public void fill(PDPageContentStream content) throws IOException {
        content.setNonStrokingColor(color);
    }

    public void stroke(PDPageContentStream content) throws IOException {
        content.setStrokingColor(color);
    }
}
