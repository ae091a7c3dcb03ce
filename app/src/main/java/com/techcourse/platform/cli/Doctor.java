package com.techcourse.platform.cli;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import com.techcourse.platform.doctor.Examination;
import com.techcourse.platform.doctor.Finding;
import com.techcourse.platform.doctor.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Looks at the database and says what is well, what is worth a look and what must be done, each with the way out.",
            "Changes nothing, not even an old schema. Exit code 1 when there is a PROBLEM."
        },
        mixinStandardHelpOptions = true)
public final class Doctor implements Callable<Integer> {

    private static final Field<String> CHECK = field(name("check"), String.class);
    private static final Field<String> STATUS = field(name("status"), String.class);
    private static final Field<String> FINDING = field(name("finding"), String.class);
    private static final Field<String> REMEDY = field(name("way_out"), String.class);

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, csv or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() {
        Environment environment = Environment.ofProcess();
        try (Progress progress = Progress.onStandardError();
                Database database = Database.openAsItIs(environment, progress::say)) {
            return run(database, environment, System.out);
        }
    }

    /** On an opened database; returns the exit code. */
    int run(Database database, Environment environment, PrintStream out) {
        List<Finding> findings = Examination.of(database, environment);
        Tables.print(rows(findings), format, out);
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.PROBLEM) ? 1 : 0;
    }

    private static Result<Record4<String, String, String, String>> rows(List<Finding> findings) {
        DSLContext dsl = DSL.using(SQLDialect.POSTGRES);
        Result<Record4<String, String, String, String>> rows = dsl.newResult(CHECK, STATUS, FINDING, REMEDY);
        findings.forEach(finding -> rows.add(dsl.newRecord(CHECK, STATUS, FINDING, REMEDY)
                .values(finding.check(), finding.verdict().name(), finding.finding(), finding.remedy())));
        return rows;
    }
}
