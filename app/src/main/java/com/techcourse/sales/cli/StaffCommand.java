package com.techcourse.sales.cli;

import com.techcourse.platform.Acting;
import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Problem;
import com.techcourse.platform.Problems;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import java.io.PrintStream;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import picocli.CommandLine.Option;

/** A command of an accountant or admin who says by name who acts: four eyes are two persons, here as in the browser. */
abstract class StaffCommand implements Callable<Integer> {

    @Option(names = "--as", paramLabel = "EMAIL", required = true, description = "Who acts: an accountant or admin.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String email;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, csv or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public final Integer call() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            return run(database, System.out);
        }
    }

    /** On an opened database; returns the exit code. */
    final int run(Database database, PrintStream out) {
        try {
            Tables.print(database.as(acting(database), this::answer), format, out);
            return 0;
        } catch (DataAccessException refusal) {
            Problem problem = Problems.load().of(refusal).orElseThrow(() -> refusal);
            throw new CommandProblem(problem.detail(), "Nothing was changed.");
        }
    }

    /** Does it, in one transaction, and answers what there is to tell. */
    abstract Result<? extends Record> answer(DSLContext session);

    private Acting acting(Database database) {
        Record staff = database.owner()
                .fetchOptional("""
                        select u.id, r.role::text from identity.users u join identity.user_roles r on r.user_id = u.id
                         where u.email::text = lower(?) and r.role::text in ('accountant', 'admin') and u.status = 'active' order by r.role limit 1
                        """, email)
                .orElseThrow(() -> new CommandProblem(
                        "There is no accountant or admin " + email + ".", "Name the e-mail address of one."));
        return new Acting(staff.get(0, UUID.class), staff.get(1, String.class));
    }
}
