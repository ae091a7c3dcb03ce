package com.techcourse.audit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * The functions that seal and verify live in the database, where a superuser could replace them by ones that find
 * nothing. So their bodies are compared with the migrations in this jar.
 */
final class ProofCode {

    /** Every migration that defines one of the functions below; bodies there are text, not parsed SQL. */
    private static final List<String> MIGRATIONS = List.of(
            "/db/migration/V050__audit_change_log.sql",
            "/db/migration/V051__audit_triggers.sql",
            "/db/migration/V052__audit_seals.sql",
            "/db/migration/V053__audit_verify.sql",
            "/db/views/audit/R__audit_price_differences.sql");

    private static final String BODIES = """
            select p.proname, p.prosrc from pg_catalog.pg_proc p
             where p.pronamespace = 'audit'::regnamespace
               and p.proname in ('origin', 'row_hash', 'seal_hash', 'block', 'add_seal', 'seal', 'backdated', 'verify',
                                 'record_change', 'record_inserts', 'refuse_change', 'price_differences')
             order by p.proname
            """;

    private ProofCode() {}

    /** Names of functions whose body is not the one of this version. */
    static List<String> replaced(DSLContext session) {
        String shipped = MIGRATIONS.stream().map(ProofCode::textOf).collect(Collectors.joining("\n"));
        return session.fetch(BODIES).stream()
                .filter(function -> !shipped.contains(function.get("prosrc", String.class)))
                .map(function -> function.get("proname", String.class))
                .toList();
    }

    private static String textOf(String resource) {
        try (InputStream text = Objects.requireNonNull(ProofCode.class.getResourceAsStream(resource), resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
