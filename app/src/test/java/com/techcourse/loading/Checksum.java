package com.techcourse.loading;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** What all tables hold, as one hash for each; without what the clock or a random salt writes. */
final class Checksum {

    private static final List<String> BY_CLOCK = List.of("updated_at", "granted_at", "version", "opened_at");

    private Checksum() {}

    static Map<String, String> of(DSLContext owner) {
        Map<String, String> sums = new TreeMap<>();
        for (String table : tables(owner)) {
            String row = "to_jsonb(t) - array['" + String.join("','", BY_CLOCK) + "']"
                    + (table.equals("catalog.quiz_versions") ? " - 'created_at'" : "")
                    // queued by a trigger for the roll-up, under ids of the moment
                    + (table.equals("learning.rating_changes") ? " - 'id'" : "");
            sums.put(
                    table,
                    owner.fetchSingle("select count(*) || ' rows, ' || coalesce(md5(string_agg(md5((" + row
                                    + ")::text), '' order by md5((" + row + ")::text))), '') from " + table + " t")
                            .get(0, String.class));
        }
        return sums;
    }

    /** Audit and seals tell when they were written; credentials carry a salt. */
    private static List<String> tables(DSLContext owner) {
        return owner.fetch("""
                        select format('%s.%I', c.relnamespace::regnamespace, c.relname) from pg_class c
                         where c.relkind in ('r', 'p') and not c.relispartition
                           and c.relnamespace::regnamespace::text in ('identity', 'catalog', 'learning', 'sales', 'platform')
                           and c.relname not in ('credentials', 'schema_history', 'shard_plan')
                           and has_table_privilege(c.oid, 'select')
                         order by 1
                        """).getValues(0, String.class);
    }
}
