package com.techcourse.platform.jobs;

import static org.jooq.impl.DSL.val;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node asks of {@code platform.jobs}: one short transaction each. Holding and finishing do nothing the second time,
 * so a database that is lost at the commit loses no note of them; a job that failed may be taken again before a second note.
 */
@Component
class JobQueue {

    private final ActingTransactions transactions;

    JobQueue(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** A job that this node holds. */
    record Taken(UUID id, String kind, JsonNode payload, int tries) {}

    List<Taken> take(UUID node, Collection<String> kinds, int most, Duration lease) {
        return transactions.write(
                Acting.visitor(),
                dsl -> dsl.resultQuery(
                                "select id, kind, payload, tries from platform.take_jobs({0}, {1}, {2}, {3} * interval '1 millisecond')",
                                val(node), val(kinds.toArray(String[]::new)), val(most), val(lease.toMillis()))
                        .fetch(row -> new Taken(
                                row.get("id", UUID.class),
                                row.get("kind", String.class),
                                JsonMapper.shared()
                                        .readTree(
                                                row.get("payload", JSONB.class).data()),
                                row.get("tries", Integer.class))));
    }

    boolean hold(UUID job, UUID node, Duration lease) {
        return asked(DSL.field(
                "platform.hold_job({0}, {1}, {2} * interval '1 millisecond')",
                Boolean.class, val(job), val(node), val(lease.toMillis())));
    }

    void finish(UUID job, UUID node) {
        transactions.writeRepeatably(
                Acting.visitor(), dsl -> dsl.execute("select platform.finish_job({0}, {1})", val(job), val(node)));
    }

    /** Whether that was the last try. */
    boolean fail(Taken job, UUID node, String error, int mostTries) {
        return Boolean.TRUE.equals(transactions.write(
                Acting.visitor(),
                (DSLContext dsl) -> dsl.fetchValue(DSL.field(
                        "platform.fail_job({0}, {1}, {2}, {3})",
                        Boolean.class, val(job.id()), val(node), val(error.replace('\0', ' ')), val(mostTries)))));
    }

    boolean orderWhenDue(String kind, Duration every) {
        return asked(DSL.field(
                "platform.order_recurring_job({0}, {1} * interval '1 millisecond')",
                Boolean.class, val(kind), val(every.toMillis())));
    }

    private boolean asked(org.jooq.Field<Boolean> question) {
        return Boolean.TRUE.equals(
                transactions.writeRepeatably(Acting.visitor(), (DSLContext dsl) -> dsl.fetchValue(question)));
    }
}
