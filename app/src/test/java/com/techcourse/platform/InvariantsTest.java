package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.techcourse.platform.Invariant.Guard;
import com.techcourse.testing.WithAcademy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of invariants and the migrated database must agree, both ways, and every proof must exist. */
class InvariantsTest extends WithAcademy {

    private final List<Invariant> invariants = Invariants.load().all();

    private Stream<Guard> guards(Guard.Kind kind) {
        return invariants.stream()
                .flatMap(invariant -> invariant.enforcedBy().stream())
                .filter(guard -> guard.kind() == kind);
    }

    private Set<String> names(Guard.Kind kind) {
        return guards(kind).map(Guard::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> catalog(String query) {
        return owner.run(query).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyNamedConstraintExists() {
        assertThat(catalog("""
                        select conrelid::regclass || '.' || conname from pg_constraint
                         where conrelid <> 0 and convalidated
                        """)).containsAll(names(Guard.Kind.CONSTRAINT));
    }

    @Test
    void everyNamedDomainRuleExists() {
        assertThat(catalog("select contypid::regtype || '.' || conname from pg_constraint where contypid <> 0"))
                .containsAll(names(Guard.Kind.DOMAIN));
    }

    @Test
    void everyNamedIndexIsUniqueAndValid() {
        assertThat(catalog("""
                        select i.indrelid::regclass || '.' || c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                         where i.indisunique and i.indisvalid and i.indislive
                        """)).containsAll(names(Guard.Kind.INDEX));
    }

    @Test
    void everyNamedTriggerIsOn() {
        assertThat(
                        catalog(
                                "select tgrelid::regclass || '.' || tgname from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')"))
                .containsAll(names(Guard.Kind.TRIGGER));
    }

    /** What protects the log and the books fires also in a session that calls itself a replica. */
    @Test
    void everyTriggerThatKeepsATableAppendOnlyFiresAlways() {
        assertThat(catalog("""
                        select tgrelid::regclass || '.' || tgname from pg_trigger
                         where tgname ~ '(_append_only|_never_truncated|_audit|_audit_truncate)$' and tgenabled <> 'A'
                        """)).isEmpty();
        assertThat(catalog("""
                        select c.oid::regclass::text from pg_inherits h join pg_class c on c.oid = h.inhrelid
                         where h.inhparent = 'audit.change_log'::regclass
                           and (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A'
                                  and t.tgname in ('change_log_append_only', 'change_log_never_truncated')) <> 2
                        """))
                .as("partitions of the log without their triggers")
                .isEmpty();
    }

    @Test
    void everyNamedPolicyExistsAndIsEnforced() {
        assertThat(catalog("""
                        select polrelid::regclass || '.' || polname from pg_policy p join pg_class c on c.oid = p.polrelid
                         where c.relrowsecurity and c.relforcerowsecurity
                        """)).containsAll(names(Guard.Kind.POLICY));
    }

    @Test
    void everyNamedFunctionExists() {
        assertThat(catalog("select pronamespace::regnamespace || '.' || proname from pg_proc"))
                .containsAll(names(Guard.Kind.FUNCTION));
    }

    @Test
    void whatIsWithheldIsNotGranted() {
        guards(Guard.Kind.WITHHELD).forEach(guard -> {
            String[] words = guard.name().split(" ");
            String[] path = words[2].split("\\.");
            Object granted = path.length == 3
                    ? owner.one(
                            "select has_column_privilege(?, ?, ?, ?)",
                            words[0],
                            path[0] + "." + path[1],
                            path[2],
                            words[1])
                    : owner.one("select has_table_privilege(?, ?, ?)", words[0], words[2], words[1]);
            assertThat(granted).as(guard.toString()).isEqualTo(false);
        });
    }

    @Test
    void everyRuleOfWeightIsInTheList() {
        Set<String> listed = names(Guard.Kind.CONSTRAINT);
        listed.addAll(names(Guard.Kind.INDEX));
        assertThat(catalog("""
                        select c.conrelid::regclass || '.' || c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
                         where c.contype in ('p', 'u', 'x', 'c') and not t.relispartition
                           and (t.relnamespace = 'sales'::regnamespace
                             or c.conrelid in ('learning.enrollments'::regclass, 'learning.attempts'::regclass,
                               'learning.attempt_slots'::regclass, 'learning.certificates'::regclass,
                               'learning.certificate_numbers'::regclass, 'learning.reviews'::regclass, 'catalog.quizzes'::regclass)
                             or c.conrelid = 'catalog.courses'::regclass and pg_get_constraintdef(c.oid) ~ '\\mprice\\M')
                        union all
                        select i.indrelid::regclass || '.' || x.relname from pg_index i
                          join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
                         where i.indisunique and not t.relispartition and t.relnamespace in ('sales'::regnamespace, 'learning'::regnamespace)
                           and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                        """)).allMatch(listed::contains, "is in the list");
    }

    @Test
    void everyOwnErrorIsInTheList() {
        Set<String> raised = catalog("""
                select distinct (regexp_matches(prosrc, 'errcode\\s*=\\s*''(TC\\d{3})''', 'g'))[1] from pg_proc
                """);
        assertThat(raised).isNotEmpty();
        assertThat(raised)
                .allMatch(
                        Invariants.load().all().stream()
                                .map(Invariant::sqlState)
                                .collect(Collectors.toSet())::contains,
                        "is in the list");
    }

    @Test
    void everyProofExists() {
        invariants.stream()
                .flatMap(invariant -> invariant.proof().values().stream().flatMap(List::stream))
                .distinct()
                .forEach(InvariantsTest::exists);
        assertThat(invariants).allMatch(invariant -> !invariant.proof().isEmpty(), "has a proof");
        assertThat(invariants.stream().flatMap(invariant -> invariant.proof().keySet().stream()))
                .isSubsetOf("refusal", "race", "crash");
    }

    private static void exists(String proof) {
        String[] classAndMethod = proof.split("#");
        try {
            Class<?> test = Class.forName("com.techcourse." + classAndMethod[0]);
            assertThat(Arrays.stream(test.getDeclaredMethods())
                            .filter(method -> method.getAnnotations().length > 0)
                            .map(java.lang.reflect.Method::getName))
                    .as(classAndMethod[0])
                    .contains(classAndMethod[1]);
        } catch (ClassNotFoundException e) {
            fail("There is no test " + proof, e);
        }
    }

    /** Where the list names the small statements as a proof, there is one for this very constraint. */
    @Test
    void everySmallRuleHasItsStatement() {
        List<String> covered = SmallRulesTest.coveredConstraints();
        invariants.stream()
                .filter(invariant -> invariant
                        .proof()
                        .getOrDefault("refusal", List.of())
                        .equals(List.of("platform.SmallRulesTest#refused")))
                .flatMap(invariant -> invariant.enforcedBy().stream())
                .filter(guard -> !guard.simpleName().equals("attempt_slots_attempt_key"))
                .forEach(guard -> assertThat(covered).contains(guard.simpleName()));
    }

    @Test
    void theAnswerFitsTheError() {
        assertThat(invariants).allSatisfy(invariant -> {
            int status = invariant.problem().status();
            switch (invariant.sqlState()) {
                case "23505", "23P01" -> assertThat(status).isEqualTo(409);
                case "23503" -> assertThat(status).isIn(409, 403);
                case "23514", "23502" -> assertThat(status).isIn(422, 409, 402, 500);
                case "42501" -> assertThat(status).isEqualTo(403);
                default -> assertThat(invariant.hasItsOwnError()).isTrue();
            }
            assertThat(invariant.rule()).endsWith(".").hasSizeLessThan(200);
            assertThat(invariant.id()).matches("[a-z0-9-]+");
        });
        assertThat(invariants.stream().map(Invariant::id)).doesNotHaveDuplicates();
    }
}
