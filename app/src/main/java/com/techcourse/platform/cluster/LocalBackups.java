package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.backup.TakenBackup;
import com.techcourse.platform.backup.Trial;
import com.techcourse.platform.backup.TrialOutcome;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Backups of a cluster on this machine. */
final class LocalBackups {

    private final ClusterFolder folder;
    private final LocalCluster cluster;
    private final ClusterArchive archive;

    LocalBackups(ClusterFolder folder) {
        this.folder = folder;
        this.cluster = folder.cluster();
        this.archive = new ClusterArchive(folder, cluster);
    }

    TakenBackup take(String type) {
        return archive.take(primary(), type);
    }

    List<TakenBackup> all() {
        return archive.all();
    }

    TakenBackup newest() {
        return archive.newest()
                .orElseThrow(() ->
                        new CommandProblem("The cluster has no backup yet.", "Take one: ./techcourse cluster backup"));
    }

    private String primary() {
        try (NodeClient client = new NodeClient(cluster.layout(), folder.certificates())) {
            return client.primary()
                    .orElseThrow(() -> new CommandProblem("Nobody leads.", "Look: ./techcourse cluster status"));
        }
    }

    DatabaseUrl owner() {
        return new Units(folder, cluster, Secrets.in(folder.secrets())).owner();
    }

    <T> T withDatabase(Function<Database, T> work) {
        return withDatabase(owner(), work);
    }

    static <T> T withDatabase(DatabaseUrl url, Function<Database, T> work) {
        Environment environment = new Environment(Map.of("TECHCOURSE_DATABASE_URL", url.uri()));
        try (Database database = Database.openAsItIs(environment, _ -> {})) {
            return work.apply(database);
        }
    }

    /** The newest backup, restored into a folder that is thrown away; the academy notes what came out. */
    TrialOutcome tryTheNewest() throws IOException, InterruptedException {
        return new Trial(archive.from("pg1"), folder.path().resolve("verified"), owner()).of(newest());
    }
}
