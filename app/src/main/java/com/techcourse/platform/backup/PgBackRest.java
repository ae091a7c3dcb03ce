package com.techcourse.platform.backup;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.Run;
import com.techcourse.platform.programs.SystemUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An archive of pgBackRest, by the configuration of one machine.
 *
 * @param before words that stand before the command, such as those that lead into another network
 * @param home where it finds nothing of whoever calls
 */
public record PgBackRest(List<String> before, Path configuration, String stanza, Path home) {

    private static final String NONE = "There is no backup yet.";

    public PgBackRest {
        before = List.copyOf(before);
    }

    /** That of {@code TECHCOURSE_PGBACKREST}; empty where nothing of it is set. */
    static Optional<PgBackRest> of(Environment environment) {
        return environment
                .pgBackRest()
                .map(file -> new PgBackRest(
                        List.of(), existing(file), environment.pgBackRestStanza(), environment.dataFolder()));
    }

    private static Path existing(Path configuration) {
        if (!Files.isRegularFile(configuration)) {
            throw new CommandProblem(
                    "TECHCOURSE_PGBACKREST names " + configuration + ", which is not there or may not be seen.",
                    "Name pgBackRest's configuration, such as /etc/techcourse/pgbackrest.conf, and run as who may read it.");
        }
        if (Installed.found("pgbackrest").isEmpty()) {
            throw new CommandProblem("pgBackRest is not installed here.", "As root: apt-get install pgbackrest");
        }
        return configuration;
    }

    /** The oldest first; the size is what each has added to the archive. */
    public List<TakenBackup> all() {
        JsonNode stanzas = JsonMapper.shared()
                .readTree(run(List.of("--output=json", "info")).orRefuse("Looking into the archive"));
        return StreamSupport.stream(stanzas.path(0).path("backup").spliterator(), false)
                .map(PgBackRest::taken)
                .toList();
    }

    private static TakenBackup taken(JsonNode backup) {
        JsonNode times = backup.path("timestamp");
        return new TakenBackup(
                backup.path("label").asString(""),
                Instant.ofEpochSecond(times.path("start").asLong()),
                Instant.ofEpochSecond(times.path("stop").asLong()),
                backup.path("info").path("repository").path("delta").asLong());
    }

    /** The one of that name, or the newest. */
    public TakenBackup one(Optional<String> name) {
        List<TakenBackup> all = all();
        if (all.isEmpty()) {
            throw new CommandProblem(NONE, "See whether the timers of the nodes run, and the log of pgBackRest.");
        }
        return name.map(wanted -> all.stream()
                        .filter(backup -> backup.name().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new CommandProblem(
                                "There is no backup \"" + wanted + "\".", "See: ./techcourse backup list")))
                .orElseGet(all::getLast);
    }

    /** A backup by itself, without the changes after it, into a folder of one's own. */
    public void restore(TakenBackup backup, Path into) {
        run(List.of(
                        "--set=" + backup.name(),
                        "--pg1-path=" + into,
                        "--type=immediate",
                        "--target-action=promote",
                        "restore"))
                .orRefuse("Restoring");
    }

    /** As whoever owns the archive. */
    public Run run(List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(SystemUser.current().as());
        command.addAll(List.of(Installed.path("pgbackrest"), "--config=" + configuration, "--stanza=" + stanza));
        command.addAll(arguments);
        return Run.with(Map.of("HOME", home.toString()), command);
    }
}
