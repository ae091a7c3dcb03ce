package com.techcourse.platform;

import com.techcourse.platform.ErDiagram.Column;
import com.techcourse.platform.ErDiagram.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The same as a plain SVG: one column of boxes for each room, keys only, and a curve for each foreign key. */
final class ErPicture {

    private static final int WIDTH = 210;
    private static final int GAP = 110;
    private static final int LINE = 14;
    private static final String STYLE = """
            <style>
              text { font: 11px system-ui, sans-serif; fill: #1f2937 }
              .room { font-size: 16px; font-weight: 600 }
              .table { font-weight: 600 }
              rect { fill: #f8fafc; stroke: #94a3b8 }
              path { fill: none; stroke: #2563eb; stroke-opacity: .35 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e5e7eb } rect { fill: #111827; stroke: #4b5563 } path { stroke: #93c5fd }
              }
            </style>
            """;

    /** Where a table's box lies. */
    private record Box(int x, int y, int height) {
        int middle() {
            return y + height / 2;
        }
    }

    private final ErDiagram diagram;
    private final Map<String, Box> boxes = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private int height;

    ErPicture(ErDiagram diagram) {
        this.diagram = diagram;
    }

    String svg() {
        List<String> rooms = diagram.rooms();
        for (int i = 0; i < rooms.size(); i++) {
            room(rooms.get(i), 20 + i * (WIDTH + GAP));
        }
        diagram.references().forEach(this::curve);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Tables of TechCourse by room, with their foreign keys">
                %s%s</svg>
                """.formatted(rooms.size() * (WIDTH + GAP) - GAP + 80, height + 20, STYLE, svg);
    }

    private void room(String room, int x) {
        text(x, 28, "room", room);
        int y = 44;
        for (String table : diagram.tables(room)) {
            List<Column> keys = diagram.columns().stream()
                    .filter(column -> column.room().equals(room)
                            && column.table().equals(table)
                            && !column.marks().isEmpty())
                    .toList();
            Box box = new Box(x, y, (keys.size() + 1) * LINE + 10);
            boxes.put(room + "." + table, box);
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n"
                    .formatted(x, y, WIDTH, box.height));
            text(x + 8, y + LINE + 2, "table", table);
            for (int i = 0; i < keys.size(); i++) {
                text(
                        x + 8,
                        y + (i + 2) * LINE + 2,
                        "key",
                        keys.get(i).name() + "  " + keys.get(i).marks());
            }
            y += box.height + 14;
        }
        height = Math.max(height, y);
    }

    private void text(int x, int y, String style, String text) {
        svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n".formatted(x, y, style, text));
    }

    private void curve(Reference key) {
        Box from = Objects.requireNonNull(boxes.get(key.room() + "." + key.table()));
        Box to = Objects.requireNonNull(boxes.get(key.parentRoom() + "." + key.parent()));
        boolean sameRoom = from.x == to.x;
        int start = from.x < to.x || sameRoom ? from.x + WIDTH : from.x;
        int end = from.x < to.x ? to.x : to.x + WIDTH;
        int bend = sameRoom ? 45 : (end - start) / 2;
        svg.append("<path d=\"M%d %d C%d %d %d %d %d %d\"/>\n"
                .formatted(
                        start,
                        from.middle(),
                        start + bend,
                        from.middle(),
                        end + (sameRoom ? bend : -bend),
                        to.middle(),
                        end,
                        to.middle()));
    }
}
