package com.techcourse.loading;

import com.techcourse.platform.FirstStart.DemoLogin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who of the sample academy can sign in: one person for each role. All others have no password. */
public final class DemoLogins {

    static final Map<String, String> EMAILS = emails();

    private DemoLogins() {}

    public static List<DemoLogin> of(Optional<DemoPasswords> passwords) {
        return passwords
                .map(known -> EMAILS.entrySet().stream()
                        .map(login -> new DemoLogin(login.getKey(), login.getValue(), known.of(login.getValue())))
                        .toList())
                .orElse(List.of());
    }

    private static Map<String, String> emails() {
        Map<String, String> emails = new LinkedHashMap<>();
        emails.put("student", "student@academy.example");
        emails.put("instructor", "adaeze.nwachukwu@academy.example");
        List.of("accountant", "marketing", "auditor", "analyst", "admin")
                .forEach(role -> emails.put(role, role + "@academy.example"));
        return Collections.unmodifiableMap(emails);
    }
}
