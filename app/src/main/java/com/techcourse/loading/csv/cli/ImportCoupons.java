package com.techcourse.loading.csv.cli;

import com.techcourse.loading.csv.ImportKind;
import picocli.CommandLine.Command;

@Command(
        name = "coupons",
        description = "Coupons, known by their code. A second run changes nothing.",
        mixinStandardHelpOptions = true)
public final class ImportCoupons extends ImportCsv {

    public ImportCoupons() {
        super(ImportKind.COUPONS);
    }
}
