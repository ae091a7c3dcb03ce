package com.techcourse.sales.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Buyers find their invoices at once, as JSON and as PDF; the staff finds all. */
class InvoicesApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        setting("seller_name", "Lernhaus Łódź");
        setting("seller_address", "Street 1\n10000 Town");
        setting("seller_tax_number", "DE999");
        academy.loader("""
                insert into sales.tax_rates (country, valid_from, rate, name) values ('DE', '2020-01-01', 0.19, 'MwSt');
                insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status)
                select platform.uuid_v7_of('2026-01-01Z', 'many-' || n), 'many-' || n, platform.uuid_v7_of('2026-01-01Z', 'colleague'),
                       platform.uuid_v7_of('2026-01-01Z', 'code'), case n when 1 then 'קורס' else 'Course number ' || n end, n, 'EUR', 'published'
                  from generate_series(1, 20) n
                """);
    }

    @AfterAll
    static void close() {
        assertThat(academy.owner().fetchCount(org.jooq.impl.DSL.table("sales.invoice_gaps()")))
                .isZero();
        academy.close();
    }

    private static void setting(String name, String value) {
        academy.owner().execute("update platform.settings set value = to_jsonb(?::text) where name = ?", value, name);
    }

    private static String ordered(ApiClient student, String courses, String members) {
        return student.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/orders", "{\"courses\": [%s]%s}".formatted(courses, members))
                .json()
                .path("id")
                .asString();
    }

    private static String course(String name) {
        return "{\"course_id\": \"%s\"}".formatted(academy.id(name));
    }

    private static void pay(String order) {
        academy.loader("""
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                select student_id, id, total_amount, currency, 'captured', 'demo', id::text, now() from sales.orders where id = '%s'
                """.formatted(order));
    }

    private static String text(ApiClient reader, String number, int pages) throws IOException {
        Answer pdf = reader.get("/invoices/" + number + "/pdf");
        assertThat(pdf.status()).isEqualTo(200);
        try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
            assertThat(document.getNumberOfPages()).isEqualTo(pages);
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void fromThePaymentToTheCreditNote() throws IOException {
        ApiClient student = academy.newStudent("payer");
        String order = ordered(student, course("paid-course"), """
                , "country": "DE", "billing": {"name": "Zoë & Söhne", "address": "Weg 2\\n20000 Stadt", "tax_id": "DE1"}""");
        assertThat(student.get("/invoices").json().path("items")).isEmpty();
        pay(order);
        JsonNode entry = student.get("/invoices").json().at("/items/0");
        assertThat(entry.at("/total/amount").asString()).isEqualTo("49.50");
        assertThat(entry.at("/tax/amount").asString()).isEqualTo("7.90");
        String number = entry.path("number").asString();
        assertThat(number).matches("TC-[0-9]{4}-[0-9]{6}");
        JsonNode invoice = student.get("/invoices/" + number).json();
        assertThat(invoice.at("/taxes/0/net/amount").asString()).isEqualTo("41.60");
        assertThat(invoice.at("/buyer/name").asString()).isEqualTo("Zoë & Söhne");
        assertThat(text(student, number, 1))
                .contains(number, "Lernhaus Łódź", "10000 Town", "DE999", "Zoë & Söhne", "20000 Stadt", "DE1")
                .contains("Python in practice", "49.50", "Tax of 19 %", "7.90 EUR", "41.60 EUR");

        student.with("Idempotency-Key", "credit-note-1").post("/orders/" + order + "/refunds", "{}");
        JsonNode note = student.get("/invoices").json().at("/items/0");
        assertThat(note.path("kind").asString()).isEqualTo("credit_note");
        assertThat(note.path("corrects").asString()).isEqualTo(number);
        assertThat(note.at("/tax/amount").asString()).isEqualTo("7.90");
        assertThat(text(student, note.path("number").asString(), 1))
                .contains("Credit note", "Corrects invoice " + number, "Given back", "49.50 EUR");
    }

    @Test
    void manyLinesTakeMoreSheets() throws IOException {
        ApiClient student = academy.newStudent("collector");
        pay(ordered(
                student,
                IntStream.rangeClosed(1, 20).mapToObj(n -> course("many-" + n)).collect(Collectors.joining(", ")),
                ", \"billing\": {\"name\": \"All\", \"address\": \"1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\"}"));
        String number = student.get("/invoices").json().at("/items/0/number").asString();
        assertThat(text(student, number, 2)).contains("Page 1", "Page 2", "Course number 20", "קורס", "210.00 EUR");
    }

    @Test
    void strangersSeeNothingAndTheStaffAll() {
        ApiClient student = academy.newStudent("private");
        pay(ordered(student, course("many-7"), ""));
        String number = student.get("/invoices").json().at("/items/0/number").asString();
        ApiClient other = academy.as("other");
        assertThat(other.get("/invoices").json().path("items")).isEmpty();
        for (String path : new String[] {"/invoices/" + number, "/invoices/" + number + "/pdf"}) {
            assertThat(other.get(path).problem()).isEqualTo("not-found");
        }
        assertThat(academy.as("instructor").get("/invoices").status()).isEqualTo(403);
        assertThat(student.get("/invoices/journal.csv").status()).isEqualTo(403);
        for (String staff : new String[] {"accountant", "admin"}) {
            ApiClient member = academy.as(staff);
            assertThat(member.get("/invoices/" + number).status()).isEqualTo(200);
            Answer first = member.get("/invoices?limit=1");
            assertThat(first.json().path("items")).hasSize(1);
            assertThat(member.get("/invoices?until=2020-01-01").json().path("items"))
                    .isEmpty();
            assertThat(member.get("/invoices?from=yesterday").problem()).isEqualTo("invalid-value");
            assertThat(member.get("/invoices/journal.csv?from=2020-01-01").body())
                    .startsWith("id,number,kind,business_day")
                    .contains(number);
        }
    }
}
