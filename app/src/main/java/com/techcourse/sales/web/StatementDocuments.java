package com.techcourse.sales.web;

import com.techcourse.platform.paper.Ink;
import com.techcourse.platform.paper.Lettering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.springframework.stereotype.Component;

/** Statements of earnings as PDF: a line for each course, as many pages as it takes. Every single line is in the CSV. */
@Component
class StatementDocuments {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final Map<String, String> KINDS = Map.of(
            "earnings",
            "Earnings",
            "refund",
            "Given back after release",
            "chargeback",
            "Taken back by a bank",
            "payout",
            "Paid out",
            "correction",
            "Correction");

    byte[] pdf(Statement statement) {
        try (PDDocument document = new PDDocument();
                Sheets sheets = new Sheets(document, statement)) {
            document.getDocumentInformation().setTitle("Statement of earnings");
            sheets.fill();
            sheets.close();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages, filled from the top. */
    private static final class Sheets implements AutoCloseable {

        private static final float LEFT = 56;
        private static final float RIGHT = PDRectangle.A4.getWidth() - LEFT;
        private static final float LINES = 300;
        private static final float EARNED = 380;
        private static final float GIVEN_BACK = 462;
        private static final float STEP = 20;
        private static final float BOTTOM = 70;
        private static final int MOST_LETTERS = 40;

        private final PDDocument document;
        private final Statement statement;
        private PDPageContentStream content;
        private Lettering letters;
        private float y;
        private int page;

        Sheets(PDDocument document, Statement statement) throws IOException {
            this.document = document;
            this.statement = statement;
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
            heading();
            line("Opening balance", "", "", "", statement.opening(), Ink.TEXT);
            for (Statement.Row row : statement.rows()) {
                movement(row);
            }
            earningsInAll();
            letters.rule(LEFT, RIGHT, y + STEP - 6, Ink.ACCENT);
            line("Closing balance", "", "", "", statement.closing(), Ink.BRAND);
            y -= STEP;
            ending();
        }

        private void movement(Statement.Row row) throws IOException {
            boolean earnings = row.kind().equals("earnings");
            String what = KINDS.getOrDefault(row.kind(), row.kind());
            line(
                    row.course() == null ? what + " on " + row.lastDay() : name(what, row.course()),
                    row.course() == null ? "" : Integer.toString(row.lines()),
                    earnings ? row.earned().toPlainString() : "",
                    earnings ? row.givenBack().toPlainString() : "",
                    row.amount(),
                    Ink.TEXT);
        }

        private void earningsInAll() throws IOException {
            List<Statement.Row> earnings = statement.rows().stream()
                    .filter(row -> row.kind().equals("earnings"))
                    .toList();
            if (earnings.size() > 1) {
                line(
                        "Earnings in all, contained above",
                        Integer.toString(
                                earnings.stream().mapToInt(Statement.Row::lines).sum()),
                        sum(earnings, Statement.Row::earned).toPlainString(),
                        sum(earnings, Statement.Row::givenBack).toPlainString(),
                        sum(earnings, Statement.Row::amount),
                        Ink.SOFT);
            }
        }

        private static BigDecimal sum(List<Statement.Row> rows, Function<Statement.Row, BigDecimal> amount) {
            return rows.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private String name(String what, String course) {
            String title = letters.canWrite(course) ? course : "a course whose title is in the CSV";
            String whole = what.equals("Earnings") ? title : what + ": " + title;
            return whole.length() <= MOST_LETTERS ? whole : whole.substring(0, MOST_LETTERS - 1) + "…";
        }

        private void heading() throws IOException {
            String academy = statement.academy();
            letters.left(letters.canWrite(academy) ? academy : "The academy", LEFT, y, 11, Ink.BRAND);
            y -= 40;
            letters.left("Statement of earnings", LEFT, y, 24, Ink.TEXT);
            y -= 26;
            Statement.Of of = statement.of();
            String name = letters.canWrite(of.instructorName())
                    ? of.instructorName()
                    : of.instructorId().toString();
            letters.left(name + ", " + MONTH.format(of.month()) + ", in " + of.currency(), LEFT, y, 12, Ink.SOFT);
            y -= 40;
            columns();
        }

        private void columns() throws IOException {
            letters.left("WHAT", LEFT, y, 8, Ink.SOFT);
            letters.right("SALES", LINES, y, 8, Ink.SOFT);
            letters.right("EARNED", EARNED, y, 8, Ink.SOFT);
            letters.right("GIVEN BACK", GIVEN_BACK, y, 8, Ink.SOFT);
            letters.right("AMOUNT", RIGHT, y, 8, Ink.SOFT);
            y -= 8;
            letters.rule(LEFT, RIGHT, y, Ink.LINE);
            y -= STEP;
        }

        private void line(String what, String count, String earned, String givenBack, BigDecimal amount, Ink ink)
                throws IOException {
            if (y < BOTTOM) {
                foot();
                content.close();
                content = next();
                letters = letters.on(content);
                columns();
            }
            letters.left(what, LEFT, y, 10, ink);
            letters.right(count, LINES, y, 10, Ink.SOFT);
            letters.right(earned, EARNED, y, 10, Ink.SOFT);
            letters.right(givenBack, GIVEN_BACK, y, 10, Ink.SOFT);
            letters.right(amount.toPlainString(), RIGHT, y, 10, amount.signum() < 0 ? Ink.ALARM : ink);
            y -= STEP;
        }

        private void ending() throws IOException {
            for (String payout : statement.payouts()) {
                letters.left(
                        letters.canWrite(payout)
                                ? "Payout of this month: " + payout
                                : "A payout of this month is planned",
                        LEFT,
                        y,
                        10,
                        Ink.TEXT);
                y -= STEP;
            }
            if (statement.payouts().isEmpty() && statement.closing().signum() != 0) {
                letters.left(
                        "There is no payout of this month so far: the balance is carried over.", LEFT, y, 10, Ink.TEXT);
            }
            foot();
        }

        private void foot() throws IOException {
            letters.left(
                    "Earned: your part of the sales whose refund window ended in the month. Given back: of these, before.",
                    LEFT,
                    44,
                    8,
                    Ink.SOFT);
            letters.right("Page " + page, RIGHT, 44, 8, Ink.SOFT);
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
