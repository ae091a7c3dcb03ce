package com.techcourse.catalog.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import com.techcourse.platform.storage.Storage;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.impl.DSL;
import org.jooq.types.YearToSecond;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Clears files away that no lesson holds: uploads that broke off, and what was taken off its last lesson. */
@Component
class UnusedFiles implements JobKind {

    private static final int AT_ONCE = 100;
    private static final Duration UNUSED_FOR = Duration.ofDays(1);

    private final ActingTransactions transactions;
    private final ObjectProvider<Storage> storage;

    UnusedFiles(ActingTransactions transactions, ObjectProvider<Storage> storage) {
        this.transactions = transactions;
        this.storage = storage;
    }

    @Override
    public String name() {
        return "clear_unused_files";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(JsonNode payload) {
        while (clear(UNUSED_FOR) == AT_ONCE) {
            // as long as there may be more
        }
    }

    /**
     * Forgotten and removed in one transaction: who stores one of these files meanwhile waits for its end and then
     * stores it anew. After a crash in between the rows are still there, and the removal is repeated.
     */
    int clear(Duration unusedFor) {
        return transactions.write(Acting.visitor(), database -> {
            List<byte[]> forgotten = database.fetch(
                            "select sha256 from catalog.forget_unused_files({0}, {1}) f (sha256)",
                            DSL.val(YearToSecond.valueOf(unusedFor)), DSL.val(AT_ONCE))
                    .getValues(0, byte[].class);
            forgotten.forEach(
                    sha256 -> storage.getObject().delete(HexFormat.of().formatHex(sha256)));
            return forgotten.size();
        });
    }
}
