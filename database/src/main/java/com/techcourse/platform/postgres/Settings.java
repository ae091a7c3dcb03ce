package com.techcourse.platform.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of the embedded server: durable, private, and sized to the memory of the machine or container, which
 * it shares with the application. Written at every start; {@code custom.conf} beside it is never touched and wins.
 */
record Settings(Map<String, String> values) {

    static Settings forThisMachine() {
        return forMemory(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 20);
    }

    static Settings forMemory(long megabytes) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("fsync", "on");
        values.put("synchronous_commit", "on");
        values.put("full_page_writes", "on");
        values.put("unix_socket_directories", "");
        values.put("password_encryption", "scram-sha-256");
        values.put("max_connections", "100");
        values.put("shared_buffers", between(64, megabytes / 6, 8192) + "MB");
        values.put("effective_cache_size", between(128, megabytes / 2, 65536) + "MB");
        values.put("maintenance_work_mem", between(32, megabytes / 24, 1024) + "MB");
        values.put("work_mem", between(4, megabytes / 512, 64) + "MB");
        values.put("wal_compression", "on");
        values.put("max_wal_size", "2GB");
        values.put("checkpoint_timeout", "15min");
        values.put("archive_mode", "on");
        values.put("archive_timeout", "1min");
        values.put("random_page_cost", "1.1");
        values.put("jit", "off");
        values.put("timezone", "UTC");
        values.put("log_timezone", "UTC");
        values.put("shared_preload_libraries", "pg_stat_statements");
        values.put("track_io_timing", "on");
        values.put("logging_collector", "on");
        values.put("log_filename", "postgresql-%a.log");
        values.put("log_truncate_on_rotation", "on");
        values.put("log_rotation_age", "1d");
        values.put("log_rotation_size", "0");
        values.put("log_line_prefix", "%m [%p] %q%u@%d %a ");
        values.put("log_min_duration_statement", "1s");
        values.put("log_lock_waits", "on");
        values.put("cluster_name", "techcourse");
        return new Settings(values);
    }

    private static long between(long least, long wanted, long most) {
        return Math.max(least, Math.min(wanted, most));
    }

    void writeTo(DataFolder folder, int port) throws IOException {
        Path cluster = folder.cluster();
        String lines = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + quoted(entry.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(cluster.resolve("postgresql.conf"), """
                # Written by TechCourse at every start. Your own settings belong into custom.conf in this folder.
                listen_addresses = '127.0.0.1'
                port = %d
                log_directory = %s
                archive_command = %s
                %sinclude_if_exists = 'custom.conf'
                """.formatted(
                port, quoted(folder.log().toString()), quoted(folder.backups().archiveCommand()), lines));
        Files.writeString(cluster.resolve("pg_hba.conf"), """
                # Written by TechCourse at every start: this machine only, and only with a password.
                host all all 127.0.0.1/32 scram-sha-256
                """);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
