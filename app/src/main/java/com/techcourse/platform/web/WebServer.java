package com.techcourse.platform.web;

import com.techcourse.platform.Database;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The running web server. The database is opened and closed by the caller. */
public final class WebServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static WebServer start(Database database, int port) {
        return new WebServer(new SpringApplicationBuilder(WebApplication.class)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "server.port", port,
                        "spring.datasource.url", database.appUrl().jdbcUrl(),
                        "spring.datasource.username", database.appUrl().user(),
                        "spring.datasource.password", database.appUrl().password()))
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(Database.class, () -> database))
                .run());
    }

    public int port() {
        org.springframework.boot.web.server.WebServer server =
                ((ServletWebServerApplicationContext) context).getWebServer();
        return Objects.requireNonNull(server, "started").getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
