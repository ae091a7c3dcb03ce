package com.techcourse.catalog.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings the questions of a file into the bank of whoever acts, all in one transaction, and tells of each what became of it. */
public final class BankImport {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** More would not fit into the time of one statement. */
    public static final int MOST_ITEMS = 2_000;

    private BankImport() {}

    /**
     * What became of an item.
     *
     * @param outcome taken, approximated or dropped
     * @param notes how it was approximated, or why it was dropped
     * @param bankQuestionId null for a dropped one, and in a dry run for a new one
     * @param alreadyThere whether the same question was imported before
     */
    public record Item(
            int position,
            String name,
            String outcome,
            List<String> notes,
            @Nullable UUID bankQuestionId,
            boolean alreadyThere) {

        public Item {
            notes = List.copyOf(notes);
        }
    }

    /** What the database said of an item. */
    private record Said(@Nullable UUID id, String outcome, List<String> faults) {}

    public static List<Item> run(DSLContext dsl, Format format, byte[] file, boolean dryRun) {
        List<Found> found = QuestionFiles.read(format, file);
        List<Found> handled = found.subList(0, Math.min(found.size(), MOST_ITEMS));
        Map<Integer, Said> said = written(dsl, handled, dryRun);
        List<Item> items = new ArrayList<>();
        for (int n = 0; n < handled.size(); n++) {
            items.add(item(n + 1, handled.get(n), said.get(n + 1)));
        }
        if (found.size() > MOST_ITEMS) {
            items.add(new Item(
                    MOST_ITEMS + 1,
                    "The rest of the file",
                    "dropped",
                    List.of("a file may have " + MOST_ITEMS + " items"),
                    null,
                    false));
        }
        return items;
    }

    private static Item item(int position, Found found, @Nullable Said said) {
        if (said == null) {
            return new Item(position, found.label(), "dropped", found.notes(), null, false);
        }
        if (said.outcome().equals("refused")) {
            return new Item(position, found.label(), "dropped", said.faults(), null, false);
        }
        return new Item(
                position,
                found.label(),
                found.notes().isEmpty() ? "taken" : "approximated",
                found.notes(),
                said.id(),
                said.outcome().equals("already-there"));
    }

    private static Map<Integer, Said> written(DSLContext dsl, List<Found> found, boolean dryRun) {
        ArrayNode items = JSON.createArrayNode();
        for (int n = 0; n < found.size(); n++) {
            ObjectNode question = found.get(n).question();
            if (question != null) {
                ObjectNode item = items.addObject().put("position", n + 1);
                item.set("question", question);
                found.get(n).tags().forEach(item.putArray("tags")::add);
            }
        }
        String json = withoutNulls(JSON.writeValueAsString(items));
        Map<Integer, Said> said = new HashMap<>();
        dsl.fetch(
                        "select n, bank_question_id, outcome, faults from catalog.import_bank_questions({0}, {1})",
                        DSL.val(JSONB.valueOf(json)), DSL.val(dryRun))
                .forEach(row -> said.put(
                        row.get(0, Integer.class),
                        new Said(
                                row.get(1, UUID.class),
                                String.valueOf(row.get(2, String.class)),
                                faults(row.get(3, JSONB.class)))));
        return said;
    }

    /** A text of the database holds no U+0000. */
    private static String withoutNulls(String json) {
        return json.replace("\\u0000", "\\uFFFD");
    }

    private static List<String> faults(@Nullable JSONB faults) {
        List<String> sentences = new ArrayList<>();
        if (faults != null) {
            for (JsonNode fault : JSON.readTree(faults.data())) {
                sentences.add((fault.path("pointer").asString("") + " "
                                + fault.path("detail").asString(""))
                        .strip());
            }
        }
        return sentences;
    }
}
