package com.techcourse.loading.oulad.cli;

import com.techcourse.loading.oulad.Comparison;
import com.techcourse.loading.oulad.ImportReport;
import com.techcourse.loading.oulad.OuladImport;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "oulad",
        description =
                "Open University Learning Analytics Dataset (CC BY 4.0): courses, assessments, students, submissions."
                        + " All or nothing; a second run changes nothing.",
        mixinStandardHelpOptions = true)
final class ImportOulad implements Callable<Integer> {

    @Parameters(
            paramLabel = "FOLDER",
            description = "holds courses.csv, assessments.csv, studentInfo.csv,"
                    + " studentRegistration.csv and studentAssessment.csv")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(names = "--partial", description = "keep the good rows and report the others")
    private boolean partial;

    @Option(names = "--dry-run", description = "write, let every rule check, and take it back")
    private boolean dryRun;

    @Option(names = "--report", paramLabel = "FILE", description = "write every single finding into FILE, as CSV")
    private @Nullable Path report;

    @Option(names = "--format", description = "table, csv or json (default: table)")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--compare", description = "also time plain COPY of the same files into bare tables")
    private boolean compare;

    @Override
    public Integer call() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            OuladImport oulad = new OuladImport(database.ownerUrl(), progress);
            var options = new OuladImport.Options(partial, dryRun, Optional.ofNullable(report));
            ImportReport outcome = compare
                    ? new Comparison(database.ownerUrl(), oulad, progress).run(folder, options)
                    : oulad.run(folder, options);
            Tables.print(outcome.summary(), format, System.out);
            progress.say(outcome.state().sentence());
            return outcome.isDone() ? 0 : 1;
        }
    }
}
