package com.techcourse.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.TechCourseProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import questions} as a process of its own: a report for each item, a dry run, and files that are refused. */
class ImportQuestionsTest {

    @TempDir
    private Path folder;

    @Test
    void tellsOfEachItemAndWritesOnlyWhenItIsMeant() throws Exception {
        try (ApiAcademy academy = ApiAcademy.start()) {
            Path bank = folder.resolve("teacher.gift");
            try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/questions/teacher.gift"))) {
                Files.copy(file, bank);
            }
            assertThat(imported(academy, bank, "gift", 1, "--dry-run"))
                    .contains("dropped", "approximated", "a text without { } asks nothing", "a dry run");
            assertThat(kept(academy)).isZero();
            assertThat(imported(academy, bank, "gift", 1)).contains("Kinetic energy");
            long taken = kept(academy);
            assertThat(taken).isEqualTo(41);
            imported(academy, bank, "gift", 1);
            assertThat(kept(academy)).as("a second run").isEqualTo(taken);
            Path broken = Files.writeString(folder.resolve("bank.zip"), "PK\u0003\u0004 no zip");
            assertThat(imported(academy, broken, "qti", 1)).contains("cannot be read");
            Path clean = Files.writeString(folder.resolve("one.gift"), "::New::Is this new? {T}\n");
            imported(academy, clean, "gift", 0);
            assertThat(kept(academy)).isEqualTo(taken + 1);
            imported(academy, folder.resolve("nowhere.gift"), "gift", 1);
            imported(academy, clean, "word", 2);
        }
    }

    private static long kept(ApiAcademy academy) {
        return Long.parseLong(
                String.valueOf(academy.owner().fetchValue("select count(*) from catalog.bank_questions")));
    }

    private static String imported(ApiAcademy academy, Path file, String format, int exitCode, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "import",
                "questions",
                file.toString(),
                "--format",
                format,
                "--instructor",
                "instructor@academy.example"));
        command.addAll(List.of(options));
        Map<String, String> environment =
                Map.of("TECHCOURSE_DATABASE_URL", academy.database().ownerUrl().uri());
        try (TechCourseProcess process = TechCourseProcess.start(environment, 0, command.toArray(String[]::new))) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
            return process.output();
        }
    }
}
