package com.techcourse.loading.oulad;

import com.techcourse.loading.oulad.OuladImport.Options;
import com.techcourse.platform.Progress;
import com.techcourse.testing.TestDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Imports of a small set, and their reports in one line for each finding. */
final class Runs {

    static final Progress SILENT = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

    private Runs() {}

    static ImportReport run(TestDatabase database, SmallSet set, Options options) {
        return new OuladImport(database.ownerUrl(), SILENT).run(set.folder(), options);
    }

    /** Kind, file, line and column. */
    static List<String> findings(ImportReport report, String outcome) {
        return report.summary().stream()
                .filter(row -> outcome.equals(row.get("outcome")))
                .map(row -> String.join(
                                " ",
                                text(row.get("what")),
                                text(row.get("file")),
                                text(row.get("line")),
                                text(row.get("column")))
                        .stripTrailing())
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
