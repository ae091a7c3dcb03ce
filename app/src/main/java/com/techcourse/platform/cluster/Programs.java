package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.programs.Installed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a cluster runs, as Debian installs it. */
final class Programs {

    private static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "patroni", "patroni python3-etcd python3-idna",
            "etcd", "etcd-server",
            "haproxy", "haproxy",
            "pgbouncer", "pgbouncer",
            "pgbackrest", "pgbackrest",
            "openssl", "openssl"));

    private Programs() {}

    /** Refuses a machine on which something is missing, and names the packages. */
    static void refuseMissing() {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new CommandProblem(
                    "A cluster on one machine needs Linux, and this is " + System.getProperty("os.name") + ".",
                    "./techcourse cluster files writes what three machines with Linux need.");
        }
        List<String> missing = Stream.concat(
                        PACKAGES.keySet().stream()
                                .filter(name -> Installed.found(name).isEmpty())
                                .map(name ->
                                        Optional.ofNullable(PACKAGES.get(name)).orElse(name)),
                        Installed.postgresql().isPresent() ? Stream.empty() : Stream.of("postgresql-15"))
                .toList();
        if (!missing.isEmpty()) {
            throw new CommandProblem(
                    "The cluster needs programs that are not installed: " + String.join(", ", missing) + ".",
                    "As root: apt-get install --no-install-recommends " + String.join(" ", missing));
        }
    }
}
