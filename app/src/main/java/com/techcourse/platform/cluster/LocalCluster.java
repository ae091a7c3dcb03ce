package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.SystemUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.TreeMap;

/**
 * What is written down of a cluster on this machine.
 *
 * @param id in the names of its namespaces and processes
 * @param separate whether each node has a network of its own
 * @param number of its subnet
 * @param webPort of the academy
 */
record LocalCluster(String id, boolean separate, int number, Layout.GatePorts ports, int webPort, boolean strict) {

    static final String NAME = "techcourse";

    /** With the usual ports where they are free, else with others. */
    static LocalCluster fresh(int webPort, boolean strict) {
        boolean separate = Namespaces.arePossible();
        Layout.GatePorts usual = Layout.GatePorts.USUAL;
        return new LocalCluster(
                "%04x".formatted(new SecureRandom().nextInt(0x10000)),
                separate,
                separate ? Namespaces.freeNumber() : 2 + new SecureRandom().nextInt(250),
                new Layout.GatePorts(
                        free(usual.primary()), free(usual.replica()), free(usual.pooler()), free(usual.metrics())),
                webPort,
                strict);
    }

    private static int free(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return anyFree();
        }
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Network network() {
        return separate ? new Namespaces(id, number) : new Loopback(number);
    }

    Layout layout() {
        TreeMap<String, String> nodes = new TreeMap<>();
        Layout.names().forEach(node -> nodes.put(node, network().host(node)));
        return new Layout(NAME, nodes, "127.0.0.1", ports, SystemUser.current().name());
    }
}
