package com.techcourse.codegen;

import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.platform.postgres.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;

/** Starts a throw-away PostgreSQL, migrates it, and writes the jOOQ classes; nothing when no SQL has changed. */
public final class GenerateCode {

    private static final ServerOptions THROW_AWAY = new ServerOptions(
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "shared_buffers", "64MB"),
            Optional.empty());

    private static final Logger MIGRATION_LOG = Logger.getLogger("org.flywaydb");

    private GenerateCode() {}

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Path stamp = target.resolve("schema.sha256");
        String fingerprint = SchemaFingerprint.current();
        if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        MIGRATION_LOG.setLevel(Level.WARNING);
        Path folder = Files.createTempDirectory("techcourse-codegen");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, "codegen", message -> {}, THROW_AWAY)) {
            Migrations.migrate(postgres.owner(), message -> {});
            delete(target);
            generate(postgres.owner(), target);
            Files.writeString(stamp, fingerprint);
        } finally {
            delete(folder);
        }
    }

    private static void generate(DatabaseUrl owner, Path target) throws Exception {
        GenerationTool.generate(GenerationPlan.of(owner, target));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
