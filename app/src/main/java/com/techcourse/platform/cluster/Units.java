package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.SystemUser;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What runs in a cluster on this machine, and how each of it is started. */
record Units(ClusterFolder folder, LocalCluster cluster, Secrets secrets) {

    private static final String OWNER = "techcourse_owner";

    Unit etcd(String node) {
        return ofNode(
                node,
                "etcd",
                Installed.path("etcd"),
                "--config-file",
                configuration(node).resolve("etcd.conf.yml").toString());
    }

    Unit patroni(String node) {
        return ofNode(
                node,
                "patroni",
                Installed.path("patroni"),
                configuration(node).resolve("patroni.yml").toString());
    }

    Unit haproxy() {
        return ofGate(
                "haproxy",
                Installed.path("haproxy"),
                "-db",
                "-f",
                configuration("gate").resolve("haproxy.cfg").toString());
    }

    Unit pgbouncer() {
        return ofGate(
                "pgbouncer",
                Installed.path("pgbouncer"),
                configuration("gate").resolve("pgbouncer.ini").toString());
    }

    /** This very program, serving, on the cluster. */
    Unit academy(List<String> arguments, Environment environment) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.techcourse.TechCourse", "up"));
        command.addAll(arguments);
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.keySet().removeIf(name -> !name.startsWith("TECHCOURSE_"));
        variables.putAll(Map.of(
                "TECHCOURSE_DATA", folder.academy().toString(),
                "TECHCOURSE_PORT", Integer.toString(cluster.webPort()),
                "TECHCOURSE_DATABASE_URL", owner().uri(),
                "TECHCOURSE_POOLER", "127.0.0.1:" + cluster.ports().pooler(),
                "TECHCOURSE_REPLICA", "127.0.0.1:" + cluster.ports().pooler() + "/" + Layout.DATABASE + "_replica",
                "TECHCOURSE_POOLER_ADMIN", poolerConsole().uri(),
                "TECHCOURSE_SECRET_KEY", secrets.of("secret_key")));
        return new Unit("academy", command, variables, folder.academy(), log("gate", "academy"));
    }

    /** The console of PgBouncer, as a user that reads figures and may do nothing else. */
    private DatabaseUrl poolerConsole() {
        return new DatabaseUrl(
                "127.0.0.1",
                cluster.ports().pooler(),
                "pgbouncer",
                "pooler_stats",
                secrets.of("pooler_stats_password"),
                Map.of("sslmode", "require"));
    }

    /** The owner, by HAProxy straight to the primary. */
    DatabaseUrl owner() {
        return new DatabaseUrl(
                "127.0.0.1",
                cluster.ports().primary(),
                Layout.DATABASE,
                OWNER,
                secrets.of("owner_password"),
                Map.of(
                        "sslmode",
                        "verify-ca",
                        "sslrootcert",
                        folder.certificates().resolve("ca.crt").toString()));
    }

    /** Whether somebody leads whom HAProxy knows. */
    boolean ownerSignsIn() {
        try (Connection connection = owner().withParam("connectTimeout", "2").connect()) {
            return !connection.isReadOnly();
        } catch (SQLException e) {
            return false;
        }
    }

    private Unit ofNode(String node, String program, String... command) {
        List<String> whole = Stream.of(
                        cluster.network().on(node), SystemUser.current().as(), List.of(command))
                .flatMap(List::stream)
                .toList();
        return new Unit(node + "/" + program, whole, home(node), folder.machine(node), log(node, program));
    }

    private Unit ofGate(String program, String... command) {
        List<String> whole = Stream.of(SystemUser.current().as(), List.of(command))
                .flatMap(List::stream)
                .toList();
        return new Unit(program, whole, home("gate"), folder.machine("gate"), log("gate", program));
    }

    /** Not that of whoever starts the cluster: certificates and settings of libpq may lie there. */
    private Map<String, String> home(String machine) {
        return Map.of("HOME", folder.machine(machine).toString());
    }

    private Path configuration(String machine) {
        return folder.machine(machine).resolve("etc");
    }

    private Path log(String machine, String program) {
        return folder.machine(machine).resolve("log").resolve(program + ".log");
    }
}
