package com.techcourse.platform.watching;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard of deploy/monitoring/grafana. */
record Dashboard(JsonNode json) {

    record Place(String title, int x, int y, int width, int height) {

        boolean overlaps(Place other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }

    static Dashboard read() {
        return new Dashboard(JsonMapper.shared().readTree(Promtool.text("grafana/techcourse.json")));
    }

    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.get("panels").forEach(panels::add);
        return panels;
    }

    List<Place> places() {
        return panels().stream()
                .map(panel -> new Place(
                        panel.get("title").asString(),
                        panel.get("gridPos").get("x").asInt(),
                        panel.get("gridPos").get("y").asInt(),
                        panel.get("gridPos").get("w").asInt(),
                        panel.get("gridPos").get("h").asInt()))
                .toList();
    }

    /** With the variables filled in. */
    List<String> queries() {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            if (panel.has("targets")) {
                panel.get("targets")
                        .forEach(target -> queries.add(target.get("expr")
                                .asString()
                                .replace("$instance", ".*")
                                .replace("$__rate_interval", "1m")));
            }
        }
        return queries;
    }
}
