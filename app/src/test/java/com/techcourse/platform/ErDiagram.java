package com.techcourse.platform;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables and foreign keys of a migrated database, as Mermaid. */
record ErDiagram(List<Column> columns, List<Reference> references) {

    record Column(String room, String table, String name, String type, String marks) {}

    record Reference(
            String room,
            String table,
            String parentRoom,
            String parent,
            String columns,
            boolean optional,
            boolean single) {

        boolean crossesRooms() {
            return !room.equals(parentRoom);
        }
    }

    static ErDiagram of(CatalogQueries catalog) throws SQLException {
        return new ErDiagram(
                catalog.rows(query("columns")).stream()
                        .map(row -> new Column(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
                        .toList(),
                catalog.rows(query("references")).stream()
                        .map(row -> new Reference(
                                row.get(0),
                                row.get(1),
                                row.get(2),
                                row.get(3),
                                row.get(4),
                                row.get(5).equals("t"),
                                row.get(6).equals("t")))
                        .toList());
    }

    private static String query(String name) {
        return CommittedFile.read(CatalogQueries.TEST_RESOURCES.resolve("docs/" + name + ".sql"));
    }

    List<String> rooms() {
        return columns.stream().map(Column::room).distinct().toList();
    }

    List<String> tables(String room) {
        return columns.stream()
                .filter(column -> column.room.equals(room))
                .map(Column::table)
                .distinct()
                .toList();
    }

    String markdown() {
        return """
                # ER diagram

                Made by `ErDiagramTest` from the migrated schema; `-Dtechcourse.rewrite=true` writes it anew. What each column
                means stands in its comment: `database/src/main/resources/db/comments/`. The same as a picture: [er-diagram.svg](er-diagram.svg).

                ## Between the rooms

                An arrow leads from a table to one that it points at in another room.

                %s
                %s""".formatted(overview(), rooms().stream().map(this::room).collect(Collectors.joining("\n")));
    }

    private String overview() {
        Stream<String> rooms = rooms().stream()
                .map(room -> "  subgraph %s\n%s\n  end"
                        .formatted(
                                room,
                                tables(room).stream()
                                        .filter(table -> crossing().anyMatch(key -> isEnd(key, room, table)))
                                        .map(table -> "    %s_%s[%s]".formatted(room, table, table))
                                        .collect(Collectors.joining("\n"))));
        Stream<String> arrows = crossing()
                .map(key -> "  %s_%s --> %s_%s".formatted(key.room, key.table, key.parentRoom, key.parent))
                .distinct();
        return "```mermaid\nflowchart LR\n%s\n```\n"
                .formatted(Stream.concat(rooms.filter(room -> room.contains("[")), arrows)
                        .collect(Collectors.joining("\n")));
    }

    private Stream<Reference> crossing() {
        return references.stream().filter(Reference::crossesRooms);
    }

    private static boolean isEnd(Reference key, String room, String table) {
        return key.room.equals(room) && key.table.equals(table)
                || key.parentRoom.equals(room) && key.parent.equals(table);
    }

    private String room(String room) {
        String entities = tables(room).stream()
                .map(table -> "  %s {\n%s\n  }".formatted(table, attributes(room, table)))
                .collect(Collectors.joining("\n"));
        String relations = references.stream()
                .filter(key -> key.room.equals(room) && !key.crossesRooms())
                .map(key -> "\n  %s %s--%s %s : \"%s\""
                        .formatted(
                                key.parent,
                                key.optional ? "|o" : "||",
                                key.single ? "o|" : "o{",
                                key.table,
                                key.columns))
                .collect(Collectors.joining());
        return "## %s\n\n```mermaid\nerDiagram\n%s%s\n```\n".formatted(room, entities, relations);
    }

    private String attributes(String room, String table) {
        return columns.stream()
                .filter(column -> column.room.equals(room) && Objects.equals(column.table, table))
                .map(column -> "    %s %s %s"
                        .formatted(column.type, column.name, column.marks)
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}
