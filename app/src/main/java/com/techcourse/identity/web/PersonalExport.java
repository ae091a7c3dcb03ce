package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * All rows of a person as a zip of JSON, one file for each entry of {@code identity.personal_tables}, written row
 * by row, so that a long life of learning needs no more memory than a short one.
 */
@Component
class PersonalExport {

    private static final int ROWS_AT_A_TIME = 500;

    private final ActingTransactions transactions;
    private final JsonMapper json;

    PersonalExport(ActingTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    void write(SignedIn person, OutputStream out) {
        transactions.readLong(person.self(), database -> {
            try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                List<Source> sources = database.fetch("""
                                select relation, keeper, file, explanation from identity.personal_tables order by file nulls last, relation
                                """).map(Source::of);
                readme(database, sources, zip);
                for (Source source : sources) {
                    if (source.file() != null) {
                        rows(database, source, zip);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return person;
        });
    }

    private void readme(DSLContext database, List<Source> sources, ZipOutputStream zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Source source : sources) {
            if (source.file() == null) {
                leftOut.merge(source.relation(), source.explanation(), (one, other) -> one + " " + other);
            } else {
                files.put(source.file() + ".json", source.explanation());
            }
        }
        zip.putNextEntry(new ZipEntry("README.json"));
        zip.write(json.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(new Readme(
                        "Everything that the academy keeps about you. Each file is a list of rows; times are UTC.",
                        database.fetchSingle("select clock_timestamp()::text").into(String.class),
                        files,
                        leftOut)));
        zip.closeEntry();
    }

    private static void rows(DSLContext database, Source source, ZipOutputStream zip) throws IOException {
        String function = source.keeper().equals("gatekeeper") ? "own_proofs" : "own_rows";
        zip.putNextEntry(new ZipEntry(source.file() + ".json"));
        zip.write('[');
        try (Stream<Record1<String>> rows = database.resultQuery(
                        "select r::text from identity." + function + "(?) r", source.file())
                .fetchSize(ROWS_AT_A_TIME)
                .fetchStream()
                .map(row -> row.into(org.jooq.impl.DSL.field("r", String.class)))) {
            String separator = "\n";
            for (Record1<String> row : (Iterable<Record1<String>>) rows::iterator) {
                zip.write(separator.getBytes(StandardCharsets.UTF_8));
                zip.write(row.value1().getBytes(StandardCharsets.UTF_8));
                separator = ",\n";
            }
        }
        zip.write("\n]\n".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private record Readme(String about, String madeAt, Map<String, String> files, Map<String, String> leftOut) {}

    private record Source(
            String relation, String keeper, @Nullable String file, String explanation) {

        static Source of(Record row) {
            return new Source(
                    row.get("relation", String.class),
                    row.get("keeper", String.class),
                    row.get("file", String.class),
                    row.get("explanation", String.class));
        }
    }
}
