package com.techcourse.catalog.web;

import com.techcourse.catalog.exchange.BankImport;
import com.techcourse.catalog.exchange.Format;
import com.techcourse.catalog.exchange.Found;
import com.techcourse.catalog.exchange.QuestionFiles;
import com.techcourse.catalog.exchange.UnreadableFile;
import com.techcourse.catalog.exchange.Written;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.BodyLimit;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Question banks from and to files. Every item is accounted for: taken, approximated (how), dropped (why). */
@Api
class QuestionExchangeApi {

    private static final int MOST_BYTES = 8 << 20;

    private final ActingTransactions transactions;
    private final BankQuestions bank;

    QuestionExchangeApi(ActingTransactions transactions, BankQuestions bank) {
        this.transactions = transactions;
        this.bank = bank;
    }

    @PostMapping(path = "/studio/question-bank/imports", consumes = "application/octet-stream")
    @OpenTo("instructor")
    @BodyLimit(MOST_BYTES)
    @Refuses("unreadable-file")
    @Operation(
            summary = "Import a file of questions",
            description =
                    "Format gift, moodle-xml or qti (2.1: one item, or a zip package). All in one transaction; a faulty item"
                            + " stops no other; the same question is taken over once, however often it is imported. A package that is broken or built to harm is refused as a whole.")
    Report importFile(
            Acting acting,
            @RequestParam String format,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @RequestBody byte[] file) {
        Format read = format(format);
        try {
            return Report.of(dryRun, transactions.write(acting, dsl -> BankImport.run(dsl, read, file, dryRun)));
        } catch (UnreadableFile e) {
            throw new Refused("unreadable-file", "The file cannot be read: " + e.why() + ".");
        }
    }

    @GetMapping("/studio/question-bank/export")
    @OpenTo("instructor")
    @Operation(
            summary = "Export the question bank",
            description = "Up to 2,000 questions, chosen as in the list of the bank.")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = {
                @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
                @Content(mediaType = "application/xml", schema = @Schema(type = "string")),
                @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary"))
            })
    ResponseEntity<byte[]> export(
            Acting acting,
            @RequestParam String format,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String text) {
        Format wanted = format(format);
        Written written = written(acting, wanted, new BankSearch(tag, type, text, false));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(wanted.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + wanted.fileName() + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .body(written.content());
    }

    @GetMapping("/studio/question-bank/export/losses")
    @OpenTo("instructor")
    @Operation(summary = "What an export loses", description = "For each question, what the format cannot hold.")
    Report losses(
            Acting acting,
            @RequestParam String format,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String text) {
        List<Found> losses = written(acting, format(format), new BankSearch(tag, type, text, false))
                .losses();
        return Report.of(
                true,
                IntStream.range(0, losses.size())
                        .mapToObj(n -> item(n + 1, losses.get(n)))
                        .toList());
    }

    private Written written(Acting acting, Format format, BankSearch search) {
        return QuestionFiles.write(format, transactions.read(acting, dsl -> bank.exported(dsl, search)));
    }

    private static BankImport.Item item(int position, Found found) {
        String outcome = found.question() == null ? "dropped" : found.notes().isEmpty() ? "taken" : "approximated";
        return new BankImport.Item(position, found.label(), outcome, found.notes(), null, false);
    }

    private static Format format(String name) {
        return Format.named(name)
                .orElseThrow(() -> new Refused("invalid-value", "The format is gift, moodle-xml or qti.", "format"));
    }

    /** What became of a file, item by item. */
    record Report(
            boolean dryRun, int taken, int approximated, int dropped, int alreadyThere, List<BankImport.Item> items) {

        static Report of(boolean dryRun, List<BankImport.Item> items) {
            return new Report(
                    dryRun,
                    count(items, "taken"),
                    count(items, "approximated"),
                    count(items, "dropped"),
                    (int) items.stream().filter(BankImport.Item::alreadyThere).count(),
                    items);
        }

        private static int count(List<BankImport.Item> items, String outcome) {
            return (int) items.stream()
                    .filter(item -> item.outcome().equals(outcome))
                    .count();
        }
    }
}
