package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TestDatabase;
import com.techcourse.testing.WithAcademy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An erasure takes a person out of the whole database and leaves everything else as it was. */
class ErasureTest extends WithAcademy {

    private static final String DIFFERENCES = "select * from reporting.books_differences() order by 1, 4";

    private static final String RELATIONS = """
            select c.oid::regclass::text from pg_class c
             where c.relkind in ('r', 'p', 'v', 'm')
               and c.relnamespace::regnamespace::text in
                 ('identity', 'catalog', 'learning', 'sales', 'audit', 'reporting', 'analytics', 'platform', 'public')
             order by 1
            """;

    private Sql superuser(TestDatabase of) {
        return Sql.connect(of.superuserUrl());
    }

    private void erase(UUID actor, String role, UUID whom) {
        try (Sql app = Sql.connect(database.appUrl())) {
            app.transaction(sql -> {
                sql.actAs(actor, role);
                return sql.run("select identity.erase_user(?)", whom);
            });
        }
    }

    /** Where a word stands, as text, inside documents, or as bytes. */
    private static List<String> placesOf(String word, Sql superuser) {
        List<String> places = new ArrayList<>();
        String bytes = HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
        String written = word.replace("\"", "\\\"").toLowerCase(Locale.ROOT);
        for (Object relation : superuser.run(RELATIONS)) {
            long rows = superuser.number(
                    "select count(*) from " + relation
                            + " t where strpos(lower(t::text), ?) > 0 or strpos(lower(to_jsonb(t)::text), ?) > 0 or strpos(lower(t::text), ?) > 0",
                    word.toLowerCase(Locale.ROOT),
                    written,
                    bytes);
            if (rows > 0) {
                places.add(String.valueOf(relation));
            }
        }
        return places;
    }

    /** Every row of everybody else that does not name the person, table by table. */
    private static Map<String, List<?>> rowsOfOthers(Sql superuser, UUID person) {
        Map<String, List<?>> rows = new TreeMap<>();
        for (Object relation : superuser.run("""
                select c.oid::regclass::text from pg_class c
                 where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('identity', 'catalog', 'learning', 'sales', 'platform')
                   and c.oid <> 'identity.sign_in_failures'::regclass
                """)) {
            rows.put(
                    String.valueOf(relation),
                    superuser.run(
                            "select md5(t::text) from " + relation
                                    + " t where strpos(t::text, ?) = 0 and strpos(lower(t::text), 'zebrowski') = 0 and strpos(t::text, 'erased') = 0",
                            person.toString()));
        }
        return rows;
    }

    @Test
    void nothingOfThePersonIsLeftAnywhere() {
        try (Sql superuser = superuser(database)) {
            EverythingAbout person = EverythingAbout.one(academy, owner, superuser);
            owner.run("select audit.seal()");
            List<String> before = placesOf(EverythingAbout.NAME, superuser);
            before.addAll(placesOf(EverythingAbout.EMAIL, superuser));
            assertThat(before)
                    .contains(
                            "identity.users",
                            "identity.instructor_profiles",
                            "identity.role_requests",
                            "identity.sessions",
                            "identity.second_factors",
                            "identity.one_time_tokens",
                            "learning.attempts",
                            "learning.events",
                            "learning.reviews",
                            "sales.orders",
                            "sales.refunds",
                            "platform.jobs",
                            "platform.outbox");
            Map<String, List<?>> others = rowsOfOthers(superuser, person.id());
            Object books =
                    superuser.one("select string_agg(amount::text, ' ' order by student_id, id) from sales.payments");

            Object differences = owner.run(DIFFERENCES);

            erase(person.id(), "visitor", person.id());

            for (String word :
                    new String[] {EverythingAbout.EMAIL, EverythingAbout.NAME, "Zebrowski", "unusual.example"}) {
                assertThat(placesOf(word, superuser)).as(word).isEmpty();
            }
            // what named the person among the rows of others may have come to them
            Map<String, List<?>> after = rowsOfOthers(superuser, person.id());
            others.forEach((table, rows) -> assertThat(rows)
                    .as(table)
                    .allMatch(row -> after.getOrDefault(table, List.of()).contains(row)));
            assertThat(superuser.one(
                            "select string_agg(amount::text, ' ' order by student_id, id) from sales.payments"))
                    .isEqualTo(books);
            assertThat(owner.run("select * from audit.verify()")).isEmpty();
            assertThat(owner.run(DIFFERENCES)).isEqualTo(differences);
            owner.run("select audit.seal()");
            assertThat(owner.run("select * from audit.verify()")).isEmpty();
            whatStays(superuser, person.id());
        }
    }

    private void whatStays(Sql superuser, UUID person) {
        assertThat(superuser.run("select score::text from learning.attempts where student_id = ?", person))
                .containsExactly("90.00");
        assertThat(superuser.run("select rating::int from learning.reviews where student_id = ?", person))
                .containsExactly(4);
        assertThat(superuser.number("select count(*) from learning.certificates where student_id = ?", person))
                .isOne();
        assertThat(superuser.run("select display_name from identity.instructor_profiles where user_id = ?", person))
                .containsExactly("Erased user");
        assertThat(superuser.run("select role::text from identity.user_roles where user_id = ?", person))
                .containsExactly("instructor");
        for (String proofs :
                new String[] {"sessions", "api_tokens", "credentials", "second_factors", "external_identities"}) {
            assertThat(superuser.number("select count(*) from identity." + proofs + " where user_id = ?", person))
                    .as(proofs)
                    .isZero();
        }
    }

    @Test
    void onlyThePersonOrAnAdminErases() {
        UUID student = academy.student();
        UUID stranger = academy.student();
        Refusal.by("TC140", () -> erase(stranger, "student", student));
        Refusal.by("TC140", () -> erase(academy.instructor(), "instructor", student));
        try (Sql app = Sql.connect(database.appUrl())) {
            Refusal.by("42501", () -> app.run("select identity.erase_proofs(?, 'x')", student));
            Refusal.by("42501", () -> app.run("select platform.erase_traces(?, 'x', 'y')", student));
        }
        erase(academy.admin(), "admin", student);
        erase(academy.admin(), "admin", student);
        assertThat(owner.one("select status from identity.users where id = ?", student))
                .isEqualTo("erased");
    }

    @Test
    void theWordsOfARefundAreClearedAndNothingElse() {
        UUID student = academy.student();
        UUID course = academy.course("30.00");
        academy.refund(academy.purchase(student, course), course, "2.00");
        try (Sql superuser = superuser(database)) {
            Refusal.by(
                    "TC401",
                    () -> superuser.run("update sales.refunds set reason = 'x' where student_id = ?", student));
            Refusal.by(
                    "TC401", () -> superuser.run("update sales.refunds set amount = 1 where student_id = ?", student));
            Refusal.by(
                    "TC401",
                    () -> superuser.run(
                            "update sales.refunds set reason = '', amount = 1 where student_id = ?", student));
            superuser.run("update sales.refunds set reason = '' where student_id = ?", student);
        }
    }
}
