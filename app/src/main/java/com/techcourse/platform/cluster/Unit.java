package com.techcourse.platform.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One program that is kept running.
 *
 * @param name {@code pg1/etcd}, {@code haproxy} ..
 * @param command with everything that puts it on its host and gives it its user
 */
record Unit(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {

    Unit {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
