package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills in the templates for one machine and writes them where it keeps its configuration. */
record ConfigurationFiles(Layout layout, Secrets secrets, MachineSize size, boolean strict) {

    private static final List<String> OF_A_NODE = List.of("etcd.conf.yml", "patroni.yml", "pgbackrest.conf");
    private static final List<String> PROGRAMS_OF_A_NODE = List.of("bootstrap.sh", "leads.py");
    private static final List<String> OF_THE_GATE =
            List.of("haproxy.cfg", "pgbouncer.ini", "userlist.txt", "academy.env");

    /** For the trials of backups, which run beside all else of the gate. */
    private static final List<String> OF_TRIALS = List.of("pgbackrest.conf", "backups.env");

    /** Seconds that PgBouncer lets a client wait for a connection. */
    private static final String POOLER_PATIENCE = "20";

    void writeNode(String node, Places places, Path into) throws IOException {
        Map<String, String> values = values(places);
        values.put("node", node);
        values.put("node_host", layout.host(node));
        for (String file : OF_A_NODE) {
            PrivateFile.write(into.resolve(file), Template.of(file).filledIn(values));
        }
        for (String program : PROGRAMS_OF_A_NODE) {
            PrivateFile.writeProgram(into.resolve(program), Template.of(program).filledIn(values));
        }
    }

    void writeGate(Places places, Path into) throws IOException {
        Map<String, String> values = values(places);
        for (String file : OF_THE_GATE) {
            PrivateFile.write(into.resolve(file), Template.of(file).filledIn(values));
        }
    }

    void writeTrials(Places places, Path into) throws IOException {
        Map<String, String> values = values(places);
        for (String file : OF_TRIALS) {
            PrivateFile.write(into.resolve(file), Template.of(file).filledIn(values));
        }
    }

    private Map<String, String> values(Places places) {
        Map<String, String> values = new HashMap<>(secrets.passwords());
        values.putAll(places.settings());
        values.putAll(size.settings());
        layout.nodes().forEach((node, host) -> values.put(node + "_host", host));
        values.put("cluster", layout.cluster());
        values.put("database", Layout.DATABASE);
        values.put("etcd_members", layout.etcdMembers());
        values.put("etcd_clients", layout.etcdClients());
        values.put("gate_host", layout.gateHost());
        values.put("metrics_host", "127.0.0.1");
        values.put("primary_port", Integer.toString(layout.ports().primary()));
        values.put("replica_port", Integer.toString(layout.ports().replica()));
        values.put("pooler_port", Integer.toString(layout.ports().pooler()));
        values.put("haproxy_metrics_port", Integer.toString(layout.ports().metrics()));
        values.put("os_user", layout.osUser());
        values.put("pooler_patience", POOLER_PATIENCE);
        values.put("synchronous_strict", Boolean.toString(strict));
        values.put("watchdog", "off");
        values.put("backup_compression", "lz4");
        return values;
    }
}
