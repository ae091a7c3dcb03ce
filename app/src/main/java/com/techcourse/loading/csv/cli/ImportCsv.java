package com.techcourse.loading.csv.cli;

import com.techcourse.loading.csv.CsvImport;
import com.techcourse.loading.csv.ImportKind;
import com.techcourse.loading.csv.Order;
import com.techcourse.loading.csv.Unreadable;
import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the four commands share. */
abstract class ImportCsv implements Callable<Integer> {

    private static final String SUMMARY = """
            select state, row_count as rows, created_count as created, updated_count as updated,
                   unchanged_count as unchanged, refused_count as refused
              from platform.imports where id = ?
            """;
    private static final String REFUSED = """
            select line_no as line, column_name as "column", sentence
              from platform.import_rows where import_id = ? and outcome = 'refused' order by line_no limit ?
            """;
    private static final int SHOWN = 20;

    private final ImportKind kind;

    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8; its first line names the columns (docs/imports.md)")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "EMAIL",
            description = "the admin who answers for it in the change log")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String email;

    @Option(names = "--partial", description = "write the good lines and report the others")
    private boolean partial;

    @Option(names = "--dry-run", description = "write, let every rule check, and take it back")
    private boolean dryRun;

    @Option(names = "--format", description = "table, csv or json (default: table)")
    private OutputFormat format = OutputFormat.TABLE;

    ImportCsv(ImportKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say);
                InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            UUID id = new CsvImport(database.ownerUrl()).run(new Order(kind, partial, dryRun, admin(database)), in);
            return told(database, id, progress);
        } catch (Unreadable e) {
            throw new CommandProblem(e.sentence(), "Mend the file and run the import again; nothing was written.");
        } catch (CsvImport.Busy e) {
            throw new CommandProblem("Another import of " + kind.label() + " is running.", "Wait until it ends.");
        }
    }

    private int told(Database database, UUID id, Progress progress) {
        DSLContext owner = database.owner();
        owner.execute("set role techcourse_loader");
        Result<? extends Record> summary = owner.fetch(SUMMARY, id);
        Tables.print(summary, format, System.out);
        Result<? extends Record> refused = owner.fetch(REFUSED, id, SHOWN);
        refused.forEach(row ->
                progress.say("line " + row.get("line") + ", " + text(row.get("column")) + ": " + row.get("sentence")));
        boolean done = "done".equals(summary.getFirst().get("state", String.class));
        progress.say(
                !done
                        ? "Nothing was written. Mend the lines named here, or keep the good ones with --partial."
                        : dryRun ? "Dry run: nothing was changed." : "Done.");
        return done ? 0 : 1;
    }

    private static String text(@Nullable Object column) {
        return column == null ? "the whole line" : "column " + column;
    }

    private UUID admin(Database database) {
        DSLContext owner = database.owner();
        owner.execute("set role techcourse_loader");
        Object id = owner.fetchValue("""
                select u.id from identity.users u join identity.user_roles r on r.user_id = u.id and r.role = 'admin'
                 where u.email operator(extensions.=) cast(? as extensions.citext) and u.status = 'active'
                """, email);
        if (id instanceof UUID admin) {
            return admin;
        }
        throw new CommandProblem("Nobody with the address " + email + " is an admin.", "Name an admin by --as.");
    }
}
