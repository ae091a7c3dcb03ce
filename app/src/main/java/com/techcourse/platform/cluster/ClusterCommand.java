package com.techcourse.platform.cluster;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "cluster",
        description = {
            "A cluster that loses no sale: three PostgreSQL under Patroni with etcd, HAProxy and PgBouncer in front.",
            "up brings a whole one up on this machine, from the very files that files writes for three machines;",
            "kill, freeze and cut break it, so that it can be seen to go on. docs/operations.md tells the rest."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterUp.class,
            ClusterStatus.class,
            ClusterSwitchover.class,
            ClusterKill.class,
            ClusterFreeze.class,
            ClusterCut.class,
            ClusterHeal.class,
            ClusterBackup.class,
            ClusterRestore.class,
            ClusterDown.class,
            ClusterFiles.class
        })
public final class ClusterCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which? up, status, kill, heal ..");
    }
}
