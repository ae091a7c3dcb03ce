package com.techcourse.learning.web;

import static com.techcourse.jooq.learning.Tables.CERTIFICATES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Certificates: one's own, as a document, checked by anyone who holds the number, and revoked. */
@Api
class CertificatesApi {

    private final ActingTransactions transactions;
    private final CertificateDocuments documents;

    CertificatesApi(ActingTransactions transactions, CertificateDocuments documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @GetMapping("/enrollments/{course_id}/certificate")
    @OpenTo("student")
    @Operation(
            summary = "My certificate of a course",
            description = "There as soon as every quiz of the course is passed.")
    Certificate own(Acting acting, @PathVariable("course_id") UUID courseId) {
        return transactions.read(
                acting,
                database -> database.select(CERTIFICATES.NUMBER)
                        .from(CERTIFICATES)
                        .where(CERTIFICATES.STUDENT_ID.eq(Enrolling.student(acting)))
                        .and(CERTIFICATES.COURSE_ID.eq(courseId))
                        .fetchOptional(CERTIFICATES.NUMBER)
                        .flatMap(number -> Certificate.find(database, number))
                        .orElseThrow(() -> new Refused("not-found")));
    }

    @GetMapping("/certificates/{number}")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(summary = "Check a certificate", description = "By its number; for whoever was shown it.")
    Certificate verify(@PathVariable String number) {
        return certificate(number);
    }

    @GetMapping(value = "/certificates/{number}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "A certificate as PDF",
            description = "With a QR code that leads to the page where it is checked.")
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PDF_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> pdf(@PathVariable String number) {
        Certificate certificate = certificate(number);
        String page = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/certificates/" + certificate.number())
                .toUriString();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "inline; filename=\"" + certificate.number() + ".pdf\"")
                .body(documents.pdf(certificate, page));
    }

    @PostMapping("/certificates/{number}/revocation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Refuses("already-revoked")
    @Operation(
            summary = "Revoke a certificate",
            description = "With a reason that everyone who checks it reads; for good.")
    void revoke(Acting acting, @PathVariable String number, @RequestBody Reason reason) {
        boolean revoked = transactions.write(
                acting,
                database -> Boolean.TRUE.equals(database.fetchValue(
                        "select learning.revoke_certificate(?, ?)", canonical(number), reason.reason())));
        if (!revoked) {
            throw new Refused("not-found");
        }
    }

    private Certificate certificate(String number) {
        return transactions
                .read(Acting.visitor(), database -> Certificate.find(database, canonical(number)))
                .orElseThrow(() -> new Refused("not-found"));
    }

    static String canonical(String number) {
        return number.toUpperCase(Locale.ROOT);
    }

    record Reason(
            @Schema(example = "Somebody else sat the quiz.", minLength = 1, maxLength = 500)
            String reason) {}
}
