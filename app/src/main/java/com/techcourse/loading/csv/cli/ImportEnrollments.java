package com.techcourse.loading.csv.cli;

import com.techcourse.loading.csv.ImportKind;
import picocli.CommandLine.Command;

@Command(
        name = "enrollments",
        description = "Enrolments of known people in free, published courses. A second run changes nothing.",
        mixinStandardHelpOptions = true)
public final class ImportEnrollments extends ImportCsv {

    public ImportEnrollments() {
        super(ImportKind.ENROLLMENTS);
    }
}
