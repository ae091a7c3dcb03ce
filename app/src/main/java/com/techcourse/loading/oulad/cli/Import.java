package com.techcourse.loading.oulad.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Loads data of other platforms, through all rules of this one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "FORMAT",
        subcommands = ImportOulad.class)
public final class Import implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to import: oulad.");
    }
}
