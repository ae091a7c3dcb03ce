package com.techcourse.loading.csv.cli;

import com.techcourse.loading.csv.ImportKind;
import picocli.CommandLine.Command;

@Command(
        name = "users",
        description = "People, known by external_id, else by address; without passwords. A second run changes nothing.",
        mixinStandardHelpOptions = true)
public final class ImportUsers extends ImportCsv {

    public ImportUsers() {
        super(ImportKind.USERS);
    }
}
