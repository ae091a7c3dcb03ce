package com.techcourse.platform.drill;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.backup.RestoredAcademy;
import com.techcourse.platform.cluster.RunningCluster;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** What must hold when a drill is over: each thing counted, and all must be 0. */
record Verdict(RunningCluster cluster, DrillGround ground, Journal journal, NodeWriters writers) {

    /** Longer than a message is held by a node of the academy that was killed, and than the first pauses between tries. */
    private static final Duration PATIENCE_WITH_WEBHOOKS = Duration.ofMinutes(2);

    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS_AT_DIFFERENCES = 5;
    private static final long PAUSE_BETWEEN_LOOKS_MILLIS = 2_000;

    /** By what is wrong, how often. */
    Map<String, Long> faults() throws SQLException, InterruptedException {
        Map<String, Long> faults = new LinkedHashMap<>();
        try (Database database = Database.openAsItIs(environment(), _ -> {})) {
            DSLContext owner = database.owner();
            faults.put("acknowledged purchases that are not there", lostPurchases(owner));
            faults.put("students who paid twice", doublePayments(owner));
            faults.put("students who have what they did not pay, or paid what they do not have", enrolments(owner));
            faults.put("charges of the bank without a payment, or payments without a charge", charges(owner));
            faults.put("acknowledged answers that are not there", lostAnswers(owner));
            faults.put("acknowledged sign-ups that are not there", lostSignUps());
            List<String> academy = new RestoredAcademy(database).faults();
            faults.put("rules that the books break, seals that do not hold", (long) academy.size());
        }
        faults.put("requests that hung, or that the academy answered by a fault of its own", journal.inexcusable());
        faults.put("parts of the load that stopped", (long) journal.broken().size());
        faults.put("acknowledged writes of a node that are not there", writers.lost());
        faults.put("writes that two nodes acknowledged at once", writers.fromTwoAtOnce());
        Set<String> different = differences();
        faults.put(
                different.isEmpty()
                        ? "tables that differ between the nodes"
                        : "tables that differ between the nodes: " + String.join(", ", different),
                (long) different.size());
        return faults;
    }

    /** The same, and what a receiver of webhooks was told of the purchases. */
    Map<String, Long> faults(Receiver receiver) throws SQLException, InterruptedException {
        Map<String, Long> faults = new LinkedHashMap<>(faults());
        Set<String> paid = paid();
        long limit = System.nanoTime() + PATIENCE_WITH_WEBHOOKS.toNanos();
        while (!receiver.payments().containsAll(paid) && System.nanoTime() < limit) {
            Thread.sleep(LOOK_MILLIS);
        }
        Set<String> told = receiver.payments();
        faults.put(
                "purchases that no webhook told of",
                paid.stream().filter(payment -> !told.contains(payment)).count());
        faults.put("purchases that a webhook told of and that are not there", invented(told));
        return faults;
    }

    private Set<String> paid() {
        try (Database database = Database.openAsItIs(environment(), _ -> {})) {
            return database.owner().transactionResult(transaction -> {
                transaction.dsl().execute("set local role techcourse_loader");
                return transaction
                        .dsl()
                        .resultQuery(
                                "select p.id::text from sales.payments p join identity.users u on u.id = p.student_id where u.email::text like ? and p.status = 'captured'",
                                ground.email("%"))
                        .fetchSet(0, String.class);
            });
        }
    }

    private long invented(Set<String> payments) {
        try (Database database = Database.openAsItIs(environment(), _ -> {})) {
            return count(
                    database.owner(),
                    "select count(*) from unnest(?::uuid[]) told where not exists (select from sales.payments p where p.id = told and p.status = 'captured')",
                    (Object) payments.toArray(String[]::new));
        }
    }

    private Environment environment() {
        return new Environment(Map.of("TECHCOURSE_DATABASE_URL", cluster.owner().uri()));
    }

    private static long count(DSLContext owner, String query, Object... values) {
        return owner.transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return ((Number) Objects.requireNonNull(transaction.dsl().fetchValue(query, values))).longValue();
        });
    }

    private long lostPurchases(DSLContext owner) {
        return count(
                owner,
                "select count(*) from unnest(?::uuid[]) o where not exists (select from sales.payments p where p.order_id = o and p.status = 'captured')",
                (Object) journal.purchases().values().toArray(String[]::new));
    }

    private long doublePayments(DSLContext owner) {
        return count(
                owner,
                "select count(*) from (select 1 from sales.payments p join identity.users u on u.id = p.student_id where u.email::text like ? and p.status = 'captured' group by p.student_id having count(*) > 1) d",
                ground.email("%"));
    }

    private long enrolments(DSLContext owner) {
        return count(owner, """
                select count(*) from identity.users u
                 where u.email::text like ?
                   and (select count(*) from learning.enrollments e where e.student_id = u.id and e.order_id is not null and e.ended_at is null)
                       <> 3 * (select count(*) from sales.payments p where p.student_id = u.id and p.status = 'captured')
                """, ground.email("%"));
    }

    private long charges(DSLContext owner) {
        return count(owner, """
                select count(*) from sales.payments p full join sales.demo_charges c on c.payment_id = p.id and c.state = 'captured'
                 where (p.status = 'captured' and p.gateway = 'demo' and p.captured_at > now() - interval '1 day' and c.payment_id is null)
                    or (c.state = 'captured' and p.status is distinct from 'captured' and p.status is distinct from 'surplus')
                """);
    }

    private long lostAnswers(DSLContext owner) {
        return journal.savings().entrySet().stream()
                .filter(saved -> count(
                                owner,
                                "select coalesce(max((a.answers ->> 'q')::integer), 0) from learning.attempts a where a.id = ?::uuid",
                                saved.getKey())
                        < saved.getValue())
                .count();
    }

    /** Only the superuser sees who has not verified an address yet. */
    private long lostSignUps() {
        String primary = Objects.requireNonNull(cluster.primary());
        String known = cluster.asSuperuser(
                primary, "select email from identity.sign_ups where email::text like '" + ground.email("%") + "'");
        Set<String> there = known.lines().collect(Collectors.toSet());
        return journal.signUps().stream()
                .filter(email -> !there.contains(email))
                .count();
    }

    /**
     * When all have replayed everything, every table has the same rows on every node. The academy works on meanwhile (invoices
     * are numbered, letters are queued), so what differs is looked at again: what is lost stays lost.
     */
    private Set<String> differences() throws SQLException, InterruptedException {
        Set<String> different = differencesNow();
        for (int more = LOOKS_AT_DIFFERENCES; more > 0 && !different.isEmpty(); more--) {
            Thread.sleep(PAUSE_BETWEEN_LOOKS_MILLIS);
            different.retainAll(differencesNow());
        }
        return different;
    }

    private Set<String> differencesNow() throws SQLException, InterruptedException {
        NodeContents primary = NodeContents.of(cluster.owner());
        Set<String> different = new TreeSet<>();
        for (String node : RunningCluster.nodes()) {
            DatabaseUrl url = cluster.owner(node);
            NodeContents.awaitReplay(url, primary.position());
            different.addAll(NodeContents.of(url).differencesFrom(primary));
        }
        return different;
    }
}
