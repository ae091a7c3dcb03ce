package com.techcourse.loading.csv.cli;

import com.techcourse.loading.csv.ImportKind;
import picocli.CommandLine.Command;

@Command(
        name = "courses",
        description = "Courses as drafts, known by external_id; prices are audited. A second run changes nothing.",
        mixinStandardHelpOptions = true)
public final class ImportCourses extends ImportCsv {

    public ImportCourses() {
        super(ImportKind.COURSES);
    }
}
