package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.OutputFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "status",
        description = "Draws who leads, who follows and how far behind, and the ways there. Exit code 1: nobody leads.",
        mixinStandardHelpOptions = true)
final class ClusterStatus implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final String FROM_THE_TOP = "\033[H\033[2J";
    private static final long REDRAW_MILLIS = 1000;

    @Option(names = "--watch", description = "Draws it again each second, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table (a drawing) or json (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() throws InterruptedException {
        ClusterFolder folder = ClusterFolder.of(Environment.ofProcess());
        LocalCluster cluster = folder.cluster();
        ClusterSurvey survey = new ClusterSurvey(folder, cluster, Secrets.in(folder.secrets()));
        while (watch) {
            String drawing = new ClusterDrawing(survey.now(), cluster).text();
            System.out.print(FROM_THE_TOP + drawing);
            System.out.flush();
            Thread.sleep(REDRAW_MILLIS);
        }
        ClusterState state = survey.now();
        System.out.print(
                format == OutputFormat.JSON
                        ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state) + "\n"
                        : new ClusterDrawing(state, cluster).text());
        return state.primary().isPresent() ? 0 : 1;
    }
}
