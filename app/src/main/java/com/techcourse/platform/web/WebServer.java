package com.techcourse.platform.web;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Standbys;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
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
        return start(database, port, Map.of());
    }

    /** With settings of the framework and of our own that differ from {@code application.yaml}. */
    public static WebServer start(Future<Database> database, int port, Map<String, Object> settings) {
        try {
            Map<String, Object> all = new HashMap<>(settings);
            all.put("server.port", port);
            return new WebServer(new SpringApplicationBuilder(WebApplication.class)
                    .registerShutdownHook(false)
                    .initializers(context -> provide(database, (GenericApplicationContext) context))
                    .run(arguments(all)));
        } catch (PortInUseException e) {
            throw new CommandProblem(
                    "The port " + e.getPort() + " is taken by another program.",
                    "End that program, or choose another port by TECHCOURSE_PORT.");
        }
    }

    /** The strongest of the framework's sources of settings. */
    private static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private static void provide(Future<Database> database, GenericApplicationContext context) {
        context.registerBean(Database.class, () -> LazyPool.opened(database), definition -> {
            definition.setLazyInit(true);
            definition.setDestroyMethodName("");
        });
        context.registerBean(
                DataSource.class,
                () -> new LazyPool(LazyPool.Line.PRIMARY, database, context.getBeanProvider(MeterRegistry.class)));
        context.registerBean(
                StandbyPool.class, () -> new StandbyPool(database, context.getBeanProvider(MeterRegistry.class)));
        context.registerBean(
                Standbys.class, () -> context.getBean(StandbyPool.class).standbys());
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
