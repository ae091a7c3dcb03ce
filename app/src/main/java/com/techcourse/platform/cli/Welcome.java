package com.techcourse.platform.cli;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.FirstStart;
import com.techcourse.platform.FirstStart.DemoLogin;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person needs who has just started an academy: where it is, and how to get in by each door. */
record Welcome(String address, List<DemoLogin> logins, Map<String, String> connections, String place) {

    private static final List<String> PERSONAS = List.of("accountant", "marketing", "auditor", "analyst");

    static Welcome of(Database database, FirstStart sample, int port, Environment environment) {
        Map<String, String> connections = new LinkedHashMap<>();
        connections.put("techcourse_owner", database.ownerUrl().uri());
        connections.put("techcourse_app", database.appUrl().uri());
        PERSONAS.forEach(role -> connections.put(role, database.personaUrl(role).uri()));
        String place = database.isEmbedded()
                ? "The data is in " + environment.dataFolder().toAbsolutePath().normalize() + "."
                : "The data is in " + database.ownerUrl()
                        + ". Give a persona its password once: alter role accountant password '...';";
        return new Welcome("http://localhost:" + port, sample.logins(database), connections, place);
    }

    void print(PrintStream out) {
        out.println();
        out.println("TechCourse is up: " + address);
        if (!logins.isEmpty()) {
            out.println();
            out.println("Sign in as");
            logins.forEach(login -> out.printf("  %-17s %-36s %s%n", login.role(), login.email(), login.password()));
        }
        out.println();
        out.println("The database, for psql and BI tools");
        connections.forEach((role, uri) -> out.printf("  %-17s %s%n", role, uri));
        out.println();
        out.println(place + " Ctrl-C stops the academy.");
        out.flush();
    }
}
