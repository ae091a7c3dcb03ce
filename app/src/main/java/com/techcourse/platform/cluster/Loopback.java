package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import java.util.List;

/** An address of the loopback range for each node; for people who may make no network. No link can be cut. */
record Loopback(int number) implements Network {

    @Override
    public String host(String node) {
        return "127." + number + ".0.1" + node.charAt(node.length() - 1);
    }

    @Override
    public void make() {}

    @Override
    public void remove() {}

    @Override
    public List<String> on(String node) {
        return List.of();
    }

    @Override
    public void cut(String node) {
        throw new CommandProblem(
                "The nodes of this cluster share one network, so " + node + " cannot be cut off.",
                "Bring a cluster up as root: then each node has a network of its own.");
    }

    @Override
    public void cutFromPeers(String node) {
        cut(node);
    }

    @Override
    public void heal(String node) {}

    @Override
    public boolean isCut(String node) {
        return false;
    }
}
