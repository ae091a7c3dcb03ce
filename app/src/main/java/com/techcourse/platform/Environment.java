package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the environment variables say; the only place that reads them. */
public record Environment(Map<String, String> variables) {

    private static final int DEFAULT_PORT = 8080;

    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** {@code TECHCOURSE_DATABASE_URL}; absent means the embedded database. */
    public Optional<DatabaseUrl> databaseUrl() {
        return value("TECHCOURSE_DATABASE_URL").map(DatabaseUrl::parse);
    }

    /**
     * {@code TECHCOURSE_POOLER}, the {@code host:port} of a PgBouncer in transaction mode before that database: the web
     * application's transactions go by it, everything that needs a session of its own goes straight.
     */
    public Optional<Pooler> pooler() {
        return value("TECHCOURSE_POOLER").map(Pooler::parse);
    }

    /** {@code TECHCOURSE_POOLER_ADMIN}, the console of that PgBouncer. */
    public Optional<String> poolerAdmin() {
        return value("TECHCOURSE_POOLER_ADMIN");
    }

    /**
     * {@code TECHCOURSE_REPLICA}, the {@code host:port} or {@code host:port/database} of a pooler or proxy before
     * standbys of that database: reads that may be a moment old go there.
     */
    public Optional<Replica> replica() {
        return value("TECHCOURSE_REPLICA").map(Replica::parse);
    }

