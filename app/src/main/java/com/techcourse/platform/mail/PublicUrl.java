package com.techcourse.platform.mail;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where people find the academy: {@code TECHCOURSE_PUBLIC_URL}, else this machine. */
@Component
public class PublicUrl {

    private final String configured;
    private final Environment environment;

    PublicUrl(@Value("${techcourse.public-url:}") String configured, Environment environment) {
        this.configured = configured.replaceFirst("/+$", "");
        this.environment = environment;
    }

    /** The address of a page, for letters and documents. */
    public String of(String path) {
        return (configured.isEmpty()
                        ? "http://localhost:" + environment.getProperty("local.server.port", "8080")
                        : configured)
                + path;
    }
}
