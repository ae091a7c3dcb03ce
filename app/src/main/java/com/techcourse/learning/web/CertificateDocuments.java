package com.techcourse.learning.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.techcourse.platform.paper.Ink;
import com.techcourse.platform.paper.Lettering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.springframework.stereotype.Component;

/**
 * Certificates as PDF, one page across. The font in it knows Latin, Greek, Cyrillic and Hebrew letters; a name or title
 * in another script is not drawn as boxes: the document then says where it is to be read.
 */
@Component
class CertificateDocuments {

    private static final PDRectangle ACROSS = new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth());
    private static final float MIDDLE = ACROSS.getWidth() / 2;
    private static final float WIDTH = 640;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final float QR = 84;

    byte[] pdf(Certificate certificate, String page) {
        try (PDDocument document = new PDDocument()) {
            document.getDocumentInformation().setTitle("Certificate " + certificate.number());
            PDPage sheet = new PDPage(ACROSS);
            document.addPage(sheet);
            try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
                Lettering letters = new Lettering(document, content);
                frame(content);
                words(letters, certificate);
                foot(content, letters, certificate, page);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void frame(PDPageContentStream content) throws IOException {
        Ink.PAPER.fill(content);
        content.addRect(0, 0, ACROSS.getWidth(), ACROSS.getHeight());
        content.fill();
        Ink.BRAND.fill(content);
        content.addRect(0, ACROSS.getHeight() - 14, ACROSS.getWidth(), 14);
        content.fill();
        Ink.ACCENT.fill(content);
        content.addRect(0, ACROSS.getHeight() - 18, ACROSS.getWidth(), 4);
        content.fill();
        Ink.LINE.stroke(content);
        content.setLineWidth(0.8f);
        content.addRect(30, 30, ACROSS.getWidth() - 60, ACROSS.getHeight() - 78);
        content.stroke();
    }

    private static void words(Lettering letters, Certificate certificate) throws IOException {
        letters.spaced("CERTIFICATE OF COMPLETION", MIDDLE, 480, 13, Ink.BRAND);
        letters.centred("This certifies that", MIDDLE, 432, 13, WIDTH, Ink.SOFT);
        String name = certificate.holderName();
        if (name == null) {
            letters.centred("Name withheld", MIDDLE, 380, 36, WIDTH, Ink.SOFT);
        } else if (letters.canWrite(name)) {
            letters.centred(name, MIDDLE, 380, 42, WIDTH, Ink.TEXT);
        } else {
            letters.centred(
                    "the holder, whose name is written at the address below,", MIDDLE, 384, 22, WIDTH, Ink.TEXT);
        }
        letters.rule(MIDDLE - 70, MIDDLE + 70, 354, Ink.ACCENT);
        letters.centred("has passed every examination of the course", MIDDLE, 322, 13, WIDTH, Ink.SOFT);
        String title = letters.canWrite(certificate.courseTitle())
                ? certificate.courseTitle()
                : "that is named at the address below";
        letters.paragraph(title, MIDDLE, 284, 25, WIDTH, Ink.BRAND);
        letters.centred(
                "with " + certificate.score().stripTrailingZeros().toPlainString() + " percent",
                MIDDLE,
                222,
                13,
                WIDTH,
                Ink.SOFT);
        if (!certificate.valid()) {
            letters.spaced("REVOKED – THIS CERTIFICATE IS NO LONGER VALID", MIDDLE, 196, 14, Ink.ALARM);
        }
    }

    private static void foot(PDPageContentStream content, Lettering letters, Certificate certificate, String page)
            throws IOException {
        letters.left("ISSUED", 62, 128, 8, Ink.SOFT);
        letters.left(DATE.format(certificate.issuedOn()), 62, 110, 14, Ink.TEXT);
        letters.left("NUMBER", 62, 84, 8, Ink.SOFT);
        letters.left(certificate.number(), 62, 66, 14, Ink.TEXT);
        float left = ACROSS.getWidth() - 62 - QR;
        square(content, page, left, 60);
        letters.right("CHECK IT AT", left - 18, 84, 8, Ink.SOFT);
        letters.right(page, left - 18, 66, 9, Ink.TEXT);
    }

    /** The code as filled squares, sharp at every size. */
    private static void square(PDPageContentStream content, String text, float left, float bottom) throws IOException {
        BitMatrix code = code(text);
        float dot = QR / code.getWidth();
        Ink.TEXT.fill(content);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                if (code.get(x, y)) {
                    content.addRect(left + x * dot, bottom + (code.getHeight() - 1 - y) * dot, dot, dot);
                }
            }
        }
        content.fill();
    }

    private static BitMatrix code(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(EncodeHintType.MARGIN, 0, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
        } catch (WriterException e) {
            throw new IllegalStateException("The address of a certificate is too long for a QR code.", e);
        }
    }
}
