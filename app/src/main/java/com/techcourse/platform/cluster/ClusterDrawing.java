package com.techcourse.platform.cluster;

import com.techcourse.platform.cluster.ClusterState.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster as people draw it: the academy on top, the ways down, the nodes side by side. */
record ClusterDrawing(ClusterState state, LocalCluster cluster) {

    private static final int WIDTH = 24;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.add("");
        lines.add(way(state.gate().academy(), "academy", "http://localhost:" + cluster.webPort()));
        lines.add(way(state.gate().pools() != null, "PgBouncer", pooler()));
        lines.add(way(state.gate().primary() != null, "HAProxy", proxy()));
        lines.add("");
        lines.add(row(_ -> "┌" + "─".repeat(WIDTH) + "┐"));
        for (Function<Node, String> line : lines()) {
            lines.add(row(node -> "│ " + fit(line.apply(node)) + " │"));
        }
        lines.add(row(_ -> "└" + "─".repeat(WIDTH) + "┘"));
        return String.join("\n", lines) + "\n";
    }

    private String headline() {
        String name = LocalCluster.NAME + ": ";
        if (state.nodes().stream().noneMatch(ClusterState.Node::answers)) {
            return name + "NO NODE ANSWERS, or this machine is too busy to ask";
        }
        return state.primary()
                .map(primary -> name + primary.name() + " leads, "
                        + state.synchronousStandby()
                                .map(standby -> standby.name() + " has every acknowledged commit")
                                .orElse("NO STANDBY HAS ITS COMMITS"))
                .orElse(name + "NOBODY LEADS, nothing can be written");
    }

    private static String way(boolean there, String name, String what) {
        return String.format(Locale.ROOT, "  %s %-10s %s", there ? "●" : "○", name, there ? what : "away");
    }

    private String pooler() {
        ClusterState.Pools pools = state.gate().pools();
        return pools == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "127.0.0.1:%d   clients: %d at work, %d waiting   PostgreSQL: %d busy, %d idle",
                        cluster.ports().pooler(),
                        pools.clients(),
                        pools.waiting(),
                        pools.busy(),
                        pools.idle());
    }

    private String proxy() {
        return "127.0.0.1:" + cluster.ports().primary() + " → "
                + servers(state.gate().primary()) + "   127.0.0.1:"
                + cluster.ports().replica() + " → " + servers(state.gate().replicas());
    }

    private static String servers(@Nullable List<String> servers) {
        return servers == null || servers.isEmpty() ? "nobody" : String.join(" ", servers);
    }

    private String row(Function<Node, String> part) {
        return state.nodes().stream().map(part).collect(Collectors.joining(" ", "  ", ""));
    }

    private static List<Function<Node, String>> lines() {
        return List.of(
                node -> node.name() + "  " + node.address(),
                node -> switch (node.role()) {
                    case "primary" -> "★ PRIMARY";
                    case "standby" -> node.synchronous() ? "● standby, synchronous" : "● standby";
                    default -> node.wanted() ? "○ away" : "○ away (killed)";
                },
                node -> node.cut() ? "network cut" : node.state(),
                node -> node.timeline() == null ? "" : "timeline " + node.timeline(),
                ClusterDrawing::behind,
                node -> "etcd: " + node.etcd());
    }

    private static String behind(Node node) {
        Long bytes = node.behindBytes();
        if (bytes == null) {
            return "";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,d bytes behind", bytes)
                : String.format(Locale.ROOT, "%,.1f MB behind", bytes / 1048576.0);
    }

    private static String fit(String text) {
        String shown = text.length() > WIDTH - 2 ? text.substring(0, WIDTH - 2) : text;
        return shown + " ".repeat(WIDTH - 2 - shown.length());
    }
}
