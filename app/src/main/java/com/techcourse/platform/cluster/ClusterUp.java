package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Brings the cluster up, with the sample academy on it on the first start, and stays; Ctrl-C stops all of it.",
            "As root each node gets a network of its own, which can be cut; otherwise an address of this machine."
        },
        mixinStandardHelpOptions = true)
final class ClusterUp implements Callable<Integer> {

    @Option(names = "--empty", description = "Without the sample academy.")
    private boolean empty;

    @Option(names = "--no-academy", description = "Only the database.")
    private boolean noAcademy;

    @Option(
            names = "--strict",
            description = "With a single node left nothing is written any more. Decided when the cluster is made.")
    private boolean strict;

    @Override
    public Integer call() throws Exception {
        Programs.refuseMissing();
        Environment environment = Environment.ofProcess();
        ClusterFolder folder = ClusterFolder.of(environment);
        folder.make(folder.exists() ? folder.cluster() : LocalCluster.fresh(environment.port(), strict));
        Progress progress = Progress.onStandardError();
        try (FileChannel file = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(file, folder)) {
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            Supervisor supervisor = new Supervisor(folder, folder.cluster(), progress::say);
            Thread stop = new Thread(() -> stop(supervisor, progress));
            Runtime.getRuntime().addShutdownHook(stop);
            supervisor.startDatabase();
            AcademyGreeting greeting = new AcademyGreeting(folder.academyLog());
            if (!noAcademy) {
                supervisor.startAcademy(arguments(), environment);
            }
            print(folder, supervisor, System.out);
            if (!noAcademy) {
                greet(folder, greeting, System.out);
            }
            Thread.currentThread().join();
            return lock.isValid() ? 0 : 1;
        }
    }

    private static FileLock locked(FileChannel file, ClusterFolder folder) throws IOException {
        FileLock lock = file.tryLock();
        if (lock == null) {
            throw new CommandProblem(
                    "The cluster in " + folder.path() + " is up already.",
                    "Look at it: ./techcourse cluster status. Stop it: ./techcourse cluster down");
        }
        return lock;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(empty ? "--empty" : "--sample");
        return arguments;
    }

    private static void greet(ClusterFolder folder, AcademyGreeting greeting, PrintStream out)
            throws IOException, InterruptedException {
        out.println();
        out.println(greeting.await().orElse("The academy has not come up: see " + folder.academyLog()));
        out.flush();
    }

    private static void stop(Supervisor supervisor, Progress progress) {
        progress.say("Stopping ...");
        supervisor.stop();
        progress.say("Stopped. Everything is on disk.");
    }

    private void print(ClusterFolder folder, Supervisor supervisor, PrintStream out) {
        LocalCluster cluster = folder.cluster();
        out.println();
        out.println("The cluster is up: pg1, pg2, pg3 at "
                + String.join(", ", cluster.layout().nodes().values()));
        out.println("  through PgBouncer   127.0.0.1:" + cluster.ports().pooler());
        out.println("  to the primary      127.0.0.1:" + cluster.ports().primary());
        out.println("  to the standbys     127.0.0.1:" + cluster.ports().replica());
        out.println("  HAProxy's page      http://127.0.0.1:" + cluster.ports().metrics());
        out.println("  psql as the owner   " + supervisor.units().owner().uri());
        out.println("Everything of it is in " + folder.path() + ". In another terminal: ./techcourse cluster status");
        if (!noAcademy) {
            out.println("The academy is starting: http://localhost:" + cluster.webPort());
        }
        out.flush();
    }
}