    /** {@code TECHCOURSE_DATA}, else {@code $XDG_DATA_HOME/techcourse}, else {@code ~/.local/share/techcourse}. */
    public Path dataFolder() {
        return value("TECHCOURSE_DATA")
                .map(Path::of)
                .or(() -> value("XDG_DATA_HOME").map(home -> Path.of(home, "techcourse")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share", "techcourse"));
    }

    /** {@code TECHCOURSE_PGBACKREST}, the configuration of the pgBackRest that backs up the server of one's own. */
    public Optional<Path> pgBackRest() {
        return value("TECHCOURSE_PGBACKREST").map(Path::of);
    }

    /** {@code TECHCOURSE_PGBACKREST_STANZA}, what that configuration calls the server; else {@code techcourse}. */
    public String pgBackRestStanza() {
        return value("TECHCOURSE_PGBACKREST_STANZA").orElse("techcourse");
    }

    /** {@code TECHCOURSE_PORT} of the web server. */
    public int port() {
        return value("TECHCOURSE_PORT").map(Environment::port).orElse(DEFAULT_PORT);
    }

    /**
     * What operators set for the web server: {@code TECHCOURSE_LOG=json}; {@code TECHCOURSE_OTLP_URL}, where traces go
     * (none are made without it); {@code TECHCOURSE_METRICS_TOKEN}, which reads {@code /actuator/prometheus} from other
     * machines; {@code TECHCOURSE_POOLER_ADMIN}, the console of PgBouncer, for its figures;
     * {@code TECHCOURSE_RUNBOOK_URL}, where its operators read what to do;
     * {@code TECHCOURSE_WEBHOOKS_TO_LOOPBACK=yes}, so that receivers on this machine are allowed;
     * {@code TECHCOURSE_REQUESTS_PER_MINUTE} for each caller of the API; {@code TECHCOURSE_ALLOWED_ORIGINS},
     * whose pages may call it; {@code TECHCOURSE_SMTP_URL}, {@code TECHCOURSE_SMTP_CA} and {@code TECHCOURSE_MAIL_FROM} for letters, and {@code
     * TECHCOURSE_PUBLIC_URL} for the links in them; {@code TECHCOURSE_OIDC_..} for {@link SignInProviders};
     * {@code TECHCOURSE_STRIPE_..} for {@link StripeAccount}.
     */
    public Map<String, Object> webSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("techcourse.storage-url", storageUrl());
        settings.putAll(SignInProviders.settings(variables));
        settings.putAll(StripeAccount.settings(variables));
        value("TECHCOURSE_LOG")
                .filter("json"::equals)
                .ifPresent(_ -> settings.put("logging.config", "classpath:logback-json.xml"));
        value("TECHCOURSE_OTLP_URL").ifPresent(url -> {
            settings.put("management.opentelemetry.enabled", "true");
            settings.put("management.tracing.export.enabled", "true");
            settings.put("management.opentelemetry.tracing.export.otlp.endpoint", url);
        });
        value("TECHCOURSE_METRICS_TOKEN").ifPresent(token -> settings.put("techcourse.metrics-token", token));
        value("TECHCOURSE_POOLER_ADMIN").ifPresent(url -> settings.put("techcourse.pooler-admin", url));
        value("TECHCOURSE_RUNBOOK_URL").ifPresent(url -> settings.put("techcourse.runbook-url", url));
        value("TECHCOURSE_SMTP_URL").ifPresent(url -> settings.put("techcourse.smtp-url", url));
        value("TECHCOURSE_SMTP_CA").ifPresent(file -> settings.put("techcourse.smtp-ca", file));
        value("TECHCOURSE_MAIL_FROM").ifPresent(from -> settings.put("techcourse.mail-from", from));
        value("TECHCOURSE_PUBLIC_URL").ifPresent(url -> settings.put("techcourse.public-url", url));
        value("TECHCOURSE_ALLOWED_ORIGINS").ifPresent(origins -> settings.put("techcourse.allowed-origins", origins));
        value("TECHCOURSE_REQUESTS_PER_MINUTE")
                .ifPresent(count -> settings.put("techcourse.requests-per-minute", positive(count)));
        value("TECHCOURSE_WEBHOOKS_TO_LOOPBACK")
                .filter("yes"::equals)
                .ifPresent(_ -> settings.put("techcourse.webhooks-to-loopback", "true"));
        return settings;
    }

    /** {@code TECHCOURSE_STORAGE_URL}, where the files of lessons lie; else a folder beside the database. */
    private String storageUrl() {
        return value("TECHCOURSE_STORAGE_URL")
                .orElseGet(() -> dataFolder().resolve("files").toUri().toString());
    }

    /**
     * {@code TECHCOURSE_SECRET_KEY}, under which second factors and secrets of receivers are sealed, the same on every
     * node; else a key of its own in the data folder, where the database lies there too; else there are none of them.
     */
    public Optional<String> secretKey() {
        return secretKeys().findFirst();
    }

    /**
     * {@code TECHCOURSE_SECRET_KEYS_BEFORE}, separated by blanks, or the further lines of the key file: what they have
     * sealed still opens, and is sealed again under the key of now.
     */
    public List<String> secretKeysBefore() {
        return secretKeys().skip(1).toList();
    }

    private Stream<String> secretKeys() {
        Optional<String> key = value("TECHCOURSE_SECRET_KEY").map(Environment::longEnough);
        if (key.isEmpty()) {
            return databaseUrl().isPresent()
                    ? Stream.empty()
                    : SecretKeyFile.in(dataFolder()).lines().map(String::strip);
        }
        return Stream.concat(
                key.stream(),
                value("TECHCOURSE_SECRET_KEYS_BEFORE").stream().flatMap(keys -> Stream.of(keys.split("\\s+"))));
    }

    private static String longEnough(String key) {
        if (key.length() >= 32) {
            return key;
        }
        throw new DatabaseProblem(
                "TECHCOURSE_SECRET_KEY has " + key.length() + " characters, which is too short.",
                "Set it to at least 32 random characters, such as the output of: openssl rand -base64 32");
    }

    private static long positive(String text) {
        if (text.matches("[1-9]\\d{0,8}")) {
            return Long.parseLong(text);
        }
        throw new DatabaseProblem(
                "TECHCOURSE_REQUESTS_PER_MINUTE is \"" + text + "\", which is not a number above 0.",
                "Set it to a whole number such as 1200.");
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw new DatabaseProblem(
                "TECHCOURSE_PORT is \"" + text + "\", which is not a port number.",
                "Set it to a number from 1 to 65535.");
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
