package com.techcourse.platform.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a machine keeps things: configuration, what runs, logs, certificates, PostgreSQL's and etcd's data, the archive of
 * backups.
 */
record Places(
        Path configuration,
        Path run,
        Path log,
        Path certificates,
        Path postgresql,
        Path etcd,
        Path postgresqlPrograms,
        Path backups) {

    /** As Debian's packages and the unit files of {@code deploy/ha/systemd} have them. */
    static final Places OF_A_MACHINE = new Places(
            Path.of("/etc/techcourse"),
            Path.of("/run/techcourse"),
            Path.of("/var/log/techcourse"),
            Path.of("/etc/techcourse/tls"),
            Path.of("/var/lib/techcourse/postgresql"),
            Path.of("/var/lib/techcourse/etcd"),
            Path.of("/usr/lib/postgresql/15/bin"),
            Path.of("/srv/techcourse-backups"));

    /** Of the gate, where backups are restored for a trial: folders that {@code techcourse-verify.service} has for itself. */
    static final Places OF_TRIALS = new Places(
            OF_A_MACHINE.configuration(),
            Path.of("/var/lib/techcourse-verify"),
            Path.of("/var/log/techcourse-verify"),
            OF_A_MACHINE.certificates(),
            Path.of("/var/lib/techcourse-verify/verified/postgresql"),
            OF_A_MACHINE.etcd(),
            OF_A_MACHINE.postgresqlPrograms(),
            OF_A_MACHINE.backups());

    /** Everything of one machine below one folder. */
    static Places below(Path folder, Path certificates, Path programs, Path backups) {
        return new Places(
                folder.resolve("etc"),
                folder.resolve("run"),
                folder.resolve("log"),
                certificates,
                folder.resolve("postgresql"),
                folder.resolve("etcd"),
                programs,
                backups);
    }

    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("node_etc", configuration.toString()),
                Map.entry("node_run", run.toString()),
                Map.entry("node_log", log.toString()),
                Map.entry("gate_etc", configuration.toString()),
                Map.entry("gate_run", run.toString()),
                Map.entry("trials", run.toString()),
                Map.entry("tls", certificates.toString()),
                Map.entry("postgresql_data", postgresql.toString()),
                Map.entry("postgresql_bin", postgresqlPrograms.toString()),
                Map.entry("etcd_data", etcd.toString()),
                Map.entry("backups", backups.toString()));
    }
}
