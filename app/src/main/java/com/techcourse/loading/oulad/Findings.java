package com.techcourse.loading.oulad;

import com.techcourse.loading.oulad.Writing.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;

/** What the staging tables know about the rows after they were checked. */
final class Findings {

    private final Connection connection;
    private final DSLContext dsl;

    Findings(Connection connection) {
        this.connection = connection;
        this.dsl = DSL.using(connection, SQLDialect.POSTGRES);
    }

    long rejected() {
        return dsl.fetchCount(DSL.table("oulad_findings"), DSL.field("outcome").eq("rejected"));
    }

    /** Every finding, one line each. */
    void writeTo(Path report) throws SQLException, IOException {
        try (OutputStream out = Files.newOutputStream(report)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(Scripts.read("report"), out);
        }
    }

    Result<? extends Record> summary(Map<SourceFile, Long> rows, Map<Step, Integer> written, boolean dryRun) {
        String outcome = dryRun ? "would be new" : "new";
        String counts = written.entrySet().stream()
                .filter(step -> step.getKey() != Step.CATEGORY && step.getKey() != Step.PROFILES)
                .map(step -> count(outcome, table(step.getKey()), step.getValue()))
                .collect(Collectors.joining(", "));
        String read = rows.entrySet().stream()
                .map(file -> count("read", file.getKey().fileName(), Math.max(0, file.getValue())))
                .collect(Collectors.joining(", "));
        return dsl.resultQuery(
                        Scripts.read("summary").replace("/* counts */", counts.isEmpty() ? read : read + ", " + counts))
                .fetch();
    }

    static Map<String, Integer> byTable(Map<Step, Integer> written) {
        return written.entrySet().stream().collect(Collectors.toMap(step -> table(step.getKey()), Map.Entry::getValue));
    }

    private static String table(Step step) {
        return step.script().substring("write-".length()).toLowerCase(Locale.ROOT);
    }

    private static String count(String outcome, String what, long rows) {
        return "('" + outcome + "', '" + what + "', " + rows + "::bigint)";
    }
}
