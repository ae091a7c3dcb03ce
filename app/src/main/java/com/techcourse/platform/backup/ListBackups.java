package com.techcourse.platform.backup;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Tables;
import com.techcourse.platform.postgres.Backups;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "The backups, oldest first; of pgBackRest where TECHCOURSE_PGBACKREST names its configuration.",
        mixinStandardHelpOptions = true)
final class ListBackups implements Runnable {

    private static final Field<String> BACKUP = field(name("backup"), String.class);
    private static final Field<String> FINISHED = field(name("finished_at"), String.class);
    private static final Field<Long> BYTES = field(name("bytes"), Long.class);

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, csv or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        DSLContext dsl = DSL.using(SQLDialect.POSTGRES);
        Result<Record3<String, String, Long>> rows = dsl.newResult(BACKUP, FINISHED, BYTES);
        backups(Environment.ofProcess())
                .forEach(backup -> rows.add(dsl.newRecord(BACKUP, FINISHED, BYTES)
                        .values(backup.name(), backup.finishedAt().toString(), backup.bytes())));
        Tables.print(rows, format, System.out);
    }

    private static List<TakenBackup> backups(Environment environment) {
        Optional<PgBackRest> archive = environment.databaseUrl().flatMap(_ -> PgBackRest.of(environment));
        return archive.map(PgBackRest::all)
                .orElseGet(() -> Backups.of(EmbeddedOnly.dataFolder(environment)).list().stream()
                        .map(TakenBackup::of)
                        .toList());
    }
}
