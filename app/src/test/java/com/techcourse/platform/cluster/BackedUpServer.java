package com.techcourse.platform.cluster;

import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Folders;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.Run;
import com.techcourse.platform.programs.SystemUser;
import com.techcourse.testing.TechCourseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One PostgreSQL with the archive, the roles and the files of a node of deploy/ha, and what the gate has beside it. */
final class BackedUpServer implements AutoCloseable {

    private final Path folder;
    private final Path node;
    private final Path gate;
    private final int port;
    private final Path programs;

    BackedUpServer() throws IOException {
        programs = Installed.postgresql().orElseThrow();
        folder = Files.createTempDirectory(
                "machines", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        node = folder.resolve("node");
        gate = folder.resolve("gate");
        port = TechCourseProcess.freePort();
        writeFiles();
        SystemUser.current().own(folder);
        as(programs.resolve("initdb"), "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        Files.writeString(
                node.resolve("postgresql/pg_hba.conf"), "local all all trust\nhost all all all scram-sha-256\n");
        as(
                programs.resolve("pg_ctl"),
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                node.resolve("log/server.log"),
                "-o",
                options());
        as(configuration("bootstrap.sh"), "host=" + node.resolve("run") + " port=" + port + " user=postgres");
        pgBackRest("stanza-create");
    }

    private void writeFiles() throws IOException {
        for (Path place : List.of(node, gate)) {
            for (String name : List.of("etc", "run", "log", "postgresql")) {
                PrivateFile.folder(place.resolve(name));
            }
        }
        Path backups = folder.resolve("backups");
        PrivateFile.folder(backups);
        Map<String, String> nodes = new TreeMap<>();
        Layout.names().forEach(name -> nodes.put(name, "127.0.0.1"));
        Layout layout = new Layout(
                LocalCluster.NAME,
                nodes,
                "127.0.0.1",
                new Layout.GatePorts(port, port, port, port),
                SystemUser.current().name());
        ConfigurationFiles files = new ConfigurationFiles(
                layout, Secrets.in(folder.resolve("passwords.properties")), new MachineSize(2048, 2), false);
        files.writeNode("pg1", Places.below(node, folder, programs, backups), node.resolve("etc"));
        files.writeTrials(Places.below(gate, folder, programs, backups), gate.resolve("etc"));
        Files.writeString(configuration("pgbackrest.conf"), "pg1-port=" + port + "\n", StandardOpenOption.APPEND);
    }

    private String options() {
        return "-c port=" + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + node.resolve("run")
                + " -c fsync=off -c archive_mode=on -c archive_command='pgbackrest --config="
                + configuration("pgbackrest.conf") + " --stanza=techcourse archive-push %p'";
    }

    private String data() {
        return node.resolve("postgresql").toString();
    }

    private Path configuration(String name) {
        return node.resolve("etc").resolve(name);
    }

    Path backups() {
        return folder.resolve("backups/backup/techcourse");
    }

    Path trialFolder() {
        return gate.resolve("run/verified");
    }

    private String pgBackRest(String... arguments) {
        List<Object> command = new ArrayList<>(
                List.of("pgbackrest", "--config=" + configuration("pgbackrest.conf"), "--stanza=techcourse"));
        command.addAll(List.of(arguments));
        return as(command.toArray());
    }

    /** As the timer of that type does: the very command of its unit. */
    void takeBackup(String type) {
        String command = Template.of("systemd/techcourse-backup@.service")
                .text()
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .collect(Collectors.joining());
        as((Object[]) command.replace(
                        "/etc/techcourse/pgbackrest.conf",
                        configuration("pgbackrest.conf").toString())
                .replace("%i", type)
                .split(" "));
    }

    void asSuperuser(String statement) {
        as(
                programs.resolve("psql"),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                node.resolve("run"),
                "-p",
                port,
                "-U",
                "postgres",
                "-d",
                Layout.DATABASE,
                "-c",
                statement);
    }

    /** The variables that the unit of the trials has; the server of the test has no TLS. */
    Map<String, String> variablesOfTrials() throws IOException {
        Map<String, String> variables = Files.readAllLines(gate.resolve("etc/backups.env")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        variables.computeIfPresent(
                "TECHCOURSE_DATABASE_URL", (_, url) -> url.replaceFirst("\\?.*", "?sslmode=disable"));
        return variables;
    }

    DatabaseUrl owner() throws IOException {
        return DatabaseUrl.parse(variablesOfTrials().getOrDefault("TECHCOURSE_DATABASE_URL", ""));
    }

    private String as(Object... command) {
        List<String> whole = Stream.concat(
                        SystemUser.current().as().stream(), Stream.of(command).map(Object::toString))
                .toList();
        return Run.with(Map.of("HOME", folder.toString()), whole).orRefuse(String.valueOf(command[0]));
    }

    @Override
    public void close() throws IOException {
        as(programs.resolve("pg_ctl"), "stop", "-D", data(), "-m", "immediate");
        Folders.delete(folder);
    }
}
