package com.techcourse.platform.web;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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

    private static final int CONNECTIONS = 20;
    private static final int PATIENCE_MILLIS = 10_000;

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
        context.registerBean(
                Database.class,
                () -> {
                    try {
                        return database.get();
                    } catch (Exception e) {
                        throw new IllegalStateException("The database could not be opened.", e);
                    }
                },
                definition -> {
                    definition.setLazyInit(true);
                    definition.setDestroyMethodName("");
                });
        context.registerBean(
                DataSource.class,
                () -> pool(context.getBean(Database.class)),
                definition -> definition.setLazyInit(true));
    }

    /** Connections that broke (the server was restarted) are replaced; a request waits at most ten seconds for one. */
    private static HikariDataSource pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("techcourse");
        config.setJdbcUrl(database.appUrl().jdbcUrl());
        config.setUsername(database.appUrl().user());
        config.setPassword(database.appUrl().password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
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
