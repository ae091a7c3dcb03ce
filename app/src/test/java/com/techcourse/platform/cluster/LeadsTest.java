package com.techcourse.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.Run;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a timer's backup is taken on this node: only where its own Patroni, with the cluster's certificate, says so. */
class LeadsTest {

    private static final String HOST = "127.63.8.1";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpsServer patroni;

    private int answer = 200;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Installed.found("python3").isPresent()
                        && Installed.found("openssl").isPresent(),
                "Python or openssl is not installed");
        Certificates certificates = new Certificates(folder.resolve("tls"));
        certificates.make("techcourse");
        certificates.make("gate", List.of(HOST));
        patroni = HttpsServer.create(new InetSocketAddress(HOST, Layout.REST_PORT), 0);
        patroni.setHttpsConfigurator(new HttpsConfigurator(ClusterTls.in(certificates.folder())));
        patroni.createContext("/primary", exchange -> {
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        patroni.start();
    }

    @AfterEach
    void stop() {
        if (patroni != null) {
            patroni.stop(0);
        }
    }

    private int asked(String authority) throws IOException {
        String script = Template.of("leads.py").filledIn(Map.of("node_host", HOST, "tls", authority));
        return Run.of(
                        Installed.path("python3"),
                        Files.writeString(folder.resolve("leads.py"), script).toString())
                .exitCode();
    }

    @Test
    void onlyTheOneThatLeadsPasses() throws IOException {
        String authority = folder.resolve("tls").toString();
        assertThat(asked(authority)).isZero();
        answer = 503;
        assertThat(asked(authority)).isOne();
        answer = 200;
        Certificates others = new Certificates(folder.resolve("others"));
        others.make("techcourse");
        assertThat(asked(others.folder().toString()))
                .as("a certificate of somebody else")
                .isOne();
        patroni.stop(0);
        assertThat(asked(authority)).as("nobody answers").isOne();
    }
}
