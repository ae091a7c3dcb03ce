package com.techcourse.platform.cluster;

import java.util.Map;

/** Memory and cores that one PostgreSQL may count on, and the settings that follow from them. */
record MachineSize(long megabytes, int cores) {

    /** One application node opens 20 connections by PgBouncer, and few of its own. */
    private static final int FOR_THE_POOLER = 40;

    private static final int FOR_EVERYTHING_ELSE = 60;

    Map<String, String> settings() {
        return Map.of(
                "shared_buffers",
                between(128, megabytes / 4, 16_384) + "MB",
                "effective_cache_size",
                between(256, megabytes / 2, 131_072) + "MB",
                "maintenance_work_mem",
                between(32, megabytes / 24, 1024) + "MB",
                "work_mem",
                between(4, megabytes / 512, 64) + "MB",
                "max_connections",
                Integer.toString(poolSize() + FOR_THE_POOLER / 2 + FOR_EVERYTHING_ELSE),
                "pool_size",
                Integer.toString(poolSize()),
                "pool_size_least",
                "5",
                "pool_size_reserve",
                Integer.toString(FOR_THE_POOLER / 8),
                "backup_processes",
                Integer.toString((int) between(1, cores / 2, 8)));
    }

    /** Twice the cores work, the others wait for a disk or for the standby's answer; more only wait for each other. */
    private int poolSize() {
        return (int) between(20, cores * 4L, 100);
    }

    private static long between(long least, long wanted, long most) {
        return Math.max(least, Math.min(wanted, most));
    }
}
