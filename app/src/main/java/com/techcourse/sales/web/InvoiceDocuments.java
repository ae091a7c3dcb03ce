package com.techcourse.sales.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;

/** Invoices and credit notes as PDF, on as many sheets as their lines take. */
@Component
class InvoiceDocuments {

    byte[] pdf(Invoice invoice) {
        try (PDDocument document = new PDDocument()) {
            document.getDocumentInformation()
                    .setTitle((invoice.isCreditNote() ? "Credit note " : "Invoice ") + invoice.number());
            try (InvoiceSheets sheets = new InvoiceSheets(document, invoice)) {
                sheets.fill();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
