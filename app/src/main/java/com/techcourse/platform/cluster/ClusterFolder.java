package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.SystemUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Everything of one cluster on this machine. */
record ClusterFolder(Path path) {

    private static final Path OF_ROOT = Path.of("/var/lib/techcourse");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final FileAttribute<?> COMMON =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    /**
     * {@code cluster} in the data folder; for root, whose home nobody else may enter, below {@code /var/lib} where
     * {@code TECHCOURSE_DATA} says nothing else: its programs run as {@code postgres}.
     */
    static ClusterFolder of(Environment environment) {
        boolean chosen = environment.variables().containsKey("TECHCOURSE_DATA");
        Path data = !chosen && SystemUser.isRoot() ? OF_ROOT : environment.dataFolder();
        return new ClusterFolder(data.toAbsolutePath().normalize().resolve("cluster"));
    }

    Path machine(String name) {
        return path.resolve(name);
    }

    Path certificates() {
        return path.resolve("tls");
    }

    Path secrets() {
        return path.resolve("passwords.properties");
    }

    Path backups() {
        return path.resolve("backups");
    }

    Path units() {
        return path.resolve("units");
    }

    Path academy() {
        return path.resolve("academy");
    }

    Path academyLog() {
        return machine("gate").resolve("log/academy.log");
    }

    Path lock() {
        return path.resolve("lock");
    }

    private Path description() {
        return path.resolve("cluster.json");
    }

    boolean exists() {
        return Files.exists(description());
    }

    LocalCluster cluster() {
        if (!exists()) {
            throw new CommandProblem("There is no cluster in " + path + ".", "Bring one up: ./techcourse cluster up");
        }
        try {
            return JSON.readValue(Files.readString(description()), LocalCluster.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes what is missing; all of it belongs to whoever runs the cluster's programs. */
    void make(LocalCluster cluster) {
        try {
            // whoever runs the programs comes through these, and finds the rest closed to everybody else
            Files.createDirectories(Objects.requireNonNull(path.getParent()), COMMON);
            PrivateFile.folder(path);
            PrivateFile.write(
                    description(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(cluster));
            for (Path folder : List.of(units(), backups(), academy(), certificates())) {
                PrivateFile.folder(folder);
            }
            List<String> machines = new ArrayList<>(Layout.names());
            machines.add("gate");
            for (String machine : machines) {
                for (String part : List.of("etc", "run", "log")) {
                    PrivateFile.folder(machine(machine).resolve(part));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
