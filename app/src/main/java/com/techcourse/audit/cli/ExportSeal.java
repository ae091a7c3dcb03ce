package com.techcourse.audit.cli;

import com.techcourse.platform.PersonaCommand;
import com.techcourse.platform.postgres.DatabaseProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export-seal",
        description = {
            "Writes the newest seal to a file, to be kept elsewhere.",
            "\"audit verify --against FILE\" later proves that everything before it is still as it was."
        },
        mixinStandardHelpOptions = true)
final class ExportSeal extends PersonaCommand {

    @Parameters(paramLabel = "FILE", description = "A file that does not exist yet, or - for standard output.")
    private @Nullable String file;

    ExportSeal() {
        super("auditor");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        String seal = ExportedSeal.newest(session);
        if (seal.isEmpty()) {
            throw new DatabaseProblem("Nothing was sealed yet.", "Run \"audit seal\" first.");
        }
        if (file == null || file.equals("-")) {
            out.println(seal);
        } else {
            write(Path.of(file), seal);
        }
        return 0;
    }

    /** Never over another file: it could be the only copy of an older seal. */
    private static void write(Path file, String seal) {
        try {
            Files.writeString(file, seal + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new DatabaseProblem("The file " + file + " exists already.", "Give a new file name.", e);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "The file " + file + " cannot be written: " + e.getMessage() + ".", "Give another file name.", e);
        }
    }
}
