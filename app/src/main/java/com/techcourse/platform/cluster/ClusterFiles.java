package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.programs.PrivateFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "files",
        description = {
            "Writes everything that three machines and a gate need: configuration, passwords, certificates, unit files.",
            "A folder for each machine; docs/operations.md says where they go. The same files that up uses here."
        },
        mixinStandardHelpOptions = true)
final class ClusterFiles implements Callable<Integer> {

    private static final List<String> UNITS_OF_A_NODE = List.of(
            "etcd.service",
            "patroni.service",
            "techcourse-backup@.service",
            "techcourse-backup-full.timer",
            "techcourse-backup-diff.timer",
            "techcourse-backup-incr.timer");
    private static final List<String> UNITS_OF_THE_GATE = List.of(
            "haproxy.service",
            "pgbouncer.service",
            "techcourse.service",
            "techcourse-verify.service",
            "techcourse-verify.timer");

    @Option(
            names = "--nodes",
            required = true,
            split = ",",
            paramLabel = "NAME=HOST",
            description =
                    "As pg1=10.0.0.11,pg2=10.0.0.12,pg3=10.0.0.13: addresses by which the machines reach each other.")
    private Map<String, String> nodes = Map.of();

    @Option(
            names = "--gate",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "Where HAProxy and PgBouncer listen, beside the academy (default: ${DEFAULT-VALUE}).")
    private String gate = "";

    @Option(
            names = "--memory",
            defaultValue = "8",
            paramLabel = "GB",
            description = "Of a node (default: ${DEFAULT-VALUE}).")
    private int memory;

    @Option(
            names = "--cores",
            defaultValue = "4",
            paramLabel = "N",
            description = "Of a node (default: ${DEFAULT-VALUE}).")
    private int cores;

    @Option(names = "--strict", description = "With a single node left nothing is written any more.")
    private boolean strict;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "A folder that is not there yet.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!new TreeMap<>(nodes).keySet().stream().toList().equals(Layout.names())) {
            throw new CommandProblem(
                    "--nodes names " + nodes.keySet() + ".", "Name three: --nodes pg1=HOST,pg2=HOST,pg3=HOST");
        }
        if (Files.exists(out)) {
            throw new CommandProblem(
                    out + " is there already.", "Name a new folder: passwords of a cluster are made once.");
        }
        PrivateFile.folder(out);
        Layout layout = new Layout(LocalCluster.NAME, nodes, gate, Layout.GatePorts.USUAL, "postgres");
        ConfigurationFiles files = new ConfigurationFiles(
                layout,
                Secrets.in(out.resolve("passwords.properties")),
                new MachineSize(memory * 1024L, cores),
                strict);
        Certificates certificates = new Certificates(out.resolve("tls"));
        certificates.make(layout.cluster());
        for (String node : Layout.names()) {
            PrivateFile.folder(out.resolve(node));
            files.writeNode(node, Places.OF_A_MACHINE, out.resolve(node));
            addTo(node, List.of(layout.host(node)), UNITS_OF_A_NODE, certificates);
        }
        PrivateFile.folder(out.resolve("gate"));
        files.writeGate(Places.OF_A_MACHINE, out.resolve("gate"));
        files.writeTrials(Places.OF_TRIALS, out.resolve("gate"));
        addTo("gate", List.of(gate), UNITS_OF_THE_GATE, certificates);
        System.out.println("Written to " + out.toAbsolutePath().normalize() + ": a folder for each machine. Keep tls"
                + FileSystems.getDefault().getSeparator() + "ca.key and passwords.properties apart from them.");
        return 0;
    }

    private void addTo(String machine, List<String> addresses, List<String> units, Certificates certificates)
            throws IOException {
        Path folder = out.resolve(machine);
        PrivateFile.folder(folder.resolve("tls"));
        PrivateFile.folder(folder.resolve("systemd"));
        certificates.make(machine, addresses);
        for (String name : new ArrayList<>(List.of("ca.crt", machine + ".crt", machine + ".key"))) {
            Files.copy(
                    certificates.folder().resolve(name),
                    folder.resolve("tls").resolve(name),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        PrivateFile.write(
                folder.resolve("sysctl.conf"), Template.of("sysctl.conf").text());
        for (String unit : units) {
            PrivateFile.write(
                    folder.resolve("systemd").resolve(unit),
                    Template.of("systemd/" + unit).text());
        }
    }
}
