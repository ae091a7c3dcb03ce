package com.techcourse.catalog.cli;

import com.techcourse.catalog.exchange.BankImport;
import com.techcourse.catalog.exchange.Format;
import com.techcourse.catalog.exchange.UnreadableFile;
import com.techcourse.platform.Acting;
import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "questions",
        description = "Questions of a file into an instructor's question bank, with a report for each item.",
        mixinStandardHelpOptions = true)
public final class ImportQuestions implements Callable<Integer> {

    private static final long MOST_BYTES = 8 << 20;

    @Parameters(paramLabel = "FILE", description = "a file of GIFT, Moodle XML or QTI 2.1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--instructor", paramLabel = "EMAIL", required = true, description = "whose bank it goes into")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String instructor;

    @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "gift, moodle-xml or qti")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String format;

    @Option(names = "--dry-run", description = "only tell what would become of each item")
    private boolean dryRun;

    @Option(names = "--report", description = "table, csv or json (default: table)")
    private OutputFormat report = OutputFormat.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Format read = Format.named(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "There is no format " + format + "; it is gift, moodle-xml or qti."));
        byte[] content = content();
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            Acting acting = Acting.instructor(instructor(database));
            List<BankImport.Item> items = database.as(acting, dsl -> BankImport.run(dsl, read, content, dryRun));
            Tables.print(table(items), report, System.out);
            progress.say(dryRun ? "Nothing was written: a dry run." : "Done; a second run adds nothing.");
            return items.stream().anyMatch(item -> item.outcome().equals("dropped")) ? 1 : 0;
        } catch (UnreadableFile e) {
            throw new CommandProblem(
                    "The file " + file + " cannot be read: " + e.why() + ".", "Export it again; nothing was written.");
        }
    }

    private byte[] content() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandProblem("There is no file " + file + ".", "Name a file that can be read.");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new CommandProblem(
                    "The file " + file + " has more than " + MOST_BYTES + " bytes.", "Split it into several.");
        }
        return Files.readAllBytes(file);
    }

    private UUID instructor(Database database) {
        Object id = database.owner().fetchValue("""
                        select u.id from identity.users u join identity.user_roles r on r.user_id = u.id and r.role = 'instructor'
                         where u.email::text = lower(?)
                        """, instructor);
        if (id instanceof UUID found) {
            return found;
        }
        throw new CommandProblem("There is no instructor " + instructor + ".", "Name the e-mail address of one.");
    }

    private static Result<Record> table(List<BankImport.Item> items) {
        Field<Integer> position = DSL.field("position", Integer.class);
        Field<String> name = DSL.field("name", String.class);
        Field<String> outcome = DSL.field("outcome", String.class);
        Field<Boolean> there = DSL.field("already_there", Boolean.class);
        Field<String> notes = DSL.field("notes", String.class);
        Result<Record> table =
                DSL.using(SQLDialect.POSTGRES).newResult(new Field<?>[] {position, name, outcome, there, notes});
        for (BankImport.Item item : items) {
            Record row = DSL.using(SQLDialect.POSTGRES).newRecord(position, name, outcome, there, notes);
            row.set(position, item.position());
            row.set(name, item.name());
            row.set(outcome, item.outcome());
            row.set(there, item.alreadyThere());
            row.set(notes, String.join("; ", item.notes()));
            table.add(row);
        }
        return table;
    }
}
