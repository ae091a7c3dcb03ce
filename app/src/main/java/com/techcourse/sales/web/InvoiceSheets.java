package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import com.techcourse.platform.paper.Ink;
import com.techcourse.platform.paper.Lettering;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** The sheets of one invoice, filled from the top. */
final class InvoiceSheets implements AutoCloseable {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final float LEFT = 56;
    private static final float RIGHT = PDRectangle.A4.getWidth() - LEFT;
    private static final float COUNT = 312;
    private static final float PRICE = 384;
    private static final float DISCOUNT = 456;
    private static final float STEP = 20;
    private static final float BOTTOM = 76;
    private static final int MOST_LETTERS = 42;

    private final PDDocument document;
    private final Invoice invoice;
    private PDPageContentStream content;
    private Lettering letters;
    private float y;
    private int page;

    InvoiceSheets(PDDocument document, Invoice invoice) throws IOException {
        this.document = document;
        this.invoice = invoice;
        this.content = next();
        this.letters = new Lettering(document, content);
    }

    private PDPageContentStream next() throws IOException {
        PDPage sheet = new PDPage(PDRectangle.A4);
        document.addPage(sheet);
        page++;
        y = PDRectangle.A4.getHeight() - 64;
        return new PDPageContentStream(document, sheet);
    }

    void fill() throws IOException {
        seller();
        title();
        buyer();
        columns();
        for (Invoice.Line line : invoice.lines()) {
            line(line);
        }
        letters.rule(LEFT, RIGHT, y + STEP - 6, Ink.ACCENT);
        for (Invoice.Tax tax : invoice.taxes()) {
            sum("Net, at " + percent(tax.rate()), tax.net(), Ink.SOFT);
            sum("Tax of " + percent(tax.rate()), tax.tax(), Ink.SOFT);
        }
        sum(invoice.isCreditNote() ? "Given back" : "Total, paid", invoice.total(), Ink.BRAND);
        foot();
    }

    private void seller() throws IOException {
        Invoice.Seller seller = invoice.seller();
        text(seller.name(), 13, Ink.BRAND);
        paragraph(seller.address());
        if (!seller.taxNumber().isEmpty()) {
            text("Tax number " + seller.taxNumber(), 9, Ink.SOFT);
        }
        y -= 24;
    }

    private void title() throws IOException {
        letters.left(invoice.isCreditNote() ? "Credit note" : "Invoice", LEFT, y, 24, Ink.TEXT);
        letters.right(invoice.number(), RIGHT, y + 8, 12, Ink.TEXT);
        letters.right(DATE.format(invoice.issuedOn()), RIGHT, y - 8, 10, Ink.SOFT);
        y -= 26;
        if (invoice.corrects() != null) {
            text("Corrects invoice " + invoice.corrects(), 10, Ink.TEXT);
        }
        text("Order " + invoice.orderId(), 9, Ink.SOFT);
        y -= 16;
    }

    private void buyer() throws IOException {
        Invoice.Buyer buyer = invoice.buyer();
        text(buyer.name() == null ? "Name withheld" : buyer.name(), 11, Ink.TEXT);
        paragraph(buyer.address());
        paragraph(buyer.country());
        if (buyer.taxNumber() != null) {
            text("Tax number " + buyer.taxNumber(), 9, Ink.SOFT);
        }
        y -= 28;
    }

    private void columns() throws IOException {
        letters.left("COURSE", LEFT, y, 8, Ink.SOFT);
        letters.right("SEATS", COUNT, y, 8, Ink.SOFT);
        letters.right("PRICE", PRICE, y, 8, Ink.SOFT);
        letters.right("DISCOUNT", DISCOUNT, y, 8, Ink.SOFT);
        letters.right("AMOUNT, " + invoice.total().currency(), RIGHT, y, 8, Ink.SOFT);
        y -= 8;
        letters.rule(LEFT, RIGHT, y, Ink.LINE);
        y -= STEP;
    }

    private void line(Invoice.Line line) throws IOException {
        room();
        String title = readable(line.title(), "Course " + line.courseId());
        letters.left(
                title.length() <= MOST_LETTERS ? title : title.substring(0, MOST_LETTERS - 1) + "…",
                LEFT,
                y,
                10,
                Ink.TEXT);
        letters.right(Integer.toString(line.quantity()), COUNT, y, 10, Ink.SOFT);
        letters.right(line.listPrice().amount().toPlainString(), PRICE, y, 10, Ink.SOFT);
        letters.right(line.discount().amount().toPlainString(), DISCOUNT, y, 10, Ink.SOFT);
        letters.right(line.amount().amount().toPlainString(), RIGHT, y, 10, Ink.TEXT);
        y -= STEP;
    }

    private void sum(String what, Money money, Ink ink) throws IOException {
        room();
        letters.right(what, DISCOUNT, y, 10, ink);
        letters.right(money.amount().toPlainString() + " " + money.currency(), RIGHT, y, 10, ink);
        y -= STEP;
    }

    /** Another sheet where this one is full. */
    private void room() throws IOException {
        if (y < BOTTOM) {
            foot();
            content.close();
            content = next();
            letters = letters.on(content);
            columns();
        }
    }

    private void paragraph(@Nullable String text) throws IOException {
        for (String line :
                text == null ? List.<String>of() : text.lines().limit(8).toList()) {
            text(line, 10, Ink.SOFT);
        }
    }

    private void text(String text, float size, Ink ink) throws IOException {
        letters.left(readable(text, "(see the invoice online)"), LEFT, y, size, ink);
        y -= size + 5;
    }

    /** Letters that the font has not are not drawn as boxes. */
    private String readable(String text, String otherwise) {
        return Stream.of(text, otherwise).filter(letters::canWrite).findFirst().orElse("");
    }

    private void foot() throws IOException {
        letters.left(invoice.number(), LEFT, 44, 8, Ink.SOFT);
        letters.right("Page " + page, RIGHT, 44, 8, Ink.SOFT);
    }

    private static String percent(String rate) {
        return new BigDecimal(rate).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
