package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "verify",
        description = {
            "Restores the newest backup beside the cluster, and proves that its books agree and that its seals hold.",
            "Exit code 1 when not; the doctor tells of both."
        },
        mixinStandardHelpOptions = true)
final class ClusterBackupVerify implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new LocalBackups(ClusterFolder.of(Environment.ofProcess()))
                .tryTheNewest()
                .tell(System.out);
    }
}
