package com.techcourse.identity.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a person calls a browser, guessed from what it says of itself; nothing hangs on it. */
record BrowserName(String browser, Optional<String> system) {

    /** The first that fits: most browsers name others after themselves. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "Firefox/",
            "Firefox",
            "SamsungBrowser",
            "Samsung Internet",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari",
            "curl/",
            "curl");

    private static final Map<String, String> SYSTEMS = ordered(
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Android",
            "Android",
            "Windows",
            "Windows",
            "Mac OS X",
            "macOS",
            "Linux",
            "Linux");

    static BrowserName of(String userAgent) {
        return new BrowserName(
                named(BROWSERS, userAgent).orElse(userAgent.split("[/ ]", 2)[0]), named(SYSTEMS, userAgent));
    }

    private static Optional<String> named(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1]);
        }
        return names;
    }
}
