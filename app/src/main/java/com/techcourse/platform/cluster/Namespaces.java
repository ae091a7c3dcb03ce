package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace for each node, joined by a bridge in one more; this machine has a leg in it, too. The addresses are
 * of 198.18.0.0/15, which RFC 2544 sets apart for testing networks, so that no real one is shadowed.
 *
 * @param id in the names of what is made, so that several clusters can be there
 * @param number of the subnet, 0 to 255
 */
record Namespaces(String id, int number) implements Network {

    private static final String SUBNET = "198.18.";

    /** Whether this user may make namespaces and links. */
    static boolean arePossible() {
        return "root".equals(System.getProperty("user.name"))
                && Installed.found("ip").isPresent()
                && Run.of("ip", "netns", "list").succeeded()
                && Run.of("unshare", "--net", "true").succeeded();
    }

    /** The first subnet that nothing of this machine uses. */
    static int freeNumber() {
        String used = Run.of("ip", "-4", "-o", "address").output();
        for (int number = 0; number < 256; number++) {
            if (!used.contains(" " + SUBNET + number + ".")) {
                return number;
            }
        }
        throw new IllegalStateException("No subnet of " + SUBNET + "0.0/16 is free.");
    }

    @Override
    public String host(String node) {
        return SUBNET + number + ".1" + node.charAt(node.length() - 1);
    }

    private String bridge() {
        return "techcourse-" + id + "-net";
    }

    private String namespace(String node) {
        return "techcourse-" + id + "-" + node;
    }

    /** Names of interfaces have at most 15 characters. */
    private String link(String end) {
        return "tc" + id + end;
    }

    @Override
    public void make() {
        remove();
        ip("netns", "add", bridge());
        inBridge("link", "add", "bridge", "type", "bridge");
        inBridge("link", "set", "bridge", "up");
        ip("link", "add", link("host"), "type", "veth", "peer", "name", "host", "netns", bridge());
        ip("address", "add", SUBNET + number + ".1/24", "dev", link("host"));
        ip("link", "set", link("host"), "up");
        join("host");
        for (String node : Layout.names()) {
            ip("netns", "add", namespace(node));
            ip("-n", namespace(node), "link", "set", "lo", "up");
            ip("-n", namespace(node), "link", "add", "net", "type", "veth", "peer", "name", node, "netns", bridge());
            ip("-n", namespace(node), "address", "add", host(node) + "/24", "dev", "net");
            ip("-n", namespace(node), "link", "set", "net", "up");
            join(node);
            setKernel(node);
        }
    }

    /** What {@code sysctl.conf} says: each namespace has settings of its own. */
    private void setKernel(String node) {
        Template.of("sysctl.conf")
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s*=\\s*"))
                .forEach(setting -> Run.of(Stream.concat(
                                        on(node).stream(),
                                        Stream.of(
                                                "sh",
                                                "-c",
                                                "echo " + setting[1] + " > /proc/sys/" + setting[0].replace('.', '/')))
                                .toList())
                        .orRefuse("Setting " + setting[0]));
    }

    private void join(String port) {
        inBridge("link", "set", port, "master", "bridge", "up");
    }

    /** A link goes with the namespace of its other end. */
    @Override
    public void remove() {
        String there = Run.of("ip", "netns", "list").output();
        Stream.concat(Stream.of(bridge()), Layout.names().stream().map(this::namespace))
                .filter(there::contains)
                .forEach(name -> ip("netns", "delete", name));
        if (Run.of("ip", "link", "show", link("host")).succeeded()) {
            ip("link", "delete", link("host"));
        }
    }

    @Override
    public List<String> on(String node) {
        return List.of("ip", "netns", "exec", namespace(node));
    }

    @Override
    public void cut(String node) {
        inBridge("link", "set", node, "down");
    }

    @Override
    public void cutFromPeers(String node) {
        for (String peer : Layout.names()) {
            if (!peer.equals(node)) {
                ip("-n", namespace(node), "route", "replace", "blackhole", host(peer) + "/32");
            }
        }
    }

    @Override
    public void heal(String node) {
        inBridge("link", "set", node, "up");
        for (String peer : Layout.names()) {
            // fails where there is none
            Run.of("ip", "-n", namespace(node), "route", "delete", "blackhole", host(peer) + "/32");
        }
    }

    @Override
    public boolean isCut(String node) {
        return Run.of("ip", "-n", bridge(), "link", "show", node).output().contains("state DOWN")
                || Run.of("ip", "-n", namespace(node), "route").output().contains("blackhole");
    }

    private void inBridge(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", bridge()));
        all.addAll(List.of(arguments));
        ip(all.toArray(String[]::new));
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Run.of(command).orRefuse("The network of the cluster: ip " + String.join(" ", arguments));
    }
}
