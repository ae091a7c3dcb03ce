package com.techcourse.platform.cluster;

import com.techcourse.platform.backup.PgBackRest;
import com.techcourse.platform.backup.TakenBackup;
import com.techcourse.platform.programs.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The archive of pgBackRest: backups and every change since, encrypted. */
record ClusterArchive(ClusterFolder folder, LocalCluster cluster) {

    /** How pgBackRest says that another of its processes is at work. */
    private static final int LOCKED = 50;

    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 500;

    private static final DateTimeFormatter TARGET = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Makes it where it is missing, from the node that leads; what is being archived at the moment is waited for. */
    void make(String primary) throws InterruptedException {
        Run made = on(primary, "stanza-create");
        for (int more = ATTEMPTS; more > 0 && made.exitCode() == LOCKED; more--) {
            Thread.sleep(PAUSE_MILLIS);
            made = on(primary, "stanza-create");
        }
        made.orRefuse("Making the archive of backups");
    }

    /** {@code full}, {@code diff} since the last full one, or {@code incr} since the last one. */
    TakenBackup take(String primary, String type) {
        on(primary, "--type=" + type, "backup").orRefuse("The backup");
        return newest().orElseThrow();
    }

    Optional<TakenBackup> newest() {
        List<TakenBackup> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The oldest first; the size is what each has added to the archive. */
    List<TakenBackup> all() {
        return from(Layout.names().getFirst()).all();
    }

    /** Puts the files of a node back as they were at a moment, or as late as can be; nothing is started. */
    void restore(String node, Optional<Instant> to) {
        List<String> arguments = new ArrayList<>(List.of("--archive-mode=preserve"));
        to.ifPresent(moment -> arguments.addAll(
                List.of("--type=time", "--target=" + TARGET.format(moment), "--target-action=promote")));
        arguments.add("restore");
        on(node, arguments.toArray(String[]::new)).orRefuse("Restoring");
    }

    private Run on(String node, String... arguments) {
        return from(node).run(List.of(arguments));
    }

    /** As that node sees it. */
    PgBackRest from(String node) {
        return new PgBackRest(
                cluster.network().on(node),
                folder.machine(node).resolve("etc/pgbackrest.conf"),
                LocalCluster.NAME,
                folder.machine(node));
    }
}
