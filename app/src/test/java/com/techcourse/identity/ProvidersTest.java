package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the database itself decides about people who come from a provider. */
class ProvidersTest extends WithAcademy {

    private static final String ENTER = """
            select outcome from identity.enter_by_provider(sha256(convert_to(?, 'UTF8')), 'https://login.example', ?, ?, true,
              'New Person', 'en', sha256(convert_to(?, 'UTF8')), 'https://academy.example/link')
            """;

    /** There and back in a browser with this secret; a new person with this address. */
    private static String enter(Sql sql, String secret, String subject, String email) {
        sql.run("select identity.begin_provider_sign_in(sha256(convert_to(?, 'UTF8')), 'acme', '')", secret);
        sql.run("select identity.return_from_provider(sha256(convert_to(?, 'UTF8')), 'acme')", secret);
        return (String) sql.one(ENTER, secret, subject, email, "letter " + secret);
    }

    @Test
    void aHundredWhoComeNewAtOnceAreOne() {
        Race.Result result = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> assertThat(enter(sql, "one " + number, "one", "one@example.net"))
                        .isEqualTo("welcome"));
        assertThat(result.winners()).as(result.toString()).isEqualTo(100);
        assertThat(owner.number("select count(*) from identity.external_identities where subject = 'one'"))
                .isOne();
        assertThat(owner.number("select count(*) from identity.users where email::text = 'one@example.net'"))
                .isOne();
    }

    @Test
    void aHundredIdentitiesWithOneAddressMakeOneAccountAndAskForTheRest() {
        Race.of(
                100,
                database.appUrl(),
                (sql, number) -> assertThat(enter(sql, "two " + number, "two " + number, "two@example.net"))
                        .isIn("welcome", "letter"));
        assertThat(owner.number("select count(*) from identity.external_identities where subject like 'two %'"))
                .isOne();
        assertThat(owner.number("select count(*) from identity.mails where recipient::text = 'two@example.net'"))
                .as("letters within the hour")
                .isEqualTo(5);
    }

    @Test
    void anIdentityBelongsToOnePerson() {
        UUID one = academy.student();
        UUID other = academy.student();
        link(one, "shared");
        assertThat(Refusal.of(() -> link(other, "shared")).constraint())
                .isEqualTo("external_identities_issuer_subject_pkey");
    }

    private void link(UUID user, String subject) {
        owner.run(
                "insert into identity.external_identities (issuer, subject, user_id) values ('https://login.example', ?, ?)",
                subject,
                user);
    }

    @Test
    void ofAHundredUnlinkedAtOnceOneStays() {
        UUID person = academy.student();
        for (int i = 0; i < 100; i++) {
            link(person, "way " + i);
        }
        Object[] ids = owner.run("select id from identity.external_identities where user_id = ?", person)
                .toArray();
        Race.Result result = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(work -> {
                    work.actAs(person, "student");
                    return work.one("select identity.unlink_identity(?)", ids[number]);
                }));
        assertThat(result.winners()).as(result.toString()).isEqualTo(99);
        assertThat(result.refusals()).extracting(Refusal::sqlState).containsExactly("TC145");
        assertThat(owner.number("select count(*) from identity.external_identities where user_id = ?", person))
                .isOne();
    }
}
