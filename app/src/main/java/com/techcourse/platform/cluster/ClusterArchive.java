package com.techcourse.platform.cluster;

import java.util.ArrayList;
import java.util.List;

/** The archive of pgBackRest: backups and every change since. */
record ClusterArchive(ClusterFolder folder, LocalCluster cluster) {

    /** Makes it where it is missing, from the node that leads. */
    void make(String primary) {
        on(primary, "stanza-create").orRefuse("Making the archive of backups");
    }

    Run on(String node, String... arguments) {
        List<String> command = new ArrayList<>(cluster.network().on(node));
        command.addAll(SystemUser.current().as());
        command.addAll(List.of(
                Programs.path("pgbackrest"),
                "--config=" + folder.machine(node).resolve("etc/pgbackrest.conf"),
                "--stanza=" + LocalCluster.NAME));
        command.addAll(List.of(arguments));
        return Run.of(command);
    }
}
