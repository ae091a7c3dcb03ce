package com.techcourse.platform.drill;

import com.techcourse.platform.cluster.RunningCluster;
import java.time.Duration;

/** What is done to the cluster, and for how long nothing may be acknowledged then, at most, nineteen times of twenty. */
public enum Fault {
    KILL_POSTGRES("postgres of the primary killed", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill(primary + "/postgres");
        }
    },
    KILL_PATRONI("Patroni of the primary killed", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill(primary + "/patroni");
        }
    },
    KILL_NODE("the primary's node killed", 22) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill(primary);
        }
    },
    FREEZE_NODE("the primary's node frozen, and awake again", 25) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.freeze(primary);
        }
    },
    FREEZE_POSTGRES("postgres of the primary frozen, and awake again", 25) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.freeze(primary + "/postgres");
        }
    },
    CUT_NODE("the primary cut from everybody", 25) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.cut(primary, false);
        }

        @Override
        boolean needsNetwork() {
            return true;
        }
    },
    CUT_FROM_PEERS("the primary cut from the other nodes only", 25) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.cut(primary, true);
        }

        @Override
        boolean needsNetwork() {
            return true;
        }
    },
    SWITCHOVER("planned switchover", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.switchover("");
        }
    },
    KILL_STANDBY("the synchronous standby killed", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill(cluster.synchronousStandby());
        }
    },
    KILL_PGBOUNCER("PgBouncer killed", 2) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill("pgbouncer");
        }
    },
    KILL_HAPROXY("HAProxy killed", 2) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill("haproxy");
        }
    },
    KILL_ETCD("one etcd of three killed", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.stop(primary + "/etcd");
        }
    },
    KILL_TWO_ETCD("two etcd of three killed", 5) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            RunningCluster.nodes().stream()
                    .filter(node -> !node.equals(primary))
                    .forEach(node -> cluster.stop(node + "/etcd"));
        }

        /** Longer than the key in etcd would have lasted: the primary goes on without it. */
        @Override
        Duration lasts() {
            return KEY_LASTS.multipliedBy(2);
        }

        @Override
        Duration settling() {
            return KEY_LASTS;
        }
    },
    KILL_ACADEMY("the academy killed", 20) {
        @Override
        void happen(RunningCluster cluster, String primary) {
            cluster.kill("academy");
        }
    };

    /** The {@code ttl} of deploy/ha/patroni.yml. */
    private static final Duration KEY_LASTS = Duration.ofSeconds(10);

    private final String sentence;
    private final Duration goal;

    Fault(String sentence, int goalSeconds) {
        this.sentence = sentence;
        this.goal = Duration.ofSeconds(goalSeconds);
    }

    abstract void happen(RunningCluster cluster, String primary);

    /** Whether each node must have a network of its own. */
    boolean needsNetwork() {
        return false;
    }

    /** For how long it is left so, at least. */
    Duration lasts() {
        return Duration.ofSeconds(3);
    }

    /**
     * How long the cluster still minds a fault that is over: a primary that led without etcd is trusted by the others for
     * as long as its key would have lasted, so nobody takes over before that.
     */
    Duration settling() {
        return Duration.ZERO;
    }

    String sentence() {
        return sentence;
    }

    /** The longest time without an acknowledged write that is promised. */
    Duration goal() {
        return goal;
    }
}
