package com.techcourse.platform.web;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The running web server. The database is opened and closed by the caller. */
public final class WebServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The database may still be opening: whoever needs it first waits for it. */
    public static WebServer start(Future<Database> database, int port) {
        try {
            return new WebServer(new SpringApplicationBuilder(WebApplication.class)
                    .registerShutdownHook(false)
                    .properties(Map.of("server.port", port))
                    .initializers(context -> provide(database, (GenericApplicationContext) context))
                    .run());
        } catch (PortInUseException e) {
            throw new CommandProblem(
                    "The port " + e.getPort() + " is taken by another program.",
                    "End that program, or choose another port by TECHCOURSE_PORT.");
        }
    }

    private static void provide(Future<Database> database, GenericApplicationContext context) {
        context.registerBean(Database.class, () -> LazyPool.opened(database), definition -> {
            definition.setLazyInit(true);
            definition.setDestroyMethodName("");
        });
        context.registerBean(DataSource.class, () -> new LazyPool(database));
    }

    public int port() {
        var server = ((ServletWebServerApplicationContext) context).getWebServer();
        return Objects.requireNonNull(server, "started").getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
