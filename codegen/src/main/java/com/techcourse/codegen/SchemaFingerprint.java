package com.techcourse.codegen;

import com.techcourse.platform.migration.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A hash over all SQL of the schema, and over what is generated from it. */
final class SchemaFingerprint {

    private SchemaFingerprint() {}

    static String current() throws IOException, NoSuchAlgorithmException {
        try (InputStream plan = Objects.requireNonNull(
                GenerationPlan.class.getResourceAsStream("GenerationPlan.class"), "GenerationPlan.class")) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Migrations.checksum() + " " + HexFormat.of().formatHex(digest.digest(plan.readAllBytes()));
        }
    }
}
