package com.techcourse.platform.cluster;

import java.util.List;

/** How the nodes of one machine reach each other. Each is a host with an address of its own. */
sealed interface Network permits Namespaces, Loopback {

    /** The address of a node. */
    String host(String node);

    /** Makes it; whatever an earlier one of this cluster left is put right. */
    void make();

    void remove();

    /** The words before a command that is to run on the node. */
    List<String> on(String node);

    /** The node reaches nobody and nobody reaches it. */
    void cut(String node);

    /** The node reaches neither the other nodes nor their etcd; clients still reach it. */
    void cutFromPeers(String node);

    void heal(String node);

    boolean isCut(String node);
}
